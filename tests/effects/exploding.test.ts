import { expect } from 'vitest';

import { landing, raises, type StepProbe, type Way } from '#src/experiments/exploding-data.ts';
import exploding from '#src/experiments/exploding.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of exploding, at its default settings but for what is named. One pair of runs a seed. */

const run = runsOf(exploding);
const single = (seed: number, params: Parameters<typeof run>[1] = {}) => run(seed, { runs: 1, ...params });

async function trains(way: Way, ...args: Parameters<typeof single>): Promise<boolean> {
  const { series } = await single(...args);
  return series.find(({ setting }) => setting === way)!.runs[0]!.solvedAfter !== null;
}

claim(
  'with clipping the network trains, with at least 9 of 10 seeds',
  async (seed) => expect(await trains('clipped', seed)).toBe(true),
  { share: 0.9 },
);

claim(
  'without clipping it does not train, but for at most 3 of 10 seeds',
  async (seed) => expect(await trains('unclipped', seed)).toBe(false),
  { share: 0.7 },
);

claim(
  'with a learning rate of 0.005, a tenth, it trains without clipping as well, with at least 9 of 10 seeds',
  async (seed) => expect(await trains('unclipped', seed, { learningRate: 0.005 })).toBe(true),
  { share: 0.9 },
);

for (const threshold of [0.3, 3]) {
  claim(
    `with a threshold of ${threshold} in the place of 1 it trains too, with at least 9 of 10 seeds`,
    async (seed) => expect(await trains('clipped', seed, { threshold })).toBe(true),
    { share: 0.9 },
  );
}

claim(
  'a threshold of 10 is too high: it does not train, but for at most 3 of 10 seeds',
  async (seed) => expect(await trains('clipped', seed, { threshold: 10 })).toBe(false),
  { share: 0.7 },
);

/** The median norm before training, at a scale and a length. */
async function normAt(seed: number, scale: number, length: number): Promise<number> {
  const { start } = await single(seed);
  return start.norms[start.scales.indexOf(scale)]![start.lengths.indexOf(length)]!;
}

claim(
  'at twice the usual recurrent weights the gradient grows with the length: over 100 steps it is more than ten times that over 5',
  async (seed) => {
    expect((await normAt(seed, 2, 100)) / (await normAt(seed, 2, 5))).toBeGreaterThan(10);
  },
);

claim('at half the usual recurrent weights it does not grow with the length', async (seed) => {
  expect(await normAt(seed, 0.5, 100)).toBeLessThanOrEqual(await normAt(seed, 0.5, 5));
});

/** Without those at the very start, where the network knows nothing yet that a step could spoil. */
const later = async (seed: number): Promise<StepProbe[]> =>
  (await single(seed)).probes.filter(({ update }) => update >= 10);

const meanRise = (probes: readonly StepProbe[], way: Way) =>
  probes.reduce((sum, probe) => {
    const { before, after } = landing(probe, way)!;
    return sum + after - before;
  }, 0) / probes.length;

claim(
  'from update 10 on an unclipped step would raise the loss in at least 9 of 11 looks, by 0.4 or more in the mean',
  async (seed) => {
    const probes = await later(seed);
    expect(probes).toHaveLength(11);
    expect(raises(probes, 'unclipped')).toBeGreaterThanOrEqual(9);
    expect(meanRise(probes, 'unclipped')).toBeGreaterThan(0.4);
  },
);

claim(
  'the clipped step from the same place leaves the loss about where it was in the mean: a third of that at most',
  async (seed) => {
    const probes = await later(seed);
    expect(meanRise(probes, 'clipped')).toBeLessThan(meanRise(probes, 'unclipped') / 3);
  },
);
