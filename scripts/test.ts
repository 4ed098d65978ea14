/** npm test: every check and every test, with a browser, which is installed if there is none. */
import { BROWSER_VARIABLE, provideBrowser } from './browser.ts';
import { checks, runSteps, tool } from './steps.ts';

let browser: string;
try {
  browser = provideBrowser();
} catch (error) {
  console.error(`\n${(error as Error).message}\n`);
  process.exit(1);
}
console.log(`Browser: ${browser}`);

const siteTests = tool('Site tests', '@playwright/test/cli.js', 'test');
await runSteps([
  tool('Content types', 'astro/bin/astro.mjs', 'sync'),
  ...checks,
  tool('Unit tests and effect tests', 'vitest/vitest.mjs', 'run'),
  { name: 'Build', command: process.execPath, words: ['scripts/build-for-tests.ts'] },
  { ...siteTests, env: { [BROWSER_VARIABLE]: browser } },
]);
