// Pages that a card finds itself in: careless styles, dark themes, paper.
import { Card } from './card.mjs';
import { expect, part, SUBJECT, tag, test } from './fixtures.mjs';

const NAME = 'GPT-4o-mini (2024-07-18)';
/** Text, links, drawings and a table. */
const CARD = part('header description specs pricing history');

/** How parts of a card look, by computed style. */
const look = (card) =>
  card.root.evaluate((element) => {
    const shadow = element.shadowRoot;
    const style = (selector) => getComputedStyle(shadow.querySelector(selector));
    const name = style('h2');
    const cell = style('td');
    const icon = style('svg.icon');
    return {
      text: parseFloat(style('.card').fontSize),
      name: parseFloat(name.fontSize),
      nameWeight: Number(name.fontWeight),
      nameCase: name.textTransform,
      nameSpacing: name.letterSpacing,
      line: parseFloat(style('p').lineHeight) / parseFloat(style('p').fontSize),
      indent: style('p').textIndent,
      white: style('p').whiteSpace,
      cellPadding: parseFloat(cell.paddingInlineStart) + parseFloat(cell.paddingInlineEnd),
      cellDisplay: cell.display,
      tableDisplay: style('table').display,
      borders: parseFloat(style('tr:last-child td, .section').borderTopWidth) >= 0,
      icon: icon.display,
      iconSize: parseFloat(icon.width),
      visible: style('.card').visibility,
      align: style('.prose p').textAlign,
      float: style('h2').float,
      cursor: style('button').cursor,
    };
  });

/** What no style of a page may take from a reader. */
function expectLegible(seen) {
  expect(seen.text).toBeGreaterThanOrEqual(11);
  expect(seen.name).toBeGreaterThan(seen.text);
  expect(seen.nameWeight).toBeGreaterThanOrEqual(600);
  expect(seen.nameCase).toBe('none');
  expect(seen.nameSpacing === 'normal' || Math.abs(parseFloat(seen.nameSpacing)) < 1).toBe(true);
  expect(seen.line).toBeGreaterThanOrEqual(1.2);
  expect(seen.line).toBeLessThanOrEqual(2);
  expect(parseFloat(seen.indent)).toBe(0);
  expect(seen.white).toBe('normal');
  expect(seen.cellPadding).toBeGreaterThan(4);
  expect(seen.cellDisplay).toBe('table-cell');
  expect(seen.tableDisplay).toBe('table');
  expect(seen.icon).not.toBe('none');
  expect(seen.iconSize).toBeGreaterThan(8);
  expect(seen.visible).toBe('visible');
  expect(seen.float).toBe('none');
  expect(seen.cursor).toBe('pointer');
}

