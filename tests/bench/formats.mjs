// How long it takes from a catalog's bytes to a catalog that can be asked, in the
// browser, beside JSON.parse of the same bytes in the same run: what the fetch of
// the bytes takes is measured apart, and taken off. The rounds alternate, since
// machines are noisy; medians are printed.
//
// node formats.mjs DIST ROUNDS FILE…
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';

const require = createRequire(new URL('../e2e/package.json', import.meta.url));
const { chromium } = require('@playwright/test');
const [dist, rounds, ...files] = process.argv.slice(2);

const types = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
const page = '<!doctype html><script src="/modelcard.js"></script>';
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  try {
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      response.end(page);
    } else {
      const file = /^\/bench\/\d+$/.test(pathname) ? files[Number(pathname.slice(7))] : join(dist, basename(pathname));
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
      response.end(await readFile(file));
    }
  } catch {
    response.statusCode = 404;
    response.end();
  }
}).listen(0);
const origin = `http://127.0.0.1:${server.address().port}`;

// In the page: one catalog, measured.
const measure = async ([url, rounds]) => {
  const engine = await modelcard.engine();
  const bytes = await (await fetch(url)).arrayBuffer();
  const address = URL.createObjectURL(new Blob([bytes]));
  const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
  const fetched = [];
  const parse = [];
  const load = [];
  let longest = 0;
  let models = 0;
  const channel = new MessageChannel();
  for (let round = 0; round <= rounds; round += 1) {
    let start = performance.now();
    JSON.parse(new TextDecoder().decode(bytes));
    const parsed = performance.now() - start;

    start = performance.now();
    await (await fetch(address)).arrayBuffer();
    const had = performance.now() - start;

    // A message that answers itself: how long it waits is how long the page was blocked.
    let watching = true;
    let last = performance.now();
    channel.port1.onmessage = () => {
      const now = performance.now();
      if (round > 0) longest = Math.max(longest, now - last);
      last = now;
      if (watching) channel.port2.postMessage(0);
    };
    channel.port2.postMessage(0);
    start = performance.now();
    const catalog = await engine.loadCatalog(`${address}#${round}`);
    const loaded = performance.now() - start;
    watching = false;
    await new Promise((done) => setTimeout(done));
    models = catalog.models().length;
    catalog.free();
    // The first round warms up both.
    if (round > 0) {
      fetched.push(had);
      parse.push(parsed);
      load.push(loaded);
    }
  }
  return { bytes: bytes.byteLength, models, parse: median(parse), load: median(load) - median(fetched), longest };
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
console.log('catalog                                    MB  models   JSON.parse    catalog   ratio   longest task');
for (const [index, file] of files.entries()) {
  // A page for each: none pays for what another left behind.
  const tab = await browser.newPage();
  await tab.goto(origin);
  try {
    const { bytes, models, parse, load, longest } = await tab.evaluate(measure, [`${origin}/bench/${index}`, Number(rounds)]);
    console.log(
      basename(file).padEnd(40),
      (bytes / 1e6).toFixed(2).padStart(5),
      String(models).padStart(7),
      `${parse.toFixed(1)} ms`.padStart(12),
      `${load.toFixed(1)} ms`.padStart(10),
      `${(load / parse).toFixed(1)} ×`.padStart(7),
      `${longest.toFixed(0)} ms`.padStart(14),
    );
  } catch (error) {
    console.log(basename(file).padEnd(40), error.message.split('\n')[0]);
  }
  await tab.close();
}
await browser.close();
server.close();
