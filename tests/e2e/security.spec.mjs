// A hostile catalog, and a page that forbids nearly everything.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { catalog, model, written } from './catalogs.mjs';
import { expect, SUBJECT, tag, test } from './fixtures.mjs';
import { dist } from './server.mjs';

const CORPUS = fileURLToPath(new URL('../../../shared/data/security/xss_corpus.json', import.meta.url));

/** The policy that the documentation asks a site for, and Trusted Types on top. */
const policy = (origin) =>
  `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; ` +
  `require-trusted-types-for 'script'; trusted-types 'none'`;

/** Strings that would do harm if any part of the widget took them for markup or code. */
const HOSTILE = [
  '<script>window.hit = 1</script>',
  '<img src="/hit.png" onerror="window.hit = 1">',
  '<svg onload="window.hit = 1"><script>window.hit = 1</script></svg>',
  '"><iframe srcdoc="<script>parent.hit = 1</script>"></iframe>',
  '<style>@import "/hit.css"; * { background: url(/hit.png) }</style>',
  '<a href="javascript:window.hit=1">press</a>',
  '[press](javascript:window.hit=1)',
  '[press](JaVaScRiPt:window.hit=1)',
  '[press](java\tscript:window.hit=1)',
  '[press](&#106;avascript:window.hit=1)',
  '[press](data:text/html,<script>window.hit=1</script>)',
  '[press](vbscript:msgbox)',
  '[press](https://user:password@example.com/)',
  '[press](//example.com/protocol-relative)',
  '![a picture](/hit.png)',
  '![a picture](javascript:window.hit=1)',
  '<javascript:window.hit=1>',
  '[ref]\n\n[ref]: javascript:window.hit=1',
  '`<script>window.hit = 1</script>`',
  '{{constructor.constructor("window.hit = 1")()}}',
  "${window.hit = 1}",
  '</title></textarea></style></script><script>window.hit = 1</script>',
  '<model-card model="x" catalog="/hit.json"></model-card>',
  '<form action="javascript:window.hit=1"><button>press</button></form>',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.hit=1>',
  '<details open ontoggle="window.hit = 1"><summary>x</summary></details>',
  'a'.repeat(20_000),
  '[['.repeat(2_000),
  '> '.repeat(2_000) + 'deep',
  '\u0000\u0001\u001b[31m',
];

/** Everything that a card may consist of: the widget's own elements, and those of Markdown. */
const ALLOWED = new Set(
  `a article bdi blockquote br button caption code dd del details div dl dt em figcaption figure footer h2 h3 h4 header
   hr i input label li ol option p path pre s section select slot small span strong summary svg table tbody td textarea th thead
   tr ul text line circle rect g title desc`.split(/\s+/),
);

/** What a card has that it must not have; runs in the page. */
function auditOf(element, allowed) {
  const faults = [];
  for (const node of element.shadowRoot.querySelectorAll('*')) {
    if (!allowed.includes(node.localName)) faults.push(`element <${node.localName}>`);
    for (const { name, value } of node.attributes) {
      if (/^on/i.test(name) || ['srcdoc', 'src', 'action', 'formaction', 'background', 'ping', 'download', 'xlink:href'].includes(name)) {
        faults.push(`attribute ${name}="${value}"`);
      }
      if (name === 'style' && /url|expression|import/i.test(value)) faults.push(`style ${value}`);
    }
    if (node.localName === 'a') {
      if (!['http:', 'https:', 'mailto:'].includes(node.protocol)) faults.push(`link to ${node.getAttribute('href')}`);
      if (node.username || node.password) faults.push(`link with a login: ${node.href}`);
      for (const word of ['noopener', 'noreferrer', 'nofollow', 'ugc']) if (!node.relList.contains(word)) faults.push(`link without ${word}: ${node.href}`);
      if (node.referrerPolicy !== 'no-referrer') faults.push(`link that says where it comes from: ${node.href}`);
    }
    // The native form of Trusted Types: nothing of the data may end up as a class or an id.
    if (/hit/.test(node.id + node.getAttribute('class'))) faults.push(`id or class from data: ${node.outerHTML.slice(0, 80)}`);
  }
  return faults;
}

