import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { markedValue } from '#src/sequences/marked-value.ts';
import { createRandom } from '#src/sequences/random.ts';

describe('the marked value', () => {
  test('is wanted at every step: the value that came with the last mark, the first step always marked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 9 }), fc.nat(1e6), (time, batch, seed) => {
        const { inputs, targets } = markedValue(time).batch(createRandom(seed, 'test'), batch);
        expect(inputs).toHaveLength(batch * time * 2);
        for (let b = 0; b < batch; b++) {
          let kept = NaN;
          for (let t = 0; t < time; t++) {
            const [value, mark] = inputs.subarray((b * time + t) * 2, (b * time + t + 1) * 2);
            expect(Math.abs(value!)).toBe(1);
            expect(mark === 0 || mark === 1).toBe(true);
            if (t === 0) expect(mark).toBe(1);
            if (mark === 1) kept = value!;
            expect(targets[b * time + t]).toBe(kept);
          }
        }
      }),
    );
  });

  test('comes with a mark at a quarter of the later steps, and is as often -1 as 1', () => {
    const { inputs, targets } = markedValue(101).batch(createRandom(1, 'test'), 100);
    const marks = inputs.filter((_, i) => i % 2 === 1).reduce((sum, mark) => sum + mark, 0) - 100;
    expect(Math.abs(marks - 2500)).toBeLessThan(5 * Math.sqrt(10_000 * 0.25 * 0.75));
    expect(Math.abs(Array.from(targets).reduce((sum, value) => sum + value, 0))).toBeLessThan(1000);
  });
});
