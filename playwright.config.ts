import { defineConfig } from '@playwright/test';

import { browserArguments, findBrowser } from './scripts/browser.ts';

/** The site tests: they open the two built sites, which tests/site/serve-builds.ts serves, in Chromium. */
export default defineConfig({
  testDir: 'tests/site',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/site/serve-builds.ts',
  outputDir: 'test-results',
  reporter: [['list']],
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // Long enough for two busy cores: a test that waits longer has met something that does not come.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findBrowser(), args: browserArguments },
    viewport: { width: 1280, height: 900 },
    actionTimeout: 20_000,
    locale: 'en-GB',
    colorScheme: 'light',
    trace: 'off',
    screenshot: 'off',
    // One would answer before a test can: those about it let it in.
    serviceWorkers: 'block',
  },
});
