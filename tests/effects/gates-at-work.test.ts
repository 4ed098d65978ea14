import { expect } from 'vitest';

import { learnedToForget, type GatesResult, type Quantity } from '#src/experiments/gate-readings.ts';
import gatesAtWork from '#src/experiments/gates-at-work.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of gates-at-work, at its default settings but for what is named. One network a seed. */

const run = runsOf(gatesAtWork);
const noted = (seed: number) => run(seed, { runs: 1 });
const latched = (seed: number) => run(seed, { runs: 1, material: 'latch', updates: 480 });

/** How closely any of the units follows a feature with one of its quantities, if that is what it follows most. */
function closest({ found }: GatesResult, quantity: Quantity, feature: RegExp): number {
  const of = found.filter((one) => one.quantity === quantity && feature.test(one.feature));
  return Math.max(0, ...of.map(({ correlation }) => Math.abs(correlation)));
}

claim('a fresh network forgets at marks as much as anywhere', async (seed) => {
  const { at, elsewhere } = (await noted(seed)).runs[0]!;
  expect(Math.abs(elsewhere[0]! - at[0]!)).toBeLessThan(0.15);
});

claim(
  'training nearly always teaches it to forget at marks, and not elsewhere: at least 9 of 10',
  async (seed) => {
    const { looks, runs } = await noted(seed);
    expect(learnedToForget(looks, runs[0]!)).toBeGreaterThan(0);
    expect(runs[0]!.elsewhere.at(-1)).toBeGreaterThan(0.5);
    expect(runs[0]!.at.at(-1)).toBeLessThan(0.4);
  },
  { share: 0.9 },
);

claim(
  'among six units there is a forget gate that closes at marks, an input gate that opens there, and an output gate that follows questions',
  async (seed) => {
    const result = await noted(seed);
    expect(closest(result, 'forget', /^marks$/)).toBeGreaterThan(0.8);
    expect(closest(result, 'input', /^marks$/)).toBeGreaterThan(0.8);
    expect(closest(result, 'output', /^questions$/)).toBeGreaterThan(0.8);
  },
  { share: 0.9 },
);

claim(
  'and a cell state that holds the number noted last',
  async (seed) => expect(closest(await noted(seed), 'cell', /^the number noted last$/)).toBeGreaterThan(0.7),
  { share: 0.9 },
);

claim(
  'on the latch it learns to forget at marks as well, and a cell state tells which symbol is held',
  async (seed) => {
    const result = await latched(seed);
    expect(learnedToForget(result.looks, result.runs[0]!)).toBeGreaterThan(0);
    expect(closest(result, 'cell', /is held$/)).toBeGreaterThan(0.7);
  },
  { share: 0.9 },
);
