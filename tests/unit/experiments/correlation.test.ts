import fc from 'fast-check';
import { expect, test } from 'vitest';

import { correlation } from '#src/experiments/correlation.ts';

test('correlation is 1 for a rising line, −1 for a falling one, and 0 where nothing varies', () => {
  const rows = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), (row, slope, offset) => {
      const line = row.map((value) => slope * value + offset);
      const falling = line.map((value) => -value);
      const varies = new Set(row).size > 1;
      expect(correlation(row, line)).toBeCloseTo(varies ? 1 : 0, 10);
      expect(correlation(row, falling)).toBeCloseTo(varies ? -1 : 0, 10);
    }),
  );
});

test('correlation is what a hand gets that works it out', () => {
  // Distances from the means: -1, 0, 1 and -1, -1, 2.
  expect(correlation([1, 2, 3], [2, 2, 5])).toBeCloseTo(3 / Math.sqrt(2 * 6), 12);
});
