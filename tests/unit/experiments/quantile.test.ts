import { expect, test } from 'vitest';

import { quantile } from '#src/experiments/quantile.ts';

test('a quantile lies between the two nearest values, in proportion', () => {
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
  expect([0, 1].map((share) => quantile([7, -2, 4], share))).toEqual([-2, 7]);
  expect(quantile([6], 0.3)).toBe(6);
});

test('a quantile of values that pass every number passes them where they are in the way', () => {
  expect(quantile([1, 2, Infinity], 0.5)).toBe(2);
  expect(quantile([1, 2, Infinity], 0.75)).toBe(Infinity);
  expect(quantile([Infinity, Infinity], 0.5)).toBe(Infinity);
});

test('a quantile leaves the values as they are', () => {
  const values = [3, 1, 2];
  quantile(values, 0.5);
  expect(values).toEqual([3, 1, 2]);
});
