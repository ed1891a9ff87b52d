// The cost estimator alone, and figures within sentences.
import { createRequire } from 'node:module';
import { Table } from './card.mjs';
import { catalog, faultsOf, model } from './catalogs.mjs';
import { expect, test } from './fixtures.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const rates = (input, output, more = {}) => ({ prices: { rates: { input, output }, ...more } });

/** Prices of two sizes, a small context, an unknown price, another currency, an endpoint. */
const CATALOG = catalog([
  model('a/dear', { name: 'Dear', context_length: 1_000_000, ...rates('10', '20') }),
  model('a/cheap', {
    name: 'Cheap',
    context_length: 1_000_000,
    max_output: 8192,
    endpoints: [{ id: 'host/cheap', provider: 'Host', prices: { rates: { input: '2', output: '4' } } }],
    ...rates('1', '2', { source: 's', date: '2026-01-31' }),
  }),
  model('a/small', { name: 'Small', context_length: 4_000, ...rates('0.1', '0.2') }),
  model('a/unknown', { name: 'Unknown', prices: { rates: {} } }),
  model('a/euro', { name: 'Euro', prices: { currency: 'EUR', rates: { input: '0.5', output: '0.5' } } }),
  model('a/free', { name: 'Free', ...rates('0', '0') }),
], { sources: { s: { name: 'A price list', url: 'https://example.com/' } } });

const routes = { '/catalog.json': { body: CATALOG } };
/** 1,000 tokens in, 1,000 out, 10 requests a day on 10 days. */
const WORKLOAD = 'workload="input=1000 output=1000 cached=0 requests=10/day days=10"';

const cost = (models, attributes = WORKLOAD, children = '') => `<model-cost models="${models}" ${attributes}>${children}</model-cost>`;

const parts = (page, root = page.locator('model-cost').first()) => ({
  root,
  heading: root.getByRole('heading', { level: 2 }),
  table: new Table(page, root.getByRole('table', { name: /the workload costs/ })),
  field: (name) => root.getByRole('spinbutton', { name }),
  preset: root.getByRole('combobox', { name: 'Workload' }),
});

async function axe(page) {
  await page.addScriptTag({ path: AXE });
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await window.axe.run(document, { runOnly: tags, rules: { 'target-size': { enabled: true } } })).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 110)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}

