import { readFileSync } from 'node:fs';

import { approximately } from '#src/experiments/words.ts';

import {
  readPages,
  defaults,
  expect,
  pages,
  questionOn,
  recorded,
  recordedMedian,
  test,
  type Experiment,
} from './helpers.ts';

/**
 * The points of the drawn line, left to right, must be the logarithms of the recorded values on some axis: the first and
 * the last point fix the axis, all others are held against it, to half a pixel.
 */
async function expectRecordedCurve(experiment: Experiment): Promise<void> {
  const points = [...(await experiment.pathOfLine()).matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map((match) => ({
    x: Number(match[1]),
    y: Number(match[2]),
  }));
  expect(points).toHaveLength(recordedMedian.length);
  const [first, last] = [points[0]!, points.at(-1)!];
  const logs = recordedMedian.map((value) => Math.log10(value));
  points.forEach((point, i) => {
    const alongX = i / (points.length - 1);
    const alongY = (logs[i]! - logs[0]!) / (logs.at(-1)! - logs[0]!);
    expect(Math.abs(first.x + alongX * (last.x - first.x) - point.x), `x of step ${i + 1}`).toBeLessThan(0.5);
    expect(Math.abs(first.y + alongY * (last.y - first.y) - point.y), `y of step ${i + 1}`).toBeLessThan(0.5);
  });
  expect(last.x - first.x).toBeGreaterThan(200);
  expect(first.y - last.y).toBeGreaterThan(40);
}

/** Change one control and set it back, so that what is shown is no longer the recorded run but one of this browser. */
async function runDefaultsLive(experiment: Experiment): Promise<void> {
  for (const length of [defaults.length + 1, defaults.length]) {
    await experiment.slideTo('length', length);
    await expect(experiment.sentence).toContainText(`the gradient at step ${length}`);
  }
  await experiment.expectState('done');
}

test('a live run at the defaults says the recorded sentence and draws the recorded curve', async ({ experiment }) => {
  await experiment.open();
  await runDefaultsLive(experiment);
  await expect(experiment.sentence).toHaveText(recorded.sentence);
  await expectRecordedCurve(experiment);
});

test('the same seed gives the same numbers, to the last digit, another one does not', async ({ page, experiment }) => {
  await experiment.openAt({ length: 50, seed: 11 });
  await experiment.expectState('done');
  const once = await experiment.csv();
  await page.reload();
  await experiment.ready();
  await experiment.expectState('done');
  expect((await experiment.csv()).text).toBe(once.text);
  await experiment.typed('seed').fill('12');
  await experiment.typed('seed').press('Enter');
  await experiment.expectState('done');
  expect((await experiment.csv()).text).not.toBe(once.text);
});

test('the CSV file has a header, a line for each step and every digit', async ({ experiment }) => {
  await experiment.open();
  const { name, text, columns, rows } = await experiment.csv();
  expect(name).toBe('vanishing-gradient-seed-1.csv');
  expect(text.endsWith('\r\n')).toBe(true);
  expect(columns).toEqual(recorded.table.columns);
  // Before anything has run it is the recorded table, digit for digit.
  expect(rows).toEqual(recorded.table.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))));
});

test('the CSV file follows the run that is shown', async ({ experiment }) => {
  await experiment.openAt({ length: 40, networks: 3, seed: 5 });
  await experiment.expectState('done');
  const { name, columns, rows } = await experiment.csv();
  expect(name).toBe('vanishing-gradient-seed-5.csv');
  expect(rows).toHaveLength(40);
  expect(columns).toHaveLength(11);
  expect(columns.at(-2)).toBe('gradient norm of network 3');
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
});

