import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { logAxisFor, shareOfAxis } from '#components/plots/log-axis.ts';

const value = fc.oneof(
  fc.constantFrom(null, 0, 1, NaN, Infinity, 5e-324, 1.7976931348623157e308),
  fc.double({ min: -45, max: 38, noNaN: true }).map((exponent) => 10 ** exponent),
  fc.double({ min: -3, max: 3, noNaN: true }).map((exponent) => 10 ** exponent),
);
const values = fc.array(value, { maxLength: 30 });
/** Ratios of two numbers of float32, and no further. */
const ratio = (decades: number) =>
  fc.double({ min: -decades, max: decades, noNaN: true }).map((exponent) => 10 ** exponent);
const ratios = fc.oneof(...[3, 10, 84].map((decades) => fc.array(ratio(decades), { maxLength: 10 })));
const isShown = (value: number | null) => value !== null && value > 0 && Number.isFinite(value);

describe('a log axis', () => {
  test('has room for 1 and for every value that has a logarithm', () => {
    fc.assert(
      fc.property(values, (values) => {
        const axis = logAxisFor(values);
        for (const value of [1, ...values.filter(isShown)]) {
          const share = shareOfAxis(axis, value);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('has ticks at equal distances, in order, on the axis, 1 among them', () => {
    fc.assert(
      fc.property(values, (values) => {
        const { low, high, exponents } = logAxisFor(values);
        const distances = exponents.slice(1).map((exponent, i) => exponent - exponents[i]!);
        expect(new Set(distances).size).toBe(1);
        expect(distances[0]).toBeGreaterThan(0);
        expect(exponents.every((exponent) => Number.isInteger(exponent) && exponent >= low && exponent <= high)).toBe(
          true,
        );
        expect(exponents).toContainEqual(expect.toSatisfy((exponent: number) => exponent === 0));
      }),
      { numRuns: 2000 },
    );
  });

  test('has at least two and at most seven ticks', () => {
    fc.assert(
      fc.property(ratios, (values) => {
        const { exponents } = logAxisFor(values);
        expect(exponents.length).toBeGreaterThanOrEqual(2);
        expect(exponents.length).toBeLessThanOrEqual(7);
      }),
      { numRuns: 2000, examples: [[[10 ** -2.05, 10 ** 2.9]], [[1e-60, 1e30]]] },
    );
  });

  test('spans three decades even where the values span none, so that noise is no landslide', () => {
    for (const values of [[], [1], [null, 0, NaN], [0.9, 1.1]]) {
      const { low, high } = logAxisFor(values);
      expect(high - low).toBe(3);
    }
  });

  test('does not grow with values that have no place on it', () => {
    expect(logAxisFor([1e-4, 1, null, 0, -5, NaN, Infinity])).toEqual(logAxisFor([1e-4, 1]));
  });
});

describe('the share of the axis', () => {
  test('is 0 at the low end, 1 at the high end, and grows with the value', () => {
    const axis = logAxisFor([1e-6, 1]);
    expect(shareOfAxis(axis, 10 ** axis.low)).toBeCloseTo(0, 12);
    expect(shareOfAxis(axis, 10 ** axis.high)).toBeCloseTo(1, 12);
    expect(shareOfAxis(axis, 1e-3)!).toBeLessThan(shareOfAxis(axis, 1e-2)!);
  });

  test('is nowhere for what has no logarithm', () => {
    const axis = logAxisFor([1]);
    for (const value of [null, 0, -1, NaN]) expect(shareOfAxis(axis, value)).toBeUndefined();
  });
});
