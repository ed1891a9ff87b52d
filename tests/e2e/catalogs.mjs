// Small catalogs for tests that need their own facts.

/** A model with prices, in the compiled native form. */
export function model(id, more = {}) {
  return { id, name: `The model ${id}`, author: 'Somebody', prices: { rates: { input: '1', output: '2' } }, ...more };
}

/** A compiled native catalog of these models. */
export function catalog(models, more = {}) {
  return { schema_version: '1.0', compiled: true, name: 'A test catalog', date: '2026-01-31', models, ...more };
}

/** The same as people write it: descriptions in Markdown, sent through the formats module. */
export function written(models, more = {}) {
  const { compiled, ...source } = catalog(models, more);
  return source;
}

/** What no reader may ever see: each entry names the words and why. */
const NEVER = [
  [/\bNaN\b/, 'NaN'],
  [/\bundefined\b/, 'undefined'],
  [/\bnull\b/, 'null'],
  [/\[object /, '[object …]'],
  [/Infinity|∞/, 'infinity'],
  [/\$0\.0+(?!\d)/, 'a price rounded to zero'],
  [/\(\s*\)/, 'empty parentheses'],
];

/** What only those may see who look at something that costs nothing. */
const ZERO = [/\$0(?![.\d])/, 'zero dollars'];

/**
 * What is wrong with a card as it is drawn: words that must not be there, and
 * boxes with nothing in them. An axis starts at $0, so drawings are left out.
 * `free` says that the model costs nothing.
 */
export async function faultsOf(root, { free = false } = {}) {
  const { text, empty } = await root.evaluate((element) => {
    const shadow = element.shadowRoot;
    const isDrawn = (node) => node.checkVisibility();
    // A box to tick is drawn by the stylesheet.
    const holds = (node) => node.innerText.trim() !== '' || node.querySelector('svg, input, select, button') !== null
      || (node.role === 'checkbox' && getComputedStyle(node, '::before').content !== 'none');
    const empty = [];
    for (const box of shadow.querySelectorAll('dd, dt, th[scope=row], li, p, figcaption, summary, button, label, [role=region]')) {
      if (isDrawn(box) && !holds(box)) empty.push(box.outerHTML.slice(0, 120));
    }
    for (const section of shadow.querySelectorAll('section')) {
      const rest = [...section.children].filter((child) => !/^H\d$/.test(child.tagName));
      if (!rest.some(holds)) empty.push(section.outerHTML.slice(0, 120));
    }
    const walk = (node) =>
      node.nodeType === Node.TEXT_NODE
        ? node.data
        : node.nodeType === Node.ELEMENT_NODE && node.classList.contains('axis-y')
          ? ''
          : [...node.childNodes].map(walk).join(' ');
    return { text: [...shadow.childNodes].map(walk).join('\n'), empty };
  });
  const words = [...NEVER, ...(free ? [] : [ZERO])].filter(([pattern]) => pattern.test(text)).map(([pattern, name]) => {
    const at = text.search(pattern);
    return `${name}: “${text.slice(Math.max(0, at - 40), at + 40)}”`;
  });
  return [...words, ...empty.map((html) => `an empty box: ${html}`)];
}
