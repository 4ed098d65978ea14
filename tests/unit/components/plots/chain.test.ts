import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { thicknessOf } from '#components/plots/thickness.ts';

const strength = fc.double({ min: -90, max: 90, noNaN: true }).map((exponent) => 10 ** exponent);

describe('the thickness of the signal', () => {
  test('lies between nothing and all there is', () => {
    fc.assert(
      fc.property(fc.option(fc.oneof(strength, fc.constant(0))), (relative) => {
        expect(thicknessOf(relative)).toBeGreaterThanOrEqual(0);
        expect(thicknessOf(relative)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('never shrinks where the signal grows', () => {
    fc.assert(
      fc.property(strength, strength, (a, b) => {
        const [weaker, stronger] = a < b ? [a, b] : [b, a];
        expect(thicknessOf(weaker)).toBeLessThanOrEqual(thicknessOf(stronger));
      }),
    );
  });

  test('is nothing for zero and for a millionth, and all there is for a million and past every number', () => {
    for (const relative of [0, 1e-300, 1e-6]) expect(thicknessOf(relative)).toBeCloseTo(0, 12);
    for (const relative of [1e6, 1e30, null]) expect(thicknessOf(relative)).toBeCloseTo(1, 12);
  });

  test('tells a signal that shrinks from one that holds and from one that grows', () => {
    const [weak, even, strong] = [thicknessOf(0.1), thicknessOf(1), thicknessOf(10)];
    expect(weak).toBeLessThan(even - 0.02);
    expect(strong).toBeGreaterThan(even + 0.02);
  });

  test('takes as much away for every factor of ten', () => {
    const steps = [0, 1, 2, 3, 4, 5].map((decade) => thicknessOf(10 ** -decade) - thicknessOf(10 ** -(decade + 1)));
    for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 12);
  });
});
