import { readFileSync } from 'node:fs';

import type { Locator, Page } from '@playwright/test';

import type { Outcome } from '#src/experiments/definition.ts';
import type { ShuffleResult } from '#src/experiments/shuffle.ts';

import { expectAccessible } from './accessibility.ts';
import { expect, expectQuery, Experiment, pages, replaceWorker, test as base, workerScript } from './helpers.ts';

const recorded = JSON.parse(
  readFileSync(new URL('../../content/recorded/shuffle.json', import.meta.url), 'utf8'),
) as Outcome<ShuffleResult>;
const words = recorded.result.items.map(({ text }) => text);

/** The experiment about shuffling, on the page about sequential data. */
class Shuffle extends Experiment {
  constructor(page: Page) {
    super(page, page.locator('section[data-experiment="shuffle"]'));
  }

  override async open(query = ''): Promise<void> {
    await this.page.goto(`${pages.sequentialData}${query}#shuffle`);
    await this.ready();
  }

  override async openAt(params: Record<string, string | number>): Promise<void> {
    const pairs = Object.entries(params).map(([name, value]) => `shuffle.${name}=${encodeURIComponent(value)}`);
    await this.open(`?${pairs.join('&')}`);
    await this.expectState('done');
  }

  get tiles(): Locator {
    return this.frame.getByRole('listbox').getByRole('option');
  }

  /** What the tiles say of their items, first to last. */
  get faces(): Locator {
    return this.frame.locator('.tile .face');
  }

  tile(place: number): Locator {
    return this.tiles.nth(place - 1);
  }

  async expectRow(items: string[]): Promise<void> {
    await expect(this.faces).toHaveText(items);
  }

  get bag(): Locator {
    return this.frame.getByRole('group', { name: /The bag/ });
  }

  get strip(): Locator {
    return this.frame.getByRole('img', { name: /shuffles of the same/ }).filter({ visible: true });
  }

  /** Drags one tile onto another by the pointer, in several moves. */
  async drag(from: number, to: number): Promise<void> {
    const middle = async (place: number) => {
      const { x, y, width, height } = (await this.tile(place).boundingBox())!;
      return [x + width / 2, y + height / 2] as const;
    };
    await this.tile(to).scrollIntoViewIfNeeded();
    await this.tile(from).scrollIntoViewIfNeeded();
    const [x, y] = await middle(from);
    const [toX, toY] = await middle(to);
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + (toX - x) / 2, y + (toY - y) / 2);
    await this.page.mouse.move(toX, toY);
    await this.page.mouse.up();
  }
}

const test = base.extend<{ shuffle: Shuffle }>({
  shuffle: async ({ page }, use) => use(new Shuffle(page)),
});

const exchanged = (row: string[], a: number, b: number) =>
  row.map((_, i) => row[i === a - 1 ? b - 1 : i === b - 1 ? a - 1 : i]!);

test('shows the recorded run, and loads nothing, before it is touched', async ({ page, shuffle }) => {
  await shuffle.open();
  await shuffle.expectState('idle');
  await shuffle.expectRow(words);
  await expect(shuffle.sentence).toHaveText(recorded.sentence);
  await expect(shuffle.strip.locator('circle')).toHaveCount(100);
  await expect(shuffle.bag).toContainText('10 words, unchanged');
  expect(page.workers()).toHaveLength(0);
});

test('two items change places by drag: row, score, sentence, table and address follow, the bag does not', async ({
  page,
  shuffle,
}) => {
  await shuffle.open();
  await shuffle.openDrawer('Data');
  const bag = await shuffle.bag.innerText();
  await shuffle.drag(2, 6);
  await shuffle.expectRow(exchanged(words, 2, 6));
  await shuffle.expectState('done');
  await expect(shuffle.strip.getByText(/^now:/)).toBeVisible();
  await expect(shuffle.sentence).toContainText('not one of the 10 words has changed');
  await expect(shuffle.rows.nth(1)).toContainText(words[5]!);
  await expectQuery(page, { 'shuffle.order': '0-5-2-3-4-1-6-7-8-9' });
  expect(await shuffle.bag.innerText()).toBe(bag);
  await expect(shuffle.frame.getByRole('status').filter({ hasText: 'have changed places' })).toHaveText(
    `“${words[1]}” and “${words[5]}” have changed places: “${words[1]}” is at place 6 of 10.`,
  );
});

