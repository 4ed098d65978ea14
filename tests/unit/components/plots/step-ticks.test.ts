import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { stepTicks } from '#components/plots/step-ticks.ts';

const axis = fc.record({
  length: fc.integer({ min: 1, max: 2000 }),
  most: fc.double({ min: -1, max: 40, noNaN: true }),
});

describe('the ticks of an axis of time steps', () => {
  test('begin with the first step, end with the last, and rise between', () => {
    fc.assert(
      fc.property(axis, ({ length, most }) => {
        const ticks = stepTicks(length, most);
        expect(ticks[0]).toBe(1);
        expect(ticks.at(-1)).toBe(length);
        expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
        expect(ticks.every(Number.isInteger)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('are no more than there is room for, besides the two ends', () => {
    fc.assert(
      fc.property(axis, ({ length, most }) => {
        expect(stepTicks(length, most).length).toBeLessThanOrEqual(Math.max(0, most) + 2);
      }),
      { numRuns: 2000 },
    );
  });

  test('do not crowd: two neighbours are half as far apart as there is room, or more', () => {
    fc.assert(
      fc.property(axis, ({ length, most }) => {
        fc.pre(most >= 1);
        const ticks = stepTicks(length, most);
        const gaps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
        for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(Math.min(length - 1, (0.5 * length) / most));
      }),
      { numRuns: 2000 },
    );
  });

  test.for<[number, number, number[]]>([
    [60, 10, [1, 10, 20, 30, 40, 50, 60]],
    [500, 6, [1, 100, 200, 300, 400, 500]],
    [2, 10, [1, 2]],
    [1, 10, [1]],
    [7, 10, [1, 2, 3, 4, 5, 6, 7]],
    [12, 6, [1, 4, 6, 8, 10, 12]],
    [60, 0, [1, 60]],
  ])('for %d steps with room for %d are round', ([length, most, ticks]) => {
    expect(stepTicks(length, most)).toEqual(ticks);
  });
});
