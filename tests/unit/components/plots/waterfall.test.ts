import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fallingBars } from '#components/plots/waterfall.ts';

const fall = fc.record({
  label: fc.constant('term'),
  tone: fc.constant('ink'),
  value: fc.double({ min: -9, max: 9, noNaN: true }),
  afresh: fc.boolean(),
});

test('each bar is as long as its value, and begins where the one before ended, or at 0', () => {
  fc.assert(
    fc.property(fc.array(fall, { maxLength: 12 }), (falls) => {
      const bars = fallingBars(falls);
      bars.forEach(({ from, to }, i) => {
        expect(to - from).toBeCloseTo(falls[i]!.value, 9);
        expect(from).toBe(i === 0 || falls[i]!.afresh ? 0 : bars[i - 1]!.to);
      });
    }),
  );
});
