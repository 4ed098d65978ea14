import fc from 'fast-check';
import { expect, test } from 'vitest';

import { roundTicks } from '#components/plots/round-ticks.ts';

test.for<[number, number, number, number[]]>([
  [0, 10, 5, [0, 2, 4, 6, 8, 10]],
  [0, 17, 4, [0, 5, 10, 15]],
  [0, 0.9, 3, [0, 0.5]],
  [7.8, 18.2, 3, [10, 15]],
  [0, 100, 10, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
])('from %d to %d, %d at most', ([low, high, most, ticks]) => {
  expect(roundTicks(low, high, most)).toEqual(ticks);
});

test('ticks are within the axis, equally far apart, and not too many', () => {
  const axis = fc.record({
    low: fc.integer({ min: -1000, max: 1000 }).map((n) => n / 10),
    range: fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100),
    most: fc.integer({ min: 2, max: 12 }),
  });
  fc.assert(
    fc.property(axis, ({ low, range, most }) => {
      const ticks = roundTicks(low, low + range, most);
      expect(ticks.length).toBeLessThanOrEqual(most + 1);
      expect(Math.min(...ticks, low)).toBeGreaterThanOrEqual(low - range * 1e-6);
      expect(Math.max(...ticks, low)).toBeLessThanOrEqual(low + range * (1 + 1e-6));
      const steps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
      for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 6);
    }),
  );
});
