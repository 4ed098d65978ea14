import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { BrowserContext, Page } from '@playwright/test';

import { filesToKeep } from '#scripts/offline.ts';
import { OFFLINE_BUDGET_BYTES } from '#src/site/guarantees.ts';

import { hostCopy, OTHER_BUILD, type Host } from './deploy.ts';
import { expect, Experiment, pages, readPages, SLUG, test } from './helpers.ts';
import { testSites, type TestSite } from './sites.ts';

/** A test with a host of its own. */
const hosted = test.extend<{ host: Host }>({
  host: async ({ site }, use) => {
    const host = await hostCopy(site);
    await use(host);
    await host.remove();
  },
  baseURL: async ({ host }, use) => use(host.address),
});

/** Waits until all of the site is on the device. */
async function kept(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 40_000 })
    .toBe('activated');
}

/** The addresses of all files on the device, without what tells one build's from another's. */
const filesOnDevice = (page: Page) =>
  page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      found.push(...requests.map(({ url }) => new URL(url).pathname));
    }
    return found.sort();
  });

const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'This page was updated' });

async function runOn(page: Page, path: string, slug: string): Promise<Experiment> {
  await page.goto(path);
  const experiment = new Experiment(page, page.locator(`section[data-experiment="${slug}"]`));
  await experiment.ready();
  return experiment;
}

test('what is kept for reading offline is bearable to fetch', () => {
  const { folder } = testSites.root;
  const paths = filesToKeep(folder, '').map(({ url }) => url.replace(/(^|\/)$/, '$1index.html'));
  const bytes = paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
  expect(bytes).toBeLessThan(OFFLINE_BUDGET_BYTES);
});

hosted.describe('with a service worker', () => {
  hosted.use({ serviceWorkers: 'allow' });

  for (const site of ['root', 'sub'] as const) {
    hosted.describe(site === 'root' ? 'at the root of an origin' : 'under a sub-path', () => {
      hosted.use({ site });

      hosted(
        'after one visit, and without a network, all pages, runs and the search are there',
        async ({ page, host }) => {
          await page.goto('');
          await kept(page);
          const { folder, basePath } = testSites[site as TestSite];
          const files = filesToKeep(folder, basePath).map(({ url }) => url);
          expect(await filesOnDevice(page)).toEqual(files.sort());

          await host.cutOff();
          for (const path of site === 'root' ? readPages : [pages.limits]) {
            await page.goto(path);
            await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          }
          // One without TensorFlow.js, and one with it whose parts several workers share.
          const gradient = await runOn(page, `${pages.basicRnn}?${SLUG}.length=80#${SLUG}`, SLUG);
          await gradient.expectState('done');
          await expect(gradient.sentence).toContainText('the gradient at step 80');
          const query = 'fading-memory.updates=50&fading-memory.runs=1';
          const fading = await runOn(page, `${pages.limits}?${query}#fading-memory`, 'fading-memory');
          await fading.button('Run').click();
          await fading.expectState('done');

          await page.keyboard.press('Control+k');
          await page.getByRole('searchbox').fill('forget gate');
          await expect(page.getByRole('link', { name: /^forget gate Glossary/ })).toBeVisible();
        },
      );
    });
  }

  hosted('a build without one removes what an earlier one has kept', async ({ page, host }) => {
    await page.goto('');
    await kept(page);
    await host.retire();
    await page.reload();
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(0);
    const response = await page.goto(pages.limits);
    expect(response!.fromServiceWorker()).toBe(false);
  });

  hosted('another build never mixes with a page of the old one that is still open', async ({ page, context, host }) => {
    await page.goto('');
    await kept(page);
    await page.goto(pages.basicRnn);
    const old = await filesOnDevice(page);
    await host.deployAnother();

    const second = await openPage(context, host.address);
    await expect(async () => {
      await second.reload();
      await expect(second).toHaveTitle(new RegExp(`^${OTHER_BUILD}`), { timeout: 500 });
    }).toPass();

    // The old page has loaded nothing of its experiment yet, and the host has nothing of it any more.
    const experiment = new Experiment(page);
    await experiment.ready();
    await experiment.slideTo('length', 80);
    await experiment.expectState('done');
    await expect(page).not.toHaveTitle(new RegExp(OTHER_BUILD));
    await expect(notice(page)).toBeHidden();
    // So do both where there is no network.
    await host.cutOff();
    await page.goto(pages.limits);
    await expect(page).toHaveTitle(new RegExp(`^${OTHER_BUILD}`));

    // With the last page of it goes what was kept of the old build.
    await page.close();
    await second.close();
    const third = await openPage(context, host.address);
    await expect.poll(async () => (await filesOnDevice(third)).length).toBe(old.length);
  });
});

async function openPage(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

hosted.describe('without a service worker, once another build has taken the place of the page’s', () => {
  hosted.beforeEach(({ troubles }) => troubles.expect(/404|hydrating|MIME|worker-|dynamically imported/));

  hosted('what has not come to life yet says that the page was updated, and to reload it', async ({ page, host }) => {
    await page.goto(pages.basicRnn);
    await host.deployAnother();
    await new Experiment(page).sentence.hover();
    await expect(notice(page)).toBeVisible();
    await notice(page).getByRole('button', { name: 'Reload' }).click();
    await expect(page).toHaveTitle(new RegExp(`^${OTHER_BUILD}`));
    const experiment = new Experiment(page);
    await experiment.ready();
    await expect(notice(page)).toBeHidden();
  });

  hosted(
    'an experiment that cannot run says so too, and the reader’s setting outlives the reload',
    async ({ page, experiment, host }) => {
      await experiment.open();
      await host.deployAnother();
      await experiment.slideTo('length', 80);
      await experiment.expectState('failed');
      await expect(notice(page)).toBeVisible();
      await notice(page).getByRole('button', { name: 'Reload' }).click();
      await expect(page).toHaveTitle(new RegExp(`^${OTHER_BUILD}`));
      await experiment.ready();
      await experiment.expectState('done');
      await expect(experiment.sentence).toContainText('the gradient at step 80');
    },
  );
});
