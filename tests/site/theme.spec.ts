import type { Page } from '@playwright/test';

import { readPages, expect, pages, test } from './helpers.ts';

const themeSwitch = (page: Page) => page.getByRole('button', { name: /^Theme: / });
const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const set = (page: Page) => page.evaluate(() => document.documentElement.dataset['theme']);

/** The theme that was set in the moment in which the body came to be, which is before anything could be painted. */
async function watchFirstPaint(page: Page): Promise<() => Promise<string | undefined>> {
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!document.body) return;
      observer.disconnect();
      Object.assign(window, { themeAtFirst: document.documentElement.dataset['theme'] ?? 'none' });
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { themeAtFirst?: string }).themeAtFirst);
}

test('the switch goes round system, light and dark, and the page follows', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(pages.home);
  await expect(themeSwitch(page)).toHaveText('Theme: system');
  const darkPaper = await paper(page);
  await themeSwitch(page).click();
  await expect(themeSwitch(page)).toHaveText('Theme: light');
  const lightPaper = await paper(page);
  expect(lightPaper).not.toBe(darkPaper);
  await themeSwitch(page).click();
  await expect(themeSwitch(page)).toHaveText('Theme: dark');
  expect(await paper(page)).toBe(darkPaper);
  await themeSwitch(page).click();
  await expect(themeSwitch(page)).toHaveText('Theme: system');
  expect(await set(page)).toBeUndefined();

  // The system's own change is followed where nothing was chosen, and only there.
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await paper(page)).toBe(lightPaper);
  await themeSwitch(page).click();
  await themeSwitch(page).click();
  expect(await paper(page)).toBe(darkPaper);
});

for (const chosen of ['light', 'dark'] as const) {
  test(`${chosen}, once chosen, is there before the first paint: after a reload and on every other page`, async ({
    page,
    troubles,
  }) => {
    troubles.expect(/404/);
    await page.emulateMedia({ colorScheme: chosen === 'light' ? 'dark' : 'light' });
    const themeAtFirst = await watchFirstPaint(page);
    await page.goto(pages.home);
    expect(await themeAtFirst()).toBe('none');
    const systemPaper = await paper(page);
    while ((await set(page)) !== chosen) await themeSwitch(page).click();

    await page.reload();
    expect(await themeAtFirst()).toBe(chosen);
    for (const path of [...readPages, 'nowhere/']) {
      await page.goto(path);
      expect(await themeAtFirst(), path).toBe(chosen);
      await expect(themeSwitch(page)).toHaveText(`Theme: ${chosen}`);
      expect(await paper(page)).not.toBe(systemPaper);
    }
  });
}

test('going back to the system’s theme is remembered too', async ({ page }) => {
  await page.goto(pages.home);
  for (const theme of ['light', 'dark', 'system']) {
    await themeSwitch(page).click();
    await expect(themeSwitch(page)).toHaveText(`Theme: ${theme}`);
  }
  await page.reload();
  await expect(themeSwitch(page)).toHaveText('Theme: system');
  expect(await set(page)).toBeUndefined();
});

test('what somebody else has put in the storage is not taken for a theme', async ({ page }) => {
  await page.goto(pages.home);
  await themeSwitch(page).click();
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) localStorage.setItem(key, '"><script>');
  });
  await page.reload();
  await expect(themeSwitch(page)).toHaveText('Theme: system');
  expect(await set(page)).toBeUndefined();
});

test('the switch works where storage is blocked', async ({ page, experiment }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  });
  await page.goto(pages.home);
  await expect(themeSwitch(page)).toHaveText('Theme: system');
  const before = await paper(page);
  await themeSwitch(page).click();
  await themeSwitch(page).click();
  await expect(themeSwitch(page)).toHaveText('Theme: dark');
  expect(await paper(page)).not.toBe(before);
  // And so does everything else.
  await experiment.open();
  await experiment.slideTo('length', 80);
  await experiment.expectState('done');
});

test('the picture changes its colours with the theme', async ({ page, experiment }) => {
  await experiment.open();
  const stroke = () => experiment.line.evaluate((line) => getComputedStyle(line).stroke);
  await themeSwitch(page).click();
  const light = await stroke();
  await themeSwitch(page).click();
  expect(await stroke()).not.toBe(light);
});
