// What a card shows, says and does when something is wrong.
import { readFile } from 'node:fs/promises';
import { Card } from './card.mjs';
import { catalog, faultsOf, model, written } from './catalogs.mjs';
import { expect, part, SUBJECT, tag, test } from './fixtures.mjs';
import { dist } from './server.mjs';

const FALLBACK = '<p id="fallback">See the price list of the vendor.</p>';

/** The card names the fault, keeps the fallback, offers another try, and tells the page once. */
async function expectFault({ page, card, events, server }, { code, says, url, retryable }) {
  await expect(card.root.getByText(says).first()).toBeVisible();
  await expect(card.root.getByText(code).first()).toBeVisible();
  await expect(card.retry).toBeVisible();
  await expect(page.locator('#fallback')).toBeVisible();
  const errors = await events('modelcard-error');
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ bubbles: true, composed: true, plain: true });
  expect(errors[0].detail).toEqual({ code, message: expect.stringMatching(says), url, retryable });
  expect(await events('modelcard-ready')).toEqual([]);
  expect(server.log.errors, 'uncaught errors').toEqual([]);
  const told = server.log.console.filter((line) => line.startsWith('error: modelcard: '));
  expect(told, 'the console names the cause once').toHaveLength(1);
}

test.describe('the model', () => {
  test('an unknown id is named, and the nearest ones are offered', async ({ open, card, events }) => {
    await open({ body: tag('openai/gpt-4o-mni', '', FALLBACK) });
    await expect(card.root).toContainText('The catalog has no model openai/gpt-4o-mni');
    const offers = card.root.getByRole('list').getByRole('button');
    await expect(offers.first()).toHaveText('openai/gpt-4o-mini');
    const errors = await events('modelcard-error');
    expect(errors.map((event) => event.detail)).toEqual([
      { code: 'model-unknown', message: expect.stringContaining('openai/gpt-4o-mni'), url: null, retryable: false },
    ]);
    await offers.first().click();
    await expect(card.name).toHaveText('GPT-4o-mini');
    expect((await events('modelcard-ready')).map((event) => event.detail.model)).toEqual(['openai/gpt-4o-mini']);
  });

  test('no model attribute: the card says what to set', async ({ open, card, page, events }) => {
    await open({ body: tag(null, '', FALLBACK) });
    await expect(card.root).toContainText('attribute model');
    await expect(page.locator('#fallback')).toBeVisible();
    expect((await events('modelcard-error')).map((event) => event.detail.code)).toEqual(['model-unknown']);
    await card.root.evaluate((element, id) => element.setAttribute('model', id), SUBJECT);
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    await expect(page.locator('#fallback')).toBeHidden();
  });

  for (const id of ['__proto__', 'constructor', 'toString', '<img src=x onerror=alert(1)>', '💥'.repeat(300)]) {
    test(`the id ${id.slice(0, 30)} is merely unknown`, async ({ open, card, events, log }) => {
      await open({ body: '<model-card></model-card>' });
      await card.root.evaluate((element, id) => element.setAttribute('model', id), id);
      await expect(card.root).toContainText('The catalog has no model');
      await expect.poll(async () => (await events('modelcard-error')).at(-1).detail.message).toContain(id.slice(0, 20));
      expect(log.errors).toEqual([]);
    });
  }
});

