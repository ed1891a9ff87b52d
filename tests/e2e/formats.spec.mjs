// Catalogs as others write them, and several at once.
import { readFileSync } from 'node:fs';
import { catalog, model, written } from './catalogs.mjs';
import { expect, part, tag, test } from './fixtures.mjs';

const ID = 'openai/gpt-oss-120b';
const sample = (name) => JSON.parse(readFileSync(new URL(`../../public/formats/${name}.json`, import.meta.url)));

test.describe('one model, as each format states it', () => {
  for (const [file, format, input, output, endpoints] of [
    ['native', 'native', '$0.15', '$0.6', 1],
    ['openrouter', 'openrouter', '$0.039', '$0.18', 1],
    ['openrouter-endpoints', 'openrouter-endpoints', '$0.15', '$0.6', 2],
    ['models-dev', 'models.dev', '$0.15', '$0.6', 2],
    ['litellm', 'litellm', '$0.15', '$0.6', 2],
    ['genai-prices', 'genai-prices', '$0.15', '$0.6', 2],
    ['llm-prices', 'llm-prices', '$0.15', '$0.6', 1],
    ['vercel', 'vercel', '$0.1', '$0.5', 1],
    ['hugging-face', 'hugging-face', '$0.15', '$0.75', 2],
  ]) {
    test(file, async ({ open, card, events }) => {
      await open({ body: part('header pricing endpoints', ID, `catalog="formats/${file}.json"`) });
      const pricing = card.table('pricing');
      expect((await pricing.record(/^Input$/)).Price).toBe(input);
      expect((await pricing.record(/^Output$/)).Price).toBe(output);
      await expect(card.table('endpoints').rows).toHaveCount(endpoints);
      const [ready] = await events('modelcard-ready');
      expect(ready.detail.catalogs[0].format).toBe(format);
    });
  }

  test('is told by its shape, whatever its name', async ({ open, card, events }) => {
    await open({
      body: part('pricing', ID, 'catalog="/litellm.json"'),
      routes: { '/litellm.json': { body: sample('genai-prices') } },
    });
    await card.table('pricing').rows.first().waitFor();
    expect((await events('modelcard-ready'))[0].detail.catalogs[0].format).toBe('genai-prices');
  });

  test('the demo shows them all', async ({ page, serve }) => {
    const server = await serve();
    await page.goto(`${server.url}/`);
    const control = page.getByRole('button', { name: 'Show all formats side by side' });
    await control.click();
    const cards = page.locator('#formats model-card');
    await expect(cards).toHaveCount(10);
    for (const card of await cards.all()) {
      await card.scrollIntoViewIfNeeded();
      await expect(card.locator('[part~=name]')).toHaveText(/gpt[ -]oss[ -]120b/i);
    }
    await page.getByRole('button', { name: 'Hide the formats' }).click();
    await expect(cards.first()).toBeHidden();
  });
});

test.describe('a gateway that lists endpoints apart', () => {
  const list = { ...sample('openrouter') };
  const routes = (answer) => ({
    '/api/v1/models': { body: list },
    [`/api/v1/models/${ID}/endpoints`]: answer,
  });

  test('is asked for them once they come into view, and the card is there meanwhile', async ({ open, card, page }) => {
    const server = await open({
      body: part('header pricing endpoints', ID, 'catalog="/api/v1/models" loading="eager"'),
      head: '<style>main::before { content: ""; display: block; block-size: 3000px }</style>',
      routes: routes({ body: sample('openrouter-endpoints'), delay: 300 }),
    });
    const path = `/api/v1/models/${ID}/endpoints`;
    await expect(card.name).toHaveText('gpt-oss-120b');
    await page.waitForTimeout(300);
    expect(server.count(path)).toBe(0);
    await card.root.scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect(card.root.getByText('Loading each provider’s offer…')).toBeVisible();
    await expect(card.table('endpoints').rows).toHaveCount(2);
    const groq = await card.table('endpoints').record('Groq');
    expect(groq.Input).toBe('$0.15');
    expect(groq.Latency).toBe('310');
    expect(server.count(path)).toBe(1);
  });

  test('is not asked where the endpoints are not shown', async ({ open, card, page }) => {
    const server = await open({
      body: part('header pricing', ID, 'catalog="/api/v1/models"'),
      routes: routes({ body: sample('openrouter-endpoints') }),
    });
    await expect(card.name).toHaveText('gpt-oss-120b');
    await page.waitForTimeout(300);
    expect(server.count(`/api/v1/models/${ID}/endpoints`)).toBe(0);
  });

  test('is not asked where the list lies elsewhere', async ({ open, card, page }) => {
    const server = await open({
      body: part('header endpoints', ID, 'catalog="/models.json"'),
      routes: { '/models.json': { body: list } },
    });
    await expect(card.table('endpoints').rows).toHaveCount(1);
    await page.waitForTimeout(300);
    expect(server.requests.filter(({ path }) => path.endsWith('/endpoints'))).toEqual([]);
  });

  test('that does not answer leaves what is known, and says so', async ({ open, card }) => {
    await open({
      body: part('header endpoints', ID, 'catalog="/api/v1/models"'),
      routes: routes({ status: 404 }),
    });
    await expect(card.root.getByText(/The list of providers could not be loaded\./)).toBeVisible();
    await expect(card.table('endpoints').rows).toHaveCount(1);
  });
});

