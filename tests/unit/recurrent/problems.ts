import { expect } from 'vitest';

import type { Cell, Floats, LossGradients, Numbers, Pass, Problem, Sizes } from '#src/recurrent/types.ts';
import { initialWeights } from '#src/recurrent/initial-weights.ts';
import { createRandom } from '#src/sequences/random.ts';

/** Every kind of cell, and every variant of one. */
export const cells: readonly Cell[] = [
  { kind: 'simpleRnn', activation: 'tanh' },
  { kind: 'simpleRnn', activation: 'relu' },
  { kind: 'simpleRnn', activation: 'identity' },
  { kind: 'lstm' },
  { kind: 'lstm', gates: { forget: 1 } },
  { kind: 'lstm', gates: { input: 1 } },
  { kind: 'lstm', gates: { output: 1 } },
  { kind: 'lstm', gates: { input: 0.25, output: 0.75 } },
  { kind: 'lstm', gates: { input: 'coupled' } },
  { kind: 'lstm', gates: { outputActivation: 'identity' } },
  { kind: 'gru' },
  { kind: 'gru', gates: { update: 0.75 } },
  { kind: 'gru', gates: { reset: 1 } },
];

export const describeCell = (cell: Cell): string =>
  Object.values(cell)
    .map((part) => JSON.stringify(part))
    .join(' ');

/** A problem with weights of Glorot's size, biases up to 0.3, and gradients for its states. */
export function randomProblem(
  cell: Cell,
  sizes: Sizes,
  seed: number,
  scale = 1,
): { problem: Problem; loss: LossGradients } {
  const { time, batch, inputs, units } = sizes;
  const random = createRandom(seed, 'problem');
  const array = (length: number) => random.uniformArray(length, -1, 1);
  const weights = initialWeights(cell.kind, sizes, random);
  weights.bias = random.uniformArray(weights.bias.length, -0.3, 0.3);
  for (const values of Object.values(weights) as Floats[]) values.forEach((value, i) => (values[i] = value * scale));
  const isLstm = cell.kind === 'lstm';
  return {
    problem: {
      cell,
      sizes,
      input: array(time * batch * inputs),
      weights,
      initialHidden: array(batch * units),
      ...(isLstm && { initialCell: array(batch * units) }),
    },
    loss: {
      hidden: array(time * batch * units),
      lastHidden: array(batch * units),
      ...(isLstm && { lastCell: array(batch * units) }),
    },
  };
}

/** All that a pass forward and back gives, by name. */
export function everythingOf(pass: Pass, cell: Cell, loss: LossGradients): Record<string, Floats> {
  const gradients = pass.backward(loss);
  const weights = gradients.weights();
  const all: Record<string, Floats> = {
    hidden: pass.hidden(),
    lastHidden: pass.lastHidden(),
    ...pass.gates(),
    'dL/dx': gradients.input(),
    'dL/dh': gradients.hidden(),
    'dL/dh_0': gradients.initialHidden(),
    'dL/dW': weights.kernel,
    'dL/dU': weights.recurrentKernel,
    'dL/db': weights.bias,
  };
  if (cell.kind === 'lstm') {
    all['cells'] = pass.cells();
    all['lastCell'] = pass.lastCell();
    all['dL/dc'] = gradients.cells();
    all['dL/dc_0'] = gradients.initialCell();
  }
  return all;
}

/** The largest difference, as a share of the largest expected value. NaN counts as infinitely far. */
export function relativeError(actual: Numbers, expected: Numbers | readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs(actual[i]! - expected[i]!);
    largest = Math.max(largest, Math.abs(expected[i]!));
    difference = Math.max(difference, Number.isNaN(distance) ? Infinity : distance);
  }
  return difference === 0 ? 0 : difference / largest;
}

export function expectClose(
  actual: Numbers,
  expected: Numbers | readonly number[],
  bound: number,
  name = 'numbers',
): void {
  expect(relativeError(actual, expected), name).toBeLessThanOrEqual(bound);
}