/** A model that carries a string in every field that holds text. */
function carrier(at, text, description, author = 'evil') {
  return model(`${author}/m${at}`, {
    name: text,
    author: text,
    description: description ?? text,
    tokenizer: text,
    license: { name: text, url: text },
    links: [{ label: text, url: text }, { label: text, url: 'https://example.com/' }],
    supported_parameters: [text, 'tools'],
    features: [text],
    endpoints: [{ id: `x/m${at}`, provider: text, name: text, quantization: text }],
    benchmarks: [{ benchmark: text, category: text, reasoning: text, accuracy: 50, source: 's' }],
    prices: { rates: { input: '1', output: '2' }, note: text, source: 's' },
    source: 's',
  });
}

/** The document tree that a hostile compiled catalog could hold. */
function tree(text) {
  return [
    { paragraph: [{ text }, { emphasis: [{ text }] }, { code: text }, { tag: text }, { model: { id: text, content: [{ text }] } }] },
    { code: text },
    { heading: [{ text }] },
  ];
}

/** The same with a link that no compiler would write. */
function linked(text) {
  return [{ paragraph: [{ link: { href: text, content: [{ text }] } }] }];
}

async function expectHarmless({ page, server, log }, allowedPaths) {
  expect(await page.evaluate(() => window.hit)).toBeUndefined();
  expect(log.errors, 'uncaught errors').toEqual([]);
  const others = server.requests.map((request) => request.path).filter((path) => !allowedPaths.includes(path));
  expect(others, 'requests that nobody declared').toEqual([]);
}

const WIDGET = ['/page.html', '/modelcard.js', '/widget.js', '/widget_bg.wasm', '/catalog.json', '/formats.js', '/formats_bg.wasm'];

test.describe('a strict page', () => {
  test('shows the whole card under the documented policy and Trusted Types', async ({ serve, page, card, open, log }) => {
    // The server's port is part of the policy, so it is known only once it runs.
    const server = await open({ body: '', routes: { '/strict.html': strict(tag(SUBJECT, 'loading="eager"')) } });
    await page.goto(`${server.url}/strict.html`);
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    await expect(card.table('siblings').rows).toHaveCount(37);
    await card.table('siblings').sort('Name');
    await card.section('siblings').getByRole('searchbox').fill('mini');
    await card.explain('Speed');
    await expect(card.explanation).toBeVisible();
    await page.keyboard.press('Escape');
    await card.section('estimate').getByRole('spinbutton', { name: 'Output tokens' }).fill('77');
    await card.section('estimate').getByText('The bill of a request').click();
    await card.section('description').getByRole('button').first().click();
    await expect(card.back).toBeVisible();
    await card.root.evaluate((element) => Object.assign(element, { theme: 'dark', lang: 'de', sections: 'history pricing header' }));
    await expect(card.section('history')).toBeVisible();
    await card.root.evaluate((element) => (element.model = 'no/such'));
    await expect(card.root).toContainText('The catalog has no model');
    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expect(log.errors).toEqual([]);
    expect(log.console.filter((line) => /Content Security Policy|TrustedHTML|Trusted/i.test(line))).toEqual([]);
  });

  test('reads a catalog in Markdown under the same policy', async ({ page, card, open, log }) => {
    const server = await open({
      body: '',
      routes: { '/strict.html': strict(tag('a/b', 'catalog="/written.json"')), '/written.json': { body: written([model('a/b', { description: '# Head\n\n**Bold** [link](https://example.com/)\n\n| a | b |\n|---|---|\n| 1 | 2 |' })]) } },
    });
    await page.goto(`${server.url}/strict.html`);
    await expect(card.section('description').getByRole('link')).toHaveAttribute('href', 'https://example.com/');
    await expect(card.section('description').getByRole('table')).toBeVisible();
    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expect(log.errors).toEqual([]);
  });

  test('shows faults under the same policy', async ({ page, card, open }) => {
    const server = await open({ body: '', routes: { '/strict.html': strict(tag('a/b', 'catalog="/gone.json"')) } });
    await page.goto(`${server.url}/strict.html`);
    await expect(card.retry).toBeVisible();
    expect(await page.evaluate(() => window.violations)).toEqual([]);
  });

  test('with a nonce and strict-dynamic works', async ({ page, card, open }) => {
    await open({
      script: '<script nonce="abc" src="/modelcard.js"></script>',
      headers: { 'content-security-policy': "script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self'" },
    });
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    expect(await page.evaluate(() => window.violations)).toEqual([]);
  });

  function strict(body) {
    return (request) => ({
      body: `<!doctype html><html lang="en"><title>Strict</title><script src="/modelcard.js"></script>${body}`,
      headers: { 'content-security-policy': policy(`http://${request.headers.host}`) },
    });
  }
});

