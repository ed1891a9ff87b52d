// The whole catalog as a table: found, filtered, sorted, ranked, chosen, taken away.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { catalog, faultsOf, model } from './catalogs.mjs';
import { expect, test } from './fixtures.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const rates = (input, output) => ({ prices: { rates: { input, output } } });
const run = (accuracy) => ({ benchmarks: [{ benchmark: 'Exam', accuracy }] });

const CATALOG = catalog([
  model('a/alpha', { name: 'Alpha', author: 'Acme', context_length: 100_000, released: '2025-01-01', input_modalities: ['text', 'image'], ...rates('1', '2'), ...run(50) }),
  model('a/beta', { name: 'Beta', author: 'Acme', context_length: 200_000, released: '2025-05-01', open_weights: true, ...rates('0.3', '0.6'), ...run(40) }),
  model('b/gamma', { name: 'Gamma', author: 'Brand', context_length: 50_000, released: '2024-02-01', ...rates('4', '8'), ...run(45) }),
  model('b/delta', { name: '=Delta', author: 'Brand', prices: { rates: {} } }),
  model('b/free', { name: 'Zero', author: 'Brand', context_length: 10_000, status: 'unavailable', ...rates('0', '0') }),
]);
const routes = { '/catalog.json': { body: CATALOG } };
const many = (count) => catalog(Array.from({ length: count }, (_, at) =>
  model(`m/model-${at}`, { name: `Model ${at}`, context_length: 1000 + at, ...rates(String((at * 7919) % count + 1), '1') })));

const parts = (page, root = page.locator('model-table').first()) => ({
  root,
  region: root.getByRole('region', { name: 'Models, table' }),
  names: () => root.locator('tr[data-row] th .label').allInnerTexts(),
  search: root.getByRole('searchbox', { name: 'Search models' }),
  heading: (name) => root.getByRole('columnheader', { name: new RegExp(`^${name}`) }),
  open: (name) => root.locator('summary', { hasText: name }).first().click(),
});

async function axe(page) {
  await page.addScriptTag({ path: AXE });
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await window.axe.run(document, { runOnly: tags, rules: { 'target-size': { enabled: true } } })).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 110)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}

const TABLE = '<model-table></model-table>';

