import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Form } from '#src/recurrent/index.ts';
import { LARGEST_SEED } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createReadoutNetwork, hiddenStateGradients, randomSequence } from '#src/training/gradient-probe.ts';
import { lstmGradients } from '#src/training/lstm-gradients.ts';
import { tf } from '#tensorflow';

import { norm } from './float64-rnn.ts';
import { gradientsByDifferences, read } from './float64-gated.ts';

const engine = await loadEngine();
const lstm = { kind: 'lstm' } as const;

const problem = fc.record({
  seed: fc.integer({ min: 0, max: LARGEST_SEED }),
  length: fc.integer({ min: 1, max: 30 }),
  inputs: fc.integer({ min: 1, max: 3 }),
  units: fc.integer({ min: 1, max: 6 }),
  forgetBias: fc.oneof(
    fc.double({ min: 0, max: 6, noNaN: true }),
    fc.integer({ min: 2, max: 100 }).map((chrono) => ({ chrono })),
  ),
});

/** float32 gradients, beside the largest of their kind. */
function expectClose(norms: ArrayLike<number>, reference: readonly number[]): void {
  expect(norms).toHaveLength(reference.length);
  const largest = Math.max(...reference);
  for (const [i, wanted] of reference.entries()) {
    expect(Math.abs(norms[i]! - wanted), `step ${i + 1}: ${norms[i]} for ${wanted}`).toBeLessThanOrEqual(
      1e-4 * wanted + 2e-6 * largest,
    );
  }
}

describe('the measured gradients of an LSTM', () => {
  test('for cell states and for hidden states are those of finite differences in float64', () => {
    fc.assert(
      fc.property(problem, ({ seed, length, ...options }) => {
        const network = createReadoutNetwork(seed, lstm, options);
        const x = randomSequence(seed, length, options.inputs);
        const { hidden, cells } = lstmGradients(engine, network, x);
        expectClose(cells, gradientsByDifferences(network, x, 'c').map(norm));
        expectClose(hidden, gradientsByDifferences(network, x, 'h').map(norm));
      }),
      { numRuns: 60 },
    );
  });

  test('come with what the forget gates alone would leave, and with the mean gate', () => {
    fc.assert(
      fc.property(problem, ({ seed, length, ...options }) => {
        const network = createReadoutNetwork(seed, lstm, options);
        const x = randomSequence(seed, length, options.inputs);
        const { belt, forget } = lstmGradients(engine, network, x);
        const gates = read(network, x).forget;
        const left = [gradientsByDifferences(network, x, 'c').at(-1)!];
        for (const gate of gates.slice(1).reverse()) left.unshift(left[0]!.map((value, i) => value * gate[i]!));
        for (const [i, wanted] of left.map(norm).entries()) expect(Math.abs(belt[i]! / wanted - 1)).toBeLessThan(1e-3);
        for (const [i, gate] of gates.entries()) {
          expect(forget[i]).toBeCloseTo(gate.reduce((sum, value) => sum + value, 0) / gate.length, 5);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('are what the gates alone leave, where no path leads through the hidden states', () => {
    const network = createReadoutNetwork(3, lstm, { inputs: 2, units: 16, recurrentScale: 0 });
    const { cells, belt } = lstmGradients(engine, network, randomSequence(3, 80, 2));
    for (const [i, value] of cells.entries()) expect(Math.abs(value / belt[i]! - 1)).toBeLessThan(1e-4);
  });

  test('are the same in every form of the kernels, but for rounding', async () => {
    const network = createReadoutNetwork(5, lstm, { inputs: 2, units: 32 });
    const x = randomSequence(5, 60, 2);
    const reference = lstmGradients(engine, network, x);
    for (const form of ['typescript', 'relaxed-simd'] satisfies Form[]) {
      const other = lstmGradients(await loadEngine(form), network, x);
      for (const name of ['hidden', 'cells', 'belt', 'forget'] as const) {
        for (const [i, value] of other[name].entries()) {
          expect(Math.abs(value / reference[name][i]! - 1)).toBeLessThan(1e-3);
        }
      }
    }
  });

  test('are the same every time, and leave no tensor behind', () => {
    const network = createReadoutNetwork(5, lstm, { inputs: 2, units: 32 });
    const x = randomSequence(5, 60, 2);
    const first = lstmGradients(engine, network, x);
    const { numTensors } = tf.memory();
    expect(lstmGradients(engine, network, x)).toEqual(first);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

test('the measured gradient of a GRU for its hidden states is that of finite differences in float64', () => {
  fc.assert(
    fc.property(problem, ({ seed, length, inputs, units }) => {
      const network = createReadoutNetwork(seed, { kind: 'gru' }, { inputs, units });
      const x = randomSequence(seed, length, inputs);
      expectClose(hiddenStateGradients(engine, network, x, 'last'), gradientsByDifferences(network, x, 'h').map(norm));
    }),
    { numRuns: 60 },
  );
});