test.describe('several catalogs', () => {
  const priced = (rates, more = {}) => model('a/b', { prices: { rates }, ...more });

  test('fill each other’s gaps, fact by fact', async ({ open, card }) => {
    await open({
      body: part('header description specs', 'a/b', 'catalog="/one.json /two.json"'),
      routes: {
        '/one.json': { body: catalog([model('a/b', { name: 'From the first' })]) },
        '/two.json': { body: written([model('a/b', { name: 'From the second', description: 'Told by the second.', context_length: 128_000 })]) },
      },
    });
    await expect(card.name).toHaveText('From the first');
    await expect(card.root.getByText('Told by the second.')).toBeVisible();
    await expect(card.root.getByText('128K').first()).toBeVisible();
  });

  test('that disagree about a price show the first, and the others one activation away', async ({ open, card, page }) => {
    await open({
      body: part('pricing endpoints', 'a/b', 'catalog="/one.json /two.json"'),
      routes: {
        '/one.json': { body: { ...written([priced({ input: '1', output: '2' })]), name: 'The first' } },
        '/two.json': { body: { ...written([priced({ input: '1', output: '3.5' })]), name: 'The second', date: '2026-01-02' } },
      },
    });
    const pricing = card.table('pricing');
    expect((await pricing.record(/^Input$/)).Price).toBe('$1');
    const disputed = pricing.row(/^Output$/).getByRole('button', { name: /catalogs disagree/ });
    await expect(disputed).toContainText('≠ $2');
    await disputed.focus();
    await page.keyboard.press('Enter');
    const popover = card.root.getByRole('dialog');
    await expect(popover).toContainText('$2: The first');
    await expect(popover).toContainText('$3.5: The second, Jan 2, 2026');
  });

  test('of which one fails show what the others have, and name it', async ({ open, card, events }) => {
    const server = await open({
      body: part('header pricing', ID, 'catalog="/broken.json formats/litellm.json /gone.json"'),
      routes: { '/broken.json': { body: '{' }, '/gone.json': { status: 404 } },
    });
    await card.table('pricing').rows.first().waitFor();
    const [ready] = await events('modelcard-ready');
    expect(ready.detail.catalogs.map(({ url }) => url)).toEqual([`${server.url}/formats/litellm.json`]);
    await expect(card.root.getByText(/not JSON/)).toBeVisible();
    await expect(card.root.getByText(/404/)).toBeVisible();
  });
});

test('a page whose catalog is compiled never asks for the formats module', async ({ open, card }) => {
  const server = await open({ body: tag() });
  await expect(card.name).not.toBeEmpty();
  expect(server.requests.filter(({ path }) => path.startsWith('/formats'))).toEqual([]);
});

test('the engine reads any format, lists its problems by path, and bills its endpoints', async ({ open, page }) => {
  await open({ body: '' });
  const result = await page.evaluate(async () => {
    const engine = await modelcard.engine();
    const catalog = await engine.loadCatalog({
      openai: {
        id: 'openai', name: 'OpenAI', env: [], npm: '', doc: '',
        models: { 'gpt-4o': { id: 'gpt-4o', name: 'GPT-4o ', limit: { context: 0, output: 16384 }, cost: { input: 2.5, output: 0.39999999999999997 } } },
      },
    });
    return {
      ids: catalog.models().map(({ id, endpoints }) => [id, endpoints.length]),
      problems: catalog.problems().map(({ code, path }) => `${code} ${path}`),
      total: catalog.estimate({ model: 'openai/gpt-4o', usage: { input_tokens: 1000, output_tokens: 1000 } }).total,
    };
  });
  expect(result.ids).toEqual([['openai/gpt-4o', 1]]);
  expect(result.total).toBe('0.0029');
  expect(result.problems.toSorted()).toEqual([
    'float_noise openai.models.gpt-4o.cost.output',
    'spaces_around openai.models.gpt-4o.name',
    'zero_is_unknown openai.models.gpt-4o.limit.context',
  ]);
});
