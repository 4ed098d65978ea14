import { perform } from '#src/experiments/definition.ts';
import { loadDefinition, type Slug } from '#src/experiments/index.ts';
import { tableToCsv } from '#src/site/csv.ts';
import { pngChunks } from '#tests/unit/site/take-home/png-chunks.ts';

import { expect, Experiment, pages, queryFor, SLUG, test } from './helpers.ts';
import { expectPng, expectSvgOf, openTakeHome, take, takeJson } from './take-home.ts';

test('the pictures and the data of a run are taken home by keyboard, and say which run it was', async ({
  page,
  experiment,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await experiment.open(queryFor({ length: 40, networks: 3, seed: 7 }));
  await experiment.expectState('done');
  const drawer = await openTakeHome(experiment);

  const run = await takeJson(drawer);
  expect(run).toMatchObject({ format: 'unrolled-run', version: 1, slug: SLUG, seed: 7 });
  expect(run.parameters).toMatchObject({ length: 40, networks: 3 });
  expect(run.address).toContain(`/${pages.basicRnn}?`);
  expect(run.versions.engine).toBe('simd128');

  // Run again elsewhere, what is in the file gives what is in the file.
  const definition = await loadDefinition(run.slug as Slug);
  const again = await perform(definition, run.parameters, run.seed, { signal: new AbortController().signal });
  expect(JSON.parse(JSON.stringify(again.result))).toEqual(run.result);
  expect(run.sentence).toBe(again.sentence);
  const csv = await take(drawer, /^CSV/);
  expect(csv.name).toBe(`${SLUG}-seed-7.csv`);
  expect(csv.bytes.toString('utf8')).toBe(tableToCsv(again.table));

  await expectSvgOf(drawer, await take(drawer, /^SVG: All of the picture/), run);
  const one = await take(drawer, /^SVG: The norm of the gradient/);
  expect(one.name).toBe(`${SLUG}-the-norm-of-the-gradient-for-the-hidden-state-at-each-time-seed-7.svg`);
  await expectSvgOf(drawer, one, run);

  const png = await take(drawer, /^PNG: All of the picture/);
  const shown = (await experiment.frame.locator('.picture').boundingBox())!;
  const { width } = await expectPng(drawer, png);
  expect(width).toBeGreaterThanOrEqual(2 * shown.width);
  expect(width % 2).toBe(0);
  const texts = pngChunks(png.bytes).filter(({ kind }) => kind === 'iTXt');
  expect(texts.map(({ content }) => content.toString('utf8').replaceAll(/\0+/g, ': ')).join('\n')).toContain(
    `Source: ${run.address}`,
  );

  // The page is as it was: dark, with its buttons, and the focus where it was.
  await expect(page.locator('[data-on-paper]')).toHaveCount(0);
  await expect(experiment.slider('length')).toBeVisible();
  await expect(drawer.getByRole('button', { name: /^PNG: All of the picture/ })).toBeFocused();

  // The address in the file opens the very run.
  await page.goto(run.address);
  await experiment.ready();
  await experiment.expectState('done');
  await expect(experiment.sentence).toHaveText(run.sentence);
});

test('a picture on a phone, of numbers in a grid, has all of them, without a field to type into', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('embed/rnn-cell/');
  const cell = new Experiment(page, page.locator('section[data-experiment="rnn-cell"]'));
  await cell.ready();
  const drawer = await openTakeHome(cell);
  const run = await takeJson(drawer);
  const svg = await take(drawer, /^SVG: All of the picture/);
  await expectSvgOf(drawer, svg, run);
  const { W, U } = run.result as { W: number[][]; U: number[][] };
  const words = svg.bytes.toString('utf8');
  for (const weight of [...W, ...U].flat()) {
    expect(words).toContain(`>${String(Number(weight.toFixed(2)).toFixed(2)).replace('-', '−')}</text>`);
  }
  const { width } = await expectPng(drawer, await take(drawer, /^PNG: All of the picture/));
  expect(width).toBeGreaterThanOrEqual(1600);
});
