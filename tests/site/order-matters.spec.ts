import { readFileSync } from 'node:fs';

import type { Locator, Page } from '@playwright/test';

import type { OrderMattersResult } from '#src/experiments/order-matters.ts';
import type { Outcome } from '#src/experiments/definition.ts';

import { expectAccessible } from './accessibility.ts';
import { expect, Experiment, expectQuery, pages, replaceWorker, test as base } from './helpers.ts';

const SLUG = 'order-matters';

const recorded = JSON.parse(
  readFileSync(new URL(`../../content/recorded/${SLUG}.json`, import.meta.url), 'utf8'),
) as Outcome<OrderMattersResult, Record<string, unknown>>;

/** One run, short enough to be waited for. */
const shortRun = { length: 6, updates: 60, runs: 1 };
/** One that takes seconds: there is time to stop it. */
const longRun = { length: 30, updates: 1000, runs: 1 };

const untouched = recorded.params['order'] as number[];

/** The experiment on the page about sequential data, and the trail that stands in it. */
class OrderMatters extends Experiment {
  constructor(page: Page) {
    super(page, page.locator(`section[data-experiment="${SLUG}"]`));
  }

  override async open(query = ''): Promise<void> {
    await this.page.goto(`${pages.sequentialData}${query}#${SLUG}`);
    await this.ready();
  }

  override async openAt(params: Record<string, string | number>): Promise<void> {
    await this.open(
      `?${new URLSearchParams(Object.entries(params).map(([name, value]) => [`${SLUG}.${name}`, `${value}`]))}`,
    );
  }

  get trail(): Locator {
    return this.frame.getByRole('toolbar', { name: 'The pages of the trail, in order' });
  }

  get steps(): Locator {
    return this.trail.getByRole('button');
  }

  /** The pages as they stand, without their numbers. */
  async pagesInOrder(): Promise<string[]> {
    return (await this.steps.allInnerTexts()).map((text) => text.replace(/^\d+\s*/, ''));
  }

  verdict(model: 'rnn' | 'order-blind'): Locator {
    return this.frame.locator(`.verdict[data-model="${model}"] .said`);
  }

  get truth(): Locator {
    return this.frame.locator('.truth');
  }

  /** Its own words for screen readers, apart from those of the frame. */
  get told(): Locator {
    return this.frame.locator('.desk [role="status"]');
  }

  confusion(model: 'Recurrent' | 'Order-blind'): Locator {
    return this.frame.getByRole('table', { name: `${model} model` });
  }
}

const test = base.extend<{ shop: OrderMatters }>({
  shop: async ({ page }, use) => use(new OrderMatters(page)),
});

test('the page shows the recorded run: its sentence, its table, its confusions, and starts none', async ({
  page,
  shop,
}) => {
  await shop.open();
  await shop.expectState('idle');
  await expect(shop.sentence).toHaveText(recorded.sentence);
  await shop.openDrawer('Data');
  await expect(shop.rows).toHaveCount(recorded.table.rows.length);
  const [[,], [wrong, right]] = recorded.result.runs[0]!.recurrent.confusion;
  const buyers = shop.confusion('Recurrent').getByRole('row').nth(1).getByRole('cell');
  await expect(buyers.nth(0)).toHaveText(`${right} right`);
  await expect(buyers.nth(1)).toHaveText(`${wrong} wrong`);
  expect(page.workers()).toHaveLength(0);
});

