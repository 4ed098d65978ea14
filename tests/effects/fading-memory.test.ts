import { expect } from 'vitest';

import fadingMemory from '#src/experiments/fading-memory.ts';
import type { Trial } from '#src/training/trials.ts';

import { claim, meanOver, partsOf, claimTogether } from './claims.ts';

const delays = [5, 10, 20, 40, 80, 160];
const part = partsOf<typeof fadingMemory.parameters, unknown, unknown, Trial>(fadingMemory as never);
const first = (seed: number, delay: number, params = {}) => part(seed, delays.indexOf(delay), params);
const solved = ({ solvedAfter }: Trial) => (solvedAfter === null ? 0 : 1);

claim(
  'at the default budget an RNN learns to recall over 10 steps: at least 9 of 10',
  async (seed) => {
    expect(solved(await first(seed, 10))).toBe(1);
  },
  { share: 0.9 },
);

claim(
  'at the default budget it does not over 160 steps: at most 1 of 10 does',
  async (seed) => {
    expect(solved(await first(seed, 160))).toBe(0);
  },
  { share: 0.9 },
);

claimTogether('with recurrent weights of 0.7 times their size fewer learn it over 40 steps', async (seeds) => {
  const usual = await meanOver(seeds, async (seed) => solved(await first(seed, 40)));
  const smaller = await meanOver(seeds, async (seed) => solved(await first(seed, 40, { recurrentScale: 0.7 })));
  expect(smaller).toBeLessThan(usual);
});
