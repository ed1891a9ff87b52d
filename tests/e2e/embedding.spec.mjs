// How a page embeds the widget: when it loads, from where, and how its
// elements behave as the page's script handles them.
import { Card } from './card.mjs';
import { catalog, model, written } from './catalogs.mjs';
import { expect, page as documentOf, part, SUBJECT, tag, test } from './fixtures.mjs';
import { dist } from './server.mjs';

const NAME = 'GPT-4o-mini (2024-07-18)';
const CARD = part('header');
const FILES = ['/widget.js', '/widget_bg.wasm', '/catalog.json'];
const FAR = '<div style="height: 4000px">A long page</div>';
const FALLBACK = '<p id="fallback">See the price list of the vendor.</p>';
const HEADER = 'sections="header" loading="eager"';

const paths = (server) => server.requests.map((request) => request.path).filter((path) => path !== '/page.html');
const cardOf = (page, id) => new Card(page, page.locator(`#${id}`));

test.describe('starting', () => {
  test('nothing but the loader is fetched before a card comes near', async ({ open, card, page }) => {
    const server = await open({ body: FAR + part('header', SUBJECT, '', FALLBACK) });
    await page.waitForLoadState('networkidle');
    expect(paths(server)).toEqual(['/modelcard.js']);
    await expect(page.locator('#fallback')).toHaveCount(1);
    await card.root.scrollIntoViewIfNeeded();
    await expect(card.name).toHaveText(NAME);
    expect(paths(server).sort()).toEqual(['/catalog.json', '/modelcard.js', '/widget.js', '/widget_bg.wasm']);
  });

  test('a card starts a little before it is seen', async ({ open, page, card }) => {
    const size = page.viewportSize();
    await open({ body: `<div style="position: absolute; inset-block-start: ${size.height + 150}px; inline-size: 600px">${CARD}</div>` });
    await expect(card.name).toHaveText(NAME);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
  });

  test('loading="eager" starts at once, wherever the card is', async ({ open, card, page }) => {
    await open({ body: FAR + part('header', SUBJECT, 'loading="eager"') });
    await expect(card.name).toHaveText(NAME);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
  });

  test('glue, wasm and catalog are asked for in parallel, each once for three cards', async ({ open, page }) => {
    // None is answered before all have been asked for.
    let together;
    const all = new Promise((resolve) => (together = resolve));
    const asked = new Set();
    const wait = (path) => async () => {
      asked.add(path);
      if (asked.size === FILES.length) together();
      await all;
      return {};
    };
    const server = await open({
      body: ['a', 'b', 'c'].map((id) => tag(SUBJECT, `id="${id}" ${HEADER}`)).join(''),
      routes: Object.fromEntries(FILES.map((path) => [path, wait(path)])),
    });
    for (const id of ['a', 'b', 'c']) await expect(cardOf(page, id).name).toHaveText(NAME);
    expect(paths(server).sort()).toEqual(['/catalog.json', '/modelcard.js', '/widget.js', '/widget_bg.wasm']);
    expect(asked.size).toBe(3);
  });

  test('files are asked for by the hash of the release', async ({ open, card, page }) => {
    const server = await open({ body: CARD });
    await expect(card.name).toHaveText(NAME);
    const version = await page.evaluate(() => window.modelcard.version);
    for (const path of ['/widget.js', '/widget_bg.wasm']) {
      expect(server.requests.find((request) => request.path === path).query).toBe(`?v=${version}`);
    }
  });

  test('V8 is told to compile the glue while it arrives', async ({ open }) => {
    const server = await open({ body: '' });
    const glue = await (await fetch(`${server.url}/widget.js`)).text();
    // It counts in the first line alone.
    expect(glue.split('\n')[0]).toBe('//# allFunctionsCalledOnLoad');
  });

  test('no catalog or foreign server gets cookies, and none is told where from it is asked', async ({ open, card, context, serve }) => {
    const headers = { 'access-control-allow-origin': '*' };
    const [cdn, catalogs] = [await serve({ headers }), await serve({ headers })];
    for (const { url } of [cdn, catalogs]) await context.addCookies([{ name: 'session', value: 'secret', url }]);
    await open({ body: part('header', SUBJECT, `catalog="${catalogs.url}/catalog.json"`), script: `<script src="${cdn.url}/modelcard.js"></script>` });
    await expect(card.name).toHaveText(NAME);
    const sent = [...cdn.requests.filter((request) => request.path === '/widget_bg.wasm'), ...catalogs.requests];
    expect(sent.map((request) => request.path)).toEqual(['/widget_bg.wasm', '/catalog.json']);
    for (const { headers } of sent) expect(headers.referer).toBeUndefined();
    expect(catalogs.requests[0].headers.cookie).toBeUndefined();
  });

  test('a catalog beside the loader gets no cookies either', async ({ open, card, context, page }) => {
    const server = await open({ body: '' });
    await context.addCookies([{ name: 'session', value: 'secret', url: server.url }]);
    await page.evaluate((tag) => document.querySelector('main').insertAdjacentHTML('beforeend', tag), CARD);
    await expect(card.name).toHaveText(NAME);
    expect(server.requests.find((request) => request.path === '/catalog.json').headers.cookie).toBeUndefined();
  });

  test('200 cards make one request for the catalog', async ({ open, page, log }) => {
    const cards = Array.from({ length: 200 }, (_, at) => tag(at % 2 ? 'openai/o3' : SUBJECT, `id="card-${at}" ${HEADER}`)).join('');
    const server = await open({ body: cards });
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(200, { timeout: 20_000 });
    await expect(cardOf(page, 'card-199').name).toHaveText('o3');
    expect(paths(server).sort()).toEqual(['/catalog.json', '/modelcard.js', '/widget.js', '/widget_bg.wasm']);
    expect(log.errors).toEqual([]);
  });
});

