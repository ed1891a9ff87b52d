// The calculator that our bills are held against: genai-prices, either installed
// beside this file or unpacked in a directory.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The package: of a directory that holds it, or else the installed one. */
export function load(directory) {
  if (!directory) return import('@pydantic/genai-prices')
  return import(pathToFileURL(join(directory, 'dist', 'index.js')).href)
}
