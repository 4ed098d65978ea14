import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { patternEnds, placedPattern, spreadPlaces, SYMBOLS } from '#src/sequences/placed-pattern.ts';
import { createRandom } from '#src/sequences/random.ts';

describe('the placed pattern', () => {
  test('is two signals at one of the places, noise around them, and asked for as one of four', () => {
    const sizes = { time: fc.integer({ min: 3, max: 20 }), batch: fc.integer({ min: 1, max: 9 }), seed: fc.nat(1e6) };
    fc.assert(
      fc.property(
        fc.record(sizes),
        fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
        ({ time, batch, seed }, some) => {
          const places = some.map((place) => place % (time - 1));
          const { inputs, targets } = placedPattern(time, places).batch(createRandom(seed, 'test'), batch);
          expect(inputs).toHaveLength(batch * time * SYMBOLS);
          const ends = patternEnds(inputs, time);
          for (let b = 0; b < batch; b++) {
            const symbols = Array.from({ length: time }, (_, t) => {
              const row = inputs.subarray((b * time + t) * SYMBOLS, (b * time + t + 1) * SYMBOLS);
              expect(row.filter((value) => value === 1)).toHaveLength(1);
              return row.indexOf(1);
            });
            const signals = symbols.flatMap((symbol, t) => (symbol < 2 ? [t] : []));
            expect(signals).toEqual([signals[0], signals[0]! + 1]);
            expect(places).toContain(signals[0]);
            expect(ends[b]).toBe(signals[1]);
            expect(targets[b]).toBe(2 * symbols[signals[0]!]! + symbols[signals[1]!]!);
          }
        },
      ),
    );
  });

  test('is each of the four about equally often', () => {
    const { targets } = placedPattern(5, [1, 3]).batch(createRandom(1, 'test'), 4000);
    for (let pattern = 0; pattern < 4; pattern++) {
      const count = Array.from(targets).filter((target) => target === pattern).length;
      expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(4000 * 0.25 * 0.75));
    }
  });

  test('needs a place, and room for both signals', () => {
    expect(() => placedPattern(5, [])).toThrow('from 0 to 3');
    expect(() => placedPattern(5, [4])).toThrow('from 0 to 3');
    expect(() => placedPattern(5, [-1])).toThrow('from 0 to 3');
  });
});

test('places are spread over all that there are: one in the middle, all at the end', () => {
  expect(spreadPlaces(12, 1)).toEqual([5]);
  expect(spreadPlaces(12, 3)).toEqual([1, 5, 9]);
  expect(spreadPlaces(12, 11)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (let count = 1; count <= 11; count++) {
    const places = spreadPlaces(12, count);
    expect(new Set(places).size).toBe(count);
    expect(places.every((place) => place >= 0 && place <= 10)).toBe(true);
  }
});
