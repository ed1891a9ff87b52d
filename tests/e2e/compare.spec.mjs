// Models side by side, and the link to what a reader has made of them.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { catalog, faultsOf, model } from './catalogs.mjs';
import { expect, page as html, test } from './fixtures.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const rates = (input, output) => ({ prices: { rates: { input, output } } });
const run = (accuracy) => ({ benchmarks: [{ benchmark: 'Exam', accuracy, executions: 100 }] });

const CATALOG = catalog([
  model('a/alpha', { name: 'Alpha', author: 'Acme', context_length: 100_000, released: '2025-01-01', ...rates('1', '2'), ...run(50) }),
  model('a/beta', { name: 'Beta', author: 'Acme', context_length: 200_000, released: '2025-05-01', ...rates('0.3', '0.6'), ...run(40) }),
  model('b/gamma', { name: 'Gamma', author: 'Brand', context_length: 100_000, ...rates('4', '8'), ...run(45) }),
  model('b/delta', { name: 'Delta', author: 'Brand', context_length: 1_000, prices: { rates: {} } }),
]);
const routes = { '/catalog.json': { body: CATALOG } };
/** 1,000 tokens in, 1,000 out, 10 requests on 10 days: Alpha's month costs $0.30. */
const WORKLOAD = 'workload="input=1000 output=1000 cached=0 requests=10/day days=10"';
const compare = (models, attributes = WORKLOAD) => `<model-compare models="${models}" ${attributes}></model-compare>`;

const parts = (page, root = page.locator('model-compare').first()) => ({
  root,
  table: root.getByRole('table', { name: /^Comparison of/ }),
  names: () => root.locator('[data-table="compare"] thead .model bdi').allInnerTexts(),
  row: (name) => root.locator('[data-table="compare"]').getByRole('row', { name: new RegExp(`^${name}`) }),
  box: root.getByRole('combobox', { name: 'Add a model' }),
  options: root.getByRole('listbox', { name: 'Models to add' }).getByRole('option'),
  point: (name) => root.getByRole('group').getByRole('button', { name: new RegExp(`^${name}:`) }),
});

async function axe(page) {
  await page.addScriptTag({ path: AXE });
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await window.axe.run(document, { runOnly: tags, rules: { 'target-size': { enabled: true } } })).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 110)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}