for (const width of [390, 1440]) {
  test.describe(`with scripts off, ${width} px wide`, () => {
    test.use({ javaScriptEnabled: false, viewport: { width, height: 900 } });

    test('the recorded picture is in the page, drawn for the width there is', async ({ page, experiment }) => {
      await page.goto(pages.basicRnn);
      await experiment.frame.scrollIntoViewIfNeeded();
      await expect(experiment.lines).toHaveCount(1 + defaults.networks);
      await expectRecordedCurve(experiment);
      const picture = experiment.frame.getByRole('img', { name: /norm of the gradient/ }).filter({ visible: true });
      await expect(picture).toHaveCount(1);
      const box = (await picture.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      await expect(experiment.sentence).toHaveText(recorded.sentence);
      await expect(experiment.frame).toHaveAttribute('data-state', 'idle');
    });

    test('no control is shown that could not work, and the page says why', async ({ page, experiment }) => {
      await page.goto(pages.basicRnn);
      const controls = page.locator('button, input, select, textarea, form, progress').filter({ visible: true });
      await expect(controls).toHaveCount(0);
      await expect(experiment.frame.locator(':scope > noscript p')).toBeVisible();
      await expect(experiment.frame.locator(':scope > noscript p')).toContainText('Its controls need JavaScript');
      await page.goto(pages.home);
      await expect(controls).toHaveCount(0);
    });

    test('the data and the source can be opened', async ({ page, experiment }) => {
      await page.goto(pages.basicRnn);
      for (const name of ['Data', 'What just ran'] as const) {
        await experiment.openDrawer(name);
        const opened = page.waitForEvent('popup');
        await experiment.drawer(name).getByRole('link').click();
        const behind = await opened;
        await expect(behind.locator('pre').first()).toContainText('vanishing-gradient');
        await expect(behind.locator('tbody tr')).toHaveCount(recorded.table.rows.length);
        await behind.close();
      }
    });

    test('the question to predict has its answer', async ({ page }) => {
      await page.goto(pages.basicRnn);
      const answer = questionOn(page).locator('.instead-of-script .answer');
      await expect(answer).toBeVisible();
      await expect(answer).toContainText(`${approximately(1 / recordedMedian[0]!)} times weaker`);
    });

    test('the home page shows its picture, and every page its text and its way on', async ({ page }) => {
      await page.goto(pages.home);
      await expect(page.locator('path.line').filter({ visible: true })).toHaveCount(1);
      for (const path of readPages) {
        await page.goto(path);
        await expect(page.locator('main h1')).toBeVisible();
        await expect(page.locator('header nav a')).toHaveCount(4);
        expect((await page.locator('main').innerText()).length).toBeGreaterThan(300);
      }
    });
  });
}

test('what just ran is the definition’s real source, in more than one colour', async ({ experiment }) => {
  await experiment.open();
  await experiment.openDrawer('What just ran');
  const code = experiment.drawer('What just ran').locator('pre');
  await expect(code.first()).toBeVisible();
  const source = readFileSync('src/experiments/vanishing-gradient.ts', 'utf8').trimEnd();
  expect(await code.first().textContent()).toBe(source);
  const colours = await code
    .first()
    .evaluate((pre) => [...new Set([...pre.querySelectorAll('span')].map((span) => getComputedStyle(span).color))]);
  expect(colours.length).toBeGreaterThanOrEqual(4);
});

test('a source that cannot be loaded says so, and comes once it can', async ({ page, experiment, troubles }) => {
  troubles.expect(/ERR_FAILED/);
  await page.route(/\/source\//, (route) => route.abort());
  await experiment.open();
  const drawer = experiment.drawer('What just ran');
  await experiment.openDrawer('What just ran');
  await expect(drawer).toContainText('could not be loaded');
  await page.unrouteAll();
  await drawer.locator('summary').click();
  await experiment.openDrawer('What just ran');
  await expect(drawer.locator('pre').first()).toBeVisible();
  await expect(drawer).not.toContainText('could not be loaded');
});

test('numbers in the prose come out of the record', async ({ page }) => {
  await page.goto(pages.basicRnn);
  const inProse = page.locator('main [data-recorded="vanishing-gradient"]');
  await expect(inProse).toContainText([String(defaults.length), approximately(1 / recordedMedian[0]!)]);
});
