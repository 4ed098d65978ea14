import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { nameOfShuffle, originalOrder, readOrder, swapped, writeOrder } from '#src/experiments/shuffle/order.ts';

const order = fc
  .integer({ min: 1, max: 45 })
  .chain((length) => fc.shuffledSubarray(originalOrder(length), { minLength: length }));

describe('an order', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(order, (order) => {
        expect(readOrder(writeOrder(order), order.length)).toEqual({ list: order });
      }),
    );
  });

  test('fits into its parameter, at the greatest length', () => {
    const longest = originalOrder(45).sort((a, b) => ((a * 7) % 45) - ((b * 7) % 45));
    expect(writeOrder(longest).length).toBeLessThanOrEqual(160);
  });

  test('has a short name where there is one', () => {
    expect(writeOrder([0, 1, 2])).toBe('');
    expect(writeOrder([2, 1, 0])).toBe('reversed');
    expect(writeOrder([1, 0, 2])).toBe('1-0-2');
    expect(readOrder('', 3)).toEqual({ list: [0, 1, 2] });
    expect(readOrder('reversed', 3)).toEqual({ list: [2, 1, 0] });
  });

  test('may be one of a hundred shuffles', () => {
    for (const number of [1, 9, 10, 99, 100]) expect(readOrder(nameOfShuffle(number), 3)).toEqual({ shuffle: number });
    for (const written of ['shuffle-0', 'shuffle-101', 'shuffle-007', 'shuffle', 'shuffle-1x']) {
      expect(readOrder(written, 3)).toEqual({ refused: written });
    }
  });

  test.for(['0-1', '0-1-2-3', '0-1-1', '0-1-3', '-0-1-2', '0-1-2-', '0,1,2', '2-1-0x', 'REVERSED', '<b>', '00-01-999'])(
    '“%s” is refused for three items',
    (written) => {
      expect(readOrder(written, 3)).toEqual({ refused: written });
    },
  );
});

test('two items change places, and nothing else does', () => {
  fc.assert(
    fc.property(order, fc.nat(44), fc.nat(44), (order, x, y) => {
      const [a, b] = [x % order.length, y % order.length];
      const after = swapped(order, a, b);
      expect(after[a]).toBe(order[b]);
      expect(after[b]).toBe(order[a]);
      after.forEach((item, place) => {
        if (place !== a && place !== b) expect(item).toBe(order[place]);
      });
      expect(swapped(after, a, b)).toEqual(order);
    }),
  );
});