test.describe('<model-cost>', () => {
  test('shows each model’s request, day and month, the cheapest first', async ({ open, page, events }) => {
    await open({ body: cost('a/dear a/cheap a/dear'), routes });
    const { table, root, heading } = parts(page);
    await expect(heading).toContainText('What it costs');
    expect(await table.column('Model')).toEqual(['Cheap', 'Dear']);
    expect(await table.record('Cheap')).toMatchObject({ Month: '$0.3', Day: '$0.03', Request: '$0.003' });
    expect(await table.record('Dear')).toMatchObject({ Month: '$3.00', Day: '$0.3', Request: '$0.03' });
    const [ready, ...more] = await events('modelcard-ready');
    expect(more).toEqual([]);
    expect(ready).toMatchObject({ target: 'model-cost', bubbles: true, composed: true, plain: true });
    expect(ready.detail).toEqual({ models: ['a/dear', 'a/cheap'], catalogs: [expect.objectContaining({ models: 6, date: '2026-01-31' })] });
    expect(await faultsOf(root)).toEqual([]);
  });

  test('draws bars in proportion', async ({ open, page }) => {
    await open({ body: cost('a/dear a/cheap a/free'), routes });
    const { table } = parts(page);
    await table.row('Dear').waitFor();
    const fills = await table.root.evaluate((table) => [...table.querySelectorAll('.fill')].map((path) => path.getAttribute('d')));
    expect(fills).toEqual(['M0 0H0V1H0z', 'M0 0H10V1H0z', 'M0 0H100V1H0z']);
  });

  test('tells what does not fit, what has no price, and does not rank across currencies', async ({ open, page }) => {
    await open({ body: cost('a/unknown a/euro a/small a/cheap', 'workload="input=8000 output=100 cached=0"'), routes });
    const { table, root } = parts(page);
    // The first one has no currency but the default.
    expect((await table.column('Model')).map((name) => name.split('\n')[0])).toEqual([expect.stringMatching(/^Small/), 'Cheap', 'Unknown', 'Euro']);
    await expect(table.row('Small')).toContainText('does not fit');
    expect((await table.record('Unknown')).Month).toContain('—');
    expect((await table.record('Euro')).Month).toContain('€');
    await expect(table.row('Euro').locator('.fill')).toHaveCount(0);
    await root.getByText('Small: the bill of a request').click();
    await expect(root.getByText('The request has 8,100 tokens, and the context holds 4,000.')).toBeVisible();
  });

  test('itemises on demand', async ({ open, page }) => {
    await open({ body: cost('a/dear a/cheap', 'workload="input=1000 output=1000 cached=0 long=0.5"'), routes });
    const { root } = parts(page);
    const bill = root.getByRole('table', { name: 'An ordinary request: Dear' });
    await expect(bill).toHaveCount(0);
    await root.getByText('Dear: the bill of a request').click();
    await expect(bill).toBeVisible();
    expect(await new Table(page, bill).record('Output')).toMatchObject({ Quantity: '1,000', Rate: '$20 / 1M tokens', Cost: '$0.02' });
    await expect(root.getByRole('table', { name: 'A long-context request: Dear' })).toContainText('300,000');
  });

  test('a preset fills the form, typing makes it one’s own; the page is told', async ({ open, page, events }) => {
    await open({ body: cost('a/dear a/cheap', ''), routes });
    const { root, preset, field, table } = parts(page);
    await expect(preset).toHaveValue('chat');
    await expect(preset.getByRole('option', { name: /Coding agent: 60,000 in, 90% cached, 1,000 out, 500\/day/ })).toHaveCount(1);
    await preset.selectOption('coding-agent');
    const values = { 'Input tokens': '60000', 'of them cached, %': '90', 'Output tokens': '1000', 'Requests per day': '500', 'Days per month': '22', 'Long requests, %': '0' };
    for (const [name, value] of Object.entries(values)) await expect(field(name)).toHaveValue(value);
    await field('Output tokens').fill('2000');
    await expect(preset).toHaveValue('');
    await root.getByRole('combobox', { name: 'Processing' }).selectOption('on');
    const changes = await events('modelcard-change');
    expect(changes.map((event) => event.detail.reason)).toEqual(['workload', 'workload', 'workload']);
    const workload = 'input=60000 output=2000 cached=0.9 requests=500/day days=22 batch=on';
    expect(changes.at(-1).detail).toEqual({ reason: 'workload', models: ['a/dear', 'a/cheap'], workload });
    expect(await root.evaluate((element) => [element.workload, element.getAttribute('workload')])).toEqual([workload, null]);
    // 60,000 × $1 and 2,000 × $2 per million; 500 requests.
    expect((await table.record('Cheap')).Day).toBe('$32.00');
  });

  test('attributes may change at any time', async ({ open, page }) => {
    await open({ body: cost('a/dear'), routes });
    const { root, table, field } = parts(page);
    expect(await table.column('Model')).toEqual(['Dear']);
    await root.evaluate((element) => (element.models = 'a/cheap a/free'));
    await expect(table.row('Free')).toHaveCount(1);
    expect(await table.column('Model')).toEqual(['Free', 'Cheap']);
    await root.evaluate((element) => element.setAttribute('workload', 'rag'));
    await expect(field('Input tokens')).toHaveValue('6000');
    expect(await root.evaluate((element) => [element.models, element.workload.split(' ')[0]])).toEqual(['a/cheap a/free', 'input=6000']);
  });

  test('shares the workload of the page with cards', async ({ open, page }) => {
    await open({ body: `${cost('a/dear', 'loading="eager"')}<model-card model="a/cheap" sections="estimate" loading="eager"></model-card>`, routes });
    const { field } = parts(page);
    const card = page.locator('model-card');
    await card.getByRole('spinbutton', { name: 'Input tokens' }).fill('77');
    await expect(field('Input tokens')).toHaveValue('77');
    await expect(card.getByRole('table', { name: /nearest in price/ })).toBeVisible();
  });

  test('an id may be an endpoint’s', async ({ open, page }) => {
    await open({ body: cost('host/cheap a/cheap'), routes });
    const { table } = parts(page);
    expect(await table.column('Model')).toEqual(['Cheap', 'Cheap (Host)']);
    expect((await table.record('Host')).Request).toBe('$0.006');
  });

  test('names the models that it does not know, with the nearest ids', async ({ open, page, events }) => {
    await open({ body: cost('a/dear a/chep'), routes });
    const { root, table, heading } = parts(page);
    expect(await table.column('Model')).toEqual(['Dear']);
    await expect(root.getByText('The catalog has no model a/chep.')).toBeVisible();
    await root.getByRole('button', { name: 'a/cheap' }).click();
    await expect(table.row('Cheap')).toHaveCount(1);
    await expect(heading).toBeFocused();
    await expect(root.getByText('The catalog has no model')).toHaveCount(0);
    expect((await events('modelcard-change')).at(-1).detail).toEqual({ reason: 'models', models: ['a/dear', 'a/cheap'] });
    expect(await root.evaluate((element) => [element.models, element.getAttribute('models')])).toEqual(['a/dear a/cheap', 'a/dear a/chep']);
    expect((await events('modelcard-ready')).map((event) => event.detail.models)).toEqual([['a/dear'], ['a/dear', 'a/cheap']]);
  });

  test('without a model that it knows, says what to set and keeps the fallback', async ({ open, page, events }) => {
    await open({ body: cost('', '', '<p id="fallback">See the price list.</p>'), routes });
    const { root } = parts(page);
    await expect(root.getByText('No models are named. Set the attribute models')).toBeVisible();
    await expect(page.locator('#fallback')).toBeVisible();
    await root.evaluate((element) => element.setAttribute('models', 'x/none'));
    await expect(root.getByText('The catalog has no model x/none.')).toBeVisible();
    expect((await events('modelcard-error')).map((event) => [event.detail.code, event.detail.retryable])).toEqual([['model-unknown', false], ['model-unknown', false]]);
    await root.evaluate((element) => element.setAttribute('models', 'a/dear'));
    await expect(page.locator('#fallback')).toBeHidden();
  });

  test('a catalog that is not to be had can be asked for again', async ({ open, page }) => {
    let status = 503;
    await open({ body: cost('a/dear'), routes: { '/catalog.json': () => (status === 200 ? { body: CATALOG } : { status }) } });
    const { root, heading } = parts(page);
    const retry = root.getByRole('button', { name: 'Try again' });
    await expect(retry).toBeVisible();
    status = 200;
    await retry.click();
    await expect(heading).toBeFocused();
  });

  test('estimates the tokens of a text by its scripts, and takes them for the input', async ({ open, page, events }) => {
    await open({ body: cost('a/dear'), routes });
    const { root, field } = parts(page);
    await root.getByText('Estimate tokens from text').click();
    const text = root.getByRole('textbox', { name: /^Text/ });
    const take = root.getByRole('button', { name: 'Use as input tokens' });
    await expect(take).toHaveCount(0);
    await text.fill('Hello, world! Привет, мир');
    await expect(root.getByText(/About 9 tokens: Latin, 14 characters, about 4 for a token; Cyrillic, 11 characters, about 2.5 for a token\. An estimate/)).toBeVisible();
    await take.click();
    await expect(field('Input tokens')).toHaveValue('9');
    await expect(text).toHaveValue('Hello, world! Привет, мир');
    const told = await events('modelcard-change');
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('Hello');
  });

  test('can be used by the keyboard alone', async ({ open, page }) => {
    await open({ body: cost('a/dear a/cheap', ''), routes });
    const { preset, field, root, table } = parts(page);
    await expect(preset).toBeVisible();
    const focused = () => root.evaluate((element) => element.shadowRoot.activeElement?.closest('label, details, [role=region]')?.innerText.split('\n')[0]);
    await page.keyboard.press('Tab');
    await expect(preset).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(field('Input tokens')).toHaveValue('6000');
    const seen = [];
    for (let press = 0; press < 8; press += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen).toEqual(['Input tokens', 'of them cached, %', 'Output tokens', 'Requests per day', 'Days per month', 'Long requests, %', 'Processing', 'Estimate tokens from text']);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('word word');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(field('Input tokens')).toHaveValue('3');
    await expect(table.row('Dear')).toBeVisible();
  });

  test('works under the documented policy and Trusted Types', async ({ open, page, log }) => {
    const strict = (_, response) => {
      const origin = `http://${_.headers.host}`;
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`,
      });
      response.end(`<!doctype html><html lang="en"><title>Strict</title><script src="/modelcard.js"></script><main>${cost('a/dear a/chep')}<p>It is <model-price model="a/cheap"></model-price>.</p></main>`);
    };
    const server = await open({ body: '', routes: { ...routes, '/strict.html': strict } });
    await page.goto(`${server.url}/strict.html`);
    const { root, field, table } = parts(page);
    await expect(table.row('Dear')).toBeVisible();
    await field('Output tokens').fill('5');
    await root.getByText('Estimate tokens from text').click();
    await root.getByRole('textbox', { name: /^Text/ }).fill('<img src=x onerror=alert(1)>');
    await expect(page.locator('model-price [part=figure]')).toHaveText('$1');
    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expect(log.errors).toEqual([]);
    expect(server.requests.map((request) => request.path).filter((path) => !/^\/(page|strict)\.html$|^\/(modelcard|widget)\.js$|^\/widget_bg\.wasm$|^\/catalog\.json$|^\/favicon\.ico$/.test(path))).toEqual([]);
  });

  for (const [name, { media = {}, width = 1000, ...site }] of Object.entries({
    light: {},
    dark: { media: { colorScheme: 'dark' }, head: '<style>html { background: #111; color: #eee; color-scheme: dark }</style>' },
    narrow: { width: 320 },
    'from right to left': { html: 'lang="ar" dir="rtl"' },
  })) {
    test(`axe finds nothing: ${name}`, async ({ open, page }) => {
      await page.emulateMedia(media);
      await page.setViewportSize({ width, height: 800 });
      await open({ body: `${cost('a/dear a/chep a/small a/unknown')}<p>Input is <model-price model="a/cheap"></model-price>, <model-price model="a/unknown"></model-price>.</p>`, routes, ...site });
      const { root, table } = parts(page);
      await expect(table.row('Dear')).toBeVisible();
      await root.evaluate((element) => element.shadowRoot.querySelectorAll('details').forEach((details) => (details.open = true)));
      await root.getByRole('textbox').fill('Some text');
      expect(await axe(page)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });
  }

  test('keeps the place that it will take', async ({ open, page }) => {
    for (const width of [320, 700, 1200]) {
      await page.setViewportSize({ width, height: 700 });
      await open({ body: `<div style="height: 2000px"></div>${cost('a/dear a/cheap a/free', 'loading="eager"')}<p>Below</p>`, routes: { '/catalog.json': { body: CATALOG, delay: 500 } } });
      const { root, heading } = parts(page);
      const before = await root.evaluate((element) => element.offsetHeight);
      await expect(heading).toBeVisible();
      const after = await root.evaluate((element) => element.offsetHeight);
      expect(Math.abs(before - after), `${width} px: ${before} before, ${after} after`).toBeLessThan(60);
    }
  });
});

test.describe('<model-price>', () => {
  const price = (model, field, children = '', attributes = '') => `<model-price model="${model}"${field === undefined ? '' : ` field="${field}"`} ${attributes}>${children}</model-price>`;
  const sentence = (...elements) => `<p id="sentence">It is ${elements.join(', ')}.</p>`;

  test('is a figure in the looks of its sentence', async ({ open, page, events }) => {
    await open({ body: sentence(price('a/cheap'), price('a/cheap', 'output'), price('a/cheap', 'context_length'), price('a/cheap', 'max_output'), price('a/free', 'input'), price('host/cheap', 'input')), head: '<style>p { font: italic 700 30px/2 serif; letter-spacing: 2px; color: rgb(200, 0, 0) }</style>', routes });
    const figures = page.locator('model-price');
    await expect(figures.locator('[part=figure]')).toHaveText(['$1', '$2', '1M', '8K', 'Free', '$2']);
    const looks = await page.evaluate(() => {
      const look = (element) => {
        const style = getComputedStyle(element);
        return [style.fontFamily, style.fontSize, style.fontStyle, style.fontWeight, style.lineHeight, style.letterSpacing, style.color];
      };
      const host = document.querySelector('model-price');
      const figure = host.shadowRoot.querySelector('[part=figure]');
      const sentence = document.querySelector('#sentence');
      return { same: JSON.stringify(look(figure)) === JSON.stringify(look(sentence)), displays: [host, figure].map((element) => getComputedStyle(element).display), height: sentence.offsetHeight };
    });
    expect(looks).toEqual({ same: true, displays: ['inline', 'inline'], height: 60 });
    await expect(figures.first().locator('[part=figure]')).toHaveAttribute('title', 'Cheap: Input, per 1M tokens. A price list, Jan 31, 2026');
    expect((await events('modelcard-ready')).map((event) => event.detail.model)).toEqual(['a/cheap', 'a/cheap', 'a/cheap', 'a/cheap', 'a/free', 'a/cheap']);
  });

  test('what is not stated is a dash with words', async ({ open, page }) => {
    await open({ body: sentence(price('a/unknown', 'input'), price('a/dear', 'max_output')), routes });
    for (const at of [0, 1]) {
      const figure = page.locator('model-price').nth(at).getByRole('img', { name: 'not stated' });
      await expect(figure).toHaveText('—');
      await expect(figure).toHaveAttribute('title', /not stated/);
    }
  });

  test('a fault is told to the page, and the fallback stands', async ({ open, page, events }) => {
    await open({ body: sentence(price('a/none', 'input', '<b>about $3</b>'), price('a/dear', 'speed'), price('a/dear', 'input', '<b>about $4</b>')), routes });
    await expect(page.locator('model-price').nth(2).locator('[part=figure]')).toHaveText('$10');
    await expect(page.getByText('about $3')).toBeVisible();
    await expect(page.getByText('about $4')).toBeHidden();
    await expect(page.locator('model-price').nth(1).getByRole('img', { name: 'not available' })).toHaveText('—');
    const errors = await events('modelcard-error');
    expect(errors.map((event) => event.detail.code).sort()).toEqual(['field-unknown', 'model-unknown']);
    await page.locator('model-price').nth(1).evaluate((element) => (element.field = 'output'));
    await expect(page.locator('model-price').nth(1).locator('[part=figure]')).toHaveText('$20');
  });

  test('a fault of the widget itself leaves the sentence whole', async ({ open, page, events }) => {
    await open({ body: sentence(price('a/dear', 'input', '<b>about $10</b>'), price('a/dear')), routes: { ...routes, '/widget_bg.wasm': { status: 404 } } });
    await expect.poll(async () => (await events('modelcard-error')).length).toBe(2);
    await expect(page.getByText('about $10')).toBeVisible();
    await expect(page.locator('model-price').nth(1).getByRole('img', { name: 'not available' })).toBeVisible();
    expect(await page.locator('#sentence').evaluate((element) => element.offsetHeight)).toBeLessThan(30);
  });

  test('speaks the language of its place', async ({ open, page }) => {
    await open({ body: `<p lang="de">Es kostet ${price('a/dear')}.</p>`, routes });
    await expect(page.locator('model-price [part=figure]')).toHaveText(/^10\s\$$/);
  });

  test('two hundred on a page share one catalog', async ({ open, page }) => {
    const server = await open({ body: sentence(...Array.from({ length: 200 }, () => price('a/dear', 'input', '', 'loading="eager"'))), routes });
    await expect.poll(() => page.evaluate(() => [...document.querySelectorAll('model-price')].filter((element) => element.shadowRoot.querySelector('[part=figure]')).length)).toBe(200);
    expect(server.count('/catalog.json')).toBe(1);
  });
});