test.describe('a hostile catalog', () => {
  async function expectAllHarmless({ open, page, card, log }, models, wrap) {
    await page.addInitScript(`window.auditOf = ${auditOf}`);
    const server = await open({ body: tag(models[0].id, 'loading="eager"'), routes: { '/catalog.json': { body: wrap(models) } } });
    await expect(card.root.locator('h2')).toHaveCount(1);
    // Hundreds of models: one visit to the page for all of them.
    const { found, drawn } = await card.root.evaluate(
      async (element, { ids, allowed }) => {
        const found = [];
        let drawn = 0;
        for (const id of ids) {
          const settled = new Promise((done) => ['modelcard-ready', 'modelcard-error'].forEach((type) => element.addEventListener(type, done, { once: true })));
          element.model = id;
          await settled;
          const shown = element.shadowRoot.querySelector('header code, .fault code').textContent;
          if (shown !== id) found.push(`${id}: shows ${shown}`);
          drawn += element.shadowRoot.querySelectorAll('header code').length;
          for (const fault of window.auditOf(element, allowed)) found.push(`${id}: ${fault}`);
        }
        return { found, drawn };
      },
      { ids: models.map((model) => model.id), allowed: [...ALLOWED] },
    );
    expect(found).toEqual([]);
    await expectHarmless({ page, server, log }, WIDGET);
    return drawn;
  }

  test('in Markdown: no script, no foreign element, no request, no wrong link', async ({ open, page, card, log }) => {
    const models = HOSTILE.map((text, at) => carrier(at, text));
    expect(await expectAllHarmless({ open, page, card, log }, models, written)).toBe(models.length);
  });

  test('compiled by the enemy: the same', async ({ open, page, card, log }) => {
    const models = HOSTILE.map((text, at) => carrier(at, text, tree(text)));
    expect(await expectAllHarmless({ open, page, card, log }, models, catalog)).toBe(models.length);
  });

  test('compiled by the enemy, with links that no compiler would write', async ({ open, page, card, log }) => {
    // Whether the model is left out or the link is shown as text is open.
    const urls = ['javascript:window.hit=1', ' javascript:window.hit=1', 'JAVASCRIPT:window.hit=1', 'java\nscript:window.hit=1', '\u0001javascript:window.hit=1', 'data:text/html,x', 'https://user:secret@example.com/', '/hit', '//example.com/', 'https:', 'https://', 'vbscript:x', 'blob:x', 'file:///x'];
    const models = [model('evil/first'), ...urls.map((url, at) => carrier(at, url, linked(url)))];
    await expectAllHarmless({ open, page, card, log }, models, catalog);
  });

  // The corpora bring hundreds of models: each has an author of its own, or
  // every card would list all others.
  for (const [name, wrap, describe] of [
    ['in Markdown', written, (text) => text],
    ['compiled', catalog, tree],
    ['compiled, as links', catalog, linked],
  ]) {
    test(`every string of the public corpora, in every field, ${name}`, async ({ open, page, card, log }) => {
      test.setTimeout(90_000);
      if (!existsSync(CORPUS)) {
        console.log('Not run against the corpora: ../shared/data/security/xss_corpus.json is not here.');
        return;
      }
      const corpus = JSON.parse(await readFile(CORPUS, 'utf8'));
      expect(corpus.length).toBeGreaterThan(300);
      const models = [model('evil/first'), ...corpus.map(({ s }, at) => carrier(at, s, describe(s), `evil${at}`))];
      const drawn = await expectAllHarmless({ open, page, card, log }, models, wrap);
      if (describe !== linked) expect(drawn).toBe(models.length);
    });
  }

  test('links: only http, https and mailto are links; the rest stays text', async ({ open, card }) => {
    const description = [
      '[web](https://example.com/a?b=1#c)', '[plain](http://example.com/)', '[mail](mailto:someone@example.com)',
      '[script](javascript:alert(1))', '[file](file:///etc/passwd)', '[ftp](ftp://example.com/)', '[tel](tel:123)',
      '[blob](blob:https://example.com/1)', '[login](https://user:secret@example.com/)', '[relative](docs/page)', '[root](/docs/page)',
    ].join(' ');
    await open({ body: tag('a/b'), routes: { '/catalog.json': { body: written([model('a/b', { description })]) } } });
    const section = card.section('description');
    await expect(section.getByRole('link')).toHaveText(['web', 'plain', 'mail']);
    for (const text of ['script', 'file', 'ftp', 'tel', 'blob', 'login', 'relative', 'root']) await expect(section).toContainText(text);
  });

  test('a link that pretends to lead elsewhere shows where it leads', async ({ open, card }) => {
    await open({ body: tag('a/b'), routes: { '/catalog.json': { body: written([model('a/b', { description: '[https://bank.example/login](https://thief.example/login)' })]) } } });
    await expect(card.section('description')).toContainText('thief.example');
  });

  test('names cannot reorder or hide the text around them', async ({ open, card, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const models = [
      model('a/one', { name: 'Cheap\u202Elaer\u202C \u2066x\u2069 model', author: 'Au\u200Bthor\u{E0041}' }),
      model('a/two', { name: '\u202E\u200B\u2066' }),
      model('a/three', { name: 'ب'.repeat(20) }),
    ];
    await open({ body: tag('a/one'), routes: { '/catalog.json': { body: catalog(models) } } });
    await expect(card.root.locator('header')).toBeVisible();
    const text = await card.text();
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B-\u200F\u{E0000}-\u{E007F}]/u);
    expect(text).toContain('Cheaplaer x model');
    // A name of nothing but invisible characters is no name: the id stands in.
    await expect(card.table('siblings').row('a/two')).toHaveCount(1);
    for (const cell of await card.table('siblings').root.getByRole('rowheader').all()) await expect(cell.locator('bdi')).not.toHaveCount(0);
    await expect(card.name.locator('bdi')).toHaveCount(1);
    for (const attribute of await card.root.evaluate((element) => [...element.shadowRoot.querySelectorAll('*')].flatMap((node) => [...node.attributes].map((attribute) => attribute.value)))) {
      expect(attribute).not.toMatch(/[\u202A-\u202E\u200B\u{E0000}-\u{E007F}]/u);
    }
  });

  test('a very long name or id does not break the page', async ({ open, card, page }) => {
    const name = 'x'.repeat(5_000);
    await open({ body: tag('a/one'), routes: { '/catalog.json': { body: catalog([model('a/one', { name, author: name }), model(`a/${'y'.repeat(300)}`)]) } } });
    await expect(card.name).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    expect((await card.name.innerText()).length).toBeLessThanOrEqual(210);
  });

  test('ids such as __proto__ and constructor are ordinary ids', async ({ open, card, page, log }) => {
    const ids = ['__proto__', 'constructor', 'toString', 'a/__proto__', 'hasOwnProperty', 'then'];
    const body = JSON.stringify(catalog(ids.map((id) => model(id))));
    const aliases = ',"aliases":{"__proto__":"constructor","short":"a/__proto__"},"sources":{"__proto__":{"name":"Odd source"}}}';
    await open({ body: tag('__proto__'), routes: { '/catalog.json': { body: body.slice(0, -1) + aliases, headers: { 'content-type': 'application/json' } } } });
    await expect(card.name).toHaveText('The model __proto__');
    for (const id of ids) {
      await card.root.evaluate((element, id) => (element.model = id), id);
      await expect(card.name).toHaveText(`The model ${id}`);
    }
    await card.root.evaluate((element) => (element.model = 'short'));
    await expect(card.name).toHaveText('The model a/__proto__');
    const found = await page.evaluate(async () => {
      const catalog = await (await modelcard.engine()).loadCatalog('/catalog.json');
      return { known: ['__proto__', 'constructor', 'then'].map((id) => catalog.model(id)?.id), unknown: ['valueOf', 'prototype', ''].map((id) => catalog.model(id)), polluted: {}.name };
    });
    expect(found).toEqual({ known: ['__proto__', 'constructor', 'then'], unknown: [null, null, null] });
    expect(log.errors).toEqual([]);
  });

  test('keys such as __proto__ in models do not reach any prototype', async ({ open, card, page, log }) => {
    const body = '{"schema_version":"1.0","compiled":true,"models":[{"id":"a/b","name":"Plain","__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"prices":{"rates":{"input":"1","__proto__":"2"}}}]}';
    await open({ body: tag('a/b'), routes: { '/catalog.json': { body, headers: { 'content-type': 'application/json' } } } });
    await expect(card.name).toHaveText('Plain');
    expect(await page.evaluate(() => ({}).polluted)).toBeUndefined();
    expect(log.errors).toEqual([]);
  });

  test('nesting without end is refused, not followed', async ({ open, card, page }) => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    await open({
      body: tag('a/b', 'catalog="/deep.json"'),
      routes: {
        '/deep.json': { body: `{"schema_version":"1.0","compiled":true,"models":[{"id":"a/b","description":${deep}},{"id":"a/c"}]}` },
        '/bomb.json': { body: `{"schema_version":"1.0","models":[{"id":"a/b","description":${JSON.stringify('> '.repeat(30_000) + 'x')}}]}` },
        '/fine.json': { body: catalog([model('a/b')]) },
      },
    });
    await expect(card.root.locator('header').or(card.retry).or(card.root.getByText('no model'))).toBeVisible();
    await card.root.evaluate((element) => (element.catalog = '/bomb.json'));
    await expect(card.root.locator('header').or(card.retry)).toBeVisible();
    await card.root.evaluate((element) => (element.catalog = '/fine.json'));
    await expect(card.name).toHaveText('The model a/b');
  });
});

test.describe('a page with patched builtins', () => {
  test('that gives all objects and arrays more enumerable properties', async ({ open, card, log }) => {
    await open({
      head: `<script>
        Object.prototype.each = function () {};
        Array.prototype.remove = function () {};
        Array.prototype.toJSON = function () { return 'no'; };
        Function.prototype.bindTo = function () {};
      </script>`,
    });
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    await expect(card.table('siblings').rows).toHaveCount(37);
    expect(log.errors).toEqual([]);
  });
});

test('what is shipped never turns text into markup or code', async () => {
  const scripts = (await readdir(dist)).filter((name) => name.endsWith('.js'));
  expect(scripts.sort()).toEqual(['formats.js', 'modelcard.js', 'widget.js']);
  for (const name of scripts) {
    const text = await readFile(`${dist}/${name}`, 'utf8');
    for (const word of ['innerHTML', 'outerHTML', 'eval(', 'new Function', 'insertAdjacentHTML', 'document.write', 'createContextualFragment', 'DOMParser', 'srcdoc', 'setAttribute("style"']) {
      expect(text.includes(word), `${name} has ${word}`).toBe(false);
    }
  }
});
