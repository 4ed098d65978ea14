import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createRandom } from '#src/sequences/random.ts';
import { fitReadout, readOut, shareTold, type Rows } from '#src/training/ridge.ts';

/** Rows of chance, not from their mean, and targets that hang on them. */
function problem(seed: number, rows: number, width: number) {
  const random = createRandom(seed, 'rows');
  const values = Float64Array.from({ length: rows * width }, () => random.uniform(-1, 3));
  const slopes = Array.from({ length: width }, () => random.uniform(-2, 2));
  const target = Float64Array.from({ length: rows }, (_, row) =>
    slopes.reduce((sum, slope, i) => sum + slope * values[row * width + i]!, random.uniform(4, 5)),
  );
  return { x: { values, width }, target, slopes };
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean square error and the penalty together, by their definition. */
function cost(
  { values, width }: Rows,
  target: ArrayLike<number>,
  w: readonly number[],
  offset: number,
  penalty: number,
) {
  const misses = Array.from(target as ArrayLike<number>, (wanted, row) => {
    const said = w.reduce((sum, weight, i) => sum + weight * values[row * width + i]!, offset);
    return (wanted - said) ** 2;
  });
  return meanOf(misses) + penalty * w.reduce((sum, weight) => sum + weight ** 2, 0);
}

describe('a linear readout', () => {
  // By hand: x is 1, 2, 3 and y is 2, 4, 9. From their means 2 and 5 the mean of xx is 2/3, that of xy 7/3, so that with a
  // penalty of 1/2 the weight is (7/3) / (2/3 + 1/2) = 2 and the offset 5 - 2 * 2 = 1.
  test('is what is worked out by hand for one number', () => {
    const { weights, offsets } = fitReadout({ values: [1, 2, 3], width: 1 }, [[2, 4, 9]], 0.5);
    expect(weights[0]![0]).toBeCloseTo(2, 14);
    expect(offsets[0]).toBeCloseTo(1, 14);
  });

  // Two numbers that do not vary together: each is solved by itself. x1 is -1, -1, 1, 1 and x2 is -2, 2, -2, 2.
  test('is what is worked out by hand for two', () => {
    const x = { values: [-1, -2, -1, 2, 1, -2, 1, 2], width: 2 };
    const { weights, offsets } = fitReadout(x, [[0, 4, 6, 10]], 1);
    // The means of x1 y and x2 y are 3 and 4, those of the squares 1 and 4.
    expect(weights[0]![0]).toBeCloseTo(3 / (1 + 1), 12);
    expect(weights[0]![1]).toBeCloseTo(4 / (4 + 1), 12);
    expect(offsets[0]).toBeCloseTo(5, 12);
  });

  test('costs more wherever it is moved to', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(1e-6, 0.01, 1),
        (seed, width, penalty) => {
          const { x, target } = problem(seed, 30, width);
          const { weights, offsets } = fitReadout(x, [target], penalty);
          const [w, offset] = [[...weights[0]!], offsets[0]!];
          const best = cost(x, target, w, offset, penalty);
          for (const step of [-1e-3, 1e-3]) {
            expect(cost(x, target, w, offset + step, penalty)).toBeGreaterThan(best);
            for (let i = 0; i < width; i++) {
              const moved = w.map((weight, j) => (i === j ? weight + step : weight));
              expect(cost(x, target, moved, offset, penalty)).toBeGreaterThan(best);
            }
          }
        },
      ),
    );
  });

  test('finds the slopes that targets were made with, where there is next to no penalty', () => {
    const { x, target, slopes } = problem(3, 20_000, 5);
    const { weights } = fitReadout(x, [target], 1e-12);
    weights[0]!.forEach((weight, i) => expect(weight).toBeCloseTo(slopes[i]!, 1.5));
  });

  test('of several outputs is each by itself, and says what its weights and offset come to', () => {
    const { x, target } = problem(4, 40, 3);
    const other = target.map((value) => value ** 2);
    const both = fitReadout(x, [target, other], 0.1);
    const alone = fitReadout(x, [other], 0.1);
    expect(both.weights[1]).toEqual(alone.weights[0]);
    expect(both.offsets[1]).toBe(alone.offsets[0]);
    const said = readOut(both, 1, x);
    expect(said).toHaveLength(40);
    const row = [...x.values.subarray(6, 9)];
    const byHand = row.reduce((sum, value, i) => sum + value * both.weights[1]![i]!, both.offsets[1]!);
    expect(said[2]).toBeCloseTo(byHand, 12);
  });

  test('copes with numbers that say the same', () => {
    const values = [1, 1, 2, 2, 3, 3];
    const { weights, offsets } = fitReadout({ values, width: 2 }, [[1, 2, 3]], 1e-9);
    expect(weights[0]![0]).toBeCloseTo(0.5, 6);
    expect(weights[0]![1]).toBeCloseTo(0.5, 6);
    expect(offsets[0]).toBeCloseTo(0, 6);
  });

  test('refuses a penalty of nothing, and rows and targets that are not as many', () => {
    expect(() => fitReadout({ values: [1, 2], width: 1 }, [[1, 2]], 0)).toThrow('penalty is 0; it must be above 0');
    expect(() => fitReadout({ values: [1, 2], width: 1 }, [[1, 2, 3]], 1)).toThrow('2 rows, and targets of 3');
    expect(() => fitReadout({ values: [], width: 1 }, [[]], 1)).toThrow('0 rows');
  });
});

test('the share that is told is 1 where all is, 0 for the mean, and below 0 for worse', () => {
  expect(shareTold([1, 2, 3], [1, 2, 3])).toBe(1);
  expect(shareTold([1, 2, 3], [2, 2, 2])).toBe(0);
  expect(shareTold([1, 2, 3], [3, 2, 1])).toBe(-3);
  expect(shareTold([1, 2, 3], [1, 2, 2])).toBe(0.5);
});
