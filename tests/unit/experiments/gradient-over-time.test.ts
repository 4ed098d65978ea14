import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { gradientOverTime, quantileOverNetworks, type GradientOverTime } from '#src/experiments/gradient-over-time.ts';

const LARGEST = 3.4028234663852886e38;
const SMALLEST_NORMAL = 2 ** -126;
const SMALLEST = 2 ** -149;

const marksOf = (...norms: number[]) => gradientOverTime(Float64Array.from(norms)).marks;

describe('a norm', () => {
  test('is fine where float32 has all its digits', () => {
    expect(marksOf(SMALLEST_NORMAL, 1e-30, 1, 1e30, LARGEST, 1)).toEqual(Array(6).fill('fine'));
  });

  test('is subnormal below the smallest normal number and above zero', () => {
    expect(marksOf(SMALLEST, 1e-40, SMALLEST_NORMAL * 0.999, SMALLEST_NORMAL, 1)).toEqual([
      'subnormal',
      'subnormal',
      'subnormal',
      'fine',
      'fine',
    ]);
  });

  test('is an underflow where it is zero and was faint just before', () => {
    expect(marksOf(0, 0, 0, SMALLEST, 1e-40, 1)).toEqual([
      'underflow',
      'underflow',
      'underflow',
      'subnormal',
      'subnormal',
      'fine',
    ]);
    expect(marksOf(0, 9e-36, 1)[0]).toBe('underflow');
  });

  test('is blocked where it is zero though the signal was strong', () => {
    expect(marksOf(0, 0, 0.5, 1)).toEqual(['blocked', 'blocked', 'fine', 'fine']);
    expect(marksOf(0, 2e-35, 1)[0]).toBe('blocked');
    expect(marksOf(0, 0)).toEqual(['blocked', 'blocked']);
  });

  test('is an overflow where it is not a number that float32 has, and has no value then', () => {
    const { norms, relative, marks } = gradientOverTime(Float64Array.of(NaN, Infinity, 4e38, LARGEST, 2));
    expect(marks).toEqual(['overflow', 'overflow', 'overflow', 'fine', 'fine']);
    expect(norms).toEqual([null, null, null, LARGEST, 2]);
    expect(relative).toEqual([null, null, null, LARGEST / 2, 1]);
  });
});

describe('the relative norms', () => {
  test('are the norms divided by the last', () => {
    expect(gradientOverTime(Float64Array.of(1, 2, 8, 4)).relative).toEqual([0.25, 0.5, 2, 1]);
  });

  test('are unknown where there is nothing to divide by', () => {
    expect(gradientOverTime(Float64Array.of(1, 0)).relative).toEqual([null, null]);
    expect(gradientOverTime(Float64Array.of(1, NaN)).relative).toEqual([null, null]);
  });

  test('hold no number that JSON cannot hold, whatever the norms', () => {
    const norm = fc.oneof(
      fc.constantFrom(0, NaN, Infinity, SMALLEST, SMALLEST_NORMAL, LARGEST, 1e39),
      fc.double({ min: 0, max: LARGEST, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(norm, { minLength: 1, maxLength: 20 }), (norms) => {
        // float32 has no number below 2^-149, so that no norm is.
        const possible = Float64Array.from(norms, (norm) => (norm < SMALLEST ? 0 : norm));
        const measured = gradientOverTime(possible);
        expect(JSON.parse(JSON.stringify(measured))).toEqual(measured);
        expect(measured.norms).toHaveLength(norms.length);
        expect(measured.marks).toHaveLength(norms.length);
        expect(measured.marks.map((mark) => mark === 'overflow')).toEqual(measured.norms.map((norm) => norm === null));
      }),
    );
  });
});

describe('a quantile over networks', () => {
  const network = (...relative: (number | null)[]): GradientOverTime => ({ norms: relative, relative, marks: [] });
  const median = (networks: GradientOverTime[]) => quantileOverNetworks(networks, 0.5);

  test('of one is that one, whichever it is', () => {
    for (const share of [0, 0.1, 0.5, 1]) {
      expect(quantileOverNetworks([network(0.1, null, 0, 1)], share)).toEqual([0.1, null, 0, 1]);
    }
  });

  test('is the middle one of an odd number, step by step', () => {
    expect(median([network(1, 30), network(3, 10), network(2, 20)])).toEqual([2, 20]);
  });

  test('lies half way between the two in the middle of an even number', () => {
    expect(median([network(1), network(100), network(2), network(4)])).toEqual([3]);
  });

  test('is the least at 0, the largest at 1, and lies between in proportion', () => {
    const networks = [5, 1, 3, 2, 4].map((value) => network(value));
    expect([0, 0.1, 0.25, 0.9, 1].map((share) => quantileOverNetworks(networks, share)[0])).toEqual([
      1,
      expect.closeTo(1.4),
      2,
      expect.closeTo(4.6),
      5,
    ]);
  });

  test('counts what overflows as largest', () => {
    expect(median([network(null), network(1), network(2)])).toEqual([2]);
    expect(median([network(null), network(1), network(null)])).toEqual([null]);
    expect(median([network(null), network(1)])).toEqual([null]);
    expect(quantileOverNetworks([network(null), network(1), network(3)], 0)).toEqual([1]);
  });

  test('sorts numbers as numbers', () => {
    expect(median([network(10), network(9), network(1e-7)])).toEqual([9]);
  });

  test('grows with the share, stays among its values, and does not hang on the order of the networks', () => {
    const relative = fc.array(fc.option(fc.double({ min: 0, max: 1e30, noNaN: true })), { minLength: 3, maxLength: 3 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(relative, { minLength: 1, maxLength: 7 }), share, share, (rows, a, b) => {
        const networks = rows.map((row) => network(...row));
        const before = structuredClone(networks);
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((share) => quantileOverNetworks(networks, share));
        expect(networks).toEqual(before);
        expect(quantileOverNetworks(networks.toReversed(), Math.min(a, b))).toEqual(low);
        for (const step of [0, 1, 2]) {
          const values = rows.map((row) => row[step] ?? Infinity);
          const [l, h] = [low![step] ?? Infinity, high![step] ?? Infinity];
          expect(l).toBeGreaterThanOrEqual(Math.min(...values));
          expect(h).toBeLessThanOrEqual(Math.max(...values));
          // Two ways of rounding between the same two values may differ in the last digits.
          expect(l).toBeLessThanOrEqual(h * (1 + 1e-12));
        }
      }),
    );
  });
});
