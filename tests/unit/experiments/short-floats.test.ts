import fc from 'fast-check';
import { expect, test } from 'vitest';

import { shortFloats } from '#src/experiments/short-floats.ts';

test('short floats are float32 to the last bit, and short', () => {
  fc.assert(
    fc.property(fc.float32Array({ noNaN: true, noDefaultInfinity: true }), (values) => {
      // JSON has no negative zero.
      expect(Float32Array.from(shortFloats(values))).toEqual(values.map((value) => value + 0));
    }),
  );
  expect(shortFloats([Math.fround(0.1), Math.fround(-2.5)])).toEqual([0.1, -2.5]);
});
