import { expect } from 'vitest';

import { models, type ModelName, type Trial } from '#src/experiments/race-trials.ts';
import race from '#src/experiments/race.ts';
import { defaultsOf, type Values } from '#src/experiments/parameters.ts';

import { claim } from './claims.ts';

/** What the text says of the race, at its default settings but for what is named. One training a seed. */

type Params = Values<typeof race.parameters>;

const { signal } = new AbortController();

/** Whether one of the three solves the task within its budget: a part of the run, as the experiment runs it. */
async function solves(model: ModelName, seed: number, params: Partial<Params> = {}): Promise<boolean> {
  const all = { ...defaultsOf(race.parameters), ...params };
  const trial = (await race.part!(all, models.indexOf(model), { seed, signal })) as Trial;
  return trial.solvedAfter !== null;
}

const mostly = { share: 0.9 };

claim(
  'over 200 steps an LSTM with chrono biases recalls: at least 9 of 10',
  async (seed) => expect(await solves('lstm', seed, { length: 200 })).toBe(true),
  mostly,
);

claim(
  'over 200 steps an RNN does not: at most 1 of 10',
  async (seed) => expect(await solves('rnn', seed, { length: 200 })).toBe(false),
  mostly,
);

claim(
  'over 100 steps an LSTM whose forget gates start at a bias of 1 does not: at most 3 of 10',
  async (seed) => expect(await solves('lstm', seed, { start: 'bias', forgetBias: 1 })).toBe(false),
  { share: 0.7 },
);

claim(
  'over 100 steps, as the race is first shown, LSTM and GRU with chrono biases recall: at least 9 of 10',
  async (seed) => {
    expect(await solves('lstm', seed)).toBe(true);
    expect(await solves('gru', seed)).toBe(true);
  },
  mostly,
);

claim(
  'over 100 steps, as the race is first shown, an RNN does not: at most 1 of 10',
  async (seed) => expect(await solves('rnn', seed)).toBe(false),
  mostly,
);

claim(
  'an RNN with as many weights as that LSTM does not, either: at most 1 of 10',
  async (seed) => expect(await solves('rnn', seed, { equal: 'weights' })).toBe(false),
  mostly,
);

claim(
  'over 10 steps all three recall, with a bias of 1: at least 9 of 10',
  async (seed) => {
    for (const model of models) expect(await solves(model, seed, { length: 10, start: 'bias' })).toBe(true);
  },
  mostly,
);

for (const [task, name] of [
  ['adding', 'the adding problem'],
  ['order', 'temporal order'],
] as const) {
  claim(
    `over 100 steps an LSTM with chrono biases solves ${name}: at least 9 of 10`,
    async (seed) => expect(await solves('lstm', seed, { task })).toBe(true),
    mostly,
  );

  claim(
    `over 100 steps an RNN does not solve ${name}: at most 1 of 10`,
    async (seed) => expect(await solves('rnn', seed, { task })).toBe(false),
    mostly,
  );
}
