import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Form } from '#src/recurrent/index.ts';
import { LARGEST_SEED } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createReadoutRnn, hiddenStateGradients, randomSequence, type LossAt } from '#src/training/gradient-probe.ts';
import { tf } from '#tensorflow';

import { byDifferences, byRecursion, norm, readoutThroughTime, states } from './float64-rnn.ts';

const engine = await loadEngine();
const lossAt: fc.Arbitrary<LossAt> = fc.constantFrom('last', 'every');
const activation = fc.constantFrom('tanh', 'relu', 'identity');

/**
 * float32 keeps a number to 6e-8 of itself. Over 45 steps of sums of up to a dozen products, each with an error of its own
 * that the later steps carry on, a ten-thousandth is what can be promised; and beside a large gradient a small one is known
 * only to a millionth of the large one, where they were added up.
 */
const FLOAT32 = { ofItself: 1e-4, ofTheLargest: 1e-6 };

function expectClose(norms: ArrayLike<number>, reference: readonly number[], tolerance = FLOAT32): void {
  expect(norms).toHaveLength(reference.length);
  const largest = Math.max(...reference);
  for (const [i, wanted] of reference.entries()) {
    const allowed = tolerance.ofItself * wanted + tolerance.ofTheLargest * largest;
    expect(Math.abs(norms[i]! - wanted), `step ${i + 1}: ${norms[i]} for ${wanted}`).toBeLessThanOrEqual(allowed);
  }
}

const problem = fc.record({
  seed: fc.integer({ min: 0, max: LARGEST_SEED }),
  length: fc.integer({ min: 1, max: 45 }),
  inputs: fc.integer({ min: 1, max: 4 }),
  units: fc.integer({ min: 1, max: 9 }),
  recurrentScale: fc.double({ min: 0.5, max: 1.2, noNaN: true }),
  activation,
});

describe('the measured gradient for each hidden state', () => {
  test('is that of finite differences in float64', () => {
    fc.assert(
      fc.property(problem, lossAt, ({ seed, length, ...shape }, lossAt) => {
        const network = createReadoutRnn(seed, shape);
        const x = randomSequence(seed, length, shape.inputs);
        // Where a unit of a ReLU network is just about to switch, differences across the kink are no gradient.
        const closest = Math.min(...states(network, x).z.flat().map(Math.abs));
        fc.pre(shape.activation !== 'relu' || closest > 1e-3);
        expectClose(hiddenStateGradients(engine, network, x, lossAt), byDifferences(network, x, lossAt).map(norm));
      }),
      { numRuns: 150 },
    );
  });

  test('is that of the recursion that the text states, far back as well', () => {
    for (const activation of ['tanh', 'relu', 'identity'] as const) {
      for (const recurrentScale of [0.5, 1]) {
        for (const lossAt of ['last', 'every'] as const) {
          const network = createReadoutRnn(7, { inputs: 2, units: 32, recurrentScale, activation });
          const x = randomSequence(7, 60, 2);
          const reference = byRecursion(network, x, lossAt).map(norm);
          // Each step is held to itself: here the first is a millionth of the last and less.
          const tolerance = { ofItself: 1e-3, ofTheLargest: 0 };
          expectClose(hiddenStateGradients(engine, network, x, lossAt), reference, tolerance);
        }
      }
    }
  });

  test('is, for the identity, the readout times a power of the transposed matrix', () => {
    for (const recurrentScale of [0.3, 1, 1.7]) {
      const network = createReadoutRnn(3, { inputs: 2, units: 24, recurrentScale, activation: 'identity' });
      const rows = readoutThroughTime(network, 60);
      const norms = hiddenStateGradients(engine, network, randomSequence(3, 60, 2), 'last');
      expectClose(norms, rows.map(norm).reverse(), { ofItself: 1e-5, ofTheLargest: 0 });
    }
  });

  test('is, for the identity with a loss at every step, the mean of such powers', () => {
    const length = 60;
    const network = createReadoutRnn(3, { inputs: 2, units: 24, recurrentScale: 0.9, activation: 'identity' });
    const rows = readoutThroughTime(network, length);
    const sums = rows.map((_, lag) =>
      network.readout.reduce<number[]>((row, _, unit) => {
        row[unit] = rows.slice(0, lag + 1).reduce((sum, power) => sum + power[unit]! / length, 0);
        return row;
      }, []),
    );
    const norms = hiddenStateGradients(engine, network, randomSequence(3, length, 2), 'every');
    expectClose(norms, sums.map(norm).reverse(), { ofItself: 1e-5, ofTheLargest: 0 });
  });

  test('is at the last step the readout itself, whatever came before', () => {
    fc.assert(
      fc.property(problem, ({ seed, length, ...shape }) => {
        const network = createReadoutRnn(seed, shape);
        const x = randomSequence(seed, length, shape.inputs);
        const readout = norm(Array.from(network.readout));
        expect(hiddenStateGradients(engine, network, x, 'last').at(-1)).toBeCloseTo(readout, 6);
        expect(hiddenStateGradients(engine, network, x, 'every').at(-1)! * length).toBeCloseTo(readout, 5);
      }),
      { numRuns: 50 },
    );
  });

  test('is the same in every form of the kernels, but for rounding', async () => {
    const network = createReadoutRnn(5, { inputs: 2, units: 32, recurrentScale: 1, activation: 'tanh' });
    const x = randomSequence(5, 60, 2);
    const reference = Array.from(hiddenStateGradients(engine, network, x, 'last'));
    for (const form of ['typescript', 'relaxed-simd'] satisfies Form[]) {
      const norms = hiddenStateGradients(await loadEngine(form), network, x, 'last');
      expectClose(norms, reference, { ofItself: 1e-3, ofTheLargest: 0 });
    }
  });

  test('is the same every time, and leaves no tensor behind', () => {
    const network = createReadoutRnn(5, { inputs: 2, units: 32, recurrentScale: 1, activation: 'tanh' });
    const x = randomSequence(5, 60, 2);
    const first = hiddenStateGradients(engine, network, x, 'last');
    const { numTensors } = tf.memory();
    for (const lossAt of ['last', 'every', 'last'] as const) {
      const again = hiddenStateGradients(engine, network, x, lossAt);
      if (lossAt === 'last') expect(again).toEqual(first);
      expect(tf.memory().numTensors).toBe(numTensors);
    }
  });
});

