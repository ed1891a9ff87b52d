// Playwright's `test`, with servers that end with their test.
import { test as base } from '@playwright/test';
import { serve } from './server.mjs';

export { expect } from '@playwright/test';

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
});
