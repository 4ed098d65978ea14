import type { Page } from '@playwright/test';

import { seedParameter } from '#src/experiments/definition.ts';
import { loadDefinition, slugs, type Slug } from '#src/experiments/index.ts';
import { tableToCsv } from '#src/site/csv.ts';
import { recordedRun } from '#src/site/recorded.ts';

import { expectedOf, queryOf, type Expected } from './expected.ts';
import { expectAccessibleInTurn, expectSystemColours } from './accessibility.ts';
import {
  expect,
  expectNoSidewaysScrolling,
  expectNoSidewaysScrollingAtAnyWidth,
  expectQuery,
  expectRoomForWords,
  Experiment,
  slowWorker,
  test,
} from './helpers.ts';
import { expectPng, expectSvgOf, openTakeHome, take, takeJson } from './take-home.ts';

/** The experiment on a page of its own, which every one has, in the state of a query. */
async function openAlone(page: Page, slug: Slug, query: Record<string, string> = {}): Promise<Experiment> {
  await page.goto(`embed/${slug}/?${new URLSearchParams(query)}`);
  return new Experiment(page, page.locator(`section[data-experiment="${slug}"]`));
}

/**
 * By keyboard, changes a value and sets it back, and sees that the address follows: the first value that has a slider beside
 * the picture, or else the seed, which is typed.
 */
async function changeAndSetBack(experiment: Experiment, { definition, outcome }: Expected): Promise<void> {
  const { page, frame } = experiment;
  // Until its scripts are there it shows its defaults, and not what the link sets.
  await experiment.typed('seed').focus();
  await expect(frame).toHaveAttribute('data-ready', 'true');
  for (const [name, parameter] of Object.entries(definition.parameters)) {
    if (parameter.kind !== 'number' || parameter.scale === 'log' || parameter.forPicture) continue;
    const slider = frame.locator(`form.controls [data-parameter="${name}"] input[type="range"]`);
    if ((await slider.count()) === 0) continue;
    const { max, step } = parameter;
    const value = (outcome.params as Record<string, number>)[name]!;
    const [away, back, by] = value < max ? ['ArrowRight', 'ArrowLeft', step] : ['ArrowLeft', 'ArrowRight', -step];
    const other = Number((value + by).toPrecision(12));
    await slider.press(away);
    await expectQuery(page, queryOf(definition, { ...outcome.params, [name]: other }));
    await slider.press(back);
    await expectQuery(page, queryOf(definition, outcome.params));
    return;
  }
  for (const seed of ['2', '1']) {
    await experiment.typed('seed').press('ControlOrMeta+a');
    await page.keyboard.type(seed);
    await page.keyboard.press('Enter');
    await expectQuery(page, { ...queryOf(definition, outcome.params), [`${definition.slug}.seed`]: seed });
  }
}

for (const [turn, slug] of slugs.entries()) {
  test.describe(slug, () => {
    test('is set and run by keyboard alone, gives what it gives in Node, and is accessible and within any page', async ({
      page,
    }) => {
      const expected = await expectedOf(slug);
      const { definition, outcome } = expected;
      const experiment = await openAlone(page, slug, queryOf(definition, outcome.params));
      await changeAndSetBack(experiment, expected);
      if (!definition.live) {
        await expect(experiment.sentence).toHaveText((await recordedRun(slug)).sentence);
        await experiment.button('Run').press('Enter');
      }
      await experiment.expectState('done');

      // To the last digit. No tolerance: the kernels' WebAssembly has an order of operations of its own, and so have their
      // exp and tanh, and everything else is + - * / and the square root, which every machine rounds alike.
      const { text, columns, rows } = await experiment.csv();
      if (definition.untimed) {
        expect(columns).toEqual(outcome.table.columns);
        expect(rows).toHaveLength(outcome.table.rows.length);
      } else {
        await expect(experiment.sentence).toHaveText(outcome.sentence);
        expect(text).toBe(tableToCsv(outcome.table));
      }

      await experiment.openEverything();
      const drawer = await openTakeHome(experiment);
      const run = await takeJson(drawer);
      expect(run).toMatchObject({ slug, seed: seedParameter.default, sentence: await experiment.sentence.innerText() });
      await expectSvgOf(drawer, await take(drawer, /^SVG/), run);
      await expectPng(drawer, await take(drawer, /^PNG/));
      await expectAccessibleInTurn(page, turn);
      await expectNoSidewaysScrollingAtAnyWidth(page, 'everything open');
      await expectRoomForWords(page, 'everything open');
      await expectSystemColours(page);
    });

    test.describe('without scripts', () => {
      test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

      test('shows its recorded run: picture, sentence and table', async ({ page }) => {
        const { sentence, table } = await recordedRun(slug);
        const experiment = await openAlone(page, slug);
        await experiment.expectState('idle');
        await expect(experiment.sentence).toHaveText(sentence);
        const drawn = experiment.frame.locator('.picture :is(svg, canvas, img)').filter({ visible: true });
        expect(await drawn.count()).toBeGreaterThan(0);
        await experiment.openDrawer('Data');
        await expect(experiment.frame.locator('button, input, select').filter({ visible: true })).toHaveCount(0);
        await expectNoSidewaysScrolling(page, 'without scripts');
        const opened = page.waitForEvent('popup');
        await experiment.drawer('Data').getByRole('link').click();
        const behind = await opened;
        await expect(behind.locator('th')).toHaveText([...table.columns]);
        await expect(behind.locator('tbody tr')).toHaveCount(table.rows.length);
      });
    });

    test('stops when it is asked to, and can be run again', async ({ page }) => {
      const { live } = await loadDefinition(slug);
      test.skip(live, 'a live one answers before there is anything to stop');
      await slowWorker(page);
      const experiment = await openAlone(page, slug);
      await experiment.button('Run').click();
      await experiment.button('Stop').click();
      await experiment.expectState('stopped');
      await experiment.button('Run from the start').press('Enter');
      await experiment.expectState('running');
      await experiment.button('Stop').press('Enter');
      await experiment.expectState('stopped');
    });
  });
}
