import { expect } from 'vitest';

import gradientHighway, { type CurveName, type HighwayResult } from '#src/experiments/gradient-highway.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of gradient-highway. Bounds come from what the words mean, not from the numbers. */

/** It takes so little time that every seed is tried each time. */
const quick = { quick: true };

const run = runsOf(gradientHighway);
const LAG = 100;
const atLag = ({ curves }: HighwayResult, name: CurveName, lag = LAG) => curves[name].median.at(-1 - lag)!;
const single = { length: 200, networks: 1 };

claim(
  'a forget bias of 1 leaves the cell state, 100 steps back, less than a tenth of what chrono leaves, network by network',
  async (seed) => {
    const usual = await run(seed, single);
    const chrono = await run(seed, { ...single, start: 'chrono' });
    expect(atLag(usual, 'lstmCell')).toBeLessThan(0.1 * atLag(chrono, 'lstmCell'));
  },
  { quick: true, share: 0.95 },
);

claim(
  'the usual bias of 1 still vanishes: over the 100 steps shown, less than a hundredth is left for the first cell state',
  async (seed) => expect((await run(seed)).curves.lstmCell.median[0]).toBeLessThan(0.01),
  quick,
);

claim(
  'the RNN fades faster than an LSTM with bias 1: 100 steps back at least ten times less is left',
  async (seed) => {
    const result = await run(seed, { length: 200 });
    expect(atLag(result, 'rnn')).toBeLessThan(0.1 * atLag(result, 'lstmCell'));
  },
  quick,
);

claim(
  'a GRU at its usual start, with its gates half open, fades faster than the RNN',
  async (seed) => {
    const result = await run(seed);
    expect(result.curves.gru.median[0]).toBeLessThan(0.1 * result.curves.rnn.median[0]!);
  },
  quick,
);

claim(
  'with bias 0 the cell state “forgets even faster than a simple network”',
  async (seed) => {
    const result = await run(seed, { forgetBias: 0 });
    expect(result.curves.lstmCell.median[0]).toBeLessThan(0.1 * result.curves.rnn.median[0]!);
  },
  quick,
);

claim(
  'the wider the forget gates are open at the start, the more reaches the first cell state: biases 0, 1, 2 and 3',
  async (seed) => {
    const reached: number[] = [];
    for (const forgetBias of [0, 1, 2, 3]) reached.push((await run(seed, { forgetBias })).curves.lstmCell.median[0]!);
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
  },
  quick,
);

claim(
  'with bias 1 the forget gates let about 0.73 through on average',
  async (seed) => {
    const { meanForget } = await run(seed);
    expect(meanForget).toBeGreaterThan(0.71);
    expect(meanForget).toBeLessThan(0.75);
  },
  quick,
);

claim(
  'with bias 1 the whole gradient fades far more slowly than its gates alone: more than a million times more is left',
  async (seed) => {
    const { curves } = await run(seed);
    expect(curves.lstmCell.median[0]).toBeGreaterThan(1e6 * curves.belt.median[0]!);
  },
  quick,
);

claim(
  'units differ: what each unit’s own gates leave is more than their mean would, with bias 1 and with chrono',
  async (seed) => {
    for (const start of ['bias', 'chrono'] as const) {
      const { curves, meanAlone } = await run(seed, { start });
      expect(curves.belt.median[0]).toBeGreaterThan(1.5 * meanAlone[0]!);
    }
  },
  quick,
);

claim(
  'with chrono nearly all of the gradient goes along the belt: the whole is within a factor of two of the gates alone',
  async (seed) => {
    const { curves } = await run(seed, { start: 'chrono' });
    const ratio = curves.lstmCell.median[0]! / curves.belt.median[0]!;
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  },
  quick,
);

claim(
  'with chrono the signal for the cell state is still there at the first step, at 100 steps and at 200: a twentieth and more',
  async (seed) => {
    for (const length of [100, 200]) {
      expect((await run(seed, { start: 'chrono', length })).curves.lstmCell.median[0]).toBeGreaterThan(0.05);
    }
  },
  quick,
);

claim(
  'the hidden states of an LSTM get less than its cell states: with chrono, less than a tenth',
  async (seed) => {
    const { curves } = await run(seed, { start: 'chrono' });
    expect(curves.lstmHidden.median[0]).toBeLessThan(0.1 * curves.lstmCell.median[0]!);
  },
  quick,
);