test('a drag that ends nowhere, or is broken off by Escape, moves nothing', async ({ page, shuffle }) => {
  await shuffle.open();
  const { x, y } = (await shuffle.tile(2).boundingBox())!;
  await page.mouse.move(x + 10, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + 10, y - 60);
  await page.mouse.up();
  await shuffle.expectRow(words);
  const onto = (await shuffle.tile(4).boundingBox())!;
  await page.mouse.move(x + 10, y + 10);
  await page.mouse.down();
  await page.mouse.move(onto.x + 10, onto.y + 10);
  await expect(shuffle.tile(4)).toHaveClass(/over/);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await shuffle.expectRow(words);
  await shuffle.expectState('idle');
});

test('two items change places by keyboard, and focus and voice go with what is carried', async ({ page, shuffle }) => {
  await shuffle.open();
  await shuffle.tile(1).focus();
  await page.keyboard.press('ArrowRight');
  await expect(shuffle.tile(2)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(shuffle.tile(2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await shuffle.expectRow(exchanged(exchanged(words, 2, 3), 3, 4));
  await expect(shuffle.tile(4)).toBeFocused();
  await expect(shuffle.frame.getByRole('status').filter({ hasText: 'have changed places' })).toContainText(
    `“${words[1]}” is at place 4 of 10`,
  );
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowLeft');
  await expect(shuffle.tile(3)).toBeFocused();
  await shuffle.expectState('done');
  await expectQuery(page, { 'shuffle.order': '0-2-3-1-4-5-6-7-8-9' });
});

test('two items change places by two presses, and by the buttons', async ({ page, shuffle }) => {
  await shuffle.open();
  await expect(shuffle.button(/earlier/)).toBeDisabled();
  await shuffle.tile(3).click();
  await shuffle.tile(6).click();
  const swapped = exchanged(words, 3, 6);
  await shuffle.expectRow(swapped);
  await shuffle.tile(1).click();
  await shuffle.button(/later/).click();
  await shuffle.button(/later/).click();
  await shuffle.expectRow(exchanged(exchanged(swapped, 1, 2), 2, 3));
  await shuffle.expectState('done');
  await shuffle.button('Restore').click();
  await shuffle.expectRow(words);
  await expectQuery(page, {});
  await expect(shuffle.sentence).toHaveText(recorded.sentence);
});

test('shuffle, reverse and restore', async ({ page, shuffle }) => {
  await shuffle.open();
  await shuffle.button('Shuffle').click();
  await expect(shuffle.frame).toContainText('shuffle 1 of 100');
  await expect(shuffle.strip.locator('circle.chosen')).toHaveCount(1);
  const first = await shuffle.faces.allInnerTexts();
  expect(first.toSorted()).toEqual(words.toSorted());
  await shuffle.button('Shuffle').click();
  await expect(shuffle.frame).toContainText('shuffle 2 of 100');
  expect(await shuffle.faces.allInnerTexts()).not.toEqual(first);
  await expectQuery(page, { 'shuffle.order': 'shuffle-2' });
  await shuffle.button('Restore').click();
  await shuffle.expectRow(words);
  await shuffle.button('Reverse').click();
  await shuffle.expectRow(words.toReversed());
  await expectQuery(page, { 'shuffle.order': 'reversed' });
  await shuffle.button('Reverse').click();
  await shuffle.expectRow(words);
});

const kinds = [
  { kind: 'sentence', label: 'sentence', score: 'Surprise', shows: '▲' },
  { kind: 'melody', label: 'melody', score: 'Intervals in their place', shows: 'semitones' },
  { kind: 'temperatures', label: 'day of temperatures', score: 'Error of', shows: '°C' },
  { kind: 'trail', label: 'click trail', score: 'Clicks that work', shows: 'The goal is missed' },
  { kind: 'dna', label: 'DNA', score: 'Amino acids kept', shows: 'Protein now' },
  { kind: 'frames', label: 'frames of motion', score: 'Path of the ball', shows: 'slider' },
  { kind: 'code', label: 'line of code', score: 'Surprise', shows: 'bits a token' },
];

test('an order that is named is kept from kind to kind; each has its bag and its score', async ({ shuffle }) => {
  await shuffle.openAt({ order: 'shuffle-2' });
  for (const { label, score, shows } of kinds) {
    await shuffle.choice('kind', label).check();
    await shuffle.expectState('done');
    await expect(shuffle.sentence).toContainText(score);
    await expect(shuffle.sentence).toContainText('has changed');
    await expect(shuffle.bag).toContainText('unchanged ✓');
    await expect(shuffle.frame.locator('.picture')).toContainText(shows);
    await expect(shuffle.strip.locator('circle')).toHaveCount(100);
  }
});

test('a list of places does not go over to another kind', async ({ page, shuffle }) => {
  await shuffle.open();
  await shuffle.drag(1, 2);
  await shuffle.choice('kind', 'click trail').check();
  await expect(shuffle.sentence).toContainText('for the visit as it was');
  await expectQuery(page, { 'shuffle.kind': 'trail' });
});

test('a link opens its kind, order and seed', async ({ shuffle }) => {
  await shuffle.openAt({ kind: 'trail', order: '0-1-2-3-5-4-6-7' });
  await shuffle.expectRow(['home', 'search', 'shoes', 'reviews', 'address', 'basket', 'payment', 'order']);
  await expect(shuffle.sentence).toContainText('Clicks that work: 5 of 8 clicks');
  await expect(shuffle.choice('kind', 'click trail')).toBeChecked();
  await shuffle.openAt({ kind: 'code', order: 'shuffle-3', seed: 8 });
  const once = await shuffle.faces.allInnerTexts();
  await shuffle.openAt({ kind: 'code', order: 'shuffle-3', seed: 9 });
  expect(await shuffle.faces.allInnerTexts()).not.toEqual(once);
});

test('a link whose order does not fit says so and shows the original; markup in it stays text', async ({ shuffle }) => {
  await shuffle.openAt({ order: '3-0-2-1' });
  await shuffle.expectRow(words);
  await expect(shuffle.sentence).toContainText('The order “3-0-2-1” does not fit these 10 words');
  await shuffle.openAt({ order: '<img src=x onerror=alert(1)>', sentence: '<b>bold</b> <i>claims</i>' });
  await shuffle.expectRow(['<b>bold</b>', '<i>claims</i>']);
  await expect(shuffle.frame.locator('img, b, i')).toHaveCount(0);
});

test('the reader’s own sentence and DNA are measured, within limits that are said', async ({ page, shuffle }) => {
  await shuffle.open();
  await shuffle.typed('sentence').fill('the cat sat by the door');
  await shuffle.typed('sentence').press('Enter');
  await shuffle.expectRow(['the', 'cat', 'sat', 'by', 'the', 'door']);
  await expectQuery(page, { 'shuffle.sentence': 'the cat sat by the door' });
  await shuffle.typed('sentence').fill('a'.repeat(91));
  await shuffle.typed('sentence').press('Enter');
  await expect(shuffle.control('sentence').getByRole('alert')).toContainText('at most 90 characters');

  await shuffle.choice('kind', 'DNA').check();
  await shuffle.typed('dna').fill('atg gcc xx taa');
  await shuffle.typed('dna').press('Enter');
  await shuffle.expectRow([...'ATGGCCTAA']);
  await expect(shuffle.sentence).toContainText('2 letters that are not A, C, G or T left out');
  await shuffle.drag(4, 9);
  await expect(shuffle.frame.getByRole('list', { name: 'Protein now' })).toContainText('Thr ✗');
  await expect(shuffle.frame.getByRole('list', { name: 'Protein before' })).toContainText('Ala');
});

test('the tune sounds when it is asked to and not before, at the volume that is set, and stops', async ({
  page,
  shuffle,
}) => {
  await page.addInitScript(() => {
    const opened: AudioContext[] = [];
    Object.assign(window, { opened });
    window.AudioContext = class extends AudioContext {
      constructor() {
        super();
        opened.push(this);
      }
    };
  });
  const contexts = () =>
    page.evaluate(() => (window as unknown as { opened: AudioContext[] }).opened.map((c) => c.state));
  await shuffle.openAt({ kind: 'melody', order: 'reversed' });
  expect(await contexts()).toEqual([]);
  await expect(shuffle.button('■ Stop sound')).toBeDisabled();
  await shuffle.button('▶ Play as it stands').click();
  await expect(shuffle.tile(2)).toHaveClass(/lit/);
  expect(await contexts()).toEqual(['running']);
  await shuffle.frame.getByRole('slider', { name: 'Volume' }).fill('0');
  await expect(shuffle.frame.getByRole('slider', { name: 'Volume' })).toHaveAttribute('aria-valuetext', '0 %');
  await shuffle.button('■ Stop sound').click();
  await expect(shuffle.frame.locator('.tile.lit')).toHaveCount(0);
  await expect(shuffle.button('■ Stop sound')).toBeDisabled();

  // What is moved is not played on.
  await shuffle.button('▶ Play as it stands').click();
  await expect(shuffle.button('■ Stop sound')).toBeEnabled();
  await shuffle.drag(1, 2);
  await expect(shuffle.button('■ Stop sound')).toBeDisabled();
});

test('where there is no Web Audio, the page says so and goes on', async ({ page, shuffle }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'AudioContext', { value: undefined }));
  await shuffle.openAt({ kind: 'melody' });
  await shuffle.button('▶ Play as it stands').click();
  await expect(shuffle.frame.getByRole('alert')).toContainText('This browser has no Web Audio');
  await shuffle.drag(1, 3);
  await expect(shuffle.sentence).toContainText('of 17 intervals, where');
});

test('a live run at the defaults gives the recorded numbers, to the last digit', async ({ shuffle }) => {
  await shuffle.open();
  await shuffle.button('Reverse').click();
  await shuffle.expectState('done');
  await shuffle.button('Restore').click();
  await expect(shuffle.sentence).toHaveText(recorded.sentence);
  const { columns, rows } = await shuffle.csv();
  expect(columns).toEqual(recorded.table.columns);
  expect(rows).toEqual(recorded.table.rows.map((row) => row.map(String)));
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });

  test('two taps swap, every tile can be hit, and nothing scrolls sideways', async ({ page, shuffle }) => {
    for (const { kind } of kinds) {
      await shuffle.openAt({ kind, order: 'shuffle-1' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      const sizes = await shuffle.tiles.evaluateAll((tiles) =>
        tiles.map((tile) => Math.min(tile.getBoundingClientRect().width, tile.getBoundingClientRect().height)),
      );
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    }
    await shuffle.openAt({ kind: 'trail', order: 'reversed' });
    await shuffle.tile(1).tap();
    await shuffle.tile(8).tap();
    await expect(shuffle.faces.first()).toHaveText('home');
    await expect(shuffle.faces.last()).toHaveText('order');
  });
});

test.describe('with scripts off', () => {
  test.use({ javaScriptEnabled: false });

  test('the recorded row, bag, score and sentence are in the page, and nothing that could not work', async ({
    page,
    shuffle,
  }) => {
    await page.goto(pages.sequentialData);
    await shuffle.expectRow(words);
    await expect(shuffle.bag).toBeVisible();
    await expect(shuffle.strip.locator('circle')).toHaveCount(100);
    await expect(shuffle.sentence).toHaveText(recorded.sentence);
    await expect(
      shuffle.frame.locator('button, input, [role="option"], [tabindex="-1"]').filter({ visible: true }),
    ).toHaveCount(0);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test.describe(`axe finds nothing, ${colorScheme}, ${width} px wide:`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test('idle', async ({ page, shuffle }) => {
        await shuffle.open();
        await shuffle.expectState('idle');
        await expectAccessible(page);
      });

      test('running, for as long as it takes', async ({ page, shuffle }) => {
        await replaceWorker(
          page,
          `postMessage({ kind: 'ready' });
          onmessage = ({ data: { kind } }) => { if (kind === 'ping') postMessage({ kind: 'pong' }); };`,
        );
        await shuffle.open();
        await shuffle.button('Reverse').click();
        await expect(shuffle.button('Stop')).toBeVisible();
        await shuffle.expectRow(words.toReversed());
        await expectAccessible(page);
      });

      test('failed', async ({ page, shuffle, troubles }) => {
        troubles.expect(/worker-/);
        await page.route(workerScript, (route) => route.abort());
        await shuffle.open();
        await shuffle.button('Shuffle').click();
        await shuffle.expectState('failed');
        await expectAccessible(page);
      });

      for (const { kind } of kinds) {
        test(`done, ${kind}, with one picked up and the table of all kinds open`, async ({ page, shuffle }) => {
          await shuffle.openAt({ kind, order: 'shuffle-5' });
          await shuffle.tile(2).click();
          await expect(shuffle.tile(2)).toHaveAttribute('aria-selected', 'true');
          await shuffle.frame.getByText('All seven kinds, measured').click();
          await expect(shuffle.frame.getByRole('region', { name: 'The scores of all kinds' })).toBeVisible();
          await expectAccessible(page);
        });
      }
    });
  }
}