test.describe('the script tag', () => {
  const at = (path, name) => ({ [path]: { file: `${dist}/${name}` } });
  const deep = {
    ...at('/assets/js/widget.js', 'widget.js'),
    ...at('/assets/js/widget_bg.wasm', 'widget_bg.wasm'),
    ...at('/assets/js/catalog.json', 'catalog.json'),
  };

  test('may be renamed and given a query; the files lie beside it', async ({ open, card }) => {
    const server = await open({
      body: CARD,
      script: '<script src="/assets/js/loader.abc123.js?v=1#top"></script>',
      routes: { ...deep, ...at('/assets/js/loader.abc123.js', 'modelcard.js') },
    });
    await expect(card.name).toHaveText(NAME);
    expect(paths(server).sort()).toEqual(['/assets/js/catalog.json', '/assets/js/loader.abc123.js', '/assets/js/widget.js', '/assets/js/widget_bg.wasm']);
  });

  test('is not led astray by <base href>', async ({ open, card }) => {
    const server = await open({
      body: CARD,
      head: '<base href="/elsewhere/deep/">',
      script: '<script src="/assets/js/modelcard.js"></script>',
      routes: { ...deep, ...at('/assets/js/modelcard.js', 'modelcard.js') },
    });
    await expect(card.name).toHaveText(NAME);
    expect(paths(server).filter((path) => path.startsWith('/elsewhere'))).toEqual([]);
  });

  test('may load from another origin, with everything else', async ({ open, card, serve, log }) => {
    const cdn = await serve({ headers: { 'access-control-allow-origin': '*' } });
    const server = await open({ body: CARD, script: `<script src="${cdn.url}/modelcard.js"></script>` });
    await expect(card.name).toHaveText(NAME);
    expect(paths(server)).toEqual([]);
    expect(paths(cdn).sort()).toEqual(['/catalog.json', '/modelcard.js', '/widget.js', '/widget_bg.wasm']);
    expect(log.errors).toEqual([]);
  });

  for (const attributes of ['defer', 'async']) {
    test(`may be ${attributes}`, async ({ open, card }) => {
      await open({ body: CARD, script: `<script ${attributes} src="/modelcard.js"></script>` });
      await expect(card.name).toHaveText(NAME);
    });
  }

  test('may stand at the end, after its elements', async ({ open, card }) => {
    await open({ script: '', body: `${CARD}<script src="/modelcard.js"></script>` });
    await expect(card.name).toHaveText(NAME);
  });

  test('twice is harmless', async ({ open, card, page, log }) => {
    const script = '<script src="/modelcard.js"></script>';
    const server = await open({ script: script + script, body: CARD + script });
    await expect(card.name).toHaveText(NAME);
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(1);
    for (const path of FILES) expect(server.count(path), path).toBe(1);
    expect(log.errors).toEqual([]);
    expect(log.console).toEqual([]);
  });

  test('of another version is named and ignored', async ({ open, card, page, log }) => {
    await open({
      body: CARD,
      script: '<script src="/modelcard.js"></script><script src="/other.js"></script>',
      routes: { '/other.js': async () => ({ body: (await (await import('node:fs/promises')).readFile(`${dist}/modelcard.js`, 'utf8')).replace(/["'][0-9a-f]{16}["']/, '"fedcba9876543210"'), headers: { 'content-type': 'text/javascript' } }) },
    });
    await expect(card.name).toHaveText(NAME);
    const version = await page.evaluate(() => window.modelcard.version);
    const warning = log.console.find((line) => line.startsWith('warning: modelcard:'));
    expect(warning).toContain(version);
    expect(warning).toContain('fedcba9876543210');
  });

  test('adds one global, and nothing to the page’s own', async ({ open, page, card }) => {
    await open({
      body: CARD,
      head: '<script>before = new Set(Object.getOwnPropertyNames(window)); natives = [Element, HTMLElement, Array, Object, Promise].map((type) => Object.getOwnPropertyNames(type.prototype).length)</script>',
    });
    await expect(card.name).toHaveText(NAME);
    const { added, changed } = await page.evaluate(() => ({
      added: Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && name !== 'before' && name !== 'natives' && name !== 'events' && name !== 'violations'),
      changed: [Element, HTMLElement, Array, Object, Promise].some((type, at) => Object.getOwnPropertyNames(type.prototype).length !== natives[at]),
    }));
    expect(added.filter((name) => !/^\d+$/.test(name))).toEqual(['modelcard']);
    expect(changed).toBe(false);
    expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length, history.length, document.head.querySelectorAll('style, link[rel=stylesheet]').length])).toEqual(['', 0, 0, expect.any(Number), 0]);
  });

  test('data-catalog names the catalog of all elements, beside the script', async ({ open, card, events }) => {
    const server = await open({
      script: '<script src="/assets/js/modelcard.js" data-catalog="prices/mine.json"></script>',
      body: tag('a/b'),
      routes: { ...deep, ...at('/assets/js/modelcard.js', 'modelcard.js'), '/assets/js/prices/mine.json': { body: catalog([model('a/b')]) } },
    });
    await expect(card.name).toHaveText('The model a/b');
    expect((await events('modelcard-ready'))[0].detail).toEqual({
      model: 'a/b',
      catalogs: [{ url: `${server.url}/assets/js/prices/mine.json`, format: 'native', models: 1, date: '2026-01-31' }],
    });
    expect(server.count('/assets/js/catalog.json')).toBe(0);
  });
});

test.describe('the catalog', () => {
  test('attribute resolves against the document, and comes before data-catalog', async ({ open, card }) => {
    const server = await open({
      path: '/docs/models/page.html',
      script: '<script src="/modelcard.js" data-catalog="other.json"></script>',
      body: tag('a/b', 'catalog="../mine.json"'),
      routes: { '/docs/mine.json': { body: catalog([model('a/b')]) } },
    });
    await expect(card.name).toHaveText('The model a/b');
    expect(server.count('/other.json')).toBe(0);
  });

  test('may be several: for each model the first that has it', async ({ open, card, events }) => {
    const server = await open({
      body: tag('a/b', 'catalog="/one.json\n  /two.json"'),
      routes: {
        '/one.json': { body: catalog([model('a/b', { name: 'From the first' })]) },
        '/two.json': { body: written([model('a/b', { name: 'From the second' }), model('a/c')]) },
      },
    });
    await expect(card.name).toHaveText('From the first');
    await expect(card.table('siblings').rows).toHaveCount(1);
    const [ready] = await events('modelcard-ready');
    expect(ready.detail.catalogs.map(({ url, models }) => [url, models])).toEqual([[`${server.url}/one.json`, 1], [`${server.url}/two.json`, 2]]);
    expect(server.count('/formats_bg.wasm')).toBe(1);
    for (const path of ['/one.json', '/two.json']) expect(server.count(path)).toBe(1);
  });

  for (const [name, source, needsFormats] of [
    ['compiled', catalog([model('a/b', { name: 'An object' })]), 0],
    ['as people write it', written([model('a/b', { name: 'An object', description: '**Bold**' })]), 1],
  ]) {
    test(`may be an object, ${name}`, async ({ open, card, page, events }) => {
      const server = await open({ body: '' });
      await page.evaluate((source) => {
        const element = document.createElement('model-card');
        element.catalog = source;
        element.model = 'a/b';
        document.querySelector('main').append(element);
        window.same = element.catalog === source;
      }, source);
      await expect(card.name).toHaveText('An object');
      expect(await page.evaluate(() => window.same)).toBe(true);
      expect(server.count('/catalog.json')).toBe(0);
      expect(server.count('/formats_bg.wasm')).toBe(needsFormats);
      expect((await events('modelcard-ready'))[0].detail).toEqual({ model: 'a/b', catalogs: [{ url: null, format: 'native', models: 1, date: '2026-01-31' }] });
    });
  }

  test('object can be replaced, and given up for a URL again', async ({ open, card }) => {
    const server = await open({ body: tag('a/b', 'catalog="/one.json"'), routes: { '/one.json': { body: catalog([model('a/b', { name: 'By its URL' })]) } } });
    await expect(card.name).toHaveText('By its URL');
    await card.root.evaluate((element, source) => (element.catalog = source), catalog([model('a/b', { name: 'An object' })]));
    await expect(card.name).toHaveText('An object');
    await card.root.evaluate((element, source) => (element.catalog = source), catalog([model('a/b', { name: 'Another' })]));
    await expect(card.name).toHaveText('Another');
    await card.root.evaluate((element) => element.setAttribute('catalog', '/one.json'));
    await expect(card.name).toHaveText('By its URL');
    expect(await card.root.evaluate((element) => element.catalog)).toBe('/one.json');
    expect(server.count('/one.json')).toBe(1);
  });

  test('object that is no catalog is a fault like any other', async ({ open, card, events, log }) => {
    await open({ body: tag('a/b', 'catalog="/one.json"'), routes: { '/one.json': { body: catalog([model('a/b')]) } } });
    await expect(card.name).toHaveText('The model a/b');
    for (const source of ['({ hello: 1 })', '[1, 2]', '(() => { const round = {}; round.round = round; return round; })()', '({ compiled: true, schema_version: 1, models: [] })', '({ get models() { throw new Error("no") } })', 'new Date()', '({ toJSON() {} })']) {
      const before = (await events('modelcard-error')).length;
      await card.root.evaluate((element, source) => (element.catalog = eval(source)), source);
      await expect.poll(async () => (await events('modelcard-error')).length, { message: source }).toBe(before + 1);
      expect((await events('modelcard-error')).at(-1).detail).toMatchObject({ url: null, code: expect.stringMatching(/^catalog-/) });
      await expect(card.root.getByRole('status')).toBeVisible();
    }
    expect(log.errors).toEqual([]);
  });
});

test.describe('attributes', () => {
  test('may change at any time', async ({ open, card, page, log }) => {
    const server = await open({ body: tag(SUBJECT, 'id="one"'), routes: { '/mine.json': { body: catalog([model('openai/o3', { name: 'o3 of mine' })]) } } });
    const set = (name, value) => card.root.evaluate((element, [name, value]) => (value === null ? element.removeAttribute(name) : element.setAttribute(name, value)), [name, value]);
    await expect(card.name).toHaveText(NAME);
    await set('model', 'openai/o3');
    await expect(card.name).toHaveText('o3');
    await set('sections', 'pricing header');
    await expect(card.section('siblings')).toHaveCount(0);
    await expect(card.section('pricing')).toBeVisible();
    await set('lang', 'de');
    await expect(card.root.locator('header')).toContainText('16. Apr. 2025');
    await set('lang', null);
    await expect(card.root.locator('header')).toContainText('Apr 16, 2025');
    await set('catalog', '/mine.json');
    await expect(card.name).toHaveText('o3 of mine');
    await set('catalog', null);
    await expect(card.name).toHaveText('o3');
    await set('sections', null);
    await expect(card.section('siblings')).toBeVisible();
    await set('workload', 'rag');
    await expect(card.section('estimate').getByRole('spinbutton', { name: 'Input tokens' })).toHaveValue('6000');
    await set('workload', null);
    await expect(card.section('estimate').getByRole('spinbutton', { name: 'Input tokens' })).toHaveValue('1200');
    expect(server.count('/catalog.json')).toBe(1);
    expect(log.errors).toEqual([]);
  });

  test('sections picks sections and their order; an unknown one is ignored and logged', async ({ open, card, page, log }) => {
    await open({ body: tag(SUBJECT, 'sections="pricing  nonsense header pricing"') });
    await expect(card.section('pricing')).toBeVisible();
    await expect(card.root.getByRole('heading', { level: 3 })).toHaveCount(1);
    const order = await card.root.evaluate((element) => [...element.shadowRoot.querySelectorAll('header, section')].map((part) => part.localName));
    expect(order).toEqual(['section', 'header']);
    const warnings = log.console.filter((line) => line.startsWith('warning: modelcard:'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('nonsense');
  });

  test('every section can stand alone', async ({ open, card }) => {
    await open();
    await expect(card.name).toHaveText(NAME);
    for (const name of ['description', 'specs', 'parameters', 'features', 'summary', 'pricing', 'history', 'endpoints', 'benchmarks', 'siblings', 'estimate']) {
      await card.root.evaluate((element, name) => (element.sections = name), name);
      await expect(card.section(name)).toBeVisible();
      await expect(card.root.getByRole('heading', { level: 3 })).toHaveCount(1);
      await expect(card.root.locator('header')).toHaveCount(0);
    }
  });

  test('a card without its header still has a way back', async ({ open, card }) => {
    await open({ body: tag(SUBJECT, 'sections="siblings"') });
    await card.table('siblings').row(/^o3$/).getByRole('button').first().click();
    await expect(card.back).toHaveAccessibleName(`Back to ${NAME}`);
    await card.back.click();
    await expect(card.back).toHaveCount(0);
    await expect(card.table('siblings').row(/^o3$/)).toHaveCount(1);
  });

  test('a workload’s bad parts are logged and left out', async ({ open, card, log }) => {
    await open({ body: tag(SUBJECT, 'workload="input=2000 output=lots sort=up cached=2"') });
    await expect(card.section('estimate').getByRole('spinbutton', { name: 'Input tokens' })).toHaveValue('2000');
    await expect(card.section('estimate').getByRole('spinbutton', { name: 'Output tokens' })).toHaveValue('300');
    const warnings = log.console.filter((line) => line.startsWith('warning: modelcard:'));
    for (const part of ['output=lots', 'sort=up', 'cached=2']) expect(warnings.join('\n')).toContain(part);
    expect(warnings).toHaveLength(3);
  });

  test('the language is that of the nearest ancestor, across shadow roots', async ({ open, page }) => {
    await open({ body: `<section lang="de-CH"><div id="host"></div></section>` });
    await page.evaluate((id) => {
      const root = document.querySelector('#host').attachShadow({ mode: 'open' });
      const element = document.createElement('model-card');
      element.model = id;
      root.append(element);
    }, SUBJECT);
    const card = new Card(page, page.locator('model-card'));
    await expect(card.root.locator('header')).toContainText('18. Juli 2024');
    await expect(card.root.locator('header')).toContainText('128K / 16K');
  });

  test('a language that is none does no harm', async ({ open, card, log }) => {
    await open({ body: CARD, html: 'lang="not a language!"' });
    await expect(card.root.locator('header')).toContainText('$0.15 / $0.6');
    expect(log.errors).toEqual([]);
  });

  test('changed fifty times while loading: the last value counts', async ({ open, card, page, events }) => {
    const server = await open({ body: part('header', SUBJECT, 'loading="eager"'), routes: { '/catalog.json': { delay: 2000 } } });
    await page.evaluate(async () => {
      const element = document.querySelector('model-card');
      for (let turn = 0; turn < 50; turn += 1) {
        element.model = turn % 2 ? 'openai/o3' : 'openai/o1';
        element.setAttribute('catalog', turn % 3 ? 'catalog.json' : '/catalog.json');
        if (turn % 10 === 0) await new Promise((done) => setTimeout(done, 10));
      }
    });
    await expect(card.name).toHaveText('o3');
    expect(server.count('/catalog.json')).toBe(1);
    expect((await events('modelcard-ready')).map((event) => event.detail.model)).toEqual(['openai/o3']);
  });
});

test.describe('properties', () => {
  test('mirror attributes', async ({ open, card }) => {
    await open({ body: tag(SUBJECT, 'sections="header" theme="light" lang="fr" loading="eager" workload="rag" catalog="catalog.json"') });
    await expect(card.name).toHaveText(NAME);
    const read = () => card.root.evaluate((element) => ['model', 'sections', 'theme', 'lang', 'loading', 'catalog'].map((name) => element[name]));
    expect(await read()).toEqual([SUBJECT, 'header', 'light', 'fr', 'eager', 'catalog.json']);
    await card.root.evaluate((element) => Object.assign(element, { model: 'openai/o3', sections: 'header specs', theme: 'dark', lang: 'de', catalog: '/catalog.json' }));
    expect(await card.root.evaluate((element) => ['model', 'sections', 'theme', 'lang', 'catalog'].map((name) => element.getAttribute(name)))).toEqual(['openai/o3', 'header specs', 'dark', 'de', '/catalog.json']);
    await expect(card.name).toHaveText('o3');
    await card.root.evaluate((element) => Object.assign(element, { sections: null, theme: undefined }));
    expect(await card.root.evaluate((element) => [element.hasAttribute('sections'), element.hasAttribute('theme')])).toEqual([false, false]);
  });

  test('set before the element is defined are kept', async ({ open, card }) => {
    const source = JSON.stringify(catalog([model('a/b', { name: 'Set early' })]));
    const server = await open({
      script: '',
      body: `<model-card></model-card>
        <script>Object.assign(document.querySelector('model-card'), { model: 'a/b', sections: 'header', catalog: ${source} })</script>
        <script src="/modelcard.js"></script>`,
    });
    await expect(card.name).toHaveText('Set early');
    await expect(card.root.getByRole('heading', { level: 3 })).toHaveCount(0);
    expect(server.count('/catalog.json')).toBe(0);
  });

  test('the workload reads as it is, and is written like the attribute', async ({ open, card }) => {
    await open({ body: tag(SUBJECT, 'workload="chat"') });
    await expect(card.name).toHaveText(NAME);
    await card.section('estimate').getByRole('spinbutton', { name: 'Output tokens' }).fill('77');
    const workload = await card.root.evaluate((element) => element.workload);
    expect(workload).toContain('output=77');
    await card.root.evaluate((element, workload) => (element.workload = workload.replace('77', '88')), workload);
    await expect(card.section('estimate').getByRole('spinbutton', { name: 'Output tokens' })).toHaveValue('88');
    await expect(card.section('estimate').getByRole('spinbutton', { name: 'Input tokens' })).toHaveValue('1200');
  });
});

test.describe('events', () => {
  test('modelcard-ready: bubbling, composed, a plain object of the documented shape', async ({ open, card, events }) => {
    const server = await open({ body: part('header', SUBJECT, 'id="one"') });
    await expect(card.name).toHaveText(NAME);
    await expect.poll(() => events()).toEqual([
      {
        type: 'modelcard-ready',
        target: 'one',
        bubbles: true,
        composed: true,
        plain: true,
        detail: { model: SUBJECT, catalogs: [{ url: `${server.url}/catalog.json`, format: 'native', models: expect.any(Number), date: '2026-08-21' }] },
      },
    ]);
  });

  test('a card stays as it is once loaded', async ({ open, card, page, events }) => {
    await page.clock.install();
    await open({ body: tag(SUBJECT, 'sections="header siblings"') });
    const table = card.table('siblings');
    await table.sort('Name');
    await card.section('siblings').getByRole('searchbox').fill('mini');
    const rows = await table.rows.count();
    await page.clock.runFor(60_000);
    await expect(card.section('siblings').getByRole('searchbox')).toHaveValue('mini');
    await expect(table.heading('Name')).toHaveAttribute('aria-sort', 'ascending');
    await expect(table.rows).toHaveCount(rows);
    expect(await events('modelcard-ready')).toHaveLength(1);
  });

  test('modelcard-ready comes when the card is drawn', async ({ open, card, page }) => {
    await open({
      body: CARD,
      head: '<script>document.addEventListener("modelcard-ready", (event) => { drawn = event.target.shadowRoot.querySelector("h2")?.innerText; });</script>',
    });
    await expect(card.name).toHaveText(NAME);
    await expect.poll(() => page.evaluate(() => window.drawn)).toBe(NAME);
  });

  test('a listener may change the element at once', async ({ open, card, log }) => {
    await open({
      head: `<script>
        document.addEventListener('modelcard-ready', (event) => { if (event.target.model !== 'openai/o3') event.target.model = 'openai/o3'; });
        document.addEventListener('modelcard-change', (event) => { event.target.sections = 'header siblings'; event.target.theme = 'dark'; });
      </script>`,
    });
    await expect(card.name).toHaveText('o3');
    await card.table('siblings').sort('Name');
    await expect(card.section('pricing')).toHaveCount(0);
    await card.table('siblings').row(/^o1$/).getByRole('button').first().click();
    await expect(card.root).toHaveAttribute('theme', 'dark');
    expect(log.errors).toEqual([]);
  });

  test('a listener that throws or removes the element does no harm', async ({ open, page, log }) => {
    await open({
      body: tag(SUBJECT, `id="a" ${HEADER}`) + tag('openai/o3', `id="b" ${HEADER}`),
      head: '<script>document.addEventListener("modelcard-ready", (event) => { if (event.target.id === "a") { event.target.remove(); throw new Error("mine"); } });</script>',
    });
    await expect(cardOf(page, 'b').name).toHaveText('o3');
    await expect(page.locator('#a')).toHaveCount(0);
    expect(log.errors).toEqual(['mine']);
  });
});

test.describe('in the page', () => {
  const moves = {
    append: (element) => document.querySelector('#target').append(element),
    insertBefore: (element) => document.querySelector('#target').insertBefore(element, document.querySelector('#target').firstChild),
    moveBefore: (element) => document.querySelector('#target').moveBefore(element, null),
  };
  for (const [name, move] of Object.entries(moves)) {
    test(`moving by ${name} keeps the state and fetches nothing`, async ({ open, card, page, events }) => {
      const server = await open({ body: `${part('header siblings estimate')}<div id="target"><p>Here</p></div>` });
      await card.table('siblings').row(/^o3$/).getByRole('button').first().click();
      await expect(card.name).toHaveText('o3');
      const filter = card.section('siblings').getByRole('searchbox');
      await filter.fill('mini');
      await card.section('estimate').getByRole('spinbutton', { name: 'Output tokens' }).fill('77');
      const before = server.requests.length;
      const told = (await events()).length;
      await card.root.evaluate(move);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
      await expect(page.locator('#target model-card')).toHaveCount(1);
      await expect(card.name).toHaveText('o3');
      await expect(card.back).toBeVisible();
      await expect(filter).toHaveValue('mini');
      await expect(card.section('estimate').getByRole('spinbutton', { name: 'Output tokens' })).toHaveValue('77');
      expect(server.requests.length).toBe(before);
      expect((await events()).length).toBe(told);
      await card.back.click();
      await expect(card.name).toHaveText(NAME);
    });
  }

  test('removed and added again, the card is drawn again, without a request', async ({ open, card, page, log }) => {
    const server = await open({ body: CARD });
    await expect(card.name).toHaveText(NAME);
    const before = server.requests.length;
    for (let turn = 0; turn < 5; turn += 1) {
      await page.evaluate(() => {
        window.kept = document.querySelector('model-card');
        window.kept.remove();
        return new Promise((done) => setTimeout(done, 20));
      });
      expect(await page.evaluate(() => window.kept.shadowRoot.querySelectorAll('h2').length)).toBe(0);
      await page.evaluate(() => document.querySelector('main').append(window.kept));
      await expect(card.name).toHaveText(NAME);
      await expect(page.getByRole('heading', { level: 2 })).toHaveCount(1);
    }
    await card.root.evaluate((element) => (element.model = 'openai/o3'));
    await expect(card.name).toHaveText('o3');
    expect(server.requests.length).toBe(before);
    expect(log.errors).toEqual([]);
  });

  test('attributes changed while it was away count', async ({ open, card, page }) => {
    await open({ body: CARD });
    await expect(card.name).toHaveText(NAME);
    await page.evaluate(() => {
      window.kept = document.querySelector('model-card');
      window.kept.remove();
      return new Promise((done) => setTimeout(done, 20));
    });
    await page.evaluate(() => {
      window.kept.setAttribute('model', 'openai/o3');
      document.querySelector('main').append(window.kept);
    });
    await expect(card.name).toHaveText('o3');
  });

  test('removed while loading: nothing happens, and it can come back', async ({ open, card, page, events, log }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    const server = await open({ body: part('header', SUBJECT, 'loading="eager"'), routes: { '/catalog.json': async () => { await held; return {}; } } });
    await expect.poll(() => server.count('/catalog.json')).toBe(1);
    await page.evaluate(() => {
      window.kept = document.querySelector('model-card');
      window.kept.remove();
    });
    release();
    await page.waitForLoadState('networkidle');
    expect(await events()).toEqual([]);
    await page.evaluate(() => document.querySelector('main').append(window.kept));
    await expect(card.name).toHaveText(NAME);
    expect(server.count('/catalog.json')).toBe(1);
    expect(log.errors).toEqual([]);
  });

  test('removed while the widget itself loads, and it can come back', async ({ open, card, page, log }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    const server = await open({ body: part('header', SUBJECT, 'loading="eager"'), routes: { '/widget_bg.wasm': async () => { await held; return {}; } } });
    await expect.poll(() => server.count('/widget_bg.wasm')).toBe(1);
    await page.evaluate(() => {
      window.kept = document.querySelector('model-card');
      window.kept.remove();
      return new Promise((done) => setTimeout(done, 20));
    });
    release();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.querySelector('main').append(window.kept));
    await expect(card.name).toHaveText(NAME);
    expect(server.count('/widget_bg.wasm')).toBe(1);
    expect(server.count('/catalog.json')).toBe(1);
    expect(log.errors).toEqual([]);
  });

  test('made by a script, as innerHTML, and as a clone', async ({ open, page, log }) => {
    const server = await open({ body: '<div id="made"></div><div id="written"></div><div id="cloned"></div><template><model-card model="openai/o1" sections="header" loading="eager"></model-card></template>' });
    await page.evaluate((id) => {
      const element = document.createElement('model-card');
      element.setAttribute('model', id);
      element.setAttribute('sections', 'header');
      element.setAttribute('loading', 'eager');
      document.querySelector('#made').append(element);
      document.querySelector('#written').innerHTML = '<model-card model="openai/o3" sections="header" loading="eager"><p>Fallback</p></model-card>';
      document.querySelector('#cloned').append(document.querySelector('template').content.cloneNode(true));
    }, SUBJECT);
    const named = (id) => new Card(page, page.locator(`#${id} model-card`)).name;
    await expect(named('made')).toHaveText(NAME);
    await expect(named('written')).toHaveText('o3');
    await expect(named('cloned')).toHaveText('o1');
    await page.evaluate(() => document.querySelector('#cloned').append(document.querySelector('#made model-card').cloneNode(true)));
    await expect(page.locator('#cloned model-card').nth(1).getByRole('heading', { level: 2 })).toHaveText(NAME);
    expect(server.count('/catalog.json')).toBe(1);
    expect(log.errors).toEqual([]);
  });

  test('an element made by a script has no attributes of its own', async ({ open, page }) => {
    await open({ body: '' });
    expect(await page.evaluate(() => document.createElement('model-card').outerHTML)).toBe('<model-card></model-card>');
  });

  test('a page that swaps its content keeps working', async ({ open, page, log }) => {
    const server = await open({ body: CARD });
    for (const id of ['openai/o1', 'openai/o3', SUBJECT]) {
      await page.evaluate((id) => {
        const next = new DOMParser().parseFromString(`<main><model-card model="${id}"></model-card><script src="/modelcard.js"></script></main>`, 'text/html');
        document.querySelector('main').replaceWith(document.adoptNode(next.querySelector('main')));
      }, id);
      await expect(page.locator('model-card').getByRole('code').first()).toHaveText(id);
    }
    expect(server.count('/catalog.json')).toBe(1);
    expect(log.errors).toEqual([]);
  });

  test('two cards do not disturb each other', async ({ open, page }) => {
    await open({ body: tag(SUBJECT, 'id="a" sections="header siblings" loading="eager"') + tag('openai/o3', 'id="b" sections="header siblings" loading="eager"') });
    const [a, b] = ['a', 'b'].map((id) => cardOf(page, id));
    await a.table('siblings').sort('Name');
    await a.table('siblings').row(/^o1$/).getByRole('button').first().click();
    await expect(a.name).toHaveText('o1');
    await expect(b.name).toHaveText('o3');
    await expect(b.table('siblings').heading('Released')).toHaveAttribute('aria-sort', 'descending');
    await page.evaluate(() => document.querySelector('#a').remove());
    await b.table('siblings').row(/^GPT-4\.1$/).getByRole('button').first().click();
    await expect(b.name).toHaveText('GPT-4.1');
  });
});

test.describe('the fallback', () => {
  test('is seen until the first render, and not after', async ({ open, card, page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await open({ body: part('header', SUBJECT, '', FALLBACK), routes: { '/catalog.json': async () => { await held; return {}; } } });
    await expect(page.locator('#fallback')).toBeVisible();
    await expect(card.root.locator('[aria-busy=true]')).toHaveCount(1);
    await expect(page.locator('#fallback')).toBeVisible();
    release();
    await expect(card.name).toHaveText(NAME);
    await expect(page.locator('#fallback')).toBeHidden();
    await expect(card.root.locator('[aria-busy=true]')).toHaveCount(0);
  });

  test('is seen again when a later catalog fails, and gone when that is mended', async ({ open, card, page }) => {
    await open({ body: part('header', SUBJECT, '', FALLBACK) });
    await expect(card.name).toHaveText(NAME);
    await card.root.evaluate((element) => (element.catalog = '/gone.json'));
    await expect(card.retry).toBeVisible();
    await expect(page.locator('#fallback')).toBeVisible();
    await card.root.evaluate((element) => (element.catalog = null));
    await expect(card.name).toHaveText(NAME);
    await expect(page.locator('#fallback')).toBeHidden();
  });

  test('is all there is without scripts', async ({ browser, serve }) => {
    const server = await serve({ routes: { '/page.html': { body: documentOf({ body: part('header', SUBJECT, '', FALLBACK) }) } } });
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.url}/page.html`);
    await expect(page.locator('#fallback')).toBeVisible();
    await context.close();
  });

  test('is all there is when the loader is missing', async ({ open, page }) => {
    await open({ body: part('header', SUBJECT, '', FALLBACK), script: '<script src="/gone.js"></script>' });
    await expect(page.locator('#fallback')).toBeVisible();
  });
});

test.describe('the page around a card does not jump', () => {
  const TEXT = `<p id="after">${'Text after the card. '.repeat(200)}</p>`;
  const slow = { '/catalog.json': { delay: 300 }, '/widget_bg.wasm': { delay: 200 } };

  /** The sum of unexpected layout shifts so far. */
  async function watchShifts(page) {
    await page.addInitScript(() => {
      window.shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
  }
  const shifts = (page) =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(window.shifts), 50)))));

  test('when the reader scrolls to a card below', async ({ open, page, card }) => {
    await watchShifts(page);
    await open({ body: `<div style="height: 2000px">Long</div>${tag(SUBJECT, '', FALLBACK)}${TEXT}`, routes: slow });
    await page.mouse.move(200, 200);
    for (let step = 0; step < 20; step += 1) {
      await page.mouse.wheel(0, 100);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));
    }
    await expect(card.name).toHaveText(NAME);
    expect(await shifts(page)).toBeLessThanOrEqual(0.01);
  });

  for (const sections of ['header', 'pricing', 'endpoints']) {
    test(`when the reader jumps to a card of sections="${sections}"`, async ({ open, page, card }) => {
      await watchShifts(page);
      await open({ body: `<div style="height: 2000px">Long</div>${tag(SUBJECT, `id="here" sections="${sections}"`)}${TEXT}`, routes: slow });
      await page.evaluate(() => document.querySelector('#here').scrollIntoView({ block: 'start' }));
      await expect(card.root.locator('header, section').first()).toBeVisible();
      expect(await shifts(page)).toBeLessThanOrEqual(0.01);
    });
  }

  test('when its height is stated, wherever it is', async ({ open, page, card }) => {
    await watchShifts(page);
    await open({ body: `<p>Before</p>${tag(SUBJECT, 'sections="header" style="--modelcard-min-height: 320px"', FALLBACK)}${TEXT}`, routes: slow });
    await expect(card.name).toHaveText(NAME);
    expect(await shifts(page)).toBeLessThanOrEqual(0.01);
    expect((await card.root.boundingBox()).height).toBe(320);
  });

  test('when its height is stated and its catalog is missing', async ({ open, page, card }) => {
    await watchShifts(page);
    await open({ body: `<p>Before</p>${tag(SUBJECT, 'sections="header" style="--modelcard-min-height: 320px"', FALLBACK)}${TEXT}`, routes: { '/catalog.json': { status: 404, delay: 300 } } });
    await expect(card.retry).toBeVisible();
    expect(await shifts(page)).toBeLessThanOrEqual(0.01);
  });
});
