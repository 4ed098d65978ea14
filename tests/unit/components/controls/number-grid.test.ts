import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  firstPlace,
  gridText,
  leavesField,
  placeByKey,
  stepped,
  type GridRow,
} from '#components/controls/number-grid.ts';
import { isAllowed, number } from '#src/experiments/parameters.ts';

/** `n` can be changed, `f` cannot, a blank is no number. */
const rowsOf = (...rows: string[]): GridRow[] =>
  rows.map((row) => ({
    label: row,
    numbers: [...row].map((kind) => (kind === ' ' ? undefined : { name: kind, value: 0, fixed: kind === 'f' })),
  }));

describe('keys in a grid', () => {
  const rows = rowsOf('fnnn', 'nnfn', ' nnn', 'ffff');

  test('go to the next number that can be changed, over those that cannot', () => {
    expect(firstPlace(rows)).toEqual({ row: 0, column: 1 });
    expect(placeByKey(rows, { row: 1, column: 1 }, 'ArrowRight')).toEqual({ row: 1, column: 3 });
    expect(placeByKey(rows, { row: 0, column: 2 }, 'ArrowDown')).toEqual({ row: 2, column: 2 });
    expect(placeByKey(rows, { row: 2, column: 2 }, 'ArrowUp')).toEqual({ row: 0, column: 2 });
    expect(placeByKey(rows, { row: 2, column: 3 }, 'Home')).toEqual({ row: 2, column: 1 });
    expect(placeByKey(rows, { row: 1, column: 0 }, 'End')).toEqual({ row: 1, column: 3 });
  });

  test('lead nowhere at the edge, or where they mean nothing', () => {
    expect(placeByKey(rows, { row: 2, column: 1 }, 'ArrowDown')).toBeUndefined();
    expect(placeByKey(rows, { row: 2, column: 1 }, 'ArrowLeft')).toBeUndefined();
    expect(placeByKey(rows, { row: 2, column: 1 }, 'a')).toBeUndefined();
    expect(firstPlace(rowsOf('f f', '   '))).toBeUndefined();
  });

  test('never leave the grid, and lead to what can be changed', () => {
    const grid = fc.array(fc.string({ unit: fc.constantFrom('n', 'f', ' '), minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 5,
    });
    const key = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End');
    fc.assert(
      fc.property(grid, key, fc.nat(4), fc.nat(2), (kinds, key, row, column) => {
        const to = placeByKey(rowsOf(...kinds), { row: row % kinds.length, column }, key);
        if (to) expect(kinds[to.row]![to.column]).toBe('n');
      }),
    );
  });

  test('stay in a field while there is something to move over', () => {
    expect(leavesField('ArrowLeft', 0, 4, 4)).toBe(true);
    expect(leavesField('ArrowLeft', 0, 0, 4)).toBe(true);
    expect(leavesField('ArrowLeft', 2, 2, 4)).toBe(false);
    expect(leavesField('ArrowRight', 4, 4, 4)).toBe(true);
    expect(leavesField('ArrowRight', 0, 0, 4)).toBe(false);
    expect(leavesField('Home', 2, 2, 4)).toBe(false);
  });
});

describe('a number of a grid', () => {
  const weight = number({ label: 'Weight', help: 'Weight.', min: -10, max: 10, step: 0.01, default: 0 });

  test('is written with the digits of a step and a printed minus sign', () => {
    expect(gridText(weight, 0.5)).toBe('0.50');
    expect(gridText(weight, -1.234)).toBe('−1.23');
    expect(gridText(weight, -0.001)).toBe('0.00');
    expect(gridText({ ...weight, step: 1 }, 3)).toBe('3');
  });

  test('moves by steps to a value that is allowed', () => {
    expect(stepped(weight, 0.53124, 10)).toBe(0.63);
    expect(stepped(weight, 9.95, 10)).toBe(10);
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), fc.constantFrom(-10, 10), (value, steps) => {
        expect(isAllowed(weight, stepped(weight, value, steps))).toBe(true);
      }),
    );
  });
});
