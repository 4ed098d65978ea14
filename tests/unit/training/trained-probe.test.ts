import { describe, expect, test } from 'vitest';

import { loadEngine } from '#src/training/engine.ts';
import { createReadoutRnn, randomSequence } from '#src/training/gradient-probe.ts';
import { LEARNED_BELOW, trainReadoutRnn } from '#src/training/trained-probe.ts';
import { tf } from '#tensorflow';

import { states } from './float64-rnn.ts';

const engine = await loadEngine();
const start = { units: 32, recurrentScale: 1, activation: 'tanh' } as const;
const pace = () => Promise.resolve();

describe('a network that is trained', () => {
  test('starts from the fresh one of the same seed', async () => {
    const fresh = createReadoutRnn(11, { inputs: 2, ...start });
    const { network } = await trainReadoutRnn(engine, 11, start, 10, { pace });
    expect(network).toMatchObject({ cell: fresh.cell, inputs: 2, units: 32 });
    // Adam moves no weight by much more than its learning rate in a step; another start would be far away.
    const farthest = fresh.weights.recurrentKernel.map((value, i) =>
      Math.abs(value - network.weights.recurrentKernel[i]!),
    );
    expect(Math.max(...farthest)).toBeGreaterThan(0.01);
    expect(farthest.reduce((sum, value) => sum + value, 0) / farthest.length).toBeLessThan(0.15);
  });

  test('answers with the first number that it read, where it says that it learned to', async () => {
    const { network, learned, error } = await trainReadoutRnn(engine, 12, start, 10, { pace });
    expect(learned).toBe(true);
    expect(error).toBeLessThanOrEqual(LEARNED_BELOW);
    const errors = Array.from({ length: 200 }, (_, i) => {
      const x = randomSequence(1000 + i, 10, 2);
      const h = states(network, x).h.at(-1)!;
      return (h.reduce((sum, value, unit) => sum + value * network.readout[unit]!, 0) - x[0]!) ** 2;
    });
    expect(errors.reduce((sum, value) => sum + value, 0) / errors.length).toBeLessThan(2 * LEARNED_BELOW);
  });

  test('says so where it did not learn', async () => {
    const { learned, error } = await trainReadoutRnn(engine, 13, { ...start, recurrentScale: 0.1 }, 20, { pace });
    expect(learned).toBe(false);
    expect(error).toBeGreaterThan(0.7);
  });

  test('is trained once, and comes at once when it is asked for again', async () => {
    const shares: number[] = [];
    const hooks = { pace, onShare: (share: number) => void shares.push(share) };
    const first = await trainReadoutRnn(engine, 14, { ...start, units: 4 }, 5, hooks);
    const told = shares.length;
    expect(told).toBeGreaterThan(10);
    expect(await trainReadoutRnn(engine, 14, { ...start, units: 4 }, 5, hooks)).toBe(first);
    expect(shares).toHaveLength(told);
    for (const [seed, other, time] of [
      [15, { ...start, units: 4 }, 5],
      [14, { ...start, units: 3 }, 5],
      [14, { ...start, units: 4, recurrentScale: 0.9 }, 5],
      [14, { ...start, units: 4, activation: 'relu' as const }, 5],
      [14, { ...start, units: 4 }, 6],
    ] as const) {
      expect((await trainReadoutRnn(engine, seed, other, time, hooks)).network.weights).not.toEqual(
        first.network.weights,
      );
    }
  });

  test('leaves no tensor behind, whether training ends or is stopped, and is not kept where it was', async () => {
    const { numTensors } = tf.memory();
    await trainReadoutRnn(engine, 16, { ...start, units: 4 }, 5, { pace });
    expect(tf.memory().numTensors).toBe(numTensors);
    let left = 20;
    const stop = () => (left-- > 0 ? Promise.resolve() : Promise.reject(new Error('Stopped.')));
    await expect(trainReadoutRnn(engine, 17, { ...start, units: 4 }, 5, { pace: stop })).rejects.toThrow('Stopped.');
    expect(tf.memory().numTensors).toBe(numTensors);
    const again = await trainReadoutRnn(engine, 17, { ...start, units: 4 }, 5, { pace });
    expect(again.error).toBeGreaterThan(0);
  });
});
