import { describe, expect, test } from 'vitest';

import history, { type HistoryModel } from '#src/experiments/history.ts';
import { defaultsOf, type Values } from '#src/experiments/parameters.ts';

import { seeds } from './seeds.ts';

const defaults = defaultsOf(history.parameters);
type Params = Values<typeof history.parameters>;

/** The model of a run that sees the last k values: a part of the run, and the same as in the whole. */
async function model(seed: number, k: number, params: Partial<Params>): Promise<HistoryModel> {
  const { signal } = new AbortController();
  return (await history.part!({ ...defaults, ...params }, k, { seed, signal })) as HistoryModel;
}

const tried = process.env['ALL_SEEDS'] ? seeds : seeds.slice(0, 3);

describe.for(tried)('with seed %i', (seed) => {
  test('for the pendulum, one value is at least three times worse than two', async () => {
    const one = await model(seed, 1, { system: 'pendulum' });
    const two = await model(seed, 2, { system: 'pendulum' });
    expect(one.error).toBeGreaterThanOrEqual(3 * two.error);
  });

  test('for the delayed system, the error falls by half or more once the history reaches back to the delay', async () => {
    const { delay } = defaults;
    const short = await model(seed, delay - 1, { system: 'mackey-glass' });
    const reaching = await model(seed, delay, { system: 'mackey-glass' });
    expect(reaching.error).toBeLessThanOrEqual(short.error / 2);
  });

  test('for the chaotic map, one value is enough for the next step, and yet the forecast is soon lost; the pendulum’s lasts', async () => {
    const chaotic = await model(seed, 1, { system: 'logistic' });
    // A tenth of what saying the mean, of which the error is 1, would give.
    expect(chaotic.error).toBeLessThan(0.1);
    expect(chaotic.lostAt.filter((step) => step === null)).toEqual([]);
    expect(chaotic.horizon).toBeLessThanOrEqual(10);

    const steady = await model(seed, defaults.longest, { system: 'pendulum' });
    expect(steady.horizon ?? Infinity).toBeGreaterThanOrEqual(3 * chaotic.horizon!);
  });
});