test('Run trains both models: picture, sentence, table and confusions are those of the new run', async ({ shop }) => {
  await shop.openAt(shortRun);
  await shop.expectState('idle');
  const path = await shop.pathOfLine();
  await shop.recordStates();
  await shop.button('Run').click();
  await shop.expectState('done');
  expect((await shop.recordedStates()).states).toEqual(['idle', 'running', 'done']);
  await expect(shop.sentence).toContainText('After 60 updates, on 1,000 trails');
  expect(await shop.pathOfLine()).not.toBe(path);
  await expect(shop.frame.locator('path.main').filter({ visible: true })).toHaveCount(2);
  const { columns, rows } = await shop.csv();
  expect(columns).toEqual(['updates', 'order-blind: share right', 'recurrent: share right']);
  expect(rows.map(([updates]) => Number(updates))).toEqual(Array.from({ length: 31 }, (_, i) => 2 * i));
  await expect(shop.steps).toHaveCount(6);
  // What the confusion counts is what the table's last row says.
  const right = (await shop.confusion('Order-blind').locator('td .count', { hasText: 'right' }).allInnerTexts()).map(
    (text) => parseInt(text, 10),
  );
  expect(right.reduce((sum, count) => sum + count, 0) / 1000).toBe(Number(rows.at(-1)![1]));
});

test('a live run at the defaults gives the recorded numbers, every one', async ({ shop }) => {
  test.slow(); // three whole runs
  await shop.open();
  await shop.button('Run').click();
  await shop.expectState('running');
  await expect(shop.frame).toHaveAttribute('data-state', 'done', { timeout: 150_000 });
  await expect(shop.sentence).toHaveText(recorded.sentence);
  const { columns, rows } = await shop.csv();
  expect(columns).toEqual(recorded.table.columns);
  expect(rows).toEqual(recorded.table.rows.map((row) => row.map(String)));
});

test('Stop keeps what was trained, and Resume ends with the very numbers of a run that was not stopped', async ({
  page,
  shop,
}) => {
  const params = { length: 30, updates: 200, runs: 1 };
  await shop.openAt(params);
  await shop.button('Run').click();
  await shop.stopOncePast(50);
  await expect(shop.frame).toContainText(/Stopped at \d+ of 200 updates/);
  await expect(shop.sentence).toContainText(/^So far, after \d+ of 200 updates/);
  // The trail can be rearranged meanwhile, and the run can be resumed all the same.
  await expect(shop.steps).toHaveCount(30);
  await shop.button('Reverse').click();
  await shop.expectState('stopped');
  await shop.recordStates();
  await shop.button('Resume').click();
  await shop.expectState('done');
  const { states, progress } = await shop.recordedStates();
  expect(states).toEqual(['stopped', 'running', 'done']);
  expect(Math.min(...progress)).toBeGreaterThanOrEqual(50);
  const resumed = await shop.csv();

  await page.reload();
  await shop.ready();
  await shop.button('Run').click();
  await shop.expectState('done');
  expect((await shop.csv()).text).toBe(resumed.text);
});

test('rearranging a trail starts no run, stops none, and leaves the order-blind verdict as it is', async ({
  page,
  shop,
}) => {
  await shop.open();
  const [blind, recurrent] = [await shop.verdict('order-blind').innerText(), await shop.verdict('rnn').innerText()];
  await expect(shop.truth).toHaveText('buyer');
  expect(recurrent).toMatch(/^buyer, /);

  await shop.button('Swap reviews and basket').click();
  await expect(shop.truth).toHaveText('browser');
  await expect(shop.verdict('rnn')).toHaveText(/^browser, /);
  await expect(shop.verdict('order-blind')).toHaveText(blind);

  const seen = new Set<string>();
  for (const name of ['Shuffle', 'Reverse', 'Shuffle', 'Shuffle', 'Reverse']) {
    const before = await shop.pagesInOrder();
    await shop.button(name).click();
    const after = await shop.pagesInOrder();
    expect(after).not.toEqual(before);
    expect([...after].sort()).toEqual([...before].sort());
    if (name === 'Reverse') expect(after).toEqual([...before].reverse());
    await expect(shop.verdict('order-blind')).toHaveText(blind);
    seen.add(await shop.verdict('rnn').innerText());
  }
  expect(seen.size).toBeGreaterThan(1);

  await shop.button('Restore').click();
  await expect(shop.verdict('rnn')).toHaveText(recurrent);
  await shop.expectState('idle');
  expect(page.workers()).toHaveLength(0);
  await expectQuery(page, {});
});

