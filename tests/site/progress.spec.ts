import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { expectAccessible } from './accessibility.ts';
import { expect, pages, SLUG, test } from './helpers.ts';

const count = (page: Page, of: string) => page.locator(`[data-count="${of}"]`);

/** Reads the open chapter from heading to heading, as somebody who scrolls on does. */
async function readChapter(page: Page): Promise<void> {
  // The heading of the addresses is for paper.
  const headings = page.locator('article h2').filter({ visible: true });
  for (const heading of await headings.all()) await heading.scrollIntoViewIfNeeded();
  await page.locator('nav.onward').scrollIntoViewIfNeeded();
}

test('what was read and run is marked in the contents, on the home page and on the page about it', async ({
  page,
  experiment,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await experiment.open();
  await experiment.slideTo('length', 80);
  await experiment.expectState('done');
  await page.goto(pages.basicRnn);
  await readChapter(page);
  const links = page.getByRole('navigation', { name: 'Contents of this chapter' }).getByRole('link');
  await expect(links.first()).toContainText('(read)');
  await expect(links.last()).toContainText('(read)');

  await page.goto(pages.home);
  await expect(page.locator('[data-sections]').nth(1)).toHaveText('Read');
  await expect(page.locator('[data-sections]').nth(3)).toBeHidden();
  await page.getByRole('link', { name: 'Go on where you were' }).click();
  await expect(page).toHaveURL(/basic-rnn\/#/);

  await page.goto('progress/');
  await expect(count(page, 'run')).toHaveText('1');
  await expect(count(page, 'read')).toHaveText(String(await marksOf(page, 'read')));
  await expectAccessible(page);
});

const marksOf = (page: Page, deed: string) =>
  page.evaluate(
    (deed) =>
      Object.keys((JSON.parse(localStorage.getItem('unrolled.progress')!) as Record<string, object>)[deed]!).length,
    deed,
  );

test('a section that has changed since it was read is not marked', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(pages.basicRnn);
  await readChapter(page);
  const last = page.getByRole('navigation', { name: 'Contents of this chapter' }).getByRole('link').last();
  await expect(last).toContainText('(read)');
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('unrolled.progress')!) as { read: Record<string, string> };
    const [name] = Object.keys(kept.read);
    localStorage.setItem('unrolled.progress', JSON.stringify({ ...kept, read: { [name!]: '00000000' } }));
  });
  await page.goto(pages.home);
  await expect(page.locator('[data-sections]').nth(1)).toBeHidden();
});

test('marks go to a file and come back from it; a file that is something else changes nothing; erasing erases', async ({
  page,
}) => {
  await page.goto(pages.basicRnn);
  await readChapter(page);
  await page.goto('progress/');
  const read = (await count(page, 'read').textContent())!;
  expect(Number(read)).toBeGreaterThan(1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Write it to a file' }).click(),
  ]);
  const file = { name: 'p.json', mimeType: 'application/json', buffer: readFileSync(await download.path()) };

  await page.getByRole('button', { name: 'Erase it' }).click();
  await expect(count(page, 'read')).toHaveText('0');
  const chooser = page.getByLabel('Add the marks of such a file');
  await chooser.setInputFiles({ ...file, buffer: Buffer.from('{"version":1,"read":{"<b>":"x"}}') });
  await expect(page.getByRole('status')).toContainText('This is no progress file');
  await expect(count(page, 'read')).toHaveText('0');
  await chooser.setInputFiles(file);
  await expect(count(page, 'read')).toHaveText(read);
});

test('where storage is blocked everything works, and the page says that nothing is kept', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('Access is denied', 'SecurityError');
      },
    });
  });
  await page.goto(`${pages.basicRnn}#${SLUG}`);
  await readChapter(page);
  await page.goto('progress/');
  await expect(page.getByRole('status')).toContainText('does not let the site keep anything');
});
