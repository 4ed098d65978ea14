import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createRandom, LARGEST_SEED, seedOfRun, shuffled } from '#src/sequences/random.ts';

const seeds = fc.integer({ min: 0, max: LARGEST_SEED });

/** The first so many numbers of a stream, in [0, 1). */
function draws(seed: number, name: string, count: number): number[] {
  const random = createRandom(seed, name);
  return Array.from({ length: count }, () => random.uniform(0, 1));
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pearson's, which for n independent pairs has the standard deviation 1 / √n. */
function correlation(a: number[], b: number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const product = mean(a.map((value, i) => (value - ma) * (b[i]! - mb)));
  return product / Math.sqrt(mean(a.map((x) => (x - ma) ** 2)) * mean(b.map((x) => (x - mb) ** 2)));
}

/** How far counts are from even, in standard deviations of the chi-square statistic. */
function unevenness(counts: number[]): number {
  const even = mean(counts);
  const chiSquare = counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
  const freedom = counts.length - 1;
  return (chiSquare - freedom) / Math.sqrt(2 * freedom);
}

describe('a stream', () => {
  test('is the same for the same seed and name, whatever is drawn beside it', () => {
    fc.assert(
      fc.property(seeds, fc.string({ unit: 'grapheme' }), (seed, name) => {
        const first = createRandom(seed, name);
        const second = createRandom(seed, name);
        for (let i = 0; i < 20; i++) {
          createRandom(seed, `${name}!`).uniform(0, 1);
          expect(first.uniform(-1, 1)).toBe(second.uniform(-1, 1));
          expect(first.integer(1000)).toBe(second.integer(1000));
        }
        expect(first.uniformArray(8, 0, 2)).toEqual(second.uniformArray(8, 0, 2));
      }),
    );
  });

  test('is another one for another seed', () => {
    fc.assert(
      fc.property(seeds, seeds, (a, b) => {
        fc.pre(a !== b);
        expect(draws(a, 'inputs', 4)).not.toEqual(draws(b, 'inputs', 4));
      }),
    );
  });

  test('is another one for another name, however similar', () => {
    const names = [
      'kernel',
      'recurrent kernel',
      'Kernel',
      'kernel ',
      'lernek',
      '',
      'k',
      'kk',
      'run 1',
      'run 11',
      'run 2',
    ];
    const starts = names.map((name) => draws(1, name, 2).join());
    expect(new Set(starts).size).toBe(names.length);
  });

  test('gives the numbers that it gave when the recorded runs were made', () => {
    const bits = (seed: number, name: string) => draws(seed, name, 4).map((value) => value * 2 ** 32);
    expect(bits(1, 'golden')).toEqual([3666484731, 1776234176, 2583533232, 4246401391]);
    expect(bits(0, '')).toEqual([1490203619, 2579130886, 3282631836, 3338778624]);
    expect(bits(LARGEST_SEED, 'é😀')).toEqual([3292728676, 2153644146, 4238140270, 3313917013]);
    const random = createRandom(1, 'golden');
    for (let i = 0; i < 4; i++) random.uniform(0, 1);
    expect(random.integer(100)).toBe(12);
    expect([...random.uniformArray(2, -1, 1)]).toEqual([0.8935657739639282, 0.18621490895748138]);
  });
});

describe('a seed', () => {
  test.for([-1, 0.5, NaN, Infinity, -Infinity, LARGEST_SEED + 1, 2 ** 53])('of %d is refused by name', (seed) => {
    const refusal = `seed is ${seed}; allowed is a whole number from 0 to 999999999`;
    expect(() => createRandom(seed, 'x')).toThrow(new RangeError(refusal));
  });

  test('may be the least and the largest', () => {
    for (const seed of [0, LARGEST_SEED]) expect(new Set(draws(seed, 'x', 100)).size).toBe(100);
  });
});

describe('a uniform number', () => {
  test('lies from low up to but not at high', () => {
    const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(seeds, bound, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (seed, low, width) => {
        const random = createRandom(seed, 'bounds');
        for (let i = 0; i < 50; i++) {
          const value = random.uniform(low, low + width);
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThan(low + width);
        }
      }),
    );
  });

  test('lies from low up to but not at high as float32 as well', () => {
    // The number 3,027,397 of this stream is less than 1 by half of what float32 can tell from 1.
    const values = createRandom(6, 'edge').uniformArray(3_027_397, 0, 1);
    expect(values.at(-1)).toBeLessThan(1);
  });

  test('falls everywhere alike: mean, variance, 256 bins, and from one draw to the next', () => {
    const count = 400_000;
    for (const seed of [0, 1, 2, LARGEST_SEED]) {
      const values = draws(seed, 'statistics', count);
      const ofMean = Math.sqrt(1 / 12 / count);
      expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(5 * ofMean);
      const ofVariance = Math.sqrt(1 / 180 / count);
      expect(Math.abs(mean(values.map((value) => (value - 1 / 2) ** 2)) - 1 / 12)).toBeLessThan(5 * ofVariance);
      const bins = Array<number>(256).fill(0);
      for (const value of values) bins[Math.floor(value * 256)]!++;
      expect(Math.abs(unevenness(bins))).toBeLessThan(5);
      expect(Math.abs(correlation(values.slice(0, -1), values.slice(1)))).toBeLessThan(5 / Math.sqrt(count));
    }
  });

  test('has random bits down to the last of its 32', () => {
    const values = draws(3, 'bits', 100_000).map((value) => value * 2 ** 32);
    for (let bit = 0; bit < 32; bit++) {
      const set = values.filter((value) => Math.floor(value / 2 ** bit) % 2 === 1).length;
      expect(Math.abs(set - 50_000), `bit ${bit}`).toBeLessThan(5 * Math.sqrt(100_000 / 4));
    }
  });
});

