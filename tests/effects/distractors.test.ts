import { expect } from 'vitest';

import distractors, { type DistractorTrial } from '#src/experiments/distractors.ts';

import { claimTogether, meanOver, partsOf } from './claims.ts';

/** Settings stand gap by gap, the RNN before the LSTM. */
const gaps = [5, 10, 20, 40, 80];
const part = partsOf<typeof distractors.parameters, unknown, unknown, DistractorTrial>(distractors as never);
const rnn = (seed: number, gap: number) => part(seed, 2 * gaps.indexOf(gap));
const solved = ({ solvedAfter }: DistractorTrial) => (solvedAfter === null ? 0 : 1);

claimTogether(
  'over the largest gap the RNN’s success rate is at least 0.5 below that over the smallest',
  async (seeds) => {
    const rate = (gap: number) => meanOver(seeds, async (seed) => solved(await rnn(seed, gap)));
    expect(await rate(80)).toBeLessThanOrEqual((await rate(5)) - 0.5);
  },
);

claimTogether(
  'over the smallest gap, which is learned, the signal ends with a larger share of the saliency than it ends with over the largest',
  async (seeds) => {
    const share = (gap: number) => meanOver(seeds, async (seed) => (await rnn(seed, gap)).after.signal ?? 0);
    expect(await share(5)).toBeGreaterThan(await share(80));
  },
);
