import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import type { Outcome } from '#src/experiments/definition.ts';
import type { HistoryResult } from '#src/experiments/history.ts';

import { expectAccessible } from './accessibility.ts';
import {
  expect,
  Experiment,
  expectQuery,
  pages,
  patientWorker,
  queryOf,
  replaceWorker,
  test as base,
} from './helpers.ts';

const recorded = JSON.parse(
  readFileSync(new URL('../../content/recorded/history.json', import.meta.url), 'utf8'),
) as Outcome<HistoryResult>;

/** The experiment history on the page about sequential data, as a reader meets it. */
class History extends Experiment {
  constructor(page: Page) {
    super(page, page.locator('section[data-experiment="history"]'));
  }

  override async open(query = ''): Promise<void> {
    await this.page.goto(`${pages.sequentialData}${query}#history`);
    await this.ready();
  }

  get k() {
    return this.slider('shown');
  }

  /** One for each model that is trained. */
  get dots() {
    return this.frame.locator('svg.chooses > circle').filter({ visible: true });
  }

  get forecast() {
    return this.frame.locator('g path.line').filter({ visible: true });
  }

  get readout() {
    return this.frame.locator('.readout');
  }
}

const test = base.extend<{ history: History }>({
  history: async ({ page }, use) => use(new History(page)),
});

test('shows the recorded run first, and loads no worker for it', async ({ page, history }) => {
  await history.open();
  await history.expectState('idle');
  await expect(history.sentence).toHaveText(recorded.sentence);
  await expect(history.dots).toHaveCount(recorded.result.models.length);
  await expect(history.forecast).toHaveCount(1);
  expect(page.workers()).toHaveLength(0);
});

test('arrow keys choose the model that forecasts: picture, words and address follow, and nothing runs', async ({
  page,
  history,
}) => {
  await history.open();
  const before = await history.forecast.getAttribute('d');
  await expect(history.k).toHaveValue('2');
  await history.k.press('ArrowLeft');
  await expect(history.k).toHaveValue('1');
  await expect(history.k).toHaveAttribute('aria-valuetext', '1 values');
  await expect(history.forecast).not.toHaveAttribute('d', before!);
  await expect(history.readout).toContainText(
    `Given the last value alone, and from then on only its own forecasts, this model is lost at step ${recorded.result.models[0]!.lostAt[0]}.`,
  );
  await expect(history.frame.locator('circle.used:not(.key *)').filter({ visible: true })).toHaveCount(1);
  await expectQuery(page, { 'history.shown': '1' });

  await history.k.press('End');
  await expect(history.k).toHaveValue('10');
  await expect(history.readout).toContainText('Given the last 10 values');
  await expect(history.frame.locator('circle.used:not(.key *)').filter({ visible: true })).toHaveCount(10);
  await history.expectState('idle');
  expect(page.workers()).toHaveLength(0);
});

test('a click on the curve of errors chooses its model', async ({ history }) => {
  await history.open();
  const dot = history.dots.nth(6);
  await dot.click();
  await expect(history.k).toHaveValue('7');
  await expect(history.readout).toContainText('Given the last 7 values');
});

test('a link opens a state, says that the picture is of another run, and Run shows it', async ({ page, history }) => {
  const query = {
    'history.system': 'mackey-glass',
    'history.longest': '3',
    'history.delay': '3',
    'history.noise': '0.1',
    'history.shown': '3',
    'history.seed': '7',
  };
  await history.open(`?${new URLSearchParams(query)}`);
  await history.expectState('idle');
  await expect(history.notes).toHaveCount(0);
  await expect(history.choice('system', 'Mackey-Glass')).toBeChecked();
  await expect(history.slider('delay')).toHaveValue('3');
  await expect(history.slider('noise')).toHaveValue('0.1');
  await expect(history.frame).toContainText('The picture shows a run with other settings.');
  await expect(history.frame.locator('.system')).toHaveText('A pendulum, one value every 0.2 seconds');

  await history.recordStates();
  await history.button('Run').click();
  await history.expectState('done');
  expect((await history.recordedStates()).states).toEqual(['idle', 'running', 'done']);
  await expect(history.frame).not.toContainText('The picture shows a run with other settings.');
  await expect(history.frame.locator('.system')).toHaveText('The Mackey-Glass system, one value every 6 days');
  await expect(history.dots).toHaveCount(3);
  await expect(history.frame.locator('.mark-label').filter({ visible: true })).toHaveText('the delay');
  await expect(history.sentence).toContainText('with the last 3, which reach back to the delay');
  await history.openDrawer('Data');
  await expect(history.rows).toHaveCount(3);
  expect(queryOf(page)).toEqual(query);
});

