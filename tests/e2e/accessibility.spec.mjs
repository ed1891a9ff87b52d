// A card for readers who hear it, who use no mouse, or who see it otherwise.
import { createRequire } from 'node:module';
import { Card } from './card.mjs';
import { catalog, model } from './catalogs.mjs';
import { expect, part, SUBJECT, tag, test } from './fixtures.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const NAME = 'GPT-4o-mini (2024-07-18)';
const DARK = '<style>html { background: #111; color: #eee; color-scheme: dark }</style>';

/** What axe finds against WCAG 2.2 AA and its best practices, one line for each kind. */
async function axe(page) {
  await page.addScriptTag({ path: AXE });
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await window.axe.run(document, { runOnly: tags, rules: { 'target-size': { enabled: true } } });
    return violations;
  });
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.length} × ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 110)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}

test.describe('axe finds nothing', () => {
  const ready = async (card) => expect(card.name).toHaveText(NAME);
  const modes = [
    ['in the light', {}],
    ['in the dark', { head: DARK, media: { colorScheme: 'dark' } }],
    ['with theme="dark" on a light page', { attributes: 'theme="dark"' }],
    ['with forced colours', { media: { forcedColors: 'active' } }],
    ['from right to left', { html: 'lang="ar" dir="rtl"' }],
    ['at 320 px', { width: 320 }],
    ['at 1200 px', { width: 1200 }],
    ['with reduced motion', { media: { reducedMotion: 'reduce' } }],
  ];
  for (const [name, { media, width, attributes = '', ...parts }] of modes) {
    test(name, async ({ open, page, card }) => {
      if (media) await page.emulateMedia(media);
      if (width) await page.setViewportSize({ width, height: 800 });
      await open({ body: tag(SUBJECT, attributes), ...parts });
      await ready(card);
      expect(await axe(page)).toEqual([]);
    });
  }

  test('with everything open', async ({ open, page, card }) => {
    await open({ body: tag('openai/o3') });
    await expect(card.name).toHaveText('o3');
    await card.root.evaluate((element) => element.shadowRoot.querySelectorAll('details').forEach((details) => (details.open = true)));
    await card.explain('Ability', card.section('summary'));
    await expect(card.explanation).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });

  test('with two cards', async ({ open, page }) => {
    await open({ body: tag(SUBJECT, 'id="a" loading="eager"') + tag('openai/o3', 'id="b" loading="eager"') });
    for (const id of ['a', 'b']) await expect(new Card(page, page.locator(`#${id}`)).name).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });

  test('in a fault', async ({ open, page, card }) => {
    await open({ body: tag(SUBJECT, '', '<p>See the price list.</p>'), routes: { '/catalog.json': { status: 404 } } });
    await expect(card.retry).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });

  test('in a fault of the widget itself', async ({ open, page, card }) => {
    await open({ routes: { '/widget_bg.wasm': { status: 404 } } });
    await expect(card.retry).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });

  test('for a model that is unknown', async ({ open, page, card }) => {
    await open({ body: tag('openai/gpt-4o-mni') });
    await expect(card.root).toContainText('no model');
    expect(await axe(page)).toEqual([]);
  });

  test('while loading', async ({ open, page, card }) => {
    await open({ body: tag(SUBJECT, '', '<p>See the price list.</p>'), routes: { '/catalog.json': () => new Promise(() => {}) } });
    await expect(card.root.locator('[aria-busy=true]')).toHaveCount(1);
    expect(await axe(page)).toEqual([]);
    await expect(card.root.getByText('Still loading')).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });
});

