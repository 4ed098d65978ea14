import { expect, scriptsOf, SLUG, tensorflow, test, workerScript } from './helpers.ts';

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