describe('neighbouring seeds', () => {
  const count = 20_000;
  const limit = 5 / Math.sqrt(count);

  test('have streams that do not follow one another', () => {
    for (const seed of [0, 1, 1000, 123_456, LARGEST_SEED - 1]) {
      const correlated = correlation(draws(seed, 'kernel', count), draws(seed + 1, 'kernel', count));
      expect(Math.abs(correlated), `seeds ${seed} and ${seed + 1}`).toBeLessThan(limit);
    }
  });

  test('start their streams at numbers that do not follow one another', () => {
    for (const place of [0, 1, 2]) {
      const starts = Array.from({ length: count + 1 }, (_, seed) => draws(seed, 'kernel', place + 1)[place]!);
      expect(Math.abs(mean(starts) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
      expect(Math.abs(correlation(starts.slice(0, -1), starts.slice(1)))).toBeLessThan(limit);
      const bins = Array<number>(64).fill(0);
      for (const value of starts) bins[Math.floor(value * 64)]!++;
      expect(Math.abs(unevenness(bins))).toBeLessThan(5);
    }
  });

  test('of the same seed, by name, do not follow one another either', () => {
    const names = ['kernel', 'recurrent kernel', 'readout', 'inputs'];
    const streams = names.map((name) => draws(1, name, count));
    for (const [i, a] of streams.entries()) {
      for (const b of streams.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(limit);
    }
  });
});

describe('a whole number', () => {
  test('lies from 0 to one less than the count, each as often', () => {
    for (const count of [1, 2, 3, 10, 100]) {
      const random = createRandom(5, 'integers');
      const counts = Array<number>(count).fill(0);
      for (let i = 0; i < 100_000; i++) counts[random.integer(count)]!++;
      expect(counts).toHaveLength(count);
      expect(counts.reduce((sum, n) => sum + n)).toBe(100_000);
      if (count > 1) expect(unevenness(counts)).toBeLessThan(5);
    }
  });

  test('may be one of 2 to the 32nd', () => {
    const random = createRandom(5, 'large');
    for (let i = 0; i < 1000; i++) {
      const value = random.integer(2 ** 32);
      expect(Number.isInteger(value) && value >= 0 && value < 2 ** 32).toBe(true);
    }
  });

  test.for([0, -1, 1.5, NaN, Infinity, 2 ** 32 + 1])('of a count of %d is refused by name', (count) => {
    const refusal = `count is ${count}; allowed is a whole number from 1 to 2^32`;
    expect(() => createRandom(1, 'x').integer(count)).toThrow(new RangeError(refusal));
  });
});

describe('an array', () => {
  test('holds the numbers of the stream, rounded to float32', () => {
    const values = createRandom(9, 'array').uniformArray(1000, -2, 3);
    const random = createRandom(9, 'array');
    expect(values).toEqual(Float32Array.from({ length: 1000 }, () => random.uniform(-2, 3)));
  });

  test('starts as a longer one does', () => {
    const short = createRandom(9, 'array').uniformArray(10, 0, 1);
    expect(createRandom(9, 'array').uniformArray(100, 0, 1).subarray(0, 10)).toEqual(short);
    expect(createRandom(9, 'array').uniformArray(0, 0, 1)).toHaveLength(0);
  });
});

describe('the seeds of several runs', () => {
  test('start with the seed itself, are seeds themselves, and differ', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const all = Array.from({ length: 20 }, (_, index) => seedOfRun(seed, index));
        expect(all[0]).toBe(seed);
        expect(new Set(all).size).toBe(20);
        for (const one of all) expect(() => createRandom(one, 'x')).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });

  test('are those of the recorded runs', () => {
    expect([0, 1, 2].map((index) => seedOfRun(1, index))).toEqual([1, 550728249, 118754136]);
  });

  test('do not follow from the seed of the neighbour', () => {
    const first = Array.from({ length: 5000 }, (_, seed) => seedOfRun(seed, 1));
    expect(new Set(first).size).toBe(5000);
    expect(Math.abs(correlation(first.slice(0, -1), first.slice(1)))).toBeLessThan(5 / Math.sqrt(5000));
  });
});

test('a shuffle leaves out no order and favours none', () => {
  const random = createRandom(1, 'test');
  const orders = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffled(random, ['a', 'b', 'c']).join('');
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  expect(orders.size).toBe(6);
  for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(6000 / 6));
});
