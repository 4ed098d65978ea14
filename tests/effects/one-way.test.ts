import { expect } from 'vitest';

import type { Direction } from '#src/experiments/one-way-reading.ts';
import oneWay from '#src/experiments/one-way.ts';
import type { Question } from '#src/sequences/look-ahead.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of one-way, at its default settings but for what is named. One run a seed: each must hold alone. */

const run = runsOf(oneWay);
const single = (seed: number, params: Parameters<typeof run>[1] = {}) => run(seed, { runs: 1, ...params });
const last = async (direction: Direction, ...args: Parameters<typeof single>) =>
  (await single(...args)).runs[0]!.accuracy[direction].at(-1)!;

const asked: Record<Question, string> = {
  majority: 'which symbol comes most often among the next three',
  parity: 'whether the ones among the next three are odd in number',
  copy: 'which the next three symbols are',
};

for (const [question, about] of Object.entries(asked) as [Question, string][]) {
  claim(`asked ${about}, the forward RNN answers at most 0.55 of the held-out questions right`, async (seed) => {
    expect(await last('forward', seed, { question })).toBeLessThanOrEqual(0.55);
  });

  claim(`asked ${about}, the bidirectional RNN answers at least 0.97 of them right`, async (seed) => {
    expect(await last('bidirectional', seed, { question })).toBeGreaterThanOrEqual(0.97);
  });
}

claim('a forward LSTM stays at chance like the RNN, at most 0.55: what is missing is not memory', async (seed) => {
  expect(await last('forward', seed, { cell: 'lstm' })).toBeLessThanOrEqual(0.55);
});

claim('a forward RNN of 24 units, and so of more weights than the bidirectional one, stays at chance', async (seed) => {
  const { weights } = await single(seed, { units: 24 });
  expect(weights.forward).toBeGreaterThan((await single(seed)).weights.bidirectional);
  expect(await last('forward', seed, { units: 24 })).toBeLessThanOrEqual(0.55);
});

claim(
  'a forward RNN that may wait one step gets about three quarters right, all that there is to know by then',
  async (seed) => {
    expect((await single(seed, { wait: 1 })).best).toBe(0.75);
    expect(Math.abs((await last('forward', seed, { wait: 1 })) - 0.75)).toBeLessThan(0.04);
  },
);

claim(
  'a forward RNN that may wait three steps answers at least 0.97 right, as the bidirectional one does',
  async (seed) => {
    expect(await last('forward', seed, { wait: 3 })).toBeGreaterThanOrEqual(0.97);
  },
);

claim('the bidirectional model has twice the weights: between 1.9 and 2 times as many', async (seed) => {
  const { weights } = await single(seed);
  expect(weights.bidirectional / weights.forward).toBeGreaterThan(1.9);
  expect(weights.bidirectional / weights.forward).toBeLessThanOrEqual(2);
});
