import { expect } from 'vitest';

import distractors, { type DistractorTrial } from '#src/experiments/distractors.ts';
import { quantile } from '#src/experiments/quantile.ts';

import { claim, claimTogether, meanOver, partsOf } from './claims.ts';

/** Settings stand gap by gap, the RNN before the LSTM. */
const gaps = [5, 10, 20, 40, 80];
const part = partsOf<typeof distractors.parameters, unknown, unknown, DistractorTrial>(distractors as never);
const rnn = (seed: number, gap: number) => part(seed, 2 * gaps.indexOf(gap));
const lstm = (seed: number, gap: number, params = {}) => part(seed, 2 * gaps.indexOf(gap) + 1, params);
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

claim(
  'over 80 steps an LSTM with the usual forget bias of 1 does not learn it either: at most 1 of 10 does',
  async (seed) => {
    expect(solved(await lstm(seed, 80))).toBe(0);
  },
  { share: 0.9 },
);

claim(
  'an LSTM whose gates start for the length of the gap learns it over 80 steps: at least 9 of 10',
  async (seed) => {
    expect(solved(await lstm(seed, 80, { forgetBias: 'chrono' }))).toBe(1);
  },
  { share: 0.9 },
);

claimTogether('over 40 steps fewer RNNs learn it with a distractor at every step than in silence', async (seeds) => {
  /** Settings stand from no noise to a distractor at every step. */
  const rate = (index: number) =>
    meanOver(seeds, async (seed) => solved(await part(seed, index, { varied: 'noise', gap: '40' })));
  const [silent, noisy] = [await rate(0), await rate(8)];
  expect(noisy).toBeLessThan(silent);
});

async function runsOver(
  seeds: readonly number[],
  some: readonly number[],
  run: (seed: number, gap: number) => Promise<DistractorTrial>,
): Promise<DistractorTrial[]> {
  const runs = [];
  for (const seed of seeds) for (const gap of some) runs.push(await run(seed, gap));
  return runs;
}

claimTogether(
  'in the median run that learned it over up to 20 steps, RNN or LSTM, the signal ends with at least 5% of the saliency',
  async (seeds) => {
    const near = gaps.filter((gap) => gap <= 20);
    const runs = [...(await runsOver(seeds, near, rnn)), ...(await runsOver(seeds, near, (s, gap) => lstm(s, gap)))];
    const shares = runs.filter((run) => solved(run) === 1).map(({ after }) => after.signal ?? 0);
    expect(quantile(shares, 0.5)).toBeGreaterThanOrEqual(0.05);
  },
);

claimTogether(
  'of the RNNs that did not learn it over 40 and 80 steps at least four in five end with less of the saliency at the signal than they began with',
  async (seeds) => {
    const failed = (await runsOver(seeds, [40, 80], rnn)).filter((run) => solved(run) === 0);
    const lost = failed.filter(({ before, after }) => (after.signal ?? 0) < (before.signal ?? 0));
    expect(lost.length / failed.length).toBeGreaterThanOrEqual(0.8);
  },
);