test.describe('<model-compare>', () => {
  test('shows figures, the best of each row, and differences in words', async ({ open, page, events }) => {
    await open({ body: compare('a/alpha a/beta b/delta'), routes });
    const { row, root } = parts(page);
    await expect(row('Input')).toContainText(/\$1.*\$0\.3.*best.*3\.3× cheaper.*—/s);
    await expect(row('Workload')).toContainText(/\$0\.3.*\$0\.09.*best.*3\.3× cheaper/s);
    await expect(row('Context')).toContainText(/100K.*200K.*best.*2× larger.*100× smaller/s);
    await expect(row('Exam')).toContainText(/50.*best.*10 points less.*—/s);
    await expect(row('Released')).toContainText('4 months newer');
    await expect(root.getByText(/Beta beside Alpha: .*3\.3× cheaper input.*2× larger context.*10 points less in Exam/)).toBeVisible();
    expect(await faultsOf(root)).toEqual([]);
    const [ready] = await events('modelcard-ready');
    expect(ready.detail.models).toEqual(['a/alpha', 'a/beta', 'b/delta']);
  });

  test('leaves out what is alike, on demand', async ({ open, page }) => {
    await open({ body: compare('a/alpha b/gamma'), routes });
    const { row, root } = parts(page);
    await expect(row('Context')).toBeVisible();
    await root.getByRole('switch', { name: 'Only differences' }).click();
    await expect(row('Context')).toHaveCount(0);
    await expect(row('Input')).toBeVisible();
    await expect(root.getByRole('switch')).toHaveAttribute('aria-checked', 'true');
  });

  test('adds by keyboard, with a typing error; moves, pins and removes', async ({ open, page, events }) => {
    await open({ body: compare('a/alpha'), routes });
    const { box, names, root, row, options } = parts(page);
    await box.focus();
    await page.keyboard.type('btea');
    await expect(options).toHaveCount(1);
    await expect(box).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await expect(box).toHaveAttribute('aria-activedescendant', 'offer-0');
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['Alpha', 'Beta']);
    await expect(box).toBeFocused();
    await page.keyboard.type('brand');
    await expect(options).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(options).toHaveCount(0);
    await page.keyboard.type('gamma');
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma']);
    await root.getByRole('button', { name: 'Move back Gamma' }).click();
    await expect.poll(names).toEqual(['Alpha', 'Gamma', 'Beta']);
    await root.getByRole('button', { name: 'Compare with Beta' }).click();
    await expect(row('Input')).toContainText('3.3× dearer');
    await root.getByRole('button', { name: 'Remove Alpha' }).click();
    await expect.poll(names).toEqual(['Gamma', 'Beta']);
    expect(await root.evaluate((element) => [element.models, element.getAttribute('models')])).toEqual(['b/gamma a/beta', 'a/alpha']);
    const reasons = (await events('modelcard-change')).map((event) => event.detail.reason);
    expect(reasons).toEqual(['models', 'models', 'models', 'baseline', 'models']);
  });

  test('plots cost against a benchmark, and names what is dominated', async ({ open, page }) => {
    await open({ body: compare('a/alpha a/beta b/gamma b/delta'), routes });
    const { root, point } = parts(page);
    await root.getByLabel('Up').selectOption('Exam');
    await expect(root.getByText('Gamma is dominated by Alpha')).toBeVisible();
    await expect(root.getByText(/Pareto frontier.*: Beta, Alpha\./)).toBeVisible();
    await expect(root.getByText(/Delta is not drawn; it lacks: Cost of the workload, a month; Exam, %/)).toBeVisible();
    await point('Gamma').focus();
    await page.keyboard.press('Enter');
    await expect(root.locator('.said')).toHaveText(/Gamma: Cost of the workload, a month \$1\.20; Exam, % 45, 35\.61 to 54\.76 \(95%, 100 tasks\); dominated by Alpha/);
    await root.getByText('The plot as a table').click();
    await expect(root.getByRole('table', { name: /Exam, % against/ }).getByRole('row')).toHaveCount(4);
  });

  test('the plot can be taken away as a picture', async ({ open, page }) => {
    await open({ body: compare('a/alpha a/beta b/gamma', `${WORKLOAD} share`), routes });
    const { root } = parts(page);
    await root.getByLabel('Up').selectOption('Exam');
    const saved = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), root.getByRole('button', { name }).click()]);
      return [download.suggestedFilename(), await readFile(await download.path())];
    };
    const [svg, text] = await saved('Download SVG');
    expect(svg).toBe('models.svg');
    expect(String(text)).toContain('>Gamma</text>');
    const [png, bytes] = await saved('Download PNG');
    expect(png).toBe('models.png');
    expect([...bytes.subarray(0, 8), bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10, 1600, 960]);
  });

  test('says what it does not know, and offers the nearest', async ({ open, page }) => {
    await open({ body: compare('a/alpha a/btea'), routes });
    const { root, names } = parts(page);
    await root.getByRole('button', { name: 'a/beta' }).click();
    await expect.poll(names).toEqual(['Alpha', 'Beta']);
  });

  for (const width of [320, 768, 1200]) {
    test(`is accessible and does not overflow at ${width} px`, async ({ open, page }) => {
      await page.setViewportSize({ width, height: 900 });
      await open({ body: compare('a/alpha a/beta b/gamma'), routes });
      await parts(page).row('Input').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await axe(page)).toEqual([]);
    });
  }
});