test('Reset brings back the settings of the recorded run', async ({ page, history }) => {
  await history.open('?history.system=logistic&history.shown=4');
  await history.button('Reset').click();
  await expect(history.choice('system', 'pendulum')).toBeChecked();
  await expect(history.k).toHaveValue('2');
  await expect(history.frame).not.toContainText('The picture shows a run with other settings.');
  await expectQuery(page, {});
});

test('a model that a link asks for and that was not trained gives way to the longest that was', async ({ history }) => {
  await history.open('?history.shown=16');
  await expect(history.k).toHaveValue('10');
  await expect(history.readout).toContainText('Given the last 10 values');
});

test('the curve fills as the models train; another may be chosen meanwhile; Stop keeps what there is, Resume ends with the recorded numbers', async ({
  page,
  history,
}) => {
  await history.open('?history.longest=5');
  await history.button('Run').click();
  await expect(history.frame).toContainText(/\d of 5 models/);
  await history.k.press('End');
  await expect(history.readout).toContainText('The model that sees the last 5 values is not trained yet.');
  await history.k.press('Home');
  await expect(history.readout).toContainText('the last value alone');
  await history.expectState('running');

  await history.stopOncePast(1);
  await expect(history.frame).toContainText(/Stopped at [2-4] of 5 models/);
  const kept = await history.dots.count();
  expect(kept).toBeGreaterThanOrEqual(2);
  expect(kept).toBeLessThan(5);

  await history.recordStates();
  await history.button('Resume').click();
  await history.expectState('done');
  const { states, progress } = await history.recordedStates();
  expect(states).toEqual(['stopped', 'running', 'done']);
  expect(Math.min(...progress)).toBeGreaterThanOrEqual(kept);
  await expect(history.dots).toHaveCount(5);
  // The recorded run has the same models, and five more.
  const { rows } = await history.csv();
  expect(rows).toEqual(recorded.table.rows.slice(0, 5).map((row) => row.map(String)));
  expect(queryOf(page)).toEqual({ 'history.longest': '5', 'history.shown': '1' });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test.describe(`axe finds nothing, ${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      const query = '?history.system=mackey-glass&history.longest=2&history.delay=2';

      test('idle, and running', async ({ page, history }) => {
        await history.open(query);
        await expectAccessible(page);
        await replaceWorker(page, patientWorker);
        await history.button('Run').click();
        await expect(history.frame).toContainText('7 of 20 networks');
        await expectAccessible(page);
        await history.expectState('running');
      });

      test('done, data and source open', async ({ page, history }) => {
        await history.open(query);
        await history.button('Run').click();
        await history.expectState('done');
        await history.openDrawer('Data');
        await history.openDrawer('What just ran');
        await expectAccessible(page);
      });
    });
  }
}

test('on a narrow screen nothing is wider than the page', async ({ page, history }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await history.open();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const edges = await history.frame.evaluate((frame) => {
    const { left, right } = frame.getBoundingClientRect();
    return [...frame.querySelectorAll('svg text, .readout, .legend li')]
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.width > 0)
      .every((box) => box.left >= left && box.right <= right);
  });
  expect(edges).toBe(true);
});

test.describe('with scripts off', () => {
  test.use({ javaScriptEnabled: false });

  test('the recorded run is there: picture, words and data, and no control that could not work', async ({
    page,
    history,
  }) => {
    await page.goto(pages.sequentialData);
    await expect(history.sentence).toHaveText(recorded.sentence);
    await expect(history.dots).toHaveCount(recorded.result.models.length);
    await expect(history.forecast).toHaveCount(1);
    await expect(history.readout).toContainText('Given the last 2 values');
    await expect(history.frame.locator('button, input').filter({ visible: true })).toHaveCount(0);
    await history.openDrawer('Data');
    await expect(history.rows).toHaveCount(recorded.table.rows.length);
  });
});