test.describe('a page whose styles', () => {
  const styles = {
    'reset everything': '* { all: unset !important }',
    'reset everything to nothing': '* { all: initial !important }',
    'style every element': `
      h1, h2, h3 { text-transform: uppercase; letter-spacing: 8px; font-weight: 100; color: red; border: 4px solid red; float: left }
      p, li, td, th, dt, dd, span, div { text-indent: 3em; line-height: 0.8; color: yellow; font-size: 40px; display: inline; white-space: pre }
      table, tr, td, th { display: block; padding: 0; border: 3px dotted lime; width: 100% }
      svg, img { display: none; width: 100% } button, input, select { all: unset; display: none }
      a { color: inherit; pointer-events: none } * { box-sizing: content-box; margin: 7px; transition: all 5s }`,
    'shout': 'body { text-transform: uppercase; letter-spacing: 1em; word-spacing: 2em; font-variant: small-caps; text-shadow: 2px 2px red }',
    'crowd lines': 'body { line-height: 0.5 }',
    'spread lines': 'body { line-height: 5 }',
    'break white space': 'body { white-space: pre; text-indent: 4em; text-align: justify; word-break: break-all; hyphens: auto }',
    'hide drawings': 'svg { display: none !important } path { fill: red !important }',
    'point nowhere': 'body { cursor: crosshair; user-select: none }',
    'lay out children': 'main { display: flex; flex-direction: column } main > * { flex: none; order: 3 }',
    'lay out a grid': 'main { display: grid; grid-template-columns: 1fr 300px }',
    'use variables of the same kind': ':root { --accent: lime; --border: none; --text: transparent; --bg: red; --_accent: lime; --_line: none; --_muted: transparent; --_behind: red }',
  };
  for (const [name, css] of Object.entries(styles)) {
    test(`${name} leaves the card legible`, async ({ open, page, card, log }) => {
      await open({ body: CARD, head: `<style>${css}</style>` });
      await expect(card.name).toHaveText(NAME);
      expectLegible(await look(card));
      expect((await card.root.boundingBox()).width).toBeGreaterThan(250);
      await card.explain('Speed');
      await expect(card.explanation).toBeVisible();
      const box = await card.explanation.boundingBox();
      expect(box.width).toBeGreaterThan(100);
      expect(log.errors).toEqual([]);
    });
  }

  test('are left alone in turn', async ({ open, page, card }) => {
    await open({ body: `<h2 id="theirs">Their heading</h2><table id="table"><tr><td>1</td></tr></table>${tag()}` });
    const read = () => page.evaluate(() => ['#theirs', '#table', 'body'].map((selector) => {
      const { color, fontSize, fontFamily, margin, borderCollapse } = getComputedStyle(document.querySelector(selector));
      return [color, fontSize, fontFamily, margin, borderCollapse];
    }));
    const before = await read();
    await expect(card.name).toHaveText(NAME);
    expect(await read()).toEqual(before);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  });

  test('give their font and their size to the card', async ({ open, page, card }) => {
    await open({ body: CARD, head: '<style>body { font: 20px/1.6 "Courier New", monospace; color: rgb(10, 20, 120) }</style>' });
    await expect(card.name).toHaveText(NAME);
    const style = await card.root.evaluate((element) => {
      const { fontFamily, color } = getComputedStyle(element.shadowRoot.querySelector('.prose p'));
      return { fontFamily, color, size: parseFloat(getComputedStyle(element.shadowRoot.querySelector('.card')).fontSize) };
    });
    expect(style.fontFamily).toContain('Courier New');
    expect(style.color).toBe('rgb(10, 20, 120)');
    expect(style.size).toBeGreaterThanOrEqual(18);
  });

  test('reach parts, and set the documented properties', async ({ open, card }) => {
    await open({ body: CARD, head: '<style>model-card { --modelcard-accent: rgb(200, 0, 100) } model-card::part(name) { font-style: italic } model-card::part(pricing) { outline: 3px solid rgb(1, 2, 3) }</style>' });
    await expect(card.name).toHaveText(NAME);
    expect(await card.name.evaluate((name) => getComputedStyle(name).fontStyle)).toBe('italic');
    expect(await card.section('pricing').evaluate((section) => getComputedStyle(section).outlineColor)).toBe('rgb(1, 2, 3)');
    expect(await card.section('specs').getByRole('link').first().evaluate((link) => getComputedStyle(link).color)).toBe('rgb(200, 0, 100)');
  });

  test('hide it where they mean to', async ({ open, card, page }) => {
    await open();
    await expect(card.name).toHaveText(NAME);
    await card.root.evaluate((element) => (element.hidden = true));
    await expect(card.name).toBeHidden();
    await card.root.evaluate((element) => (element.hidden = false));
    await expect(card.name).toBeVisible();
  });
});

