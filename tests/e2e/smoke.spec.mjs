import { expect, test } from './fixtures.mjs';

test('the built demo defines the element and names its build', async ({ page, serve }) => {
  const { url } = await serve();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${url}/`);
  expect(await page.evaluate(() => typeof customElements.get('model-card'))).toBe('function');
  expect(await page.evaluate(() => window.modelcard.version)).toMatch(/^[0-9a-f]{16}$/);
  expect(errors).toEqual([]);
});

test('a page without an element loads the loader and nothing else', async ({ page, serve }) => {
  const server = await serve({
    routes: { '/page.html': { body: '<!doctype html><link rel="icon" href="data:,"><script src="modelcard.js"></script>' } },
  });
  await page.goto(`${server.url}/page.html`, { waitUntil: 'networkidle' });
  expect(server.requests.map((request) => request.path)).toEqual(['/page.html', '/modelcard.js']);
});