test.describe('the catalog', () => {
  const cases = [
    ['404', { status: 404 }, { code: 'catalog-not-found', says: /no catalog at this address \(404\)/, retryable: false }],
    ['403', { status: 403 }, { code: 'catalog-refused', says: /refuses access.*\(403\)/, retryable: false }],
    ['429', { status: 429 }, { code: 'catalog-rate-limited', says: /too many requests/, retryable: true }],
    ['500', { status: 500 }, { code: 'catalog-server-error', says: /answered with an error \(500\)/, retryable: true }],
    ['a login page', { body: '<!doctype html><title>Sign in</title><h1>Sign in</h1>' }, { code: 'catalog-not-json', says: /JSON/, retryable: false }],
    ['half a file', { body: '{"schema_version":"1.0","compiled":true,"models":[{"id":"a/b"' }, { code: 'catalog-not-json', says: /JSON/, retryable: false }],
    ['nothing', { body: '' }, { code: 'catalog-not-json', says: /JSON/, retryable: false }],
    ['a number', { body: '42' }, { code: 'catalog-wrong-shape', says: /catalog/, retryable: false }],
    ['an object of another kind', { body: { hello: 'world' } }, { code: 'catalog-wrong-shape', says: /catalog/, retryable: false }],
    ['models that are no list', { body: { schema_version: '1.0', compiled: true, models: 'all' } }, { code: 'catalog-wrong-shape', says: /models/, retryable: false }],
    ['a newer major version', { body: catalog([model('a/b')], { schema_version: '2.0' }) }, { code: 'catalog-version', says: /2\.0/, retryable: false }],
    ['no models', { body: catalog([]) }, { code: 'catalog-empty', says: /model/, retryable: false }],
  ];
  for (const [name, answer, { code, says, retryable }] of cases) {
    test(`that is ${name}`, async ({ open, page, card, events }) => {
      const server = await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/catalog.json': answer } });
      // The codes of a wrong answer are the product's to name: what the card
      // shows and what the event says must only be the same.
      await expect(card.retry).toBeVisible({ timeout: 10_000 });
      const said = (await events('modelcard-error'))[0].detail.code;
      const expected = code.startsWith('catalog-not-json') || /shape|version|empty/.test(code) ? said : code;
      expect(said).toMatch(/^catalog-[a-z-]+$/);
      await expectFault({ page, card, events, server }, { code: expected, says, url: `${server.url}/catalog.json`, retryable });
      await expect(card.root).toContainText(`${server.url}/catalog.json`);
      expect(await faultsOf(card.root)).toEqual([]);
    });
  }

  test('of another format version is told from one that is broken', async ({ open, card, events }) => {
    const codes = [];
    await open({
      body: tag('a/b', 'catalog="/new.json"'),
      routes: {
        '/new.json': { body: catalog([model('a/b')], { schema_version: '2.0' }) },
        '/html.json': { body: '<!doctype html><p>Sign in' },
        '/shape.json': { body: [1, 2] },
        '/minor.json': { body: catalog([model('a/b')], { schema_version: '1.99', something_new: { deep: [1] } }) },
      },
    });
    for (const url of ['/html.json', '/shape.json', null]) {
      await expect(card.retry).toBeVisible();
      codes.push((await events('modelcard-error')).at(-1).detail.code);
      if (url) await card.root.evaluate((element, url) => element.setAttribute('catalog', url), url);
      if (url) await expect(card.root).toContainText(url);
    }
    expect(new Set(codes).size, codes.join()).toBe(3);
    await card.root.evaluate((element) => element.setAttribute('catalog', '/minor.json'));
    await expect(card.name).toHaveText('The model a/b');
  });

  test('that does not come within fifteen seconds', async ({ open, page, card, events }) => {
    // The browser's clock for this is shortened; what is asked of it is recorded.
    await page.addInitScript(() => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      window.limits = [];
      AbortSignal.timeout = (milliseconds) => {
        window.limits.push(milliseconds);
        return timeout(milliseconds / 30);
      };
    });
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/catalog.json': () => new Promise(() => {}) } });
    await expectFault({ page, card, events, server }, { code: 'catalog-timeout', says: /within 15 seconds/, url: `${server.url}/catalog.json`, retryable: true });
    expect(new Set(await page.evaluate(() => window.limits))).toEqual(new Set([15_000]));
    expect(server.count('/catalog.json'), 'a server that hangs is not asked again by itself').toBe(1);
  });

  test('that drips never holds the card for longer than that either', async ({ open, page, card, events }) => {
    await page.addInitScript(() => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (milliseconds) => timeout(milliseconds / 30);
    });
    const server = await open({
      body: part('header', SUBJECT, '', FALLBACK),
      routes: {
        '/catalog.json': (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const drip = setInterval(() => response.write(' '), 20);
          response.on('close', () => clearInterval(drip));
        },
      },
    });
    await expectFault({ page, card, events, server }, { code: 'catalog-timeout', says: /within 15 seconds/, url: `${server.url}/catalog.json`, retryable: true });
  });

  test('that is slow: says so after three seconds, then shows the card', async ({ open, page, card }) => {
    await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/catalog.json': { delay: 3800 } } });
    await expect(card.root.getByText('Still loading')).toBeVisible();
    await expect(page.locator('#fallback')).toBeVisible();
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    await expect(page.locator('#fallback')).toBeHidden();
  });

  test('that is too large is given up, not read', async ({ open, page, card, events }) => {
    let written = 0;
    const server = await open({
      body: part('header', SUBJECT, '', FALLBACK),
      routes: {
        '/catalog.json': async (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const chunk = Buffer.alloc(1024 * 1024, 32);
          let isOpen = true;
          response.on('close', () => (isOpen = false));
          while (isOpen && written < 100) {
            written += 1;
            if (!response.write(chunk)) await Promise.race(['drain', 'close'].map((event) => new Promise((done) => response.once(event, done))));
          }
          response.end();
        },
      },
    });
    await expect(card.retry).toBeVisible();
    const [error] = await events('modelcard-error');
    await expectFault({ page, card, events, server }, { code: error.detail.code, says: /16/, url: `${server.url}/catalog.json`, retryable: false });
    expect(written).toBeLessThan(60);
  });

  test('with one bad model: the others show, and the bad one is named', async ({ open, card, page, log }) => {
    const models = [model('a/good'), { id: 'a/bad', name: 7, context_length: 'long' }, model('a/better')];
    await open({ body: tag('a/good'), routes: { '/catalog.json': { body: catalog(models) } } });
    await expect(card.name).toHaveText('The model a/good');
    await expect(card.table('siblings').rows).toHaveCount(1);
    const problems = await page.evaluate(async () => (await (await modelcard.engine()).loadCatalog('/catalog.json')).problems());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toEqual({
      severity: 'error',
      code: expect.stringMatching(/^[a-z_-]+$/),
      path: expect.stringMatching(/^models\[1\]/),
      effect: expect.stringMatching(/\S/),
      catalog: expect.stringMatching(/\/catalog\.json$/),
    });
    expect(log.console.filter((line) => line.startsWith('warning: modelcard: models[1]'))).not.toEqual([]);
  });

  test('with one bad model, as people write it', async ({ open, card, page, log }) => {
    const models = [model('a/good', { description: '*Good*' }), { name: 'nameless' }, model('a/better'), model('a/good'), 'what', model('a/worst', { prices: { rates: { input: -1 } } })];
    await open({ body: tag('a/good'), routes: { '/catalog.json': { body: written(models) } } });
    await expect(card.name).toHaveText('The model a/good');
    await expect(card.section('description').getByRole('emphasis')).toHaveText('Good');
    const problems = await page.evaluate(async () => (await (await modelcard.engine()).loadCatalog('/catalog.json')).problems());
    for (const at of [1, 3, 4, 5]) expect(problems.map((problem) => problem.path).join('\n')).toContain(`models[${at}]`);
    // A model with a price that is none is left out rather than shown without.
    const shown = await page.evaluate(async () => (await (await modelcard.engine()).loadCatalog('/catalog.json')).models().map((model) => model.id));
    expect(shown).toEqual(['a/good', 'a/better']);
    for (const at of [1, 3, 4, 5]) expect(log.console.join('\n')).toContain(`models[${at}]`);
  });

  test('behind a policy that forbids the request', async ({ open, serve, page, card, events }) => {
    const other = await serve({ headers: { 'access-control-allow-origin': '*' } });
    const server = await open({
      body: tag(SUBJECT, `catalog="${other.url}/catalog.json"`, FALLBACK),
      headers: { 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" },
    });
    await expectFault({ page, card, events, server }, { code: 'catalog-blocked', says: /connect-src/, url: `${other.url}/catalog.json`, retryable: false });
    await expect(card.root).toContainText(new URL(other.url).host);
    expect(other.requests).toEqual([]);
  });

  test('of another origin that does not allow it', async ({ open, serve, page, card, events }) => {
    const other = await serve();
    const server = await open({ body: tag(SUBJECT, `catalog="${other.url}/catalog.json"`, FALLBACK) });
    await expectFault({ page, card, events, server }, { code: 'catalog-unreachable', says: /Access-Control-Allow-Origin/, url: `${other.url}/catalog.json`, retryable: true });
  });

  test('at an address that is none', async ({ open, page, card, events }) => {
    const server = await open({ body: tag(SUBJECT, 'catalog="http://"', FALLBACK) });
    await expectFault({ page, card, events, server }, { code: 'catalog-bad-url', says: /not a URL/, url: 'http://', retryable: false });
  });

  test('while offline; Retry brings it when the network is back', async ({ open, page, card, context, events }) => {
    await open({ body: tag('a/b', 'catalog="/one.json"', FALLBACK), routes: { '/one.json': { body: catalog([model('a/b')]) }, '/two.json': { body: catalog([model('a/b', { name: 'The second' })]) } } });
    await expect(card.name).toHaveText('The model a/b');
    await context.setOffline(true);
    await card.root.evaluate((element) => element.setAttribute('catalog', '/two.json'));
    await expect(card.root).toContainText('offline');
    await expect(page.locator('#fallback')).toBeVisible();
    expect((await events('modelcard-error')).map((event) => event.detail.code)).toEqual(['offline']);
    await context.setOffline(false);
    await card.retry.click();
    await expect(card.name).toHaveText('The second');
    await expect(page.locator('#fallback')).toBeHidden();
  });

  test('that recovers: Retry works, from the keyboard too', async ({ open, page, card, events }) => {
    let status = 404;
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/catalog.json': () => ({ status }) } });
    await expect(card.retry).toBeVisible();
    await card.retry.click();
    await expect.poll(() => server.count('/catalog.json')).toBe(2);
    await expect(card.retry).toBeVisible();
    await expect.poll(async () => (await events('modelcard-error')).length).toBe(2);
    status = 200;
    await card.retry.focus();
    await page.keyboard.press('Enter');
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    await expect(page.locator('#fallback')).toBeHidden();
    expect((await events()).map((event) => event.type)).toEqual(['modelcard-error', 'modelcard-error', 'modelcard-ready']);
  });

  test('that stumbles once is asked again without the reader', async ({ open, card, events }) => {
    let asked = 0;
    const server = await open({ body: part('header'), routes: { '/catalog.json': () => ((asked += 1) === 1 ? { status: 503 } : {}) } });
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    expect(server.count('/catalog.json')).toBe(2);
    expect(await events('modelcard-error')).toEqual([]);
  });

  test('one Retry serves the card that asked; three cards fail with one request', async ({ open, page, events }) => {
    let status = 404;
    const cards = ['a', 'b', 'c'].map((id) => tag(SUBJECT, `id="${id}" sections="header" loading="eager"`)).join('');
    const server = await open({ body: cards, routes: { '/catalog.json': () => ({ status }) } });
    for (const id of ['a', 'b', 'c']) await expect(new Card(page, page.locator(`#${id}`)).retry).toBeVisible();
    expect(server.count('/catalog.json')).toBe(1);
    expect((await events('modelcard-error')).map((event) => event.target).sort()).toEqual(['a', 'b', 'c']);
    status = 200;
    await new Card(page, page.locator('#b')).retry.click();
    await expect(new Card(page, page.locator('#b')).name).toBeVisible();
    await new Card(page, page.locator('#a')).retry.click();
    await expect(new Card(page, page.locator('#a')).name).toBeVisible();
    expect(server.count('/catalog.json')).toBe(2);
  });

  test('of two, one missing: the other shows, and the missing one is named', async ({ open, card, events }) => {
    const server = await open({ body: tag('a/b', 'catalog="/one.json /gone.json"'), routes: { '/one.json': { body: catalog([model('a/b')]) } } });
    await expect(card.name).toHaveText('The model a/b');
    await expect(card.root.locator('footer')).toContainText('404');
    const [ready] = await events('modelcard-ready');
    expect(ready.detail.catalogs).toEqual([{ url: `${server.url}/one.json`, format: 'native', models: 1, date: '2026-01-31' }]);
  });
});

