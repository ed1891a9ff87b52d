// Tables of models side by side, in one run with the same rows: what is fetched, and
// how long it takes to show, sort and filter them.
//
// node bench.mjs --only vanilla-virtual,tabulator --rows 36,350 --runs 7 --throttle 1,4
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { list, load, data, resolver } from './build.mjs';
import { serve } from './server.mjs';
import { fmt } from './shared/fmt.js';
process.chdir(path.dirname(new URL(import.meta.url).pathname));
const arg = (k, d) => { const i = process.argv.indexOf('--' + k); return i < 0 ? d : process.argv[i + 1] ?? true; };
const flag = (k) => process.argv.includes('--' + k);
const only = arg('only', 'all'), ROWS = String(arg('rows', '350')).split(',').map(Number), RUNS = +arg('runs', 7);
const THROTTLE = String(arg('throttle', '1')).split(',').map(Number), TIMEOUT = +arg('timeout', 45000), BUDGET = +arg('budget', 3600) * 1000;
const NETS = { none: null, // bytes/s, ms
  slow4g: { downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, latency: 150 },
  fast4g: { downloadThroughput: 9e6 / 8, uploadThroughput: 1.5e6 / 8, latency: 60 } };
const NET = String(arg('net', 'none')).split(',');
const WARM = !flag('no-warm'), OUT = arg('out', null), EXE = arg('chromium', '/usr/bin/chromium');
const names = only === 'all' ? list() : only.split(',');
const cs = []; for (const n of names) cs.push(await load(n));
const server = await serve(resolver(cs));
const ARGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: EXE, headless: true, args: ARGS }); // playwright makes a new, empty user-data-dir
// Compressing 30,000 rows takes longer than a page waits for its catalog.
for (const n of ROWS) for (const kind of ['rows', ...cs.flatMap((c) => Object.keys(c.data ?? {}))]) {
  await (await fetch(`http://127.0.0.1:${server.port}/data/${kind}-${n}.json`, { headers: { 'accept-encoding': 'br' } })).arrayBuffer();
}
const t00 = Date.now();

// ---- runs inside the page -------------------------------------------------
const INIT = (x) => `(() => {
  const X = ${JSON.stringify(x)};
  const after = (res) => { const c = new MessageChannel(); c.port1.onmessage = () => res(performance.now()); c.port2.postMessage(0); };
  // cond is looked at in every frame; resolves in the first task after the frame that showed it (style, layout and paint are done)
  const shown = (cond, ms) => new Promise((res, rej) => { const t = performance.now(); const f = () => {
    let ok = false; try { ok = cond(); } catch {}
    if (ok) after(res); else if (performance.now() - t > ms) rej(new Error('timeout')); else requestAnimationFrame(f); };
    requestAnimationFrame(f); });
  const frame = () => new Promise((res) => requestAnimationFrame(() => after(res)));
  const B = () => window.__bench;
  const eq = (got, text, num) => B().num && num !== undefined ? Math.abs(parseFloat(String(got).replace(/[$,]/g, '')) - num) <= 0.0051 : String(got).trim() === text;
  const H = window.__h = {
    shown, frame,
    ready: shown(() => B() && eq(B().cell(0, 'name'), X.first) && B().count() >= X.min[B().mode ?? X.mode], X.timeout).then((t) => { H.t = t; return t; }, (e) => { H.err = String(e); }),
    sort: async (text, num) => { await frame(); const el = B().header('input'), t0 = performance.now();
      el.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail: 1, view: window }));
      return (await shown(() => eq(B().cell(0, 'input'), text, num), X.timeout)) - t0; },
    filter: async (q) => { await frame(); const el = B().input(), t0 = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(el, q);
      el.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: q, inputType: 'insertText' }));
      el.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true, composed: true, key: q.at(-1) }));
      return (await shown(() => [0, 1, 2].every((i) => String(B().cell(i, 'name')).includes(q)), X.timeout)) - t0; },
  };
})()`;

