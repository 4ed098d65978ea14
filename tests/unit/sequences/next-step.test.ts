import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { nextNumber, nextSymbol } from '#src/sequences/next-step.ts';
import { createRandom } from '#src/sequences/random.ts';

const row = Float32Array.from({ length: 40 }, (_, i) => i);
const time = fc.integer({ min: 1, max: 39 });

describe('what comes next', () => {
  test('is, of numbers, the number after each of a piece that stands so in the row', () => {
    fc.assert(
      fc.property(time, fc.nat(1e6), (time, seed) => {
        const { inputs, targets } = nextNumber(row, time).batch(createRandom(seed, 'test'), 5);
        expect(inputs).toHaveLength(5 * time);
        inputs.forEach((value, i) => {
          expect(targets[i]).toBe(value + 1);
          if (i % time > 0) expect(value).toBe(inputs[i - 1]! + 1);
        });
      }),
    );
  });

  test('is, of symbols, the symbol after each, and each is given one-hot', () => {
    const symbols = Int32Array.from({ length: 40 }, (_, i) => (i * i) % 7);
    fc.assert(
      fc.property(time, fc.nat(1e6), (time, seed) => {
        const task = nextSymbol(symbols, 7, time);
        const starts = Array.from({ length: 4 }, (_, i) => (seed + 11 * i) % (40 - time));
        const { inputs, targets } = task.piecesAt(starts);
        starts.forEach((start, b) => {
          for (let t = 0; t < time; t++) {
            const given = [...inputs.subarray((b * time + t) * 7, (b * time + t + 1) * 7)];
            expect(given).toEqual(given.map((_, symbol) => (symbol === symbols[start + t] ? 1 : 0)));
            expect(targets[b * time + t]).toBe(symbols[start + t + 1]);
          }
        });
      }),
    );
  });

  test('is cut out of the row at every place where there is room for it', () => {
    const { batch } = nextNumber(row, 37);
    const { inputs } = batch(createRandom(3, 'test'), 200);
    expect(new Set(inputs.filter((_, i) => i % 37 === 0))).toEqual(new Set([0, 1, 2]));
  });

  test('cannot be told of a row that is not longer than a piece', () => {
    expect(() => nextNumber(row, 40)).toThrow('pieces of 40 steps, and what comes next, out of a row of 40');
    expect(() => nextSymbol(Int32Array.of(1), 2, 1)).toThrow(RangeError);
  });
});