test.describe('share', () => {
  test('three models found, a workload typed, the cheapest read, the link opened by someone else', async ({ open, page, browser }) => {
    await open({ body: compare('', 'share'), routes });
    const { box, root, row, names } = parts(page);
    for (const name of ['alpha', 'beta', 'gamma']) {
      await box.focus();
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
    }
    await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma']);
    await root.getByRole('spinbutton', { name: 'Input tokens' }).fill('5000');
    await expect(row('Workload').getByRole('cell').nth(1)).toContainText('best');
    const url = page.url();
    expect(url).toMatch(/#mc1\.compare=models:a\/alpha\+a\/beta\+b\/gamma;workload:input=5000\+output=300\+cached=0\.5\+requests=1000\/day\+days=30$/);
    const seen = await row('Workload').innerText();
    const other = await (await browser.newContext()).newPage();
    await other.goto(url);
    await expect.poll(() => parts(other).row('Workload').innerText()).toBe(seen);
    await expect(parts(other).root.getByRole('spinbutton', { name: 'Input tokens' })).toHaveValue('5000');
    await other.close();
  });

  for (const by of ['mouse', 'touch']) {
    test(`the same by ${by}`, async ({ serve, browser }) => {
      const document = html({ body: '<model-table share></model-table>' });
      const server = await serve({ routes: { '/page.html': { body: document }, ...routes } });
      const touch = by === 'touch';
      const context = await browser.newContext(touch ? { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } } : {});
      const page = await context.newPage();
      await page.goto(`${server.url}/page.html`);
      const root = page.locator('model-table');
      const press = (target) => (touch ? target.tap() : target.click());
      for (const name of ['Alpha', 'Beta', 'Gamma']) await press(root.getByRole('checkbox', { name: `Compare ${name}` }));
      await press(root.getByRole('button', { name: 'Compare 3 side by side' }));
      await press(root.locator('summary', { hasText: 'Workload' }).first());
      await root.getByRole('combobox', { name: 'Workload' }).first().selectOption('rag');
      const cheapest = (page) => parts(page, page.locator('model-table')).row('Workload').getByRole('cell').filter({ hasText: 'best' }).innerText();
      const seen = await cheapest(page);
      expect(page.url()).toMatch(/#mc1\.table=models:a\/alpha\+a\/beta\+b\/gamma;compare:yes;workload:rag$/);
      const other = await (await browser.newContext()).newPage();
      await other.goto(page.url());
      // As cards or as columns, the figure is the same.
      expect((await cheapest(other)).match(/\$[\d.]+/)[0]).toBe(seen.match(/\$[\d.]+/)[0]);
      await context.close();
      await other.close();
    });
  }

  test('back and forward undo and redo; headings of the page change nothing', async ({ open, page }) => {
    await open({ body: `<p id="top"></p>${compare('a/alpha a/beta', 'share="pair"')}`, routes });
    const { root, names } = parts(page);
    await root.getByRole('button', { name: 'Remove Alpha' }).click();
    await expect.poll(names).toEqual(['Beta']);
    await root.getByRole('combobox', { name: 'Workload' }).selectOption('rag');
    expect(page.url()).toContain('#mc1.pair=models:a/beta;workload:rag');
    await page.goBack();
    await expect(root.getByRole('combobox', { name: 'Workload' })).toHaveValue('chat');
    await expect.poll(names).toEqual(['Beta']);
    await page.goBack();
    await expect.poll(names).toEqual(['Alpha', 'Beta']);
    await page.goForward();
    await expect.poll(names).toEqual(['Beta']);
    await page.evaluate(() => { location.hash = '#top'; });
    await page.waitForTimeout(100);
    expect(await names()).toEqual(['Beta']);
  });

  test('several elements of a page keep apart; old and broken links harm nothing', async ({ open, page, log }) => {
    const body = `${compare('a/alpha', 'share loading="eager"')}${compare('b/gamma', 'share loading="eager"')}<model-cost models="a/alpha" share loading="eager"></model-cost><model-card model="a/alpha" sections="header siblings" share loading="eager"></model-card>`;
    const server = await open({ body, routes });
    const second = parts(page, page.locator('model-compare').nth(1));
    await second.box.fill('beta');
    await page.keyboard.press('Enter');
    await expect.poll(second.names).toEqual(['Gamma', 'Beta']);
    await page.locator('model-card').getByRole('button', { name: 'Beta' }).click();
    expect(page.url()).toContain('#mc1.compare2=models:b/gamma+a/beta&mc1.card=model:a/beta');
    expect(await parts(page).names()).toEqual(['Alpha']);
    for (const hash of ['mc0.compare=models:x', 'mc9.compare=y', 'mc1.compare=models:%ff%zz+nobody/none;workload:input=-1+x;only:;x:;y:%00;q', 'mc1.card=model:', '&&=;:%']) {
      await page.goto('about:blank');
      await page.goto(`${server.url}/page.html#${hash}`);
      await expect(page.locator('model-cost')).toContainText('Alpha');
      await expect(page.locator('model-card')).toContainText('Beta');
    }
    expect(log.errors).toEqual([]);
  });

  test('a card keeps the order of its tables', async ({ open, page }) => {
    await open({ body: '<model-card model="a/alpha" sections="header siblings" share></model-card>', routes });
    await page.locator('model-card').getByRole('button', { name: /^Input/ }).click();
    expect(page.url()).toContain('#mc1.card=siblings:input');
    await page.reload();
    await expect(page.locator('model-card').getByRole('columnheader', { name: /^Input/ })).toHaveAttribute('aria-sort', 'ascending');
  });
});
