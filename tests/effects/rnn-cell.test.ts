import { expect } from 'vitest';

import rnnCell from '#src/experiments/rnn-cell.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of rnn-cell, at its default settings but for what is named. */

const run = runsOf(rnnCell);
const right = async (seed: number, params: Parameters<typeof run>[1] = {}) => (await run(seed, params)).readout!.right;

claim(
  'trained, a cell of three units keeps the marked value: right at over 95% of the steps of fresh sequences',
  async (seed) => {
    expect(await right(seed)).toBeGreaterThan(0.95);
  },
);

claim('before training it does not: right at less than 80%', async (seed) => {
  expect(await right(seed, { updates: 0 })).toBeLessThan(0.8);
});

claim('a cell of a single unit does not learn it: right at less than 80%', async (seed) => {
  expect(await right(seed, { units: 1 })).toBeLessThan(0.8);
});

claim('with its recurrent weights set to zero the trained cell forgets: right at less than 80%', async (seed) => {
  const edits = [1, 2, 3].flatMap((row) => [1, 2, 3].map((column) => `U${row}.${column}*0`)).join('_');
  expect(await right(seed, { edits })).toBeLessThan(0.8);
});
