// The engine without any element: `modelcard.engine()`, for a page's own scripts.
import { catalog, model, written } from './catalogs.mjs';
import { expect, SUBJECT, test } from './fixtures.mjs';

/** Opens a page without an element, and loads its default catalog in it. */
async function load({ open, page }, { source = 'catalog.json', ...options } = {}) {
  const server = await open({ body: '', ...options });
  await page.evaluate(async (source) => {
    window.engine = await modelcard.engine();
    window.catalog = await window.engine.loadCatalog(source);
    /** What a call gives, or the error that it throws, as data. */
    window.attempt = (call) => {
      try {
        return { value: call() };
      } catch (error) {
        return { code: error.code, message: error.message, isError: error instanceof Error };
      }
    };
  }, source);
  return server;
}

const estimate = (page, request) => page.evaluate((request) => window.attempt(() => window.catalog.estimate(request)), request);
const rank = (page, request) => page.evaluate((request) => window.attempt(() => window.catalog.rank(request)), request);

test('needs no element, and fetches only what it is asked for', async ({ open, page }) => {
  const server = await load({ open, page });
  expect(server.requests.map((request) => request.path).sort()).toEqual(['/catalog.json', '/modelcard.js', '/page.html', '/widget.js', '/widget_bg.wasm']);
  await page.evaluate(() => window.engine.loadCatalog('/catalog.json'));
  expect(server.count('/catalog.json')).toBe(1);
});

test.describe('loadCatalog', () => {
  test('takes a URL, an object, and an array of both, of which the first wins', async ({ open, page }) => {
    await load({ open, page }, { routes: { '/one.json': { body: catalog([model('a/one', { name: 'By URL' }), model('a/both', { name: 'By URL' })]) } }, source: '/one.json' });
    const found = await page.evaluate(async (object) => {
      const read = async (source) => (await window.engine.loadCatalog(source)).models().map(({ id, name }) => `${id} ${name}`);
      return { url: await read('one.json'), object: await read(object), both: await read(['/one.json', object]), other: await read([object, '/one.json']) };
    }, catalog([model('a/both', { name: 'By object' }), model('a/two', { name: 'By object' })]));
    expect(found).toEqual({
      url: ['a/one By URL', 'a/both By URL'],
      object: ['a/both By object', 'a/two By object'],
      both: ['a/one By URL', 'a/both By URL', 'a/two By object'],
      other: ['a/both By object', 'a/two By object', 'a/one By URL'],
    });
  });

  test('takes a catalog as people write it', async ({ open, page }) => {
    const server = await load({ open, page }, { source: written([model('a/b', { description: 'Some *text*' })]) });
    expect(server.count('/formats_bg.wasm')).toBe(1);
    const [first] = await page.evaluate(() => window.catalog.models());
    expect(first.description).toEqual([{ paragraph: [{ text: 'Some ' }, { emphasis: [{ text: 'text' }] }] }]);
  });

  test('rejects with a code, a message and the URL', async ({ open, page, log }) => {
    await load({ open, page });
    const errors = await page.evaluate(async () => {
      const never = new Promise((done) => setTimeout(() => done('neither loaded nor rejected'), 2000));
      const of = (source) => Promise.race([never, window.engine.loadCatalog(source).then(() => 'loaded', (error) => ({ code: error.code, message: error.message, url: error.url, retryable: error.retryable, isError: error instanceof Error }))]);
      return [await of('/gone.json'), await of({ hello: 1 }), await of([]), await of(7), await of(null), await of(() => {}), await of({ toJSON() {} }), await of(undefined)];
    });
    expect(errors[0]).toEqual({ code: 'catalog-not-found', message: expect.stringContaining('404'), url: expect.stringMatching(/\/gone\.json$/), retryable: false, isError: true });
    for (const error of errors.slice(1)) expect(error).toMatchObject({ code: expect.stringMatching(/^catalog-/), message: expect.stringMatching(/\S/), url: null, isError: true });
    expect(log.errors).toEqual([]);
  });

  test('tries again after a failure', async ({ open, page }) => {
    let status = 404;
    await load({ open, page }, { routes: { '/mine.json': () => (status === 404 ? { status } : { body: catalog([model('a/b')]) }) } });
    const attempt = () => page.evaluate(() => window.engine.loadCatalog('/mine.json').then((catalog) => catalog.models().length, (error) => error.code));
    expect(await attempt()).toBe('catalog-not-found');
    status = 200;
    expect(await attempt()).toBe(1);
  });

  test('rejects when the widget cannot be loaded, and works once it can', async ({ open, page }) => {
    let status = 404;
    await open({ body: '', routes: { '/widget_bg.wasm': () => ({ status }) } });
    const attempt = () => page.evaluate(() => modelcard.engine().then(() => 'loaded', (error) => error.code));
    expect(await attempt()).toBe('widget-not-found');
    status = 200;
    expect(await attempt()).toBe('loaded');
  });
});

