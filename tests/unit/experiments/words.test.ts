import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { approximately, timesAsLarge, signed } from '#src/experiments/words.ts';

describe('a number, approximately', () => {
  test.for<[number, string]>([
    [1, '1'],
    [1.25, '1.3'],
    [9.94, '9.9'],
    [9.96, '10'],
    [12.6, '13'],
    [194, '190'],
    [3162, '3,200'],
    [24_165, '24,000'],
    [994_999, '990,000'],
    [999_999, '1 million'],
    [1e6, '1 million'],
    [4.06e6, '4.1 million'],
    [99.9e6, '100 million'],
    [1e9, '1 billion'],
    [123e9, '120 billion'],
    [1e12, '1 trillion'],
    [940e12, '940 trillion'],
    [1e15, '10 to the power of 15'],
    [1.1e15, '10 to the power of 15'],
    [1e21, '10 to the power of 21'],
    [3e38, '10 to the power of 38'],
  ])('%d is %s', ([value, said]) => {
    expect(approximately(value)).toBe(said);
  });

  test('is within two significant digits of what is said, or within half a power of ten', () => {
    const units: Record<string, number> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 84, noNaN: true }), (exponent) => {
        const value = 10 ** exponent;
        const said = approximately(value);
        const power = /^10 to the power of (\d+)$/.exec(said);
        if (power) {
          expect(value).toBeGreaterThanOrEqual(9.9e14);
          expect(Math.abs(Number(power[1]) - exponent)).toBeLessThanOrEqual(0.5 + 1e-9);
        } else {
          const [, digits, unit] = /^([\d.,]+)(?: (\w+))?$/.exec(said)!;
          const meant = Number(digits!.replaceAll(',', '')) * (unit ? units[unit]! : 1);
          expect(Math.abs(meant / value - 1)).toBeLessThanOrEqual(0.05 + 1e-9);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a ratio, as a comparison', () => {
  test.for<[number, string]>([
    [1, 'about as large as'],
    [0.81, 'about as large as'],
    [1.24, 'about as large as'],
    [0.5, 'about 2 times smaller than'],
    [2, 'about 2 times larger than'],
    [1 / 24_165, 'about 24,000 times smaller than'],
    [4.1e6, 'about 4.1 million times larger than'],
    [1e-39, 'about 10 to the power of 39 times smaller than'],
  ])('%d is %s', ([ratio, said]) => {
    expect(timesAsLarge(ratio)).toBe(said);
  });

  test('turns over with its sense: smaller below one, larger above', () => {
    fc.assert(
      fc.property(fc.double({ min: -60, max: 60, noNaN: true }), (exponent) => {
        const said = timesAsLarge(10 ** exponent);
        if (said === 'about as large as') expect(Math.abs(exponent)).toBeLessThan(0.1);
        else expect(said.endsWith(exponent < 0 ? 'times smaller than' : 'times larger than')).toBe(true);
      }),
    );
  });
});

test('a signed number has its decimals, a printed minus sign, and no minus zero', () => {
  expect([signed(0.5), signed(-1.234), signed(-0.001), signed(-0), signed(3, 0), signed(-0.05, 1)]).toEqual([
    '0.50',
    '−1.23',
    '0.00',
    '0.00',
    '3',
    '−0.1',
  ]);
});