test.describe('a dark page', () => {
  /** The smallest contrast of texts with what is behind them, with the text. */
  const contrast = (card) =>
    card.root.evaluate((element) => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const rgb = (colour, under) => {
        canvas.fillStyle = under;
        canvas.fillRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const luminance = (channels) => {
        const [r, g, b] = channels.map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const behind = (node) => {
        const layers = [];
        for (let at = node; at; at = at.parentElement ?? at.getRootNode().host) layers.push(getComputedStyle(at).backgroundColor);
        return layers.reverse().reduce((under, layer) => `rgb(${rgb(layer, under).join()})`, getComputedStyle(document.documentElement).colorScheme.includes('dark') ? '#121212' : '#fff');
      };
      let worst = { ratio: 99 };
      for (const selector of ['h2', '.prose p', 'td', 'th', 'dt', 'dd', 'h3', 'a', '.link', 'figcaption', 'footer']) {
        const node = element.shadowRoot.querySelector(selector);
        const under = behind(node);
        const [a, b] = [luminance(rgb(getComputedStyle(node).color, under)), luminance(rgb(under, '#fff'))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < worst.ratio) worst = { ratio, selector, colour: getComputedStyle(node).color, under };
      }
      return worst;
    });
  const scheme = (card) => card.root.evaluate((element) => element.shadowRoot.querySelector('[data-scheme]').dataset.scheme);

  const toggles = {
    'a class on html': ['html.dark { background: #1b1e23; color: #d8dce2 }', () => document.documentElement.classList.toggle('dark')],
    'a class on body': ['body.navy { background: #161923; color: #bcbdd0 }', () => document.body.classList.toggle('navy')],
    'data-theme on html': ['[data-theme=dark] { background: #000; color: #fff }', () => { const { dataset } = document.documentElement; dataset.theme = dataset.theme === 'dark' ? 'light' : 'dark'; }],
    'data-md-color-scheme on body': ['[data-md-color-scheme=slate] { background: #1e2129; color: #e2e4e9 }', () => { const { dataset } = document.body; dataset.mdColorScheme = dataset.mdColorScheme === 'slate' ? 'default' : 'slate'; }],
    'a style attribute': ['', () => { const { style } = document.body; const dark = style.background !== ''; style.background = dark ? '' : 'rgb(20, 20, 20)'; style.color = dark ? '' : 'rgb(230, 230, 230)'; }],
    'a slow transition': ['html { transition: all .2s } html.dark { background: #1b1e23; color: #d8dce2 }', () => document.documentElement.classList.toggle('dark')],
  };
  for (const [name, [css, toggle]] of Object.entries(toggles)) {
    test(`by ${name}, switched while it is read`, async ({ open, page, card }) => {
      await open({ body: CARD, head: `<style>${css}</style>` });
      await expect(card.name).toHaveText(NAME);
      expect(await scheme(card)).toBe('light');
      await page.evaluate(toggle);
      await expect.poll(() => scheme(card)).toBe('dark');
      await expect.poll(async () => (await contrast(card)).ratio).toBeGreaterThanOrEqual(4.5);
      await page.evaluate(toggle);
      await expect.poll(() => scheme(card)).toBe('light');
      await expect.poll(async () => (await contrast(card)).ratio).toBeGreaterThanOrEqual(4.5);
    });
  }

  test('by the reader’s system, switched while it is read', async ({ open, page, card }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open({ body: CARD, head: '<style>:root { color-scheme: light dark }</style>' });
    await expect(card.name).toHaveText(NAME);
    expect(await scheme(card)).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => scheme(card)).toBe('light');
  });

  test('does not depend on the system where the page is light', async ({ open, page, card }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open({ body: CARD, head: '<style>html { background: #fff; color: #222 }</style>' });
    await expect(card.name).toHaveText(NAME);
    expect(await scheme(card)).toBe('light');
    expect((await contrast(card)).ratio).toBeGreaterThanOrEqual(4.5);
  });

  test('theme="dark" and theme="light" bring their own colours', async ({ open, card }) => {
    await open({ body: part('header description specs pricing history', SUBJECT, 'theme="dark"') });
    await expect(card.name).toHaveText(NAME);
    expect(await scheme(card)).toBe('dark');
    expect((await contrast(card)).ratio).toBeGreaterThanOrEqual(4.5);
    const background = () => card.root.evaluate((element) => getComputedStyle(element.shadowRoot.querySelector('[data-scheme]')).backgroundColor);
    expect(await background()).not.toMatch(/rgba\(.*, 0\)|rgb\(255, 255, 255\)/);
    await card.root.evaluate((element) => (element.theme = 'light'));
    expect(await scheme(card)).toBe('light');
    expect((await contrast(card)).ratio).toBeGreaterThanOrEqual(4.5);
    await card.root.evaluate((element) => (element.theme = 'auto'));
    expect(await scheme(card)).toBe('light');
  });

  test('theme="light" stays light on it', async ({ open, card }) => {
    await open({ head: '<style>body { background: #111; color: #eee }</style>', body: part('header description specs pricing history', SUBJECT, 'theme="light"') });
    await expect(card.name).toHaveText(NAME);
    expect(await scheme(card)).toBe('light');
    expect((await contrast(card)).ratio).toBeGreaterThanOrEqual(4.5);
  });

  test('explanations have the colours of their card', async ({ open, card, page }) => {
    await open({ body: CARD, head: '<style>body { background: #111; color: #eee }</style>' });
    await card.explain('Speed');
    await expect(card.explanation).toBeVisible();
    const { color, background } = await card.explanation.evaluate((element) => {
      const style = getComputedStyle(element);
      return { color: style.color, background: style.backgroundColor };
    });
    const light = (colour) => Math.max(...colour.match(/[\d.]+/g).slice(0, 3).map(Number));
    expect(light(color)).toBeGreaterThan(150);
    expect(light(background)).toBeLessThan(80);
  });
});

