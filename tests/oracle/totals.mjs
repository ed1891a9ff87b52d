// What requests cost by genai-prices with the catalog that it carries:
//
//   node totals.mjs [the package's directory] < requests.json > totals.json
//
// A request is {"provider": …, "model": …, "timestamp": …, "usage": {…}}, without
// a provider where the model's name alone is to decide. For each one there is
// {"model", "total"} (a number, to the precision of a double), {"error"} where the
// usage is refused, or null where there is no such model.

import { text } from 'node:stream/consumers'

import { load } from './oracle.mjs'

const { calcPrice } = await load(process.argv[2])

function total({ provider, model, timestamp, usage }) {
  try {
    const options = { providerId: provider ?? undefined, timestamp: new Date(timestamp) }
    const priced = calcPrice(usage, model, options)
    return priced && { model: priced.model.id, total: priced.total_price }
  } catch (error) {
    return { error: String(error.message ?? error) }
  }
}

// Its warnings about prices that it cannot use are no part of the answer.
console.warn = () => {}
const requests = JSON.parse(await text(process.stdin))
process.stdout.write(JSON.stringify(requests.map(total)))