test.describe('models', () => {
  test('are those of the catalog, in the compiled JSON shape', async ({ open, page }) => {
    const server = await load({ open, page });
    const published = await (await fetch(`${server.url}/catalog.json`)).json();
    const models = await page.evaluate(() => window.catalog.models());
    expect(models).toEqual(published.models);
    expect(models.filter((model) => model.id.startsWith('openai/') && model.id !== SUBJECT)).toHaveLength(37);
    expect(new Set(models.map((model) => model.id.split('/')[0])).size).toBeGreaterThanOrEqual(9);
  });

  test('are found by id, by an endpoint’s id, by an alias; else null', async ({ open, page }) => {
    await load({ open, page });
    const alias = await page.evaluate(async () => Object.entries((await (await fetch('/catalog.json')).json()).aliases)[0]);
    const found = await page.evaluate((names) => names.map((name) => window.catalog.model(name)?.id ?? null), [
      SUBJECT, 'azure/eu/gpt-4o-mini-2024-07-18', alias[0], 'no/such', '', '__proto__', 'OPENAI/GPT-4O',
    ]);
    expect(found.slice(0, 2)).toEqual([SUBJECT, SUBJECT]);
    expect(found[2]).not.toBeNull();
    expect(found.slice(3, 6)).toEqual([null, null, null]);
  });

  test('the published facts of the subject', async ({ open, page }) => {
    await load({ open, page });
    const subject = await page.evaluate((id) => window.catalog.model(id), SUBJECT);
    expect(subject).toMatchObject({
      released: '2024-07-18', context_length: 128000, max_output: 16384,
      prices: { rates: { input: '0.15', output: '0.6', cache_read: '0.075' } },
      published: { percentiles: { speed: 78, price: 73, reliability: 100 } },
    });
    expect(Object.fromEntries(subject.benchmarks.slice(0, 6).map((result) => [result.benchmark, result.accuracy]))).toEqual({
      Ethics: 100, 'General Knowledge': 99, 'Email Classification': 98, Coding: 87, 'Instruction Following': 61, Reasoning: 56,
    });
  });
});

