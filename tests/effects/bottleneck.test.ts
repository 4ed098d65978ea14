import { expect } from 'vitest';

import bottleneck from '#src/experiments/bottleneck.ts';
import type { Trial } from '#src/training/trials.ts';

import { claimTogether, meanOver, partsOf } from './claims.ts';

/** Settings stand by the number of symbols, and then of units. */
const sizes = [2, 4, 8, 16];
const part = partsOf<typeof bottleneck.parameters, unknown, unknown, Trial>(bottleneck as never);
const accuracy = (seeds: readonly number[], symbols: number, units: number, params = {}) =>
  meanOver(
    seeds,
    async (seed) => (await part(seed, sizes.length * (symbols - 1) + sizes.indexOf(units), params)).score,
  );

claimTogether('through 4 units, 8 symbols are copied at least 0.3 worse than 2', async (seeds) => {
  expect(await accuracy(seeds, 8, 4)).toBeLessThanOrEqual((await accuracy(seeds, 2, 4)) - 0.3);
});

claimTogether('of 6 symbols, 16 units copy at least 0.3 more than 4 units', async (seeds) => {
  expect(await accuracy(seeds, 6, 16)).toBeGreaterThanOrEqual((await accuracy(seeds, 6, 4)) + 0.3);
});

claimTogether(
  'some of it is the budget: of 4 symbols, 4 units copy at least 0.1 more after 1,200 updates than after 400',
  async (seeds) => {
    const longer = await accuracy(seeds, 4, 4, { updates: 1200 });
    expect(longer).toBeGreaterThanOrEqual((await accuracy(seeds, 4, 4)) + 0.1);
  },
);

claimTogether(
  'an LSTM is no way round it within this budget: of 6 symbols, 16 units of an LSTM copy at least 0.05 less than 16 of an RNN',
  async (seeds) => {
    const lstm = await accuracy(seeds, 6, 16, { cell: 'lstm' });
    expect(lstm).toBeLessThanOrEqual((await accuracy(seeds, 6, 16)) - 0.05);
  },
);
