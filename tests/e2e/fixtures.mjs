// Playwright's `test`, with servers that end with their test, and pages that
// embed the widget as a site does.
import { test as base } from '@playwright/test';
import { Card } from './card.mjs';
import { serve } from './server.mjs';

export { expect } from '@playwright/test';

/** The model that the default catalog is about. */
export const SUBJECT = 'openai/gpt-4o-mini-2024-07-18';

/**
 * A page of a site.
 * @param {object} parts
 * @param {string} [parts.body] what stands after the script
 * @param {string} [parts.head] what stands before the script, such as styles
 * @param {string} [parts.script] the script tag, or something in its place
 * @param {string} [parts.html] attributes of the root element
 */
export function page({ body = '', head = '', script = '<script src="/modelcard.js"></script>', html = 'lang="en"' }) {
  return `<!doctype html>
<html ${html}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page of documentation</title>
<link rel="icon" href="data:,">
${head}
${script}
</head>
<body>
<main>
<h1>Models</h1>
${body}
</main>
</body>
</html>`;
}

/** The tag of a card. */
export function tag(model = SUBJECT, attributes = '', children = '') {
  const named = model === null ? '' : ` model="${model}"`;
  return `<model-card${named} ${attributes}>${children}</model-card>`;
}

/** The tag of a card with these sections: what a test needs, and no more. */
export function part(sections, model = SUBJECT, attributes = '', children = '') {
  return tag(model, `sections="${sections}" ${attributes}`, children);
}

export const test = base.extend({
  /** Starts a server, with the options of `serve` in server.mjs. */
  serve: async ({}, use) => {
    const servers = [];
    await use(async (options) => {
      const server = await serve(options);
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },

  /** What the page reports: uncaught errors, and what it writes to the console. */
  log: async ({ page }, use) => {
    const log = { errors: [], console: [] };
    page.on('pageerror', (error) => log.errors.push(error.message));
    page.on('console', (message) => log.console.push(`${message.type()}: ${message.text()}`));
    await use(log);
  },

  /**
   * Opens a page with the widget. Takes the parts of `page` above and the
   * options of `serve`; `path` is where the page lies. The page keeps every
   * modelcard event in `events` and every content security policy violation in
   * `violations`; it does so before any script of its own runs.
   */
  open: async ({ page: tab, serve: start, log }, use) => {
    await tab.addInitScript(() => {
      window.events = [];
      window.violations = [];
      for (const type of ['modelcard-ready', 'modelcard-error', 'modelcard-change']) {
        document.addEventListener(type, (event) => {
          window.events.push({
            type,
            target: event.target.id || event.target.localName,
            bubbles: event.bubbles,
            composed: event.composed,
            plain: Object.getPrototypeOf(event.detail) === Object.prototype,
            detail: JSON.parse(JSON.stringify(event.detail)),
          });
        });
      }
      document.addEventListener('securitypolicyviolation', (event) => {
        window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    await use(async ({ path = '/page.html', body = tag(), head, script, html, routes = {}, ...options } = {}) => {
      const document = page({ body, head, script, html });
      const server = await start({ ...options, routes: { [path]: { body: document }, ...routes } });
      await tab.goto(`${server.url}${path}`);
      /** How often a path was asked for. */
      server.count = (wanted) => server.requests.filter((request) => request.path === wanted).length;
      server.log = log;
      return server;
    });
  },

  /** The first card of the page. */
  card: async ({ page: tab }, use) => {
    await use(new Card(tab, tab.locator('model-card').first()));
  },

  /** The modelcard events of the page so far, of one type or all. */
  events: async ({ page: tab }, use) => {
    await use((type) => tab.evaluate((type) => window.events.filter((event) => !type || event.type === type), type));
  },
});
