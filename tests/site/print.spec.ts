import type { Page } from '@playwright/test';

import { defaults, expect, pages, readPages, SLUG, test, touchAll } from './helpers.ts';

test.use({ site: 'sub', colorScheme: 'dark' });

/** What can be operated, as far as it would be printed. The cells of a table say something even where they cannot be pressed. */
const controls = (page: Page) =>
  page.locator('button:not(td button), input, select, textarea, form, progress, summary').filter({ visible: true });

/** Holds a chapter, as it would be printed, to being a handout. */
async function expectHandout(page: Page): Promise<void> {
  await expect(controls(page)).toHaveCount(0);
  for (const name of ['Chapters', 'Contents of this chapter', 'Other chapters', 'To look things up']) {
    await expect(page.locator(`nav[aria-label="${name}"]`)).toBeHidden();
  }
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(29, 28, 26)');

  // Every link of the text has its number, and the number its address at the end.
  const links = await page.locator('article a[data-footnote]').evaluateAll((links) =>
    links.map((link) => ({
      address: (link as HTMLAnchorElement).href,
      number: /^\d+/.exec(
        (link.nextElementSibling?.matches('button') ? link.nextElementSibling : link).nextElementSibling!.textContent!,
      )?.[0],
    })),
  );
  expect(links.length).toBeGreaterThan(10);
  const printed = page.locator('.addresses li');
  await expect(printed.first()).toBeVisible();
  await expect(page.locator('sup.footnote').first()).toBeVisible();
  const addresses = await printed.allTextContents();
  const here = new URL('/', page.url()).href;
  for (const { address, number } of links) {
    expect(addresses[Number(number) - 1]).toBe(address.replace(here, 'https://example.org/'));
  }
  await expect(page.locator('.references a[href]').first()).toBeVisible();

  // Questions and exercises are there, answers that nobody has opened are not.
  await expect(page.locator('.quiz .plain > li').first()).toBeVisible();
  await expect(page.locator('.exercise').first()).toBeVisible();
  await expect(page.locator('details').filter({ visible: true })).toHaveCount(0);
  await expect(page.locator('.sidenote').first()).toBeVisible();
}

test('a chapter on paper is a handout: light, without controls, with pictures, settings and addresses', async ({
  page,
  experiment,
}) => {
  await experiment.open();
  await touchAll(page);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expectHandout(page);
  await expect(experiment.line).toBeVisible();
  expect(await experiment.line.evaluate((line) => getComputedStyle(line).stroke)).toBe('rgb(184, 21, 90)');
  expect((await experiment.pathOfLine()).split('L').length).toBe(defaults.length);
  await expect(experiment.sentence).toBeVisible();
  await expect(experiment.frame.getByText(`Sequence length: ${defaults.length} steps · `)).toBeVisible();

  // A solution that was opened is printed.
  await page.emulateMedia({ media: 'screen' });
  await page.locator('.exercise summary', { hasText: 'Solution' }).first().click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.exercise details[open]')).toHaveCount(1);
  await expect(page.locator('.exercise details[open] p').first()).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a chapter on paper is the same handout', async ({ page }) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.goto(pages.basicRnn);
    await expectHandout(page);
    const picture = page.locator(`#${SLUG} .picture svg[role="img"]`).filter({ visible: true });
    await expect(picture).toHaveCount(1);
  });
});

test('what is for paper is not on the screen, and no page has anything to operate on paper', async ({ page }) => {
  await page.goto(pages.basicRnn);
  await expect(page.locator('.footnote, .for-paper, .addresses').filter({ visible: true })).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  for (const path of readPages) {
    await page.goto(path);
    await expect(controls(page), path).toHaveCount(0);
  }
});
