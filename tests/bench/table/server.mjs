// Static server on 127.0.0.1 with precompressed (brotli 11 / gzip 9) answers, cached on disk by content hash.
import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import crypto from 'node:crypto';
const ENC = '../../../target/bench-table/.encoded';
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
export function brotli(buf) {
  fs.mkdirSync(ENC, { recursive: true });
  const f = path.join(ENC, crypto.createHash('sha1').update(buf).digest('hex') + '.br');
  if (fs.existsSync(f)) return fs.readFileSync(f);
  const out = zlib.brotliCompressSync(buf, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 22, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: buf.length } });
  fs.writeFileSync(f, out);
  return out;
}
export const gzip = (buf) => zlib.gzipSync(buf, { level: 9 });
const kind = (p) => (p.startsWith('/data/') ? 'data' : /\.wasm$/.test(p) ? 'wasm' : /\.m?js$/.test(p) ? 'js' : /\.css$/.test(p) ? 'css' : /\.html$|\/$/.test(p) ? 'html' : 'other');

/** resolve(pathname, query) -> Buffer | null */
export function serve(resolve) {
  const mem = new Map();
  let log = [];
  const srv = http.createServer((req, res) => {
    const u = new URL(req.url, 'http://x');
    const key = u.pathname + '?' + (u.searchParams.get('rows') ?? '');
    let e = mem.get(key);
    if (!e) {
      const body = resolve(u.pathname, u.searchParams);
      if (!body) { log.push({ path: u.pathname, kind: 'missing', bytes: 0 }); res.writeHead(404).end(); return; }
      e = { raw: body, br: brotli(body), type: TYPES[path.extname(u.pathname) || '.html'] ?? 'application/octet-stream' };
      e.gz = gzip(body).length;
      mem.set(key, e);
    }
    const useBr = /\bbr\b/.test(req.headers['accept-encoding'] ?? '');
    const out = useBr && e.br.length < e.raw.length ? e.br : e.raw;
    const h = { 'content-type': e.type, 'content-length': out.length, 'cache-control': 'public, max-age=31536000, immutable', 'timing-allow-origin': '*', vary: 'accept-encoding' };
    if (out === e.br) h['content-encoding'] = 'br';
    log.push({ path: u.pathname, kind: kind(u.pathname), bytes: out.length, raw: e.raw.length, gz: e.gz });
    res.writeHead(200, h).end(out);
  });
  return new Promise((ok) => srv.listen(0, '127.0.0.1', () => ok({ port: srv.address().port, reset: () => { log = []; }, log: () => log, close: () => srv.close() })));
}