test.describe('the widget itself', () => {
  async function expectBroken({ page, card, events, server }, { code, says }) {
    await expect(card.root.getByText(says).first()).toBeVisible();
    await expect(card.retry).toBeVisible();
    await expect(page.locator('#fallback')).toBeVisible();
    const errors = await events('modelcard-error');
    expect(errors).toHaveLength(1);
    expect(errors[0].detail).toEqual({ code, message: expect.stringMatching(says), url: expect.stringContaining(server.url), retryable: true });
    expect(server.log.errors, 'uncaught errors').toEqual([]);
    expect(server.log.console.filter((line) => line.startsWith('error: modelcard: ')), 'the console names the cause once').toHaveLength(1);
  }

  test('without its wasm', async ({ open, page, card, events }) => {
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/widget_bg.wasm': { status: 404 } } });
    await expectBroken({ page, card, events, server }, { code: 'widget-not-found', says: /widget_bg\.wasm answered 404/ });
  });

  test('without its glue', async ({ open, page, card, events }) => {
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/widget.js': { status: 404 } } });
    await expectBroken({ page, card, events, server }, { code: 'widget-not-loaded', says: /could not be loaded/ });
  });

  test('with a wasm that is cut off', async ({ open, page, card, events }) => {
    const whole = await readFile(`${dist}/widget_bg.wasm`);
    const half = whole.subarray(0, whole.length / 2);
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/widget_bg.wasm': { body: half, headers: { 'content-type': 'application/wasm' } } } });
    await expectBroken({ page, card, events, server }, { code: 'widget-not-loaded', says: /could not be loaded/ });
  });

  test('with a wasm that is a web page', async ({ open, page, card, events }) => {
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/widget_bg.wasm': { body: '<!doctype html>Not here' } } });
    await expectBroken({ page, card, events, server }, { code: 'widget-not-loaded', says: /could not be loaded/ });
  });

  test('with a wasm of the wrong type works', async ({ open, card, log }) => {
    await open({ body: part('header'), routes: { '/widget_bg.wasm': { headers: { 'content-type': 'application/octet-stream' } } } });
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    expect(log.errors).toEqual([]);
  });

  test('under a policy that forbids WebAssembly', async ({ open, page, card, events }) => {
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), headers: { 'content-security-policy': "script-src 'self'" } });
    await expectBroken({ page, card, events, server }, { code: 'widget-blocked', says: /'wasm-unsafe-eval'/ });
    // The browser's own words name a permission that would be too much.
    expect(await card.text()).not.toContain("'unsafe-eval'");
  });

  test('under a policy that forbids its requests', async ({ open, page, card, events }) => {
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), headers: { 'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" } });
    await expectBroken({ page, card, events, server }, { code: 'widget-not-loaded', says: /content security policy/ });
  });

  test('comes back when the server does', async ({ open, page, card, events }) => {
    let status = 503;
    const server = await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/widget_bg.wasm': () => ({ status }) } });
    await expect(card.retry).toBeVisible();
    await card.retry.click();
    await expect.poll(async () => (await events('modelcard-error')).length).toBe(2);
    expect(server.count('/widget_bg.wasm')).toBe(2);
    status = 200;
    await card.retry.click();
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    await expect(page.locator('#fallback')).toBeHidden();
    await expect(card.retry).toHaveCount(0);
  });

  /** The real glue, with a handle that makes the module trap when its language is set to `xx`. */
  const trapping = `
    import * as real from './real.js';
    export * from './real.js';
    export { default } from './real.js';
    export class Handle extends real.Handle {
      set_attribute(name, value) {
        // An address outside of its memory.
        if (value === 'xx') this.__wbg_ptr = -16;
        super.set_attribute(name, value);
      }
    }`;

  test('after a trap stops, for all cards, and starts afresh on demand', async ({ open, page, events, log }) => {
    const glue = await readFile(`${dist}/widget.js`);
    const type = { 'content-type': 'text/javascript' };
    await open({
      body: ['a', 'b'].map((id) => tag(SUBJECT, `id="${id}" sections="header" loading="eager"`, FALLBACK)).join(''),
      routes: { '/widget.js': { body: trapping, headers: type }, '/real.js': { body: glue, headers: type } },
    });
    const [a, b] = ['a', 'b'].map((id) => new Card(page, page.locator(`#${id}`)));
    await expect(a.name).toBeVisible();
    await expect(b.name).toBeVisible();
    await a.root.evaluate((element) => element.setAttribute('lang', 'xx'));
    for (const card of [a, b]) {
      await expect(card.retry).toBeVisible();
      await expect(card.root.locator('#fallback')).toBeVisible();
      await expect(card.name).toHaveCount(0);
    }
    expect((await events('modelcard-error')).map((event) => [event.target, event.detail.code])).toEqual([['a', 'widget-crashed'], ['b', 'widget-crashed']]);
    // What scripts do to a crashed card has no effect, and throws nothing.
    expect(await a.root.evaluate((element) => { element.model = 'openai/o3'; element.removeAttribute('lang'); return [element.model, element.workload]; })).toEqual(['openai/o3', null]);
    // One reload is for all cards.
    await a.retry.click();
    await expect(a.name).toHaveText('o3');
    await expect(b.name).toHaveText('GPT-4o-mini (2024-07-18)');
    for (const card of [a, b]) await expect(card.retry).toHaveCount(0);
    expect(log.errors).toEqual([]);
    expect(log.console.filter((line) => line.startsWith('error: modelcard: '))).toHaveLength(1);
  });

  test('a trap of the page’s own WebAssembly is none of ours', async ({ open, card, page, events, log }) => {
    // The smallest module whose one function traps; its stack names the page.
    const trap = `<script>
      trap = () => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]))).exports.f();
    </script>`;
    await open({ head: trap, body: part('header') });
    await expect(card.name).toBeVisible();
    await page.evaluate(() => new Promise((done) => setTimeout(() => { setTimeout(done); window.trap(); })));
    await page.evaluate(() => new Promise((done) => { Promise.resolve().then(() => window.trap()); setTimeout(done); }));
    await expect.poll(() => log.errors).toEqual(['unreachable', 'unreachable']);
    await expect(card.name).toBeVisible();
    expect(await events('modelcard-error')).toEqual([]);
  });

  test('without its formats module reads what is compiled, and names what it lacks', async ({ open, page, card, events }) => {
    const server = await open({
      body: tag('a/b', 'catalog="/written.json"', FALLBACK),
      routes: { '/written.json': { body: written([model('a/b')]) }, '/formats_bg.wasm': { status: 404 }, '/compiled.json': { body: catalog([model('a/b')]) } },
    });
    await expectFault({ page, card, events, server }, { code: 'formats-not-loaded', says: /formats\.js and formats_bg\.wasm/, url: `${server.url}/written.json`, retryable: true });
    await card.root.evaluate((element) => element.setAttribute('catalog', '/compiled.json'));
    await expect(card.name).toHaveText('The model a/b');
  });
});