test.describe('on paper', () => {
  test('the figures are printed; fields and buttons that do nothing there are not', async ({ open, page, card }) => {
    await open();
    await expect(card.name).toHaveText(NAME);
    await page.emulateMedia({ media: 'print' });
    await expect(card.root).toContainText('$0.15 / $0.6');
    await expect(card.section('pricing')).toBeVisible();
    await expect(card.root.getByRole('button', { name: 'Copy id' })).toBeHidden();
    await expect(card.section('siblings').getByRole('searchbox')).toBeHidden();
    // Nothing is cut off in a region that cannot be scrolled.
    const cut = await card.root.evaluate((element) => [...element.shadowRoot.querySelectorAll('.scroll')].filter((region) => getComputedStyle(region).overflowX !== 'visible' && region.scrollWidth > region.clientWidth + 1).length);
    expect(cut).toBe(0);
  });

  test('a dark page prints dark on white', async ({ open, page, card }) => {
    await open({ body: CARD, head: '<style>@media screen { body { background: #111; color: #eee } }</style>' });
    await expect(card.name).toHaveText(NAME);
    await page.emulateMedia({ media: 'print' });
    const pale = await card.root.evaluate((element) => ['h2', 'td', 'dt', '.link', 'footer'].filter((selector) => {
      const [r, g, b] = getComputedStyle(element.shadowRoot.querySelector(selector)).color.match(/[\d.]+/g).map(Number);
      return 0.299 * r + 0.587 * g + 0.114 * b > 130;
    }));
    expect(pale).toEqual([]);
  });
});

test.describe('a narrow place', () => {
  for (const width of [280, 320, 480, 768, 1200]) {
    test(`of ${width} px holds every section`, async ({ open, page, card }) => {
      await page.setViewportSize({ width: 1400, height: 900 });
      await open({ body: `<div id="place" style="inline-size: ${width}px">${tag('openai/o3')}</div>` });
      await expect(card.name).toHaveText('o3');
      const over = await card.root.evaluate((element) => {
        const right = element.getBoundingClientRect().right + 1;
        return [...element.shadowRoot.querySelectorAll('h2, h3, p, dl, dd, label, input, select, figure, svg.plot, .scroll, li')]
          .filter((node) => !node.parentElement.closest('.scroll') && node.checkVisibility() && node.getBoundingClientRect().right > right)
          .map((node) => node.outerHTML.slice(0, 80));
      });
      expect(over).toEqual([]);
      expect((await card.root.boundingBox()).width).toBe(width);
    });
  }

  test('the layout follows the place, not the window', async ({ open, page }) => {
    await page.setViewportSize({ width: 1400, height: 900 });
    await open({ body: `<div style="inline-size: 300px">${tag(SUBJECT, 'id="narrow" sections="header summary" loading="eager"')}</div>${tag(SUBJECT, 'id="wide" sections="header summary" loading="eager"')}` });
    const heights = [];
    for (const id of ['narrow', 'wide']) {
      const card = new Card(page, page.locator(`#${id}`));
      await expect(card.name).toHaveText(NAME);
      heights.push((await card.root.boundingBox()).height);
    }
    expect(heights[0]).toBeGreaterThan(heights[1] * 1.3);
  });
});
