// Bundles each contender with esbuild, and returns the page generator.
import fs from 'node:fs';
import path from 'node:path';
import { build as esbuild } from 'esbuild';
import { generate } from './data.mjs';
const PAGE_CSS = `body{font:14px system-ui,sans-serif;max-width:1180px;margin:16px auto;padding:0 16px}table{border-collapse:collapse;width:100%}td,th{padding:5px 8px;border-bottom:1px solid #ddd;text-align:left;white-space:nowrap}.n{text-align:right}th{cursor:pointer}`;
export const BUILT = new URL("../../../target/bench-table", import.meta.url).pathname;
const nm = (p) => path.resolve('node_modules', p);
export function list() {
  return fs.readdirSync('contenders').filter((d) => fs.existsSync(`contenders/${d}/contender.mjs`)).sort();
}
const dataCache = new Map();
export const data = (n) => { if (!dataCache.has(n)) dataCache.set(n, generate(n)); return dataCache.get(n); };
export async function load(name) {
  const dir = `contenders/${name}`, out = `${BUILT}/${name}`;
  const c = { name, mode: 'full', css: [], scripts: [], mounts: {}, external: [], ...(await import(path.resolve(dir, 'contender.mjs'))).default };
  fs.mkdirSync(out, { recursive: true });
  if (c.entry) {
    await esbuild({ absWorkingDir: process.cwd(), entryPoints: [`${dir}/${c.entry}`], outfile: `${out}/main.js`, bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'none', external: c.external, logLevel: 'error',
      jsxFactory: 'h', jsxFragment: 'Fragment', define: { 'process.env.NODE_ENV': '"production"' }, nodePaths: [path.resolve('node_modules')] });
  }
  for (const f of c.css) fs.copyFileSync(nm(f), `${out}/${path.basename(f)}`);
  for (const f of c.scripts) fs.copyFileSync(nm(f), `${out}/${path.basename(f)}`);
  if (c.pkg) c.version = JSON.parse(fs.readFileSync(nm(c.pkg + '/package.json'))).version;
  c.html = (n) => `<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content="width=device-width"><title>Docs</title><link rel=icon href=data:,><style>${PAGE_CSS}</style>` +
    (c.head ?? '') + c.css.map((f) => `<link rel=stylesheet href="${path.basename(f)}">`).join('') +
    c.scripts.map((f) => `<script defer src="${path.basename(f)}"></script>`).join('') +
    (c.entry ? '<script type=module src="main.js"></script>' : '') +
    `</head><body><h1>Models</h1><p>This page is documentation; below is the table of models.</p>${c.body ? c.body(data(n), n) : '<div id=app></div>'}<p>Text after the table.</p></body></html>`;
  return c;
}
/** What the server answers for a path of contender c. */
export function resolver(cs) {
  return (p, q) => {
    const n = +(q.get('rows') ?? 36);
    let m;
    if ((m = p.match(/^\/data\/rows-(\d+)\.json$/))) return Buffer.from(JSON.stringify(data(+m[1])));
    for (const c of cs) for (const [kind, make] of Object.entries(c.data ?? {})) {
      if ((m = p.match(new RegExp(`^/data/${kind}-(\\d+)\\.json$`)))) return Buffer.from(JSON.stringify(make(data(+m[1]))));
    }
    if ((m = p.match(/^\/c\/([^/]+)\/(.*)$/))) {
      const c = cs.find((x) => x.name === m[1]);
      if (!c || m[2].includes('..')) return null;
      if (m[2] === '') return Buffer.from(c.html(n));
      const f = `${BUILT}/${c.name}/${m[2]}`;
      return fs.existsSync(f) ? fs.readFileSync(f) : null;
    }
    for (const c of cs) for (const [pre, dir] of Object.entries(c.mounts)) {
      if (p.startsWith(pre + '/') && !p.includes('..')) {
        const f = path.join(dir, p.slice(pre.length + 1));
        if (fs.existsSync(f) && fs.statSync(f).isFile()) return fs.readFileSync(f);
      }
    }
    return null;
  };
}