test.describe('<model-table>', () => {
  test('shows the catalog, and tells the page', async ({ open, page, events }) => {
    await open({ body: TABLE, routes });
    const { names, root } = parts(page);
    await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma', '=Delta', 'Zero']);
    await expect(root.getByText('5 models', { exact: true })).toBeVisible();
    expect(await faultsOf(root, { free: true })).toEqual([]);
    const [ready] = await events('modelcard-ready');
    expect(ready.detail.models).toEqual(['a/alpha', 'a/beta', 'b/gamma', 'b/delta', 'b/free']);
  });

  test('an author of the attribute is the whole of it', async ({ open, page }) => {
    await open({ body: '<model-table author="a"></model-table>', routes });
    const { names, root } = parts(page);
    await expect.poll(names).toEqual(['Alpha', 'Beta']);
    await expect(root.getByText('2 models', { exact: true })).toBeVisible();
    await root.evaluate((element) => { element.author = 'b'; });
    await expect.poll(names).toEqual(['Gamma', '=Delta', 'Zero']);
  });

  test('sorts by every column, what is not known last both ways', async ({ open, page, events }) => {
    await open({ body: TABLE, routes });
    const { names, heading } = parts(page);
    await heading('Input').getByRole('button').click();
    await expect.poll(names).toEqual(['Zero', 'Beta', 'Alpha', 'Gamma', '=Delta']);
    await expect(heading('Input')).toHaveAttribute('aria-sort', 'ascending');
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['Gamma', 'Alpha', 'Beta', 'Zero', '=Delta']);
    await expect(heading('Input')).toHaveAttribute('aria-sort', 'descending');
    await heading('Released').getByRole('button').click();
    await expect.poll(names).toEqual(['Gamma', 'Alpha', 'Beta', '=Delta', 'Zero']);
    await heading('Workload').getByRole('button').click();
    await expect.poll(names).toEqual(['Zero', 'Beta', 'Alpha', 'Gamma', '=Delta']);
    const sorts = (await events('modelcard-change')).map((event) => event.detail.sort);
    expect(sorts).toEqual(['input ascending', 'input descending', 'released ascending', 'cost ascending']);
  });

  test('finds as one types, and forgives an error', async ({ open, page, events }) => {
    await open({ body: TABLE, routes });
    const { names, search, root } = parts(page);
    await search.pressSequentially('brand ga');
    await expect.poll(names).toEqual(['Gamma']);
    await expect(root.getByText('1 of 5 models')).toBeVisible();
    await search.fill('gamam');
    await expect.poll(names).toEqual(['Gamma']);
    await search.fill('nothing like it');
    await expect(root.getByText('0 of 5 models')).toBeVisible();
    expect((await events('modelcard-change')).at(-1).detail).toMatchObject({ reason: 'filter', filter: 'nothing like it' });
    await search.fill('');
    await expect.poll(names).toHaveLength(5);
  });

  test('filters by facts; what is not known does not pass', async ({ open, page }) => {
    await open({ body: TABLE, routes });
    const { names, root, open: unfold } = parts(page);
    await unfold('Filters');
    await root.getByLabel('Context from, tokens').fill('50000');
    await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma']);
    await root.getByLabel('Mean price up to').fill('1.5');
    await expect.poll(names).toEqual(['Alpha', 'Beta']);
    await root.getByLabel('Released since').fill('2025-02-01');
    await expect.poll(names).toEqual(['Beta']);
    await root.getByRole('button', { name: 'Reset filters' }).click();
    await expect.poll(names).toHaveLength(5);
    await expect(root.getByLabel('Mean price up to')).toHaveValue('');
    await root.getByRole('switch', { name: 'Still offered' }).click();
    await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma', '=Delta']);
    await root.getByLabel('Reads').selectOption('Image');
    await expect.poll(names).toEqual(['Alpha']);
    await root.getByRole('button', { name: 'Reset filters' }).click();
    await root.getByRole('switch', { name: 'Open weights' }).click();
    await expect.poll(names).toEqual(['Beta']);
  });

  test('ranks by weights, explains a score, and lists what lacks a figure below', async ({ open, page }) => {
    await open({ body: TABLE, routes });
    const { names, root, open: unfold } = parts(page);
    await unfold('Rank by weights');
    await root.getByLabel('Add a benchmark').selectOption('Exam');
    await expect.poll(names).toEqual(['Alpha', 'Gamma', 'Beta', '=Delta', 'Zero']);
    await expect(root.locator('tr[data-row="3"]')).toContainText('lacks Exam');
    await root.getByLabel(/^Low price/).fill('100');
    await expect(root.locator('tr[data-row="3"]')).toContainText('lacks Exam, price');
    await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma', '=Delta', 'Zero']);
    // Best of three in the exam, at a third; second but one of four prices, at two thirds.
    await expect(root.locator('tr[data-row="0"] td').first()).toContainText('55.6');
    await root.locator('tr[data-row="0"]').getByRole('button', { name: /explain Score/ }).click();
    await expect(root.getByRole('dialog')).toContainText('55.6 of 100 = Exam: 100 × 33.3% + price: 33.3 × 66.7%');
    await expect(root.getByText('2 of them lack a figure')).toBeVisible();
  });

  test('chooses columns; selects rows and compares them', async ({ open, page, events }) => {
    await open({ body: TABLE, routes });
    const { root, heading, open: unfold } = parts(page);
    await expect(heading('Author')).toHaveCount(0);
    await unfold('Columns');
    await root.getByRole('switch', { name: 'Author' }).click();
    await expect(heading('Author')).toBeVisible();
    await root.getByRole('checkbox', { name: 'Compare Alpha' }).click();
    await root.getByRole('checkbox', { name: 'Compare Beta' }).press('Space');
    await expect(root.getByRole('checkbox', { name: 'Compare Beta' })).toBeChecked();
    await root.getByRole('button', { name: 'Compare 2 side by side' }).click();
    await expect(root.getByRole('table', { name: 'Comparison of Alpha, Beta' })).toBeVisible();
    // The figures of the comparison open the one explanation that there is.
    await root.locator('[data-table="compare"] .figure').first().click();
    await expect(root.getByRole('dialog')).toContainText('Rule');
    expect((await events('modelcard-change')).map((event) => event.detail.reason)).toEqual(['columns', 'models', 'models', 'compare']);
  });

  test('keeps only the rows in sight, with their places told', async ({ open, page }) => {
    await open({ body: TABLE, routes: { '/catalog.json': { body: many(3000) } } });
    const { root, region, heading, search } = parts(page);
    const table = root.getByRole('table', { name: /^Models/ });
    await expect(table).toHaveAttribute('aria-rowcount', '3001');
    expect(await root.locator('tr[data-row]').count()).toBeLessThan(60);
    await region.evaluate((region) => { region.scrollTop = region.scrollHeight; });
    await expect(root.getByText('Model 2999', { exact: true })).toBeVisible();
    await expect(root.locator('tr[aria-rowindex="3001"]')).toContainText('Model 2999');
    await region.evaluate((region) => { region.scrollTop = 38 * 1500; });
    await expect(root.locator('tr[data-row="1500"]')).toContainText('Model 1500');
    const gap = await region.evaluate((region) => {
      const box = region.getBoundingClientRect();
      const rows = [...region.querySelectorAll('tr[data-row]')].map((row) => row.getBoundingClientRect());
      return rows[0].top <= box.top + 60 && rows.at(-1).bottom >= box.bottom;
    });
    expect(gap).toBe(true);
    // The focus stays with its row.
    await root.locator('tr[data-row="1505"]').getByRole('checkbox').focus();
    for (const top of [1512, 1490]) {
      await region.evaluate((region, top) => { region.scrollTop = 38 * top; }, top);
      await page.waitForTimeout(100);
      expect(await root.evaluate((element) => element.shadowRoot.activeElement.getAttribute('aria-label'))).toBe('Compare Model 1505');
    }
    const rows = await root.locator('tr[data-row]').evaluateAll((rows) => rows.map((row) => [Number(row.dataset.row), row.innerText.match(/Model (\d+)/)[1]]));
    expect(rows.every(([row, name], at) => String(row) === name && row === rows[0][0] + at)).toBe(true);
    await heading('Input').getByRole('button').click();
    await expect(root.locator('tr[data-row="0"]')).toContainText('$1');
    expect(await region.evaluate((region) => region.scrollTop)).toBe(0);
    await search.fill('model 77');
    await expect(root.getByText(/ of 3,000 models/)).toBeVisible();
  });

  /** What each frame shows of the table, until the page is told that it is ready. */
  const frames = (page) => page.addInitScript(() => {
    window.frames_ = [];
    let done = false;
    document.addEventListener('modelcard-ready', () => { done = true; });
    const look = () => {
      const root = document.querySelector('model-table')?.shadowRoot;
      const rows = root?.querySelectorAll('tr[data-row]') ?? [];
      if (rows.length) {
        window.frames_.push({
          done,
          said: root.querySelector('[role=status]').textContent,
          inert: [...root.querySelectorAll('.controls, thead, .check')].every((control) => control.inert),
          rowcount: root.querySelector('table').getAttribute('aria-rowcount'),
          names: [...rows].map((row) => row.querySelector('.label').textContent).slice(0, 3),
          prices: rows[0].cells[3].textContent,
          cost: rows[0].cells[5].textContent,
          rated: root.querySelectorAll('td .figure').length > 0,
          fallback: getComputedStyle(root.host.firstElementChild).display !== 'none' && root.querySelector('slot').hidden === false,
          top: rows[0].getBoundingClientRect().top,
        });
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

  test('draws the first rows of a long catalog while the others are read', async ({ open, page }) => {
    await frames(page);
    await open({ body: '<model-table><p>A fallback.</p></model-table>', routes: { '/catalog.json': { body: many(6000) } } });
    const { root, search } = parts(page);
    await expect(root.getByText('6,000 models', { exact: true })).toBeVisible();
    const [first, ...others] = await page.evaluate(() => window.frames_);
    // What is stated is there; nothing is computed yet, nor known of how the first models
    // stand among all, and nothing can be asked.
    expect(first).toMatchObject({ done: false, said: 'Reading the catalog…', inert: true, rowcount: '-1', cost: '', rated: false, fallback: false });
    expect(first.names).toEqual(['Model 0', 'Model 1', 'Model 2']);
    expect(first.prices).toBe('$1');
    expect(others.at(-1)).toMatchObject({ inert: false, rowcount: '6001', cost: expect.stringContaining('$'), rated: true, names: first.names });
    expect(others.at(-1).top).toBeCloseTo(first.top, 0);
    await search.fill('model 5999');
    await expect(root.getByText('1 of 6,000 models')).toBeVisible();
  });

  /** A catalog whose rest comes when it is asked for. */
  const halting = (text) => {
    const route = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(text.subarray(0, 300 * 1024));
      route.finish = () => response.end(text.subarray(300 * 1024));
    };
    return route;
  };
  const textOf = (catalog) => Buffer.from(JSON.stringify(catalog));

  test('draws the first rows while the catalog is still on its way, in each table of it, below a card too', async ({ open, page }) => {
    const route = halting(textOf(many(6000)));
    const server = await open({ body: `<model-card model="m/model-1" sections="header"></model-card>${TABLE}${TABLE}`, routes: { '/catalog.json': route } });
    const tables = await page.locator('model-table').all();
    for (const table of tables) {
      await table.scrollIntoViewIfNeeded();
      await expect(table.locator('tr[data-row]')).toHaveCount(15);
      // What is happening is told, and the rows can be read; nothing can be asked.
      await expect(table.getByRole('status')).toHaveText('Reading the catalog…');
      await expect(table.getByRole('region').getByText('Model 14')).toBeVisible();
      expect(await table.evaluate((table) => table.shadowRoot.querySelector('input').matches('[inert] *'))).toBe(true);
    }
    route.finish();
    for (const table of tables) await expect(table.getByText('6,000 models', { exact: true })).toBeVisible();
    expect(server.requests.filter((request) => request.path === '/catalog.json')).toHaveLength(1);
  });

  test('first rows are there wherever a character is cut', async ({ open, page }) => {
    const wide = many(6000);
    wide.models.forEach((model) => { model.name = '模型'.repeat(20); });
    const cuts = new Set();
    for (wide.name = ''; cuts.size < 2; wide.name += 'a') {
      const text = textOf(wide);
      // Where in a character of three bytes the first 256 KB end.
      const cut = [1, 2].find((cut) => text[256 * 1024 - cut] >= 0xe0);
      if (!cut || cuts.has(cut)) continue;
      cuts.add(cut);
      await open({ body: TABLE, routes: { '/catalog.json': halting(text) } });
      await expect(page.locator('model-table tr[data-row]')).toHaveCount(15);
    }
  });

  test('first rows are gone once others are asked for', async ({ open, page }) => {
    const route = halting(textOf(many(6000)));
    await open({ body: '<model-table share><p>See the price list.</p></model-table>', routes: { '/catalog.json': route } });
    const { root, names } = parts(page);
    const fallback = page.getByText('See the price list.');
    await expect.poll(names).toHaveLength(15);
    await expect(fallback).toBeHidden();
    await page.evaluate(() => { location.hash = 'mc1.table=sort:-context'; });
    await expect.poll(names).toEqual([]);
    await expect(fallback).toBeVisible();
    route.finish();
    await expect.poll(async () => (await names())[0]).toBe('Model 5999');
    await expect(fallback).toBeHidden();
    await root.evaluate((element) => { element.author = 'nobody'; });
    await expect(root.getByText('0 models', { exact: true })).toBeVisible();
  });

  test('an author without models has none to tell of', async ({ open, page, events }) => {
    await open({ body: '<model-table author="nobody"></model-table>', routes });
    await expect(parts(page).root.getByText('0 models', { exact: true })).toBeVisible();
    expect((await events('modelcard-ready'))[0].detail.models).toEqual([]);
  });

  test('a second try takes the place of first rows whose rest did not come', async ({ open, page }) => {
    const text = textOf(many(6000));
    let tries = 0;
    const route = (request, response) => {
      tries += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      if (tries > 1) return void response.end(text);
      response.write(text.subarray(0, 300 * 1024));
      setTimeout(() => response.destroy(), 300);
    };
    await open({ body: TABLE, routes: { '/catalog.json': route } });
    await expect(parts(page).root.getByText('6,000 models', { exact: true })).toBeVisible();
    expect(tries).toBe(2);
  });

  test('reads on in a page that draws no frames', async ({ open, page }) => {
    // As in a tab that is not in front.
    await page.addInitScript(() => { window.requestAnimationFrame = () => 0; });
    await open({ body: TABLE, routes: { '/catalog.json': { body: many(6000) } } });
    await expect(parts(page).root.getByText('6,000 models', { exact: true })).toBeVisible();
  });

  test('first rows give way to the fault where the rest does not come', async ({ open, page }) => {
    const route = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(JSON.stringify(many(6000)).slice(0, 300 * 1024));
      setTimeout(() => response.destroy(), 500);
    };
    await open({ body: TABLE, routes: { '/catalog.json': route } });
    const { root, names } = parts(page);
    await expect.poll(names).toHaveLength(15);
    await expect(root.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 20_000 });
    expect(await names()).toEqual([]);
  });

  for (const [when, body, address] of [
    ['an author is named', '<model-table author="m"></model-table>', ''],
    ['a link sorts them', '<model-table share></model-table>', '#mc1.table=sort:-context'],
  ]) {
    test(`draws no first rows where ${when}, which may be others`, async ({ open, page }) => {
      await frames(page);
      const server = await open({ body, routes: { '/catalog.json': { body: many(6000) } } });
      await page.goto('about:blank');
      await page.goto(`${server.url}/page.html${address}`);
      await expect(parts(page).root.getByText('6,000 models', { exact: true })).toBeVisible();
      const all = await page.evaluate(() => window.frames_);
      expect(all.filter((frame) => frame.said === 'Reading the catalog…')).toEqual([]);
    });
  }

  test('draws all rows of few models, and of many what is in sight, however few are found', async ({ open, page }) => {
    const server = await open({ body: TABLE, routes: { '/catalog.json': { body: many(40) }, '/more.json': { body: many(120) } } });
    const { root, search } = parts(page);
    const rows = root.locator('tr[data-row]');
    const help = root.getByText('Only the rows in sight are in the page');
    await expect(rows).toHaveCount(40);
    await expect(help).toHaveCount(0);
    await root.evaluate((element, url) => { element.catalog = url; }, `${server.url}/more.json`);
    await expect(root.getByText('120 models', { exact: true })).toBeVisible();
    await search.fill('model 1');
    await expect(root.getByText('39 of 120 models')).toBeVisible();
    await expect(rows).toHaveCount(22);
    await expect(help).toBeVisible();
    await search.fill('model 12');
    await expect(rows).toHaveCount(2);
    await expect(help).toHaveCount(0);
  });

  test('puts all rows in the page for the browser’s own search', async ({ open, page }) => {
    await open({ body: TABLE, routes: { '/catalog.json': { body: many(300) } } });
    const { root } = parts(page);
    await root.getByRole('button', { name: 'Put all rows in the page' }).click();
    await expect(root.locator('tr[data-row]')).toHaveCount(300);
  });

  test('exports what is shown, with no formula in it', async ({ open, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open({ body: TABLE, routes });
    const { root, search, open: unfold } = parts(page);
    await search.fill('brand');
    await unfold('Export');
    const saved = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), root.getByRole('button', { name }).click()]);
      return readFile(await download.path(), 'utf8');
    };
    const [head, gamma, delta] = (await saved('Download CSV')).split('\r\n');
    expect(head).toMatch(/^Id,Model,Released,Context,Input,Output,Workload,/);
    expect(gamma).toMatch(/^b\/gamma,Gamma,2024-02-01,50000,4,8,/);
    expect(delta).toMatch(/^b\/delta,'=Delta,,,,,,/);
    const json = JSON.parse(await saved('Download JSON'));
    expect(json.map((row) => row.Id)).toEqual(['b/gamma', 'b/delta', 'b/free']);
    expect(json[1].Input).toBe(null);
    await root.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect(root.getByText('Copied')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('| b/gamma | Gamma |');
  });

  test('the link brings all of it back', async ({ open, page, browser }) => {
    await open({ body: '<model-table share></model-table>', routes });
    const { root, search, heading, names, open: unfold } = parts(page);
    await heading('Input').getByRole('button').click();
    await page.keyboard.press('Enter');
    await unfold('Filters');
    await root.getByLabel('Context from, tokens').fill('40000');
    await search.fill('a');
    await root.getByRole('checkbox', { name: 'Compare Gamma' }).click();
    const url = page.url();
    expect(url).toMatch(/#mc1\.table=models:b\/gamma;q:a;sort:-input;context:40000$/);
    const other = await (await browser.newContext()).newPage();
    await other.goto(url);
    await expect.poll(parts(other).names).toEqual(['Gamma', 'Alpha', 'Beta']);
    await expect(parts(other).search).toHaveValue('a');
    await expect(parts(other).root.getByRole('checkbox', { name: 'Compare Gamma' })).toBeChecked();
    await other.close();
    await page.goBack();
    await expect(root.getByRole('checkbox', { name: 'Compare Gamma' })).not.toBeChecked();
    // The filter and the search, one after the other at once, are one step.
    await page.goBack();
    await expect.poll(names).toEqual(['Gamma', 'Alpha', 'Beta', 'Zero', '=Delta']);
    await expect(search).toHaveValue('');
  });

  test('works under the documented policy and Trusted Types', async ({ open, page, log }) => {
    const strict = (request, response) => {
      const origin = `http://${request.headers.host}`;
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`,
      });
      response.end(`<!doctype html><html lang="en"><title>Strict</title><script src="/modelcard.js"></script><main><model-table models="a/alpha a/beta" share></model-table></main>`);
    };
    const server = await open({ body: '', routes: { ...routes, '/catalog.json': { body: many(500) }, '/strict.html': strict } });
    await page.goto(`${server.url}/strict.html#mc1.table=models:m/model-1+m/model-2;compare:yes`);
    const { root, region } = parts(page);
    await expect(root.getByRole('table', { name: 'Comparison of Model 1, Model 2' })).toBeVisible();
    await region.evaluate((region) => { region.scrollTop = 38 * 400; });
    await expect(root.locator('tr[data-row="400"]')).toContainText('Model 400');
    await root.getByLabel('Up').selectOption('context');
    await expect(root.getByRole('group').getByRole('button', { name: /^Model 2:/ })).toBeVisible();
    await root.locator('summary', { hasText: 'Export' }).click();
    await Promise.all([page.waitForEvent('download'), root.getByRole('button', { name: 'Download CSV' }).click()]);
    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expect(log.errors).toEqual([]);
  });

  for (const width of [320, 768, 1200]) {
    test(`is accessible and does not overflow at ${width} px`, async ({ open, page }) => {
      await page.setViewportSize({ width, height: 900 });
      await open({ body: TABLE, routes });
      const { names, root } = parts(page);
      await expect.poll(names).toHaveLength(5);
      for (const name of ['Filters', 'Rank by weights', 'Columns', 'Export']) await root.locator('summary', { hasText: name }).first().click();
      await root.getByRole('checkbox', { name: 'Compare Alpha' }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await axe(page)).toEqual([]);
    });
  }
});
