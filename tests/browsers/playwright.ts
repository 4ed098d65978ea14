import type { BrowserType } from '@playwright/test';

import { expressionOf, type SteeredBrowser } from './browser.ts';

/** A browser that Playwright steers: Chromium, or its own builds of Firefox and WebKit. */
export async function startWithPlaywright(
  type: BrowserType,
  options: { executablePath?: string; args?: string[] } = {},
): Promise<SteeredBrowser> {
  const browser = await type.launch(options);
  const page = await browser.newPage();
  return {
    name: `${type.name()} ${browser.version()}, steered by Playwright`,
    async open(address) {
      await page.goto(address);
    },
    async call(action, ...given) {
      return JSON.parse(await page.evaluate<string>(expressionOf(action, given)));
    },
    press: (key) => page.keyboard.press(key),
    close: () => browser.close(),
  };
}