test.describe('structure', () => {
  test('one heading for the model, one for each section, no level skipped', async ({ open, card }) => {
    await open();
    await expect(card.name).toHaveText(NAME);
    await expect(card.root.getByRole('heading', { level: 2 })).toHaveCount(1);
    await expect(card.root.getByRole('heading', { level: 3 })).toHaveCount(11);
    await expect(card.root.getByRole('heading', { level: 1 })).toHaveCount(0);
  });

  test('every table has a caption, column headers and row headers', async ({ open, card, page }) => {
    await open({ body: tag('openai/o3') });
    await expect(card.name).toHaveText('o3');
    await card.root.evaluate((element) => element.shadowRoot.querySelectorAll('details').forEach((details) => (details.open = true)));
    const tables = card.root.getByRole('table');
    await expect(tables).toHaveCount(7);
    for (let at = 0; at < 7; at += 1) {
      const table = tables.nth(at);
      await expect(table).toHaveAccessibleName(/\S/);
      const columns = await table.getByRole('columnheader').count();
      expect(columns).toBeGreaterThan(1);
      for (let column = 0; column < columns; column += 1) await expect(table.getByRole('columnheader').nth(column)).toHaveAccessibleName(/\S/);
      const rows = table.getByRole('row').filter({ has: page.getByRole('rowheader') });
      const count = await rows.count();
      expect(await table.locator('tbody tr').count()).toBe(count);
      for (let row = 0; row < Math.min(count, 5); row += 1) {
        await expect(rows.nth(row).getByRole('rowheader')).toHaveCount(1);
        await expect(rows.nth(row).getByRole('cell')).toHaveCount(columns - 1);
      }
    }
  });

  test('a wide table scrolls in a region that the keyboard reaches', async ({ open, card, page }) => {
    await page.setViewportSize({ width: 400, height: 800 });
    await open({ body: tag(SUBJECT, 'sections="siblings"') });
    const region = card.root.getByRole('region', { name: /Other models by OpenAI, 37 models/ });
    await region.focus();
    await expect(region).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
    // The first column stays in view.
    const [left, cell] = await Promise.all([region.boundingBox(), card.table('siblings').rows.first().getByRole('rowheader').boundingBox()]);
    expect(Math.abs(cell.x - left.x)).toBeLessThan(3);
  });

  test('words stand behind stars, dollars, dashes and icons', async ({ open, card }) => {
    await open();
    await expect(card.root.getByRole('button', { name: /^4 of 5 stars *; explain Speed$/ })).not.toHaveCount(0);
    const row = card.table('siblings').row(/^o3 Pro$/);
    await expect(row.getByRole('button', { name: /^not stated *; explain Speed$/ })).toHaveCount(1);
    await expect(row.getByRole('button', { name: /^\+\$\$\$\$\$, above \$10 per 1M tokens *; explain Cost$/ })).toHaveCount(1);
    await expect(row.getByRole('cell', { name: /Text.*input.*Text output/ })).toHaveCount(1);
    const bare = await card.root.evaluate((element) =>
      [...element.shadowRoot.querySelectorAll('svg')]
        .filter((svg) => !svg.closest('[aria-hidden=true]') && !(svg.getAttribute('role') === 'img' && svg.getAttribute('aria-label')))
        .map((svg) => svg.outerHTML.slice(0, 80)));
    expect(bare).toEqual([]);
  });

  test('what changes is announced', async ({ open, card }) => {
    await open();
    const section = card.section('siblings');
    await card.table('siblings').sort('Name');
    await expect(section.getByRole('status').filter({ hasText: 'Sorted by' })).toHaveText('Sorted by Name, ascending');
    await section.getByRole('searchbox').fill('mini');
    await expect(section.getByRole('status').filter({ hasText: 'shown' })).toHaveText(/^\d+ of 37 shown$/);
    await expect(card.section('estimate').getByRole('status').filter({ hasText: 'per month' })).toHaveCount(1);
  });

  test('every field and button has a name', async ({ open, card }) => {
    await open({ body: part('header specs estimate endpoints') });
    await expect(card.name).toHaveText(NAME);
    for (const role of ['spinbutton', 'combobox', 'button', 'link']) {
      const all = card.root.getByRole(role);
      const count = await all.count();
      expect(count, role).toBeGreaterThan(0);
      await expect(card.root.getByRole(role, { name: /\S/ })).toHaveCount(count);
    }
    await card.root.evaluate((element) => (element.sections = 'siblings'));
    await expect(card.section('siblings').getByRole('searchbox', { name: /^Filter/ })).toBeVisible();
  });

  test('a field refuses aloud what it cannot use', async ({ open, card }) => {
    await open();
    const cached = card.section('estimate').getByRole('spinbutton', { name: /cached/ });
    await cached.fill('150');
    expect(await cached.evaluate((input) => input.validity.valid)).toBe(false);
    await expect(card.value('per request', card.section('estimate'))).toHaveText('$0.000315');
  });
});

