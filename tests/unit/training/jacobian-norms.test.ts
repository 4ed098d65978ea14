import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { LARGEST_SEED } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createReadoutRnn, randomSequence, type ReadoutRnn } from '#src/training/gradient-probe.ts';
import { jacobianNorms } from '#src/training/jacobian-norms.ts';
import type { Floats } from '#src/recurrent/index.ts';

import { byDifferences, byRecursion, states } from './float64-rnn.ts';

const engine = await loadEngine();
const pace = () => Promise.resolve();

/** The largest eigenvalue of MᵀM, by Jacobi's rotations, and of that the root. */
function largestSingularValue(M: number[][]): number {
  const n = M.length;
  const A = M.map((_, i) => M.map((_, j) => M.reduce((sum, row) => sum + row[i]! * row[j]!, 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const angle = 0.5 * Math.atan2(2 * A[p]![q]!, A[p]![p]! - A[q]![q]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const row of A) [row[p], row[q]] = [c * row[p]! + s * row[q]!, c * row[q]! - s * row[p]!];
        for (let k = 0; k < n; k++) {
          [A[p]![k], A[q]![k]] = [c * A[p]![k]! + s * A[q]![k]!, c * A[q]![k]! - s * A[p]![k]!];
        }
      }
    }
  }
  return Math.sqrt(Math.max(...A.map((row, i) => row[i]!)));
}

/** dh_T/dh_t of every step: row k is the gradient of a loss that reads unit k alone. */
function jacobians(network: ReadoutRnn, x: Floats, gradients: typeof byRecursion): number[][][] {
  const rows = Array.from({ length: network.units }, (_, k) => {
    const readout = Float32Array.from({ length: network.units }, (_, unit) => Number(unit === k));
    return gradients({ ...network, readout }, x, 'last');
  });
  return rows[0]!.map((_, t) => rows.map((row) => row[t]!));
}

const problem = fc.record({
  seed: fc.integer({ min: 0, max: LARGEST_SEED }),
  length: fc.integer({ min: 1, max: 25 }),
  inputs: fc.integer({ min: 1, max: 3 }),
  units: fc.integer({ min: 1, max: 6 }),
  recurrentScale: fc.double({ min: 0.3, max: 1.5, noNaN: true }),
  activation: fc.constantFrom('tanh' as const, 'relu' as const, 'identity' as const),
});

describe('the norm of the product of Jacobians', () => {
  test('is the largest singular value of the matrix that finite differences give', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async ({ seed, length, ...shape }) => {
        const network = createReadoutRnn(seed, shape);
        const x = randomSequence(seed, length, shape.inputs);
        // Where a unit of a ReLU network is just about to switch, differences across the kink are no gradient.
        const closest = Math.min(...states(network, x).z.flat().map(Math.abs));
        fc.pre(shape.activation !== 'relu' || closest > 1e-3);
        const norms = await jacobianNorms(engine, network, x, pace);
        const expected = jacobians(network, x, byDifferences).map(largestSingularValue);
        const largest = Math.max(...expected);
        for (const [i, wanted] of expected.entries()) {
          expect(Math.abs(norms[i]! - wanted), `step ${i + 1}`).toBeLessThanOrEqual(1e-4 * wanted + 1e-7 * largest);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is found far back as well, and for as many units as the experiment has', async () => {
    const network = createReadoutRnn(7, { inputs: 2, units: 16, recurrentScale: 0.5, activation: 'tanh' });
    const x = randomSequence(7, 80, 2);
    const norms = await jacobianNorms(engine, network, x, pace);
    const expected = jacobians(network, x, byRecursion).map(largestSingularValue);
    for (const [i, wanted] of expected.entries()) expect(Math.abs(norms[i]! / wanted - 1)).toBeLessThan(1e-3);
    expect(norms.at(-1)).toBe(1);
    expect(norms[0]).toBeLessThan(1e-15);
  });

  test('goes on where float32 would have nothing left, and ends where float64 has', async () => {
    const network = createReadoutRnn(1, { inputs: 2, units: 8, recurrentScale: 0.1, activation: 'identity' });
    const norms = await jacobianNorms(engine, network, randomSequence(1, 500, 2), pace);
    expect(norms[400]).toBeGreaterThan(0);
    expect(norms[400]).toBeLessThan(1e-60);
    expect(norms.every((norm) => norm >= 0)).toBe(true);
  });

  test('is unknown before a state that overflowed, where that decides which units pass anything on', async () => {
    const options = { inputs: 2, units: 16, recurrentScale: 3 };
    const x = randomSequence(1, 300, 2);
    const relu = await jacobianNorms(engine, createReadoutRnn(1, { ...options, activation: 'relu' }), x, pace);
    expect(relu[0]).toBeNaN();
    const identity = await jacobianNorms(engine, createReadoutRnn(1, { ...options, activation: 'identity' }), x, pace);
    expect(identity[0]).toBeGreaterThan(1e38);
  });
});
