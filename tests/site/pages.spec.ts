import { gzipSync } from 'node:zlib';

import type { Page, Response } from '@playwright/test';

import { PAGE_BUDGET, SCRIPT_BUDGET_BYTES } from '#src/site/guarantees.ts';

import { expectAccessible, expectSystemColours } from './accessibility.ts';
import {
  builtPages,
  expect,
  expectNoSidewaysScrollingAtAnyWidth,
  expectRoomForWords,
  experimentScript,
  readToTheEnd,
  scriptsOf,
  SLUG,
  tensorflow,
  test,
  touchAll,
  widths,
  workerScript,
} from './helpers.ts';

/** What a page has loaded by the time that it has been read to its end, if nothing on it was touched. */
async function expectLight(page: Page, scripts: ReturnType<typeof scriptsOf>): Promise<void> {
  await page.waitForLoadState('networkidle');
  const inline = await page
    .locator('script:not([src])')
    .evaluateAll((all) => all.map(({ textContent }) => textContent));
  const loaded = await Promise.all([...scripts.values()].map((response) => response.body()));
  const bodies = [...loaded.map((body) => body.toString()), ...inline];
  for (const body of bodies) expect(body).not.toMatch(tensorflow);
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  expect(bytes).toBeLessThan(SCRIPT_BUDGET_BYTES);
  // A page without any script would be within every budget, and be broken.
  expect(bytes).toBeGreaterThan(500);
  expect([...scripts.keys()].filter((url) => workerScript.test(url) || experimentScript.test(url))).toEqual([]);
  expect(page.workers()).toEqual([]);
  // Whatever can come to life does so at a touch.
  await expect(page.locator('astro-island:not([client="touch"][ssr])')).toHaveCount(0);
}

/** Keeps every answer that a page gets, until it is asked for what they weigh together, compressed as hosts do. */
function weighEverything(page: Page): () => Promise<{ bytes: number; requests: number }> {
  const responses: Response[] = [];
  const keep = (response: Response) => void responses.push(response);
  page.on('response', keep);
  return async () => {
    page.off('response', keep);
    const bodies = await Promise.all(responses.map((response) => response.body().catch(() => Buffer.alloc(0))));
    const bytes = bodies.reduce((sum, body) => sum + Math.min(body.length, gzipSync(body).length), 0);
    return { bytes, requests: responses.length };
  };
}

/** How far the page's parts have moved by themselves, as browsers count it. */
const layoutShift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[];
          for (const { value, hadRecentInput } of shifts) if (!hadRecentInput) sum += value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );

/** All pages, but of those that show source, which are one like the other, one. */
const visited = [...builtPages.filter((path) => !path.startsWith('source/')), `source/${SLUG}/`, 'nowhere/'];

// One visit for all that is asked of every page, for a visit is what takes time.
for (const path of visited) {
  test(`page /${path}: light until it is touched, within any width, accessible, and without any trouble`, async ({
    page,
    troubles,
  }) => {
    // A chapter with all that is on it, twice through axe, is the most that any test does.
    test.slow();
    troubles.expect(/404/);
    const isRead = !path.startsWith('embed/');
    const scripts = scriptsOf(page);
    const weigh = weighEverything(page);
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await page.setViewportSize({ width: widths[0], height: 900 });
    await page.goto(path);

    await test.step('it is read to its end', () => readToTheEnd(page));
    // The page for teachers shows an embedded experiment in a state, which is run as it is looked at.
    if (path !== 'teachers/') {
      await test.step('less than 60 kB of script, and nothing of TensorFlow.js', () => expectLight(page, scripts));
      await test.step('what it weighs in all, and that it stays in its place', async () => {
        const { bytes, requests } = await weigh();
        expect(bytes).toBeLessThan(PAGE_BUDGET.bytes);
        expect(requests).toBeLessThanOrEqual(PAGE_BUDGET.requests);
        expect(await layoutShift(page)).toBeLessThan(PAGE_BUDGET.layoutShift);
      });
    }
    await test.step('it does not scroll sideways', () => expectNoSidewaysScrollingAtAnyWidth(page, 'as it comes'));

    // What is embedded is an experiment alone: those are touched, run and looked at in experiments.spec.ts.
    if (isRead) {
      await test.step('axe finds nothing, light, on a phone', async () => {
        await page.setViewportSize({ width: 390, height: 900 });
        await expectAccessible(page);
      });
      await page.setViewportSize({ width: widths[0], height: 900 });
      await test.step('it is touched all over', () => touchAll(page));
      await test.step('it does not scroll sideways', () => expectNoSidewaysScrollingAtAnyWidth(page, 'touched'));
      await test.step('words may be twice as large, and further apart', () => expectRoomForWords(page, 'touched'));
      await test.step('the colours may be the system’s', () => expectSystemColours(page));
      await test.step('axe finds nothing, dark, on a wide screen', async () => {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectAccessible(page);
      });
    }

    await page.waitForLoadState('networkidle');
    expect([...origins].filter((origin) => origin !== 'null')).toEqual([new URL(page.url()).origin]);
    // Errors and warnings, violations of the policy, requests that fail: see Troubles in helpers.ts.
    expect(troubles.unexpected()).toEqual([]);
  });
}