test.describe('no card ever shows', () => {
  test('NaN, undefined, $0.00 or an empty box, for any model of the default catalog', async ({ open, card, page }) => {
    test.setTimeout(90_000);
    await open({ body: tag(SUBJECT, 'loading="eager"') });
    await expect(card.name).toBeVisible();
    const all = await page.evaluate(async () => (await (await modelcard.engine()).loadCatalog('catalog.json')).models());
    expect(all.length).toBeGreaterThan(97);
    const found = [];
    // Siblings are the same for every model of an author: once is enough.
    const seen = new Set();
    for (const { id, prices } of all) {
      const author = id.split('/')[0];
      const sections = 'header description specs parameters features summary pricing history endpoints benchmarks estimate';
      await card.root.evaluate((element, { id, sections }) => {
        element.setAttribute('sections', sections);
        element.setAttribute('model', id);
      }, { id, sections: seen.has(author) ? sections : `${sections} siblings` });
      seen.add(author);
      await expect(card.root.locator('header').getByRole('code')).toHaveText(id);
      const free = prices.rates.input === 'free';
      for (const fault of await faultsOf(card.root, { free })) found.push(`${id}: ${fault}`);
    }
    expect(found).toEqual([]);
  });

  const odd = [
    ['a model of which only the id is known', { id: 'a/bare' }],
    ['a free model', model('a/free', { prices: { rates: { input: 'free', output: 'free' } } })],
    ['a model at zero', model('a/zero', { prices: { rates: { input: '0', output: '0' } } })],
    ['a router', model('a/varies', { prices: { rates: { input: 'variable', output: 'variable' } } })],
    ['a subscription', model('a/included', { prices: { rates: { input: 'included', output: 'included' } } })],
    ['unknown prices', model('a/unknown', { prices: { rates: { input: 'unknown', output: 'unknown' } } })],
    ['half a price', model('a/half', { prices: { rates: { input: '3' } } })],
    ['a tiny price', model('a/tiny', { prices: { rates: { input: '0.00000015', output: '0.000000000001' } } })],
    ['a huge price', model('a/huge', { prices: { rates: { input: '999999999999', output: '123456789012.5' } } })],
    ['an embedding model', model('a/embeds', { input_modalities: ['text'], output_modalities: ['embeddings'], prices: { rates: { input: '0.02' } } })],
    ['an image model', model('a/draws', { output_modalities: ['image'], prices: { rates: { image_output: '0.04', input: '5' } } })],
    ['a model that hears', model('a/hears', { prices: { rates: { input_audio_duration: '0.36', request: '0.01', web_search: '10' } } })],
    ['empty lists and blank texts', model('a/blank', { name: ' ', author: '', tokenizer: '', links: [], endpoints: [], benchmarks: [], price_history: [], supported_parameters: [], features: [], description: [] })],
    ['endpoints without facts', model('a/ends', { endpoints: [{ id: 'x/a', provider: 'X' }, { id: 'y/a', provider: '' }] })],
    ['benchmarks without facts', model('a/tests', { benchmarks: [{ benchmark: 'One' }, { benchmark: 'Two', accuracy: 0, success_rate: 0, executions: 0, duration: 0, cost: '0' }] })],
    ['one price in its history', model('a/step', { price_history: [{ from: '2025-01-01', rates: { input: '1', output: '2' } }] })],
    ['a history of free', model('a/was-free', { price_history: [{ from: '2024-01-01', rates: { input: 'free', output: 'free' } }, { from: '2025-01-01', rates: { input: '1', output: '2' } }] })],
    ['limits of zero', model('a/none', { context_length: 0, max_output: 0, parameters: { count: 0 } })],
    ['dates without a day', model('a/dates', { released: '2024', knowledge_cutoff: '2023-10', retires: '2027-01' })],
    ['another currency', model('a/euro', { prices: { currency: 'EUR', rates: { input: '1', output: '2' } } })],
    ['a currency that is none', model('a/coin', { prices: { currency: 'DOUBLOONS', rates: { input: '1', output: '2' } } })],
  ];
  for (const [name, subject] of odd) {
    test(`nonsense for ${name}`, async ({ open, card, log, page }) => {
      await open({ body: tag(subject.id), routes: { '/catalog.json': { body: catalog([subject, model('a/other')]) } } });
      await expect(card.name).toBeVisible();
      await card.root.evaluate((element) => element.shadowRoot.querySelectorAll('details').forEach((details) => (details.open = true)));
      const costs = [subject.prices?.rates.input, ...(subject.benchmarks ?? []).map((result) => result.cost)];
      const free = costs.includes('free') || costs.includes('0');
      expect(await faultsOf(card.root, { free })).toEqual([]);
      const figures = card.root.getByRole('button', { name: /; explain/ });
      for (let at = 0; at < Math.min(4, await figures.count()); at += 1) {
        await figures.nth(at).click();
        expect(await faultsOf(card.root, { free }), await figures.nth(at).innerText()).toEqual([]);
        await page.keyboard.press('Escape');
      }
      expect(log.errors).toEqual([]);
    });
  }
});
