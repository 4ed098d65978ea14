import type { Page } from '@playwright/test';

import { expectAccessible } from './accessibility.ts';
import { expect, pages, test } from './helpers.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const results = (page: Page) => dialog(page).getByRole('listitem');

async function search(page: Page, words: string): Promise<void> {
  await dialog(page).getByRole('searchbox').fill(words);
}

for (const site of ['root', 'sub'] as const) {
  test.describe(site === 'root' ? 'a build at the root of an origin' : 'a build under a sub-path', () => {
    test.use({ site });

    test('a key opens the search, and a result leads to its place on another page', async ({ page }) => {
      await page.goto(pages.limits);
      await page.keyboard.press('Control+k');
      await expect(dialog(page).getByRole('searchbox')).toBeFocused();
      await search(page, 'backpropagation through time');
      const place = results(page)
        .getByRole('link', { name: /The basic RNN/ })
        .first();
      await expect(place).toBeVisible();
      const address = await place.getAttribute('href');
      await place.click();
      await expect(page).toHaveURL(new RegExp(`${address!.replaceAll(/[.?]/g, '\\$&')}$`));
      await expect(page.locator(new URL(page.url()).hash)).toBeInViewport();
    });

    test('an entry of the glossary is a place of its own', async ({ page }) => {
      await page.goto(pages.home);
      await page.getByRole('button', { name: 'Search' }).click();
      await search(page, 'forget gate');
      await results(page)
        .getByRole('link', { name: /^forget gate Glossary/ })
        .click();
      await expect(page).toHaveURL(/\/glossary\/#forget-gate$/);
    });
  });
}

test('the experiments are found, by the question that each answers', async ({ page }) => {
  await page.goto(pages.home);
  await page.keyboard.press('Control+k');
  await search(page, 'training signal early steps');
  const found = results(page).getByRole('link', { name: /How much of the training signal/ });
  await expect(found.first()).toHaveAttribute('href', /#vanishing-gradient/);
});

test('what is not there is said, Escape closes, and a slash that is typed is typed', async ({ page }) => {
  await page.goto(pages.basicRnn);
  await page.keyboard.press('Control+k');
  await search(page, 'xyzzyq');
  await expect(dialog(page).getByRole('status')).toHaveText('Nothing was found for “xyzzyq”.');
  await page.keyboard.press('/');
  await expect(dialog(page).getByRole('searchbox')).toHaveValue('xyzzyq/');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
});

test('axe finds nothing in the open search', async ({ page }) => {
  await page.goto(pages.lstm);
  await page.keyboard.press('Control+k');
  await search(page, 'gradient');
  await expect(results(page).first()).toBeVisible();
  await expectAccessible(page);
});

test('an index that cannot be loaded is said, and asked for again', async ({ page, troubles }) => {
  troubles.expect(/pagefind/);
  await page.route(/pagefind\.js/, (route) => route.abort());
  await page.goto(pages.lstm);
  await page.keyboard.press('Control+k');
  await search(page, 'cell');
  await expect(dialog(page).getByRole('status')).toContainText('The search could not be loaded');
});