describe('where float32 ends', () => {
  test('what is too small is exactly zero, and everything before it', () => {
    const network = createReadoutRnn(1, { inputs: 2, units: 16, recurrentScale: 0.1, activation: 'identity' });
    const norms = Array.from(hiddenStateGradients(engine, network, randomSequence(1, 200, 2), 'last'));
    const lastZero = norms.lastIndexOf(0);
    expect(lastZero).toBeGreaterThan(0);
    expect(norms.slice(0, lastZero + 1).every((value) => value === 0)).toBe(true);
    expect(norms[lastZero + 1]).toBeLessThan(1e-38);
  });

  test('what is too large is not a number that float32 has, and everything before it', () => {
    const network = createReadoutRnn(1, { inputs: 2, units: 16, recurrentScale: 3, activation: 'identity' });
    const norms = Array.from(hiddenStateGradients(engine, network, randomSequence(1, 200, 2), 'last'));
    const lastLarge = norms.findLastIndex((value) => !(value <= 3.41e38));
    expect(lastLarge).toBeGreaterThan(0);
    expect(norms.slice(0, lastLarge + 1).some((value) => value <= 3.4e38)).toBe(false);
    expect(norms[lastLarge + 1]).toBeGreaterThan(1e35);
  });

  test('hidden states that overflow leave no gradient that looks sound', () => {
    const network = createReadoutRnn(1, { inputs: 2, units: 16, recurrentScale: 3, activation: 'relu' });
    const x = randomSequence(1, 300, 2);
    const overflow = states(network, x).h.findIndex((h) => norm(h) > 3.41e38);
    expect(overflow).toBeGreaterThan(0);
    // The gradient for a step hangs on the slopes of later steps. Of those before the overflow nothing can be told.
    const before = Array.from(hiddenStateGradients(engine, network, x, 'last').subarray(0, overflow - 1));
    expect(before.some((value) => Number.isFinite(value))).toBe(false);
  });
});

describe('a fresh network', () => {
  const options = { inputs: 2, units: 32, recurrentScale: 1, activation: 'tanh' } as const;

  test('is the same for the same seed, and another for another', () => {
    expect(createReadoutRnn(4, options)).toEqual(createReadoutRnn(4, options));
    const other = createReadoutRnn(5, options);
    const { weights, readout } = createReadoutRnn(4, options);
    expect(other.weights.kernel).not.toEqual(weights.kernel);
    expect(other.weights.recurrentKernel).not.toEqual(weights.recurrentKernel);
    expect(other.readout).not.toEqual(readout);
  });

  test('differs by the scale in its recurrent weights, and in nothing else', () => {
    const one = createReadoutRnn(4, options);
    const half = createReadoutRnn(4, { ...options, recurrentScale: 0.5 });
    expect(half.weights.recurrentKernel).toEqual(one.weights.recurrentKernel.map((value) => value / 2));
    expect({ ...half, weights: undefined }).toEqual({ ...one, weights: undefined });
    expect(half.weights.kernel).toEqual(one.weights.kernel);
    expect(half.weights.bias).toEqual(one.weights.bias);
  });

  test('has recurrent weights of variance 1 / units, so that its spectral radius is near 1', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { weights } = createReadoutRnn(seed, { ...options, units: 64 });
      const variance = weights.recurrentKernel.reduce((sum, value) => sum + value * value, 0) / 64 ** 2;
      // Uniform on ±√3σ: the standard error of the variance over n draws is σ² √(4 / 5n).
      expect(Math.abs(variance * 64 - 1)).toBeLessThan(5 * Math.sqrt(4 / 5 / 64 ** 2));
    }
  });
});

describe('a random sequence', () => {
  test('begins as a longer one does', () => {
    expect(randomSequence(6, 500, 2).subarray(0, 120)).toEqual(randomSequence(6, 60, 2));
  });

  test('has mean 0 and variance 1', () => {
    const x = randomSequence(6, 50_000, 2);
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    const variance = x.reduce((sum, value) => sum + value * value, 0) / x.length;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(x.length));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(4 / 5 / x.length));
  });
});