test.describe('keyboard only', () => {
  /** Presses Tab until this has the focus. */
  async function tabTo(page, locator, most = 60) {
    for (let press = 0; press < most; press += 1) {
      await page.keyboard.press('Tab');
      if (await locator.evaluate((element) => element.getRootNode().activeElement === element)) return;
    }
    throw new Error('Tab does not reach it');
  }

  test('sort a table, and stay on the button', async ({ open, card, page }) => {
    await open({ body: tag(SUBJECT, 'sections="endpoints"') });
    const table = card.table('endpoints');
    const button = table.heading('Output').getByRole('button');
    await expect(button).toBeVisible();
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    await expect(table.heading('Output')).toHaveAttribute('aria-sort', 'ascending');
    await expect(button).toBeFocused();
    await page.keyboard.press('Space');
    await expect(table.heading('Output')).toHaveAttribute('aria-sort', 'descending');
    await expect(button).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(table.heading('Input').getByRole('button')).toBeFocused();
  });

  test('open an explanation; Escape closes it, and the focus stays', async ({ open, card, page }) => {
    await open({ body: tag(SUBJECT, 'sections="header"') });
    const figure = card.root.getByRole('button', { name: /explain Speed$/ });
    await expect(figure).toBeVisible();
    await tabTo(page, figure);
    await page.keyboard.press('Enter');
    await expect(card.explanation).toBeVisible();
    await expect(card.explanation).toContainText('78th percentile');
    await page.keyboard.press('Escape');
    await expect(card.explanation).toHaveCount(0);
    await expect(figure).toBeFocused();
    await page.keyboard.press('Space');
    await expect(card.explanation).toBeVisible();
  });

  test('an explanation opened in a table keeps the focus too', async ({ open, card, page }) => {
    await open({ body: tag(SUBJECT, 'sections="siblings"') });
    const figure = card.table('siblings').row(/^o1$/).getByRole('button', { name: /explain Ability$/ });
    await figure.focus();
    await page.keyboard.press('Enter');
    await expect(card.explanation).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(figure).toBeFocused();
  });

  test('copy the id', async ({ open, card, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open({ body: tag(SUBJECT, 'sections="header"') });
    const copy = card.root.getByRole('button', { name: 'Copy id' });
    await expect(copy).toBeVisible();
    await tabTo(page, copy);
    await page.keyboard.press('Enter');
    await expect(card.root.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
    await expect(copy).toBeFocused();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(SUBJECT);
  });

  test('open a sibling and come back; the focus goes to the name both times', async ({ open, card, page }) => {
    await open({ body: tag(SUBJECT, 'sections="header siblings"') });
    const sibling = card.table('siblings').row(/^o3 Pro$/).getByRole('button').first();
    await expect(sibling).toBeVisible();
    await tabTo(page, sibling);
    await page.keyboard.press('Enter');
    await expect(card.name).toHaveText('o3 Pro');
    await expect(card.name).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(card.back).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(card.name).toHaveText(NAME);
    await expect(card.name).toBeFocused();
  });

  test('two steps away and back', async ({ open, card, page }) => {
    await open({ body: tag(SUBJECT, 'sections="header siblings"') });
    for (const id of ['o3 Pro', 'Codex Mini']) {
      await card.table('siblings').row(new RegExp(`^${id}$`)).getByRole('button').first().focus();
      await page.keyboard.press('Enter');
      await expect(card.name).toHaveText(id);
      await expect(card.name).toBeFocused();
    }
    await card.back.focus();
    await page.keyboard.press('Enter');
    await expect(card.name).toHaveText('o3 Pro');
    await expect(card.name).toBeFocused();
  });

  test('a card that loads or changes by itself does not take the focus', async ({ open, card, page }) => {
    await open({ body: `<button id="mine">Mine</button>${tag(SUBJECT, 'sections="header siblings"')}` });
    await card.table('siblings').row(/^o3 Pro$/).getByRole('button').first().click();
    await expect(card.name).toHaveText('o3 Pro');
    await page.locator('#mine').focus();
    await card.root.evaluate((element) => (element.catalog = 'catalog.json?again'));
    await expect.poll(() => page.evaluate(() => window.events.filter((event) => event.type === 'modelcard-ready').length)).toBeGreaterThan(2);
    await expect(page.locator('#mine')).toBeFocused();
    await card.root.evaluate((element) => (element.model = 'openai/o1'));
    await expect(card.name).toHaveText('o1');
    await expect(page.locator('#mine')).toBeFocused();
  });

  test('try again; the focus does not get lost', async ({ open, card, page }) => {
    let status = 404;
    const server = await open({ body: tag(SUBJECT, 'sections="header"'), routes: { '/catalog.json': () => ({ status }) } });
    await expect(card.retry).toBeVisible();
    await tabTo(page, card.retry);
    await page.keyboard.press('Enter');
    await expect.poll(() => server.count('/catalog.json')).toBe(2);
    await expect(card.retry).toBeVisible();
    await expect(card.retry).toBeFocused();
    status = 200;
    await page.keyboard.press('Enter');
    await expect(card.name).toHaveText(NAME);
  });

  test('choose a model that was offered for an unknown one', async ({ open, card, page }) => {
    await open({ body: tag('openai/gpt-4o-mni', 'sections="header"') });
    const offer = card.root.getByRole('list').getByRole('button').first();
    await expect(offer).toBeVisible();
    await tabTo(page, offer);
    await page.keyboard.press('Enter');
    await expect(card.name).toHaveText('GPT-4o-mini');
    await expect(card.name).toBeFocused();
  });

  test('fill in the estimate field by field', async ({ open, card, page }) => {
    await open({ body: tag(SUBJECT, 'sections="estimate"') });
    const section = card.section('estimate');
    const preset = section.getByRole('combobox', { name: 'Workload' });
    await expect(preset).toBeVisible();
    await tabTo(page, preset);
    await page.keyboard.press('ArrowDown');
    await expect(section.getByRole('spinbutton', { name: 'Input tokens' })).toHaveValue('6000');
    await expect(preset).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('1000');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('0');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('0');
    // 1000 × $0.15 per million.
    await expect(card.value('per request', section)).toHaveText('$0.00015');
  });

  test('the focus is seen wherever it is', async ({ open, card, page }) => {
    await open({ body: tag(SUBJECT, 'sections="header description specs estimate siblings"') });
    await expect(card.name).toHaveText(NAME);
    for (let press = 0; press < 25; press += 1) {
      await page.keyboard.press('Tab');
      const seen = await card.root.evaluate((element) => {
        const focused = element.shadowRoot.activeElement;
        if (!focused) return null;
        const style = getComputedStyle(focused);
        return { html: focused.outerHTML.slice(0, 80), outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1, shadow: style.boxShadow !== 'none' };
      });
      if (seen) expect(seen.outline || seen.shadow, seen.html).toBe(true);
    }
  });
});

test.describe('room', () => {
  for (const width of [320, 768, 1200]) {
    test(`the page does not scroll sideways at ${width} px`, async ({ open, card, page }) => {
      await page.setViewportSize({ width, height: 800 });
      await open({ body: tag('openai/o3') });
      await expect(card.name).toHaveText('o3');
      await card.root.evaluate((element) => element.shadowRoot.querySelectorAll('details').forEach((details) => (details.open = true)));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }

  test('a card in a sidebar of 280 px keeps inside of it', async ({ open, card, page }) => {
    await open({ body: `<aside id="side" style="inline-size: 280px; overflow: auto">${tag()}</aside>` });
    await expect(card.name).toHaveText(NAME);
    expect(await page.locator('#side').evaluate((side) => side.scrollWidth - side.clientWidth)).toBeLessThanOrEqual(0);
  });

  test('with more space between letters, words and lines nothing is lost', async ({ open, card, page }) => {
    await page.setViewportSize({ width: 400, height: 800 });
    await open({ head: '<style>body { letter-spacing: .12em; word-spacing: .16em; line-height: 1.5 }</style>' });
    await expect(card.name).toHaveText(NAME);
    const cut = await card.root.evaluate((element) =>
      [...element.shadowRoot.querySelectorAll('h2, h3, p, dt, dd, label, li, button, th, td')]
        .filter((node) => node.checkVisibility() && getComputedStyle(node).overflow === 'hidden' && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1))
        .map((node) => node.outerHTML.slice(0, 100)));
    expect(cut).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  });

  test('from right to left, the card is mirrored, and ids and prices are not', async ({ open, card }) => {
    await open({ html: 'lang="he" dir="rtl"' });
    await expect(card.name).toHaveText(NAME);
    const [heading, frame] = await Promise.all([card.name.boundingBox(), card.root.boundingBox()]);
    expect(heading.x + heading.width).toBeGreaterThan(frame.x + frame.width - 40);
    const row = card.table('endpoints').rows.first();
    const [first, last] = await Promise.all([row.getByRole('rowheader').boundingBox(), row.getByRole('cell').last().boundingBox()]);
    expect(first.x).toBeGreaterThan(last.x);
    await expect(card.root.locator('header').locator('code bdi')).toHaveText(SUBJECT);
  });
});

test.describe('motion and colours', () => {
  test('with reduced motion nothing moves', async ({ open, card, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open();
    await expect(card.name).toHaveText(NAME);
    await card.explain('Speed');
    const moving = await card.root.evaluate((element) =>
      [...element.shadowRoot.querySelectorAll('*')]
        .filter((node) => {
          const style = getComputedStyle(node);
          const longest = (list) => Math.max(...list.split(',').map((time) => parseFloat(time)));
          return longest(style.transitionDuration) > 0.01 || (style.animationName !== 'none' && longest(style.animationDuration) > 0.01);
        })
        .map((node) => node.outerHTML.slice(0, 80)));
    expect(moving).toEqual([]);
  });

  test('with forced colours, stars and bars are still told from the empty ones', async ({ open, card, page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await open();
    await expect(card.name).toHaveText(NAME);
    const colours = await card.root.evaluate((element) => {
      const fill = (selector) => {
        const node = element.shadowRoot.querySelector(selector);
        const { fill, stroke } = getComputedStyle(node);
        return `${fill} ${stroke}`;
      };
      return { on: fill('.stars .on'), off: fill('.stars .off'), track: fill('.bar .track'), full: fill('.bar .fill') };
    });
    expect(colours.on).not.toBe(colours.off);
    expect(colours.track).not.toBe(colours.full);
  });

  test('the chart’s two lines differ by more than colour', async ({ open, card }) => {
    await open({ body: tag('openai/o3', 'sections="history"') });
    await expect(card.section('history')).toBeVisible();
    const dashes = await card.section('history').getByRole('img').evaluate((svg) => [...svg.querySelectorAll('.line')].map((line) => getComputedStyle(line).strokeDasharray));
    expect(new Set(dashes).size).toBe(2);
  });
});
