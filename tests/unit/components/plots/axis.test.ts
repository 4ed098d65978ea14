import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { axisFor, shortly, type AxisOptions } from '#components/plots/axis.ts';

const range: [number, number] = [200, 20];
const room = { range, ticks: 5, round: true };
const value = fc.oneof(
  fc.constantFrom(null, undefined, NaN, Infinity, 0, 1),
  fc.integer({ min: -1e9, max: 1e9 }).map((millionths) => millionths / 1e6),
  fc.double({ min: -150, max: 150, noNaN: true }).map((exponent) => 10 ** exponent),
);
const scale = fc.constantFrom('linear' as const, 'log' as const);

describe('an axis', () => {
  test('has a place within its range for every value that can have one, and for no other', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), scale, fc.boolean(), (values, scale, round) => {
        const axis = axisFor({ label: '', scale }, values, { ...room, round });
        for (const value of values) {
          const can = typeof value === 'number' && Number.isFinite(value) && (scale === 'linear' || value > 0);
          const at = axis.at(value);
          expect(at !== undefined).toBe(can);
          if (at === undefined) continue;
          expect(at).toBeGreaterThanOrEqual(20 - 1e-6);
          expect(at).toBeLessThanOrEqual(200 + 1e-6);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('is marked at different places, as different words, in its range, a few times', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), scale, (values, scale) => {
        const axis = axisFor({ label: '', scale }, values, room);
        expect(axis.ticks.length).toBeGreaterThanOrEqual(1);
        expect(axis.ticks.length).toBeLessThanOrEqual(12);
        expect(new Set(axis.ticks.map((tick) => axis.format(tick))).size).toBe(axis.ticks.length);
        for (const tick of axis.ticks) {
          expect(axis.at(tick)).toBeGreaterThanOrEqual(20 - 1e-6);
          expect(axis.at(tick)).toBeLessThanOrEqual(200 + 1e-6);
        }
      }),
      { numRuns: 1000 },
    );
  });

  const marksOf = (options: Partial<AxisOptions>, values: number[]) => {
    const axis = axisFor({ label: '', ...options }, values, room);
    return axis.ticks.map((tick) => axis.format(tick));
  };

  test('shows at least what it is told to, and goes further where values do', () => {
    expect(marksOf({ from: 0, to: 1 }, [0.4])).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(marksOf({ from: 0, to: 1 }, [-0.4, 1])).toEqual(['−0.4', '−0.2', '0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
  });

  test('is marked at powers of ten on a long log axis, and at 1, 2 and 5 on a short one', () => {
    expect(marksOf({ scale: 'log' }, [1e-12, 1])).toEqual(['10⁻¹⁰', '10⁻⁵', '1']);
    expect(marksOf({ scale: 'log' }, [0.03, 0.4])).toEqual(['0.02', '0.05', '0.1', '0.2', '0.5']);
  });

  test('is marked where it is told to, with all the digits that this takes', () => {
    expect(marksOf({ ticks: [0, 0.25, 0.5] }, [0, 1])).toEqual(['0', '0.25', '0.5']);
    expect(marksOf({ ticks: [5, 40, 320], scale: 'log' }, [5, 320])).toEqual(['5', '40', '320']);
  });

  test('of whole numbers has no mark between them', () => {
    expect(marksOf({ whole: true }, [1, 3])).toEqual(['1', '2', '3']);
  });
});

test('a number is said to three digits', () => {
  expect([0, 0.012345, -4.5, 12345.6, 1.23e-7, 4.2e21].map(shortly)).toEqual([
    '0',
    '0.0123',
    '−4.5',
    '12300',
    '1.2 × 10⁻⁷',
    '4.2 × 10²¹',
  ]);
});
