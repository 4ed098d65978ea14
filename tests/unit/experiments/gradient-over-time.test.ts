import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { gradientOverTime, medianOverNetworks, type GradientOverTime } from '#src/experiments/gradient-over-time.ts';

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

describe('the median over networks', () => {
  const network = (...relative: (number | null)[]): GradientOverTime => ({ norms: relative, relative, marks: [] });

  test('of one is that one', () => {
    expect(medianOverNetworks([network(0.1, null, 0, 1)])).toEqual([0.1, null, 0, 1]);
  });

  test('of an odd number is the middle one, step by step', () => {
    expect(medianOverNetworks([network(1, 30), network(3, 10), network(2, 20)])).toEqual([2, 20]);
  });

  test('of an even number lies half way between the two in the middle', () => {
    expect(medianOverNetworks([network(1), network(100), network(2), network(4)])).toEqual([3]);
  });

  test('counts what overflows as largest', () => {
    expect(medianOverNetworks([network(null), network(1), network(2)])).toEqual([2]);
    expect(medianOverNetworks([network(null), network(1), network(null)])).toEqual([null]);
    expect(medianOverNetworks([network(null), network(1)])).toEqual([null]);
  });

  test('sorts numbers as numbers', () => {
    expect(medianOverNetworks([network(10), network(9), network(1e-7)])).toEqual([9]);
  });

  test('leaves the networks as they are, and does not hang on their order', () => {
    const networks = fc.array(
      fc.array(fc.option(fc.double({ min: 0, max: 1e30, noNaN: true })), { minLength: 3, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 7,
      },
    );
    fc.assert(
      fc.property(networks, (rows) => {
        const given = rows.map((row) => network(...row));
        const before = structuredClone(given);
        const median = medianOverNetworks(given);
        expect(given).toEqual(before);
        expect(medianOverNetworks(given.toReversed())).toEqual(median);
      }),
    );
  });
});
