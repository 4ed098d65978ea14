import { expect } from 'vitest';

import fadingMemory from '#src/experiments/fading-memory.ts';
import type { Trial } from '#src/training/trials.ts';

import { claim, meanOver, partsOf, claimTogether } from './claims.ts';

const delays = [5, 10, 20, 40, 80, 160];
const part = partsOf<typeof fadingMemory.parameters, unknown, unknown, Trial>(fadingMemory as never);
const first = (seed: number, delay: number, params = {}) => part(seed, delays.indexOf(delay), params);
const solved = ({ solvedAfter }: Trial) => (solvedAfter === null ? 0 : 1);
const rate = (seeds: readonly number[], delay: number, params = {}) =>
  meanOver(seeds, async (seed) => solved(await first(seed, delay, params)));

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
  expect(await rate(seeds, 40, { recurrentScale: 0.7 })).toBeLessThan(await rate(seeds, 40));
});

claimTogether('with three times the updates, 1,500, more learn it over 80 steps', async (seeds) => {
  expect(await rate(seeds, 80, { updates: 1500 })).toBeGreaterThan(await rate(seeds, 80));
});

claim(
  'over 40 steps three times the updates change nothing: what did not learn it does not with 1,500 either, but for at most 1 of 10',
  async (seed) => {
    expect(solved(await first(seed, 40, { updates: 1500 }))).toBe(solved(await first(seed, 40)));
  },
  { share: 0.9 },
);

claimTogether('with twice the units, 64, more learn it over 40 steps', async (seeds) => {
  expect(await rate(seeds, 40, { units: 64 })).toBeGreaterThan(await rate(seeds, 40));
});

claim(
  'with 10 words between a subject and its verb an RNN learns to tell “is” from “are”: at least 9 of 10',
  async (seed) => {
    expect(solved(await first(seed, 10, { material: 'sentences' }))).toBe(1);
  },
  { share: 0.9 },
);

claim(
  'with 160 words between them it does not: at most 1 of 10 does',
  async (seed) => {
    expect(solved(await first(seed, 160, { material: 'sentences' }))).toBe(0);
  },
  { share: 0.9 },
);