test('rearranging a trail during a run lets the run go on', async ({ page, shop }) => {
  const report = { done: 7, total: 20, unit: 'updates', checkpoint: {} };
  await replaceWorker(
    page,
    `postMessage({ kind: 'ready' });
     onmessage = ({ data: { kind, id } }) => {
       if (kind === 'ping') postMessage({ kind: 'pong' });
       if (kind === 'start') postMessage({ kind: 'progress', id, report: ${JSON.stringify(report)} });
       if (kind === 'stop') postMessage({ kind: 'stopped', id, report: ${JSON.stringify(report)} });
     };`,
  );
  await shop.open();
  await shop.button('Run').click();
  await expect(shop.frame).toContainText('7 of 20 updates');
  await shop.recordStates();
  await shop.button('Shuffle').click();
  await shop.button('Another trail').click();
  await shop.expectState('running');
  await shop.slideTo('length', 20);
  await shop.expectState('stopped');
  expect((await shop.recordedStates()).states).toEqual(['running', 'stopped']);
});

test('two pages change places by keyboard: arrow keys, Enter and Space; Escape lets go', async ({ page, shop }) => {
  await shop.open();
  const before = await shop.pagesInOrder();
  await shop.steps.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(shop.steps.nth(2)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(shop.steps.nth(2)).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  const swapped = [...before];
  [swapped[2], swapped[10]] = [swapped[10]!, swapped[2]!];
  await expect.poll(() => shop.pagesInOrder()).toEqual(swapped);
  await expect(shop.steps.nth(10)).toBeFocused();
  await expect(shop.trail.locator('[aria-pressed="true"]')).toHaveCount(0);

  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await expect(shop.steps.first()).toBeFocused();
  await expect(shop.trail.locator('[aria-pressed="true"]')).toHaveCount(0);
  expect(await shop.pagesInOrder()).toEqual(swapped);

  // The whole row is one stop of the Tab key.
  await page.keyboard.press('Tab');
  await expect(shop.button('Swap reviews and basket')).toBeFocused();
});

test('two pages change places when both are clicked', async ({ shop }) => {
  await shop.open();
  const before = await shop.pagesInOrder();
  await shop.steps.nth(1).click();
  await expect(shop.frame).toContainText(`${before[1]} is chosen`);
  await shop.steps.nth(8).click();
  [before[1], before[8]] = [before[8]!, before[1]!];
  expect(await shop.pagesInOrder()).toEqual(before);
});

test('a page that is dragged onto another changes places with it; one that is dropped beside the row does not', async ({
  page,
  shop,
}) => {
  await shop.open();
  const before = await shop.pagesInOrder();
  await shop.trail.scrollIntoViewIfNeeded();
  const middle = async (place: number) => {
    const box = (await shop.steps.nth(place).boundingBox())!;
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await page.mouse.move(...(await middle(2)));
  await page.mouse.down();
  await page.mouse.move(...(await middle(5)), { steps: 5 });
  await expect(shop.trail.locator('.over')).toHaveCount(1);
  await page.mouse.up();
  const swapped = [...before];
  [swapped[2], swapped[5]] = [swapped[5]!, swapped[2]!];
  expect(await shop.pagesInOrder()).toEqual(swapped);
  await expect(shop.trail.locator('[aria-pressed="true"], .over')).toHaveCount(0);

  const [x, y] = await middle(3);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 80, { steps: 5 });
  await page.mouse.up();
  expect(await shop.pagesInOrder()).toEqual(swapped);

  // A click after a drag is a click again.
  await shop.steps.nth(3).click();
  await expect(shop.steps.nth(3)).toHaveAttribute('aria-pressed', 'true');
});

test('a link opens a rearranged trail, and the settings of a run, which waits for the reader', async ({
  page,
  shop,
}) => {
  const order = [...untouched];
  [order[0], order[11]] = [order[11]!, order[0]!];
  await shop.openAt({ trail: 3, order: order.join('-'), length: 20 });
  await shop.expectState('idle');
  await expect(shop.slider('length')).toHaveValue('20');
  await expect(shop.frame).toContainText('Trail 3 of 8');
  const linked = await shop.pagesInOrder();
  await shop.button('Restore').click();
  await expectQuery(page, { [`${SLUG}.trail`]: '3', [`${SLUG}.length`]: '20' });
  const original = await shop.pagesInOrder();
  expect([linked[0], linked[11]]).toEqual([original[11], original[0]]);
  expect(page.workers()).toHaveLength(0);
  await expect(shop.notes).toHaveCount(0);

  await shop.steps.nth(0).click();
  await shop.steps.nth(11).click();
  await expectQuery(page, {
    [`${SLUG}.trail`]: '3',
    [`${SLUG}.length`]: '20',
    [`${SLUG}.order`]: order.join('-'),
  });
  await page.reload();
  await shop.ready();
  expect(await shop.pagesInOrder()).toEqual(linked);
});

test('an order in the link that is none gives way to the untouched trail, with a note', async ({ shop }) => {
  await shop.openAt({ order: '0-0-1' });
  await expect(shop.notes).toHaveCount(1);
  await expect(shop.notes).toContainText('each once');
  await expect(shop.truth).toHaveText('buyer');
});

test('another trail is another visitor’s, as the recording has it, and Reset brings the first one back', async ({
  page,
  shop,
}) => {
  await shop.open();
  const first = await shop.pagesInOrder();
  await shop.button('Another trail').click();
  await expect(shop.frame).toContainText('Trail 2 of 8');
  await expect(shop.truth).toHaveText('browser');
  expect(await shop.pagesInOrder()).not.toEqual(first);
  await expectQuery(page, { [`${SLUG}.trail`]: '2' });
  await shop.button('Reset').click();
  await expect(shop.frame).toContainText('Trail 1 of 8');
  expect(await shop.pagesInOrder()).toEqual(first);
  await expectQuery(page, {});
});

test('screen readers are told both verdicts after a rearrangement', async ({ shop }) => {
  await shop.open();
  await expect(shop.told).toHaveText('');
  await shop.button('Swap reviews and basket').click();
  const blind = await shop.verdict('order-blind').innerText();
  await expect(shop.told).toContainText('By the rule: browser. Recurrent model: browser');
  await expect(shop.told).toContainText(`Order-blind model: ${blind}`);
});

test.describe('where no script runs', () => {
  test.use({ javaScriptEnabled: false });

  test('the recorded run is there: curves, words, confusions, the trail and both verdicts, and no dead button', async ({
    page,
    shop,
  }) => {
    await page.goto(pages.sequentialData);
    await expect(shop.sentence).toHaveText(recorded.sentence);
    await expect(shop.line).toBeVisible();
    await expect(shop.confusion('Order-blind')).toBeVisible();
    await expect(shop.verdict('order-blind')).toHaveText(/^(buyer|browser), [\d.]+% sure$/);
    await expect(shop.frame.locator('.desk')).toContainText('reviews');
    await expect(shop.frame.getByRole('button').filter({ visible: true })).toHaveCount(0);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test.describe(`axe finds nothing, ${colorScheme}, ${width} px wide:`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test('idle, running, stopped, and done with everything open and a page chosen', async ({ page, shop }) => {
        await shop.openAt(longRun);
        await expectAccessible(page);
        await shop.button('Run').click();
        await expect(shop.frame).toContainText(/\d+ of 1000 updates/);
        await expectAccessible(page);
        await shop.button('Stop').click();
        await shop.expectState('stopped');
        await expectAccessible(page);

        await shop.openAt(shortRun);
        await shop.button('Run').click();
        await shop.expectState('done');
        await shop.openDrawer('Data');
        await shop.openDrawer('What just ran');
        for (const ask of await shop.frame.getByRole('button', { name: /^What is/ }).all()) await ask.click();
        await shop.button('Shuffle').click();
        await shop.steps.nth(2).click();
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      });
    });
  }
}
