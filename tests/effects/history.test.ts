import { expect } from 'vitest';

import history, { type HistoryModel } from '#src/experiments/history.ts';
import { defaultsOf, type Values } from '#src/experiments/parameters.ts';

import { claim } from './claims.ts';

const defaults = defaultsOf(history.parameters);
type Params = Values<typeof history.parameters>;

const trained = new Map<string, Promise<unknown>>();

/** The model of a run that sees the last k values: a part of the run, and the same as in the whole. Trained once. */
function model(seed: number, k: number, params: Partial<Params>): Promise<HistoryModel> {
  const key = JSON.stringify([seed, k, params]);
  const { signal } = new AbortController();
  if (!trained.has(key)) trained.set(key, history.part!({ ...defaults, ...params }, k, { seed, signal }));
  return trained.get(key) as Promise<HistoryModel>;
}

for (const system of ['pendulum', 'predator-prey'] as const) {
  claim(`one value of ${system} is at least three times worse than two`, async (seed) => {
    const one = await model(seed, 1, { system });
    const two = await model(seed, 2, { system });
    expect(one.error).toBeGreaterThanOrEqual(3 * two.error);
  });
}

claim(
  '“more values help a little further”: for the pendulum, measured with noise, the longest history beats two',
  async (seed) => {
    const two = await model(seed, 2, { system: 'pendulum' });
    const longest = await model(seed, defaults.longest, { system: 'pendulum' });
    expect(longest.error).toBeLessThan(two.error);
  },
);

for (const delay of [defaults.delay, 4, 9]) {
  claim(`with a delay of ${delay} the error falls by half or more once the history reaches the delay`, async (seed) => {
    const short = await model(seed, delay - 1, { system: 'mackey-glass', delay });
    const reaching = await model(seed, delay, { system: 'mackey-glass', delay });
    expect(reaching.error).toBeLessThanOrEqual(short.error / 2);
  });
}

claim(
  'one value of the chaotic map is enough for the next step, and yet every forecast is soon lost; the pendulum’s lasts',
  async (seed) => {
    const chaotic = await model(seed, 1, { system: 'logistic' });
    // A tenth of what saying the mean, of which the error is 1, would give.
    expect(chaotic.error).toBeLessThan(0.1);
    expect(chaotic.lostAt.filter((step) => step === null)).toEqual([]);
    expect(chaotic.horizon).toBeLessThanOrEqual(10);

    const steady = await model(seed, defaults.longest, { system: 'pendulum' });
    expect(steady.horizon ?? Infinity).toBeGreaterThanOrEqual(3 * chaotic.horizon!);
  },
);

claim(
  '“no longer history mends that”: with the longest, the chaotic map is lost within ten steps as well',
  async (seed) => {
    const longest = await model(seed, defaults.longest, { system: 'logistic' });
    expect(longest.horizon).toBeLessThanOrEqual(10);
  },
);

claim(
  '“there is nothing in it to gain”: for the chaotic map, ten values are no better than one by a tenth or more',
  async (seed) => {
    const one = await model(seed, 1, { system: 'logistic' });
    const longest = await model(seed, defaults.longest, { system: 'logistic' });
    expect(longest.error).toBeGreaterThan(0.9 * one.error);
  },
);
