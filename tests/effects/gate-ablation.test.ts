import { expect } from 'vitest';

import { courseNames, variants, type CourseName, type Variant } from '#src/experiments/ablation-facts.ts';
import gateAblation from '#src/experiments/gate-ablation.ts';
import type { Values } from '#src/experiments/parameters.ts';
import type { Trial } from '#src/training/trials.ts';

import { claim, claimTogether, meanOver, partsOf } from './claims.ts';

/** What the text says of gate-ablation, at its default settings but for what is named. One training a seed. */

type Params = Partial<Values<typeof gateAblation.parameters>>;

const part = partsOf<typeof gateAblation.parameters, unknown, unknown, Trial>(gateAblation as never);

/** The updates after which an LSTM has solved a task; Infinity where it has not within its budget. */
async function solvedAfter(seed: number, variant: Variant, course: CourseName, params: Params = {}): Promise<number> {
  const index = variants.indexOf(variant) * courseNames.length + courseNames.indexOf(course);
  return (await part(seed, index, params)).solvedAfter ?? Infinity;
}
const solves = async (...args: Parameters<typeof solvedAfter>) => (await solvedAfter(...args)) < Infinity;
const rate = (seeds: readonly number[], variant: Variant, course: CourseName) =>
  meanOver(seeds, async (seed) => Number(await solves(seed, variant, course)));

const mostly = { share: 0.9 };
const moreOftenThanNot = { share: 0.6 };
const sixteen = { units: 16 };

claim(
  'the whole LSTM solves all three tasks: at least 9 of 10',
  async (seed) => {
    for (const course of courseNames) expect(await solves(seed, 'full', course)).toBe(true);
  },
  mostly,
);

claim(
  'without forget gate it does not solve the latch: at least 9 of 10',
  async (seed) => expect(await solves(seed, 'noForget', 'latch')).toBe(false),
  mostly,
);

claimTogether('without forget gate it solves parity less often', async (seeds) => {
  expect(await rate(seeds, 'noForget', 'parity')).toBeLessThan(await rate(seeds, 'full', 'parity'));
});

for (const [variant, gate] of [
  ['noForget', 'forget'],
  ['noInput', 'input'],
] as const) {
  claim(
    `without ${gate} gate it does not learn to note and show: at least 9 of 10`,
    async (seed) => expect(await solves(seed, variant, 'note')).toBe(false),
    mostly,
  );
}

claim(
  'without output gate it mostly does not learn to note and show: at least 6 of 10',
  async (seed) => expect(await solves(seed, 'noOutput', 'note')).toBe(false),
  moreOftenThanNot,
);

claim(
  'without input gate it mostly does not solve the latch: at least 6 of 10',
  async (seed) => expect(await solves(seed, 'noInput', 'latch')).toBe(false),
  moreOftenThanNot,
);

claim(
  'parity is solved without input gate and without output gate as well: at least 9 of 10',
  async (seed) => {
    expect(await solves(seed, 'noInput', 'parity')).toBe(true);
    expect(await solves(seed, 'noOutput', 'parity')).toBe(true);
  },
  mostly,
);

claim(
  'and the latch without output gate: at least 8 of 10',
  async (seed) => expect(await solves(seed, 'noOutput', 'latch')).toBe(true),
  { share: 0.8 },
);

claim(
  'with one gate for both, i = 1 − f, it solves all three, and note and show after fewer updates than the whole LSTM: at least 9 of 10',
  async (seed) => {
    for (const course of courseNames) expect(await solves(seed, 'coupled', course)).toBe(true);
    expect(await solvedAfter(seed, 'coupled', 'note')).toBeLessThan(await solvedAfter(seed, 'full', 'note'));
  },
  mostly,
);

claimTogether('without output activation fewer solve the latch, and note and show', async (seeds) => {
  const both = async (variant: Variant) => (await rate(seeds, variant, 'latch')) + (await rate(seeds, variant, 'note'));
  expect(await both('noOutputActivation')).toBeLessThan(await both('full'));
});

claim(
  'with sixteen units it learns to note and show without output gate: at least 6 of 10',
  async (seed) => expect(await solves(seed, 'noOutput', 'note', sixteen)).toBe(true),
  moreOftenThanNot,
);

claim(
  'with sixteen units it holds a latch without input gate: at least 9 of 10',
  async (seed) => expect(await solves(seed, 'noInput', 'latch', sixteen)).toBe(true),
  mostly,
);

claim(
  'with sixteen units it still does not without forget gate: at least 9 of 10',
  async (seed) => expect(await solves(seed, 'noForget', 'latch', sixteen)).toBe(false),
  mostly,
);

claim(
  'with a single unit and 1,500 updates it solves parity: at least 9 of 10',
  async (seed) => expect(await solves(seed, 'full', 'parity', { units: 1, updates: 1500 })).toBe(true),
  mostly,
);
