import { describe, expect, test } from 'vitest';

import type { Floats } from '#src/recurrent/index.ts';
import { randomNumbers } from '#src/sequences/echo.ts';
import { createRandom } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { memoryOf, recordStates } from '#src/training/memory-probe.ts';
import { createModel } from '#src/training/model.ts';

/** Linear networks, whose memory has a closed form (Jaeger 2001). */
function linear(units: number, kernel: number[], recurrentKernel: number[]) {
  const weights = [kernel, recurrentKernel, new Array<number>(units).fill(0)].map((values) =>
    Float32Array.from(values),
  );
  return { cell: { kind: 'simpleRnn', activation: 'identity' } as const, units, weights: (): Floats[] => weights };
}

const options = { longest: 12, leadIn: 100, fitted: 4000, penalty: 1e-6 };
const inputs = randomNumbers(createRandom(1, 'inputs'), 100 + 4000 + 4000);
const pace = () => Promise.resolve();

async function memory(network: Parameters<typeof recordStates>[1]): Promise<number[]> {
  return memoryOf(recordStates(await loadEngine(), network, inputs), options, pace);
}

describe('what can be read out of a hidden state', () => {
  test('of units that hand the input on from one to the next is all of as many inputs, and nothing of the rest', async () => {
    const units = 5;
    const shift = Array.from({ length: units * units }, (_, at) => (at % units === Math.floor(at / units) + 1 ? 1 : 0));
    const shares = await memory(linear(units, [1, 0, 0, 0, 0], shift));
    expect(shares).toHaveLength(13);
    shares.forEach((share, lag) => {
      if (lag < units) expect(share).toBeGreaterThan(0.9999);
      else expect(Math.abs(share)).toBeLessThan(0.01);
    });
  });

  // h_t = a h_{t-1} + u_t has the variance 1 / (1 - a²), and the covariance a^k with the input of k steps before.
  test.for([0.5, 0.9])('of one unit that keeps %d of itself fades as (1 - a²) a^2k', async (keeps) => {
    const shares = await memory(linear(1, [1], [keeps]));
    shares.forEach((share, lag) => {
      expect(Math.abs(share - (1 - keeps ** 2) * keeps ** (2 * lag))).toBeLessThan(0.02);
    });
  });

  test('of a trained or fresh model starts at states that are its own, step by step', async () => {
    const engine = await loadEngine();
    const model = createModel(engine, { inputs: 1, outputs: 1 }, 7, {
      cell: { kind: 'simpleRnn', activation: 'tanh' },
      units: 3,
    });
    try {
      const short = inputs.slice(0, 6);
      const { hidden, units } = recordStates(engine, model, short);
      expect(units).toBe(3);
      const [kernel, recurrentKernel, bias] = model.weights() as [Floats, Floats, Floats];
      let h = [0, 0, 0];
      short.forEach((x, t) => {
        h = h.map((_, j) =>
          Math.tanh(
            h.reduce((sum, before, i) => sum + before * recurrentKernel[i * 3 + j]!, x * kernel[j]! + bias[j]!),
          ),
        );
        h.forEach((value, j) => expect(hidden[t * 3 + j]).toBeCloseTo(value, 5));
      });
    } finally {
      model.dispose();
    }
  });
});
