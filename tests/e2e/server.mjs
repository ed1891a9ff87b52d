// A static server for tests: serves a directory on a free port, with whatever
// status, headers, delay or content a test asks for, and records the requests.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * What to answer; everything is optional.
 * @typedef {object} Answer
 * @property {number} [status] default 200
 * @property {Record<string, string>} [headers] over those of the server
 * @property {string | Uint8Array | object} [body] an object is sent as JSON
 * @property {string} [file] a file to send instead of a body
 * @property {number} [delay] milliseconds to wait before the first byte
 */

/**
 * Starts a server on 127.0.0.1.
 *
 * A route is an Answer or a function `(request, response) => Answer`, which may
 * be async; one that returns nothing has written the response itself. A route
 * without `body`, `file` and `status` changes how the file of that name is sent.
 *
 * @param {object} [options]
 * @param {string} [options.root] the directory to serve, default dist/
 * @param {Record<string, string>} [options.headers] for every answer, such as a
 *   content security policy or `access-control-allow-origin`
 * @param {Record<string, Answer | Function>} [options.routes] by path, `/catalog.json`
 * @returns {Promise<{url: string, requests: {method: string, path: string,
 *   query: string, headers: object}[], close: () => Promise<void>}>}
 *   `url` has no slash at its end
 */
export async function serve({ root = dist, headers = {}, routes = {} } = {}) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url, 'http://localhost');
    requests.push({ method: request.method, path: pathname, query: search, headers: request.headers });
    try {
      const route = routes[pathname];
      const answer = typeof route === 'function' ? await route(request, response) : (route ?? {});
      if (answer) await send(response, { file: fileAt(root, pathname), ...answer, headers: { ...headers, ...answer.headers } });
    } catch (error) {
      // A test's own mistake must not look like the behaviour under test.
      console.error(error);
      response.destroy(error);
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

// The file that a path names; nothing outside of the root.
function fileAt(root, pathname) {
  const path = resolve(join(root, decodeURIComponent(pathname)));
  if (path !== resolve(root) && !path.startsWith(resolve(root) + sep)) return undefined;
  return pathname.endsWith('/') ? join(path, 'index.html') : path;
}

async function send(response, { status, headers, body, file, delay }) {
  if (delay) await sleep(delay);
  if (body !== undefined) {
    const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
    const type = isJson ? types['.json'] : 'text/html; charset=utf-8';
    response.writeHead(status ?? 200, { 'content-type': type, ...headers });
    response.end(isJson ? JSON.stringify(body) : body);
    return;
  }
  const found = file && (await stat(file).catch(() => undefined));
  // An error status comes without the file.
  if (!found?.isFile() || (status ?? 200) >= 400) {
    response.writeHead(status ?? 404, { 'content-type': 'text/plain; charset=utf-8', ...headers });
    response.end();
    return;
  }
  const type = types[extname(file)] ?? 'application/octet-stream';
  response.writeHead(status ?? 200, { 'content-type': type, 'content-length': found.size, ...headers });
  createReadStream(file).pipe(response);
}
