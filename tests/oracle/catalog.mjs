// The catalog that genai-prices carries with it, as JSON on standard output:
//
//   node catalog.mjs [the package's directory] > catalog.json

import { load } from './oracle.mjs'

const { waitForUpdate } = await load(process.argv[2])
// Nothing updates it here, so these are the providers that came with the package.
process.stdout.write(JSON.stringify(await waitForUpdate()))