test.describe('estimate', () => {
  const million = { input_tokens: 1e6, output_tokens: 1e6 };

  test('o3 before and after its price cut', async ({ open, page }) => {
    await load({ open, page });
    const total = async (at) => (await estimate(page, { model: 'openai/o3', at, usage: million })).value?.total;
    expect(await total('2025-06-01T00:00:00Z')).toBe('50');
    expect(await total('2025-06-09T23:59:59Z')).toBe('50');
    expect(await total('2025-06-10T00:00:00Z')).toBe('10');
    expect(await total(undefined)).toBe('10');
    expect(await page.evaluate((usage) => window.catalog.estimate({ model: 'openai/o3', at: new Date('2025-06-01'), usage }).total, million)).toBe('50');
  });

  test('gives every line: quantity, rate, cost, source', async ({ open, page }) => {
    await load({ open, page });
    const { value } = await estimate(page, { model: SUBJECT, usage: { input_tokens: 1200, cache_read_tokens: 600, output_tokens: 300 } });
    expect(value).toMatchObject({ total: '0.000315', currency: 'USD', incomplete: false });
    expect(value.lines.map(({ item, quantity, rate, cost, assumed }) => [item, quantity, rate, cost, assumed])).toEqual([
      ['input', 600, '0.15', '0.00009', false],
      ['cache_read', 600, '0.075', '0.000045', false],
      ['output', 300, '0.6', '0.00018', false],
    ]);
    for (const line of value.lines) expect(Object.keys(line).sort()).toEqual(['assumed', 'condition', 'cost', 'item', 'quantity', 'rate', 'source', 'unit']);
    expect(value.notes).toEqual(expect.any(Array));
  });

  test('at an endpoint’s prices, named by field or as the model', async ({ open, page }) => {
    await load({ open, page });
    // Venice AI: $0.1875 in, $0.75 out.
    const endpoint = 'venice/openai-gpt-4o-mini-2024-07-18';
    expect((await estimate(page, { model: SUBJECT, endpoint, usage: million })).value.total).toBe('0.9375');
    expect((await estimate(page, { model: endpoint, usage: million })).value.total).toBe('0.9375');
    expect((await estimate(page, { model: SUBJECT, usage: million })).value.total).toBe('0.75');
  });

  test('a request that overflows the context is priced, with a note', async ({ open, page }) => {
    await load({ open, page });
    const { value } = await estimate(page, { model: SUBJECT, usage: { input_tokens: 1e6 } });
    expect(value.total).toBe('0.15');
    expect(value.notes).toHaveLength(1);
    expect(value.notes[0]).toEqual({ code: expect.stringMatching(/\S/), text: expect.stringContaining('128') });
  });

  test('what is free costs 0; what is not priced has no total', async ({ open, page }) => {
    await load({ open, page }, { source: catalog([model('a/free', { prices: { rates: { input: 'free', output: 'free' } } }), model('a/unknown', { prices: { rates: {} } }), model('a/half', { prices: { rates: { input: '3' } } }), model('a/varies', { prices: { rates: { input: 'variable', output: 'variable' } } })]) });
    expect((await estimate(page, { model: 'a/free', usage: million })).value).toMatchObject({ total: '0', incomplete: false });
    expect((await estimate(page, { model: 'a/unknown', usage: million })).value).toMatchObject({ total: null, incomplete: true });
    expect((await estimate(page, { model: 'a/varies', usage: million })).value).toMatchObject({ total: null, incomplete: true });
    expect((await estimate(page, { model: 'a/half', usage: million })).value).toMatchObject({ total: '3', incomplete: true });
  });

  test('no usage costs nothing; fractions count', async ({ open, page }) => {
    await load({ open, page });
    expect((await estimate(page, { model: SUBJECT, usage: {} })).value.total).toBe('0');
    expect((await estimate(page, { model: SUBJECT })).value.total).toBe('0');
    expect((await estimate(page, { model: SUBJECT, usage: { input_tokens: 0.5 } })).value.total).toBe('0.000000075');
    expect((await estimate(page, { model: SUBJECT, usage: { input_tokens: 1e6, requests: 2 } })).value).toBeTruthy();
  });

  test('refuses what makes no sense, with a code', async ({ open, page, log }) => {
    await load({ open, page });
    const codes = {};
    for (const [name, request] of [
      ['unknown model', { model: 'no/such', usage: {} }],
      ['no model', { usage: {} }],
      ['unknown endpoint', { model: SUBJECT, endpoint: 'no/such', usage: {} }],
      ['unknown field', { model: SUBJECT, usage: { tokens: 1 } }],
      ['a string', { model: SUBJECT, usage: { input_tokens: '1000' } }],
      ['below zero', { model: SUBJECT, usage: { input_tokens: -1 } }],
      ['a part above its whole', { model: SUBJECT, usage: { input_tokens: 10, cache_read_tokens: 11 } }],
      ['reasoning above output', { model: SUBJECT, usage: { output_tokens: 10, output_reasoning_tokens: 11 } }],
      ['a date that is none', { model: SUBJECT, at: 'yesterday', usage: {} }],
    ]) {
      const result = await estimate(page, request);
      expect(result, name).toEqual({ code: expect.stringMatching(/^[a-z]+(-[a-z]+)+$/), message: expect.stringMatching(/\S/), isError: true });
      codes[name] = result.code;
    }
    expect(codes['unknown model']).toBe('model-unknown');
    expect(codes['unknown endpoint']).toBe('endpoint-unknown');
    expect(new Set([codes['unknown field'], codes['a string'], codes['a part above its whole'], codes['a date that is none']]).size).toBeGreaterThan(2);
    const broken = ['undefined', 'null', '7', '"text"', '[]', '{ model: 7 }', ...['usage: 7', 'usage: []', 'usage: "1000"', 'usage: { input_tokens: NaN }', 'usage: { input_tokens: Infinity }', 'usage: { input_tokens: {} }', 'usage: {}, at: {}', 'usage: {}, at: 7', 'usage: {}, at: new Date(NaN)', 'usage: {}, endpoint: 7'].map((rest) => `{ model: "${SUBJECT}", ${rest} }`)];
    const accepted = await page.evaluate((broken) => broken.filter((request) => {
      const { code, message, isError } = window.attempt(() => window.catalog.estimate(eval(`(${request})`)));
      return !(code && message && isError);
    }), broken);
    expect(accepted).toEqual([]);
    // Nothing of this has harmed the engine.
    expect((await estimate(page, { model: SUBJECT, usage: million })).value.total).toBe('0.75');
    expect(log.errors).toEqual([]);
  });
});

