import { describe, expect, test } from 'vitest';

import { indexed, sumRows, type Source } from '#components/experiments/cell/sum-rows.ts';
import { editPlaceInGates, editPlaceOf } from '#components/experiments/cell/places.ts';

describe('a place in the grid of a cell with two inputs and three units', () => {
  const nameOf = (row: number, column: number, step = 4) => {
    const { array, at } = editPlaceOf({ row, column }, step, 2, 3);
    return array + at.join('.');
  };

  test('is an input of the step that is shown, or the hidden state at the start', () => {
    expect([nameOf(0, 0), nameOf(1, 0), nameOf(1, 0, 7)]).toEqual(['x4.1', 'x4.2', 'x7.2']);
    expect([nameOf(2, 0), nameOf(4, 0)]).toEqual(['h1', 'h3']);
  });

  test('is a weight or a bias, counted from 1', () => {
    expect([nameOf(0, 1), nameOf(1, 3), nameOf(2, 1), nameOf(4, 2)]).toEqual(['W1.1', 'W2.3', 'U1.1', 'U3.2']);
    expect([nameOf(5, 1), nameOf(5, 3)]).toEqual(['b1', 'b3']);
  });
});

test('a place where the columns are gates has the gate’s letter behind its array', () => {
  const gates = { letters: ['f', 'i'], unit: 1 };
  const nameOf = (row: number, column: number) => {
    const { array, at } = editPlaceInGates({ row, column }, 4, 3, 2, gates);
    return array + at.join('.');
  };
  expect([nameOf(1, 0), nameOf(4, 0)]).toEqual(['x4.2', 'h2']);
  expect([nameOf(0, 1), nameOf(2, 2), nameOf(4, 1), nameOf(5, 2)]).toEqual(['Wf1.2', 'Wi3.2', 'Uf2.2', 'bi2']);
});

test('the rows of a sum show what comes in, the weights with their products, the biases and the sums', () => {
  const source = (label: string, value: number, fixed: boolean): Source => ({
    label,
    tone: fixed ? 'hidden' : 'input',
    value,
    name: label,
    fixed,
    changed: false,
  });
  const rows = sumRows([source('x₁', 2, false), source('h₁', -1, true)], {
    weights: [
      [1, 0.5],
      [3, -2],
    ],
    bias: [0.25, 0],
    changed: [false, true, false, false],
    changedBias: [true, false],
  });
  expect(rows.map(({ label }) => label)).toEqual(['x₁', 'h₁', 'b', 'sum']);
  expect(rows.map(({ numbers }) => numbers.map((number) => number?.value))).toEqual([
    [2, 1, 0.5],
    [-1, 3, -2],
    [undefined, 0.25, 0],
    [undefined, -0.75, 3],
  ]);
  expect(rows.map(({ numbers }) => numbers.map((number) => number?.note)).slice(0, 2)).toEqual([
    [undefined, '2.00', '1.00'],
    [undefined, '−3.00', '2.00'],
  ]);
  const changed = rows.flatMap(({ numbers }) => numbers.filter((number) => number?.changed));
  expect(changed.map((number) => number!.name)).toEqual(['Weight of x₁ in unit 2', 'Bias of unit 1']);
  expect(rows.map(({ numbers }) => numbers[1]!.fixed ?? false)).toEqual([false, false, false, true]);
});

test('an index is set low, digit by digit', () => {
  expect([indexed('x', 1), indexed('h', 12)]).toEqual(['x₁', 'h₁₂']);
});
