import { expect } from 'vitest';

import { mean } from '#src/experiments/correlation.ts';
import {
  counted,
  models,
  timeAt,
  type CostResult,
  type CostTrial,
  type ModelName,
} from '#src/experiments/cost-counts.ts';
import cost from '#src/experiments/cost.ts';

import { claim, claimTogether, meanOver, partsOf, runsOf } from './claims.ts';

/** What the text says of cost, at its default settings. One training a seed and setting: parts of the run. */

const run = runsOf(cost);
const part = partsOf<typeof cost.parameters, unknown, unknown, CostTrial>(cost as never);

const LEARNING_RATES = [0.001, 0.003, 0.01, 0.03, 0.1];
const onRecall = (seed: number, model: ModelName, learningRate: number) =>
  part(seed, LEARNING_RATES.indexOf(learningRate) * models.length + models.indexOf(model));
const onParity = (seed: number, model: ModelName) =>
  part(seed, LEARNING_RATES.length * models.length + models.indexOf(model));

const learned = ({ solvedAfter }: CostTrial) => solvedAfter !== null;
const after = ({ solvedAfter }: CostTrial) => solvedAfter ?? Infinity;
const mostly = { share: 0.9 };

/** How many times an RNN's of as many units something of a layer is. */
const beside = (model: ModelName, units: number, of: 'weights' | 'multiplyAdds' | 'bytes') =>
  counted(model, units)[of] / counted('rnn', units)[of];
const sizes = [8, 16, 32, 64, 128];

claimTogether(
  'an LSTM’s layer has four times the weights of an RNN’s of as many units, within 5%, and a GRU’s three times, within 7%',
  () => {
    for (const units of sizes) {
      expect(Math.abs(beside('lstm', units, 'weights') / 4 - 1)).toBeLessThan(0.05);
      expect(Math.abs(beside('gru', units, 'weights') / 3 - 1)).toBeLessThan(0.07);
    }
  },
  { quick: true },
);

claimTogether(
  'it makes four times the multiplications, and training it takes more than four times the memory',
  () => {
    for (const units of sizes) {
      expect(beside('lstm', units, 'multiplyAdds')).toBe(4);
      expect(beside('lstm', units, 'bytes')).toBeGreaterThan(4);
    }
  },
  { quick: true },
);

claimTogether('a step of an LSTM takes at least twice as long as one of an RNN of as many units', async () => {
  const result: CostResult = await run(1001, { runs: 1, updates: 100, rounds: 30 });
  for (const units of [16, 32, 64]) {
    expect(timeAt(result, 'lstm', units)).toBeGreaterThan(2 * timeAt(result, 'rnn', units));
  }
});

claim(
  'recall over ten steps is learned by all three, at learning rates of 0.003, 0.01 and 0.03: at least 9 of 10',
  async (seed) => {
    for (const model of models) {
      for (const rate of [0.003, 0.01, 0.03]) expect(learned(await onRecall(seed, model, rate))).toBe(true);
    }
  },
  mostly,
);

claim(
  'the LSTM learns it at every learning rate from 0.001 to 0.1: at least 9 of 10',
  async (seed) => {
    for (const rate of LEARNING_RATES) expect(learned(await onRecall(seed, 'lstm', rate))).toBe(true);
  },
  mostly,
);

claimTogether('at the highest of them fewer RNNs learn it than LSTMs, and than GRUs', async (seeds) => {
  const share = (model: ModelName) =>
    meanOver(seeds, async (seed) => Number(learned(await onRecall(seed, model, 0.1))));
  expect(await share('rnn')).toBeLessThan(await share('lstm'));
  expect(await share('rnn')).toBeLessThan(await share('gru'));
});

claimTogether(
  'at the learning rate that suits each best an LSTM needs at least four fifths of the updates of an RNN, and more time',
  async (seeds) => {
    const soonest = async (model: ModelName) => {
      const medians = [];
      for (const rate of LEARNING_RATES) {
        const updates = [];
        for (const seed of seeds) updates.push(after(await onRecall(seed, model, rate)));
        medians.push(updates.sort((a, b) => a - b)[updates.length >> 1]!);
      }
      return Math.min(...medians);
    };
    const [rnn, lstm] = [await soonest('rnn'), await soonest('lstm')];
    expect(lstm).toBeGreaterThan(0.8 * rnn);
    const result: CostResult = await run(1001, { runs: 1, updates: 100, rounds: 30 });
    expect(lstm * timeAt(result, 'lstm', 16)).toBeGreaterThan(rnn * timeAt(result, 'rnn', 16));
  },
);

claim(
  'parity is learned by all three, and by LSTM and GRU after fewer updates than by the RNN: at least 9 of 10',
  async (seed) => {
    const rnn = after(await onParity(seed, 'rnn'));
    expect(rnn).toBeLessThan(Infinity);
    for (const model of ['lstm', 'gru'] as const) expect(after(await onParity(seed, model))).toBeLessThan(rnn);
  },
  mostly,
);

claim('one plain feature explains less than half of the mean unit’s activity, in each of the three', async (seed) => {
  for (const model of models) {
    const { hidden, cell = hidden } = (await onParity(seed, model)).explained!;
    expect(mean(hidden)).toBeLessThan(0.5);
    expect(mean(cell)).toBeLessThan(0.5);
  }
});

claim(
  'and of an LSTM’s hidden unit no less than of an RNN’s: at least 9 of 10',
  async (seed) => {
    const shareOf = async (model: ModelName) => mean((await onParity(seed, model)).explained!.hidden);
    expect(await shareOf('lstm')).toBeGreaterThanOrEqual(await shareOf('rnn'));
  },
  mostly,
);