test.describe('rank', () => {
  test('by price: the cheapest first; what has no price is lacking, not last', async ({ open, page }) => {
    await load({ open, page });
    const { value } = await rank(page, { by: 'price' });
    const prices = await page.evaluate((ids) => ids.map((id) => {
      const { input, output } = window.catalog.model(id).prices.rates;
      const of = (price) => (price === 'free' ? 0 : Number(price));
      return (of(input) + of(output)) / 2;
    }), value.ranked.map((entry) => entry.id));
    expect(prices.length).toBeGreaterThan(90);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    const all = await page.evaluate(() => window.catalog.models().length);
    expect(value.ranked.length + value.lacking.length).toBe(all);
    expect(value.lacking.map((entry) => entry.id)).toContain('openrouter/auto');
    for (const entry of value.lacking) expect(entry).toEqual({ id: expect.any(String), missing: ['price'] });
    for (const entry of value.ranked) expect(entry).toEqual({ id: expect.any(String), score: expect.any(Number), parts: [expect.any(Object)] });
  });

  test('by context, release date, speed, ability, and a benchmark', async ({ open, page }) => {
    await load({ open, page });
    for (const [by, read] of [
      ['context', (model) => model.context_length],
      ['released', (model) => Date.parse(model.released)],
    ]) {
      const { value } = await rank(page, { by });
      const models = await page.evaluate((ids) => ids.map((id) => window.catalog.model(id)), value.ranked.map((entry) => entry.id));
      const values = models.map(read);
      expect(values, by).toEqual([...values].sort((a, b) => b - a));
      expect(values.length, by).toBeGreaterThan(90);
    }
    for (const by of ['speed', 'ability', 'Aider polyglot']) {
      const { value } = await rank(page, { by });
      expect(value.ranked.length, by).toBeGreaterThanOrEqual(5);
      expect(value.lacking.length, by).toBeGreaterThan(0);
      const scores = value.ranked.map((entry) => entry.score);
      expect(scores, by).toEqual([...scores].sort((a, b) => b - a));
    }
  });

  test('by weights: the score is the weighted mean of the positions, and lacking names what is missing', async ({ open, page }) => {
    await load({ open, page });
    const { value } = await rank(page, { weights: { price: 0.75, ability: 0.25 } });
    expect(value.ranked.length).toBeGreaterThanOrEqual(5);
    for (const { score, parts } of value.ranked) {
      expect(parts.map((part) => part.criterion).sort()).toEqual(['ability', 'price']);
      const mean = parts.reduce((sum, part) => sum + part.weight * part.position, 0) / parts.reduce((sum, part) => sum + part.weight, 0);
      expect(score).toBeCloseTo(mean, 6);
    }
    const ranked = new Set(value.ranked.map((entry) => entry.id));
    for (const { id, missing } of value.lacking) {
      expect(ranked.has(id)).toBe(false);
      expect(missing.length).toBeGreaterThan(0);
    }
    // A weight of nothing is no demand.
    const alone = (await rank(page, { weights: { price: 1, ability: 0 } })).value;
    expect(alone.ranked.map((entry) => entry.id)).toEqual((await rank(page, { by: 'price' })).value.ranked.map((entry) => entry.id));
  });

  test('among those that a filter lets pass', async ({ open, page }) => {
    await load({ open, page });
    const ids = async (filter) => (await rank(page, { by: 'price', filter })).value.ranked.map((entry) => entry.id);
    const ofAuthor = await ids({ author: 'openai' });
    expect(ofAuthor).toHaveLength(38);
    expect(ofAuthor.every((id) => id.startsWith('openai/'))).toBe(true);
    const facts = (list) => page.evaluate((list) => list.map((id) => window.catalog.model(id)), list);
    const long = await facts(await ids({ min_context: 1_000_000 }));
    expect(long.length).toBeGreaterThan(3);
    for (const model of long) expect(model.context_length).toBeGreaterThanOrEqual(1_000_000);
    const seeing = await facts(await ids({ input_modalities: ['image'] }));
    for (const model of seeing) expect(model.input_modalities).toContain('image');
    const open_ = await facts(await ids({ open_weights: true }));
    expect(open_.length).toBeGreaterThan(5);
    for (const model of open_) expect(model.open_weights).toBe(true);
    expect(await ids({ author: 'nobody' })).toEqual([]);
    const available = await facts(await ids({ author: 'openai', available: true }));
    expect(available.length).toBeLessThan(38);
    for (const model of available) expect(model.status).not.toBe('unavailable');
  });

  test('refuses what makes no sense, with a code', async ({ open, page, log }) => {
    await load({ open, page });
    for (const request of [{ by: 'beauty' }, {}, { weights: {} }, { weights: { price: -1 } }, { weights: { price: 'much' } }, { weights: { beauty: 1 } }, { by: 'price', filter: { colour: 'red' } }, { by: 'price', filter: { min_context: 'long' } }, { weights: { price: 0 } }, null, 7, 'price']) {
      expect(await rank(page, request), JSON.stringify(request)).toEqual({ code: expect.stringMatching(/^[a-z]+(-[a-z]+)+$/), message: expect.stringMatching(/\S/), isError: true });
    }
    expect((await rank(page, { by: 'price' })).value.ranked.length).toBeGreaterThan(90);
    expect(log.errors).toEqual([]);
  });
});

test.describe('problems', () => {
  test('there are none in the default catalog', async ({ open, page }) => {
    await load({ open, page });
    expect(await page.evaluate(() => window.catalog.problems())).toEqual([]);
  });

  test('name their catalog, path and effect', async ({ open, page }) => {
    const server = await load({ open, page }, { source: '/mine.json', routes: { '/mine.json': { body: written([model('a/b', { benchmarks: [{ benchmark: 'One', accuracy: 400 }] }), { id: '' }]) } } });
    const problems = await page.evaluate(() => window.catalog.problems());
    expect(problems.length).toBeGreaterThanOrEqual(2);
    for (const problem of problems) {
      expect(problem).toEqual({
        severity: expect.stringMatching(/^(note|warning|error)$/),
        code: expect.stringMatching(/^[a-z_-]+$/),
        path: expect.stringMatching(/^models\[[01]\]/),
        effect: expect.stringMatching(/\S/),
        catalog: `${server.url}/mine.json`,
      });
    }
    expect(problems.map((problem) => problem.path)).toContain('models[0].benchmarks[0].accuracy');
    expect(await page.evaluate(() => window.catalog.models().map((model) => model.id))).toEqual(['a/b']);
  });
});
