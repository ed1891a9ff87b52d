// End-to-end tests run against the release build in dist/, in the system's
// Chromium. `cargo xtask test` runs them; `npx playwright test` here does too,
// once it has.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testMatch: '**/*.spec.mjs',
  outputDir: '../../target/e2e',
  reporter: 'list',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: [
        // Chromium refuses to start for root with its sandbox on.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        // Nothing but the pages under test makes requests.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