async function once(c, n, rate, net) {
  const rows = data(n), prices = rows.map((r) => r.input), mn = Math.min(...prices), mx = Math.max(...prices);
  const ctx = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await ctx.newPage();
  const errs = []; page.on('pageerror', (e) => errs.push(String(e).slice(0, 200)));
  const cdp = await ctx.newCDPSession(page);
  try {
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' }); // *_cpu, load_script, load_layout are main-thread CPU time, not wall time
    if (NETS[net]) { await cdp.send('Network.enable'); await cdp.send('Network.emulateNetworkConditions', { offline: false, ...NETS[net] }); }
    if (rate > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate });
    const cap = Math.min(n, 15);
    await page.addInitScript({ content: INIT({ first: rows[0].name, mode: c.mode, min: { full: n, paged: Math.min(n, 36), virtual: cap }, timeout: TIMEOUT }) });
    const url = `http://127.0.0.1:${server.port}/c/${c.name}/?rows=${n}`;
    const M = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map((m) => [m.name, m.value]));
    const go = async () => {
      await page.goto(url, { waitUntil: 'commit', timeout: TIMEOUT });
      const r = await page.evaluate(async () => { await __h.ready; const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime; return { t: __h.t, err: __h.err, fcp, domNodes: document.getElementsByTagName('*').length }; });
      if (r.err) throw new Error('load: ' + r.err + ' ' + errs.join('; '));
      return r;
    };
    server.reset();
    const r = { ...await go() };
    // What follows the first rows belongs to the load, too; the rest is measured once the page has come to rest.
    for (let before = await M(), quiet = 0; quiet < 3;) {
      await new Promise((done) => setTimeout(done, 50));
      const now = await M();
      quiet = now.TaskDuration - before.TaskDuration < 0.004 ? quiet + 1 : 0;
      before = now;
    }
    const m0 = await M();
    const o = { load: r.t, fcp: r.fcp, load_cpu: m0.TaskDuration * 1000, load_script: m0.ScriptDuration * 1000, load_layout: (m0.LayoutDuration + m0.RecalcStyleDuration) * 1000 };
    const by = (k) => server.log().filter((e) => k.includes(e.kind)).reduce((a, e) => ({ br: a.br + e.bytes, gz: a.gz + e.gz, raw: a.raw + e.raw }), { br: 0, gz: 0, raw: 0 });
    o.code_br = by(['js', 'wasm', 'css', 'other']).br; o.code_gz = by(['js', 'wasm', 'css', 'other']).gz; o.code_raw = by(['js', 'wasm', 'css', 'other']).raw;
    o.wasm_br = by(['wasm']).br; o.js_br = by(['js']).br; o.css_br = by(['css']).br; o.html_br = by(['html']).br; o.data_br = by(['data']).br;
    o.requests = server.log().length;
    const missing = server.log().filter((e) => e.kind === 'missing' && !e.path.includes('favicon')).map((e) => e.path);
    await cdp.send('HeapProfiler.collectGarbage');
    const hu = await cdp.send('Runtime.getHeapUsage');
    o.js_heap_mb = hu.usedSize / 1048576; o.dom_heap_mb = (hu.embedderHeapUsedSize ?? 0) / 1048576; o.buffers_mb = (hu.backingStorageSize ?? 0) / 1048576;
    o.nodes = (await M()).Nodes;
    const op = async (f, ...a) => { const b = await M(); const t = await page.evaluate(([f, a]) => __h[f](...a), [f, a]); const e = await M(); return [t, (e.TaskDuration - b.TaskDuration) * 1000]; };
    [o.sort1, o.sort1_cpu] = await op('sort', fmt('input', mn), mn);
    [o.sort2, o.sort2_cpu] = await op('sort', fmt('input', mx), mx);
    [o.filter, o.filter_cpu] = await op('filter', 'claude');
    if (WARM) { const w = await go(); o.warm = w.t; }
    if (missing.length) o._missing = missing;
    if (errs.length) o._errs = errs;
    return o;
  } finally { await ctx.close().catch(() => {}); }
}
const med = (a) => { const s = [...a].sort((x, y) => x - y), h = s.length >> 1; return s.length % 2 ? s[h] : (s[h - 1] + s[h]) / 2; };
const res = [], notes = [];
for (const net of NET) for (const rate of THROTTLE) for (const n of ROWS) {
  const acc = new Map(cs.map((c) => [c.name, []])), fails = new Map();
  for (let i = -1; i < RUNS; i++) { // run -1 is a warm-up: it fills the server's compression cache and is thrown away
    const order = i % 2 ? [...cs] : [...cs].reverse(); // contenders take turns, so that load on the machine hits all alike
    for (const c of order) {
      if ((fails.get(c.name) ?? 0) >= 2 || (c.maxRows && n > c.maxRows)) continue;
      if (Date.now() - t00 > BUDGET) { if (!notes.includes('time budget reached')) notes.push('time budget reached'); continue; }
      try { const o = await once(c, n, rate, net); if (i >= 0) { o._i = i; acc.get(c.name).push(o); } }
      catch (e) { fails.set(c.name, (fails.get(c.name) ?? 0) + 1); notes.push(`${c.name} rows=${n} x${rate} ${net}: ${String(e.message).split('\n')[0].slice(0, 160)}`); }
    }
    process.stderr.write(`\r[${((Date.now() - t00) / 1000) | 0}s] net=${net} cpu=x${rate} rows=${n} run ${i + 1}/${RUNS} load1=${os.loadavg()[0].toFixed(1)}   `);
  }
  for (const c of cs) {
    const a = acc.get(c.name);
    const e = { name: c.name, version: c.version, mode: c.mode, rows: n, cpu: rate, net, runs: a.length, m: {} };
    if (a.length) for (const k of Object.keys(a[0]).filter((k) => k[0] !== '_')) { const v = a.map((o) => o[k]).filter((x) => x != null); if (v.length) e.m[k] = { med: med(v), min: Math.min(...v), max: Math.max(...v) }; }
    const base = acc.get('vanilla-virtual');
    if (base?.length) for (const k of ['load', 'sort1', 'filter', 'load_cpu', 'sort1_cpu', 'filter_cpu']) { // ratio to the hand-written table inside the same round
      const v = a.map((o) => { const b = base.find((x) => x._i === o._i); return b && o[k] / b[k]; }).filter((x) => x); if (v.length) e.m['x_' + k] = { med: med(v), min: Math.min(...v), max: Math.max(...v) }; }
    e.load1 = os.loadavg()[0];
    const w = a.find((o) => o._errs || o._missing); if (w) e.warnings = { errs: w._errs, missing: w._missing };
    res.push(e);
  }
  if (OUT) { fs.mkdirSync(path.dirname(OUT), { recursive: true }); fs.writeFileSync(OUT, JSON.stringify({ meta: { partial: true, notes }, results: res })); } // kept after every cell
}
await browser.close(); server.close();
const meta = { date: new Date().toISOString(), chromium: browser.version(), node: process.version, cpus: os.cpus().length, cpu: os.cpus()[0].model, loadavg: os.loadavg(), seconds: (Date.now() - t00) / 1000, runs: RUNS, notes };
const doc = JSON.stringify({ meta, results: res });
if (OUT) { fs.mkdirSync(path.dirname(OUT), { recursive: true }); fs.writeFileSync(OUT, doc); }
// Ratios are medians of the ratios within the rounds.
const of = (m, key, digits = 0) => (m[key] ? m[key].med.toFixed(digits) : '–');
const ratio = (m, key) => (m[key] ? `${of(m, key)} (${of(m, `x_${key}`, 1)}×)` : '–');
console.log('\n| Rows | CPU | Table | Code, KB | First rows, ms | Load CPU, ms | Sort CPU, ms | Filter CPU, ms | Heap, MB |');
console.log('|---|---|---|---|---|---|---|---|---|');
for (const r of res) {
  const { m } = r;
  const heap = m.js_heap_mb ? ((m.js_heap_mb.med + m.dom_heap_mb.med + m.buffers_mb.med)).toFixed(1) : '–';
  const name = `${r.name}${r.version ? ` ${r.version}` : ''}`;
  console.log(`| ${r.rows} | ×${r.cpu} | ${name} | ${m.code_br ? (m.code_br.med / 1024).toFixed(0) : '–'} | ${ratio(m, 'load')} | ${ratio(m, 'load_cpu')} | ${ratio(m, 'sort1_cpu')} | ${ratio(m, 'filter_cpu')} | ${heap} |`);
}
if (notes.length) console.log('\nnotes:\n' + notes.map((x) => '- ' + x).join('\n'));
