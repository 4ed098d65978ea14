import { gzipSync } from 'node:zlib';

import type { Page, Response } from '@playwright/test';

import { SCRIPT_BUDGET_BYTES } from '#src/site/guarantees.ts';

import { builtPages, expect, experimentScript, readToTheEnd, SLUG, test, workerScript } from './helpers.ts';

/** Words that TensorFlow.js cannot do without, wherever it is bundled. */
const tensorflow = /tensorflow|registerKernel|registerBackend|makeTensorFromDataId/i;

/** Every script that a page loads from now on, workers' among them, by its address. */
function scriptsOf(page: Page): Map<string, Response> {
  const scripts = new Map<string, Response>();
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    if (response.request().resourceType() === 'script' || type.includes('javascript') || type.includes('wasm')) {
      if (response.status() === 200) scripts.set(response.url(), response);
    }
  });
  return scripts;
}

// The page for teachers shows an embedded experiment in a state, which is run as it is looked at.
for (const path of builtPages.filter((path) => path !== 'teachers/')) {
  test(`page /${path} loads less than 60 kB of script before it is touched, and nothing of TensorFlow.js`, async ({
    page,
  }) => {
    const scripts = scriptsOf(page);
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(worker.url()));
    await page.goto(path);
    await readToTheEnd(page);
    await page.waitForLoadState('networkidle');

    const inline = await page
      .locator('script:not([src])')
      .evaluateAll((all) => all.map((script) => script.textContent));
    const loaded = await Promise.all([...scripts.values()].map((response) => response.body()));
    const bodies = [...loaded.map((body) => body.toString()), ...inline];
    for (const body of bodies) expect(body).not.toMatch(tensorflow);
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(bytes).toBeLessThan(SCRIPT_BUDGET_BYTES);
    // A page without any script would be within every budget, and be broken.
    expect(bytes).toBeGreaterThan(500);

    expect(workers).toEqual([]);
    // Whatever can come to life does so at a touch.
    await expect(page.locator('astro-island:not([client="touch"][ssr])')).toHaveCount(0);
    expect([...scripts.keys()].filter((url) => workerScript.test(url) || experimentScript.test(url))).toEqual([]);
  });
}

test('TensorFlow.js comes with the first touch, into the worker and not into the page', async ({
  page,
  experiment,
}) => {
  const scripts = scriptsOf(page);
  await experiment.open();
  const before = new Set(scripts.keys());
  await experiment.slideTo('length', 80);
  await experiment.expectState('done');
  const after = await Promise.all(
    [...scripts]
      .filter(([url]) => !before.has(url))
      .map(async ([url, response]) => ({ url, text: await response.text() })),
  );
  expect(after.some(({ text }) => tensorflow.test(text))).toBe(true);
  expect(after.some(({ url }) => workerScript.test(url))).toBe(true);
  expect(page.workers()).toHaveLength(1);
  // What the page itself has loaded is what it had: the rest went to the worker.
  const inPage = await page.evaluate(
    () =>
      performance.getEntriesByType('resource').filter(({ name }) => /vanishing-gradient-[^/]*\.js$/.test(name)).length,
  );
  expect(inPage).toBe(0);
});

test('a link with a state loads it at once, a link to another experiment does not', async ({ page, experiment }) => {
  const scripts = scriptsOf(page);
  await experiment.open('?another-experiment.length=80');
  await experiment.expectState('idle');
  expect([...scripts.keys()].filter((url) => workerScript.test(url))).toEqual([]);
  await experiment.open(`?${SLUG}.length=80`);
  await experiment.expectState('done');
  expect([...scripts.keys()].filter((url) => workerScript.test(url))).toHaveLength(1);
});
