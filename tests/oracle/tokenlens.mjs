// The catalog that TokenLens carries with it, in the shape of models.dev's
// api.json, as JSON on standard output:
//
//   node tokenlens.mjs <the package's directory> > catalog.json

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const { providersCatalog } = await import(
  pathToFileURL(join(process.argv[2], 'dist', 'index.js')).href
)
process.stdout.write(JSON.stringify(providersCatalog))
