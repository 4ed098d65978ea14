import { expect } from 'vitest';

import unroll from '#src/experiments/unroll.ts';
import { CHANCE, meanRight } from '#src/experiments/unroll/result.ts';
import { sharesOf, sumOf, weightNames } from '#src/experiments/unroll/shares.ts';

import { claim, claimTogether, runsOf } from './claims.ts';

/** What the text says of unroll, at its default settings but for the places taught. One run a seed: each must hold alone. */

const run = runsOf(unroll);
const firstRun = (seed: number, taught = 3) => run(seed, { taught, runs: 1 });

for (const taught of [1, 3]) {
  const about = `with the pattern at ${taught === 1 ? 'one place' : `${taught} places`} in training`;

  claim(`shared weights carry over to untrained positions: over 0.95 right at each, ${about}`, async (seed) => {
    expect(Math.min(...(await firstRun(seed, taught)).runs[0]!.right.shared)).toBeGreaterThan(0.95);
  });

  claim(
    `per-position weights do not: over 0.95 right where they were trained, less than half elsewhere, ${about}`,
    async (seed) => {
      const result = await firstRun(seed, taught);
      expect(meanRight(result, 'own', 'taught')).toBeGreaterThan(0.95);
      expect(meanRight(result, 'own', 'other')).toBeLessThan(0.5);
    },
  );

  claimTogether(
    `over the seeds, per-position weights are no better than guessing where they were not trained: within 0.1 of a quarter, ${about}`,
    async (seeds) => {
      const runs = await Promise.all(seeds.map((seed) => firstRun(seed, taught)));
      const mean = runs.reduce((sum, result) => sum + meanRight(result, 'own', 'other')!, 0) / runs.length;
      expect(Math.abs(mean - CHANCE)).toBeLessThan(0.1);
    },
    // A mean of few runs is not yet one: every seed is tried each time.
    { quick: true },
  );
}

claim('taught at every place, per-position weights learn it too: over 0.95 right on average', async (seed) => {
  expect(meanRight(await firstRun(seed, 11), 'own', 'taught')).toBeGreaterThan(0.95);
});

claim(
  'the shares of the steps add up to the gradient of the tape, to float32 accuracy, at every length',
  async (seed) => {
    const { cell, tape } = await firstRun(seed);
    tape.forEach((gradient, i) => {
      const shares = sharesOf(cell, i + 1);
      expect(gradient).toHaveLength(weightNames.length);
      gradient.forEach((value, weight) => expect(Math.abs(sumOf(shares, weight) - value)).toBeLessThan(1e-5));
    });
  },
);

claim(
  'of 50 steps the last ten have over nine tenths of the size of all shares',
  async (seed) => {
    const { cell } = await firstRun(seed);
    const sizes = sharesOf(cell, 50).map((step) => step.reduce((sum, share) => sum + Math.abs(share), 0));
    const total = (steps: readonly number[]) => steps.reduce((sum, size) => sum + size, 0);
    expect(total(sizes.slice(-10)) / total(sizes)).toBeGreaterThan(0.9);
  },
  { share: 0.9 },
);
