import { describe, expect, test } from 'vitest';

import { observe, scaleOf, windowsOf } from '#src/sequences/observations.ts';
import { createRandom } from '#src/sequences/random.ts';

const random = () => createRandom(1, 'noise');

describe('the scale of courses', () => {
  test('is the mean and the standard deviation of all their values', () => {
    expect(scaleOf([Float64Array.of(1, 3), Float64Array.of(5, 7)])).toEqual({ mean: 4, deviation: Math.sqrt(5) });
  });

  test('leaves what it is taken of with mean 0 and variance 1', () => {
    const course = Float64Array.from({ length: 1000 }, (_, i) => 40 + 7 * Math.sin(i));
    const { truth } = observe(course, scaleOf([course]), 0, random());
    const { mean, deviation } = scaleOf([Float64Array.from(truth)]);
    expect(mean).toBeCloseTo(0, 6);
    expect(deviation).toBeCloseTo(1, 6);
  });
});

describe('an observation', () => {
  test('without noise is the truth', () => {
    const { truth, seen } = observe(Float64Array.of(1, 2, 3), { mean: 2, deviation: 0.5 }, 0, random());
    expect([...truth]).toEqual([-2, 0, 2]);
    expect(seen).toEqual(truth);
  });

  test('has errors of the size that is asked for, of both signs, normal, that do not follow from one another', () => {
    const count = 40_000;
    const { truth, seen } = observe(new Float64Array(count), { mean: 0, deviation: 1 }, 0.3, random());
    const errors = Array.from(seen, (value, i) => (value - truth[i]!) / 0.3);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // Five standard deviations of each statistic.
    expect(Math.abs(mean(errors))).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(mean(errors.map((e) => e ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(mean(errors.map((e) => e ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
    expect(Math.abs(mean(errors.slice(1).map((e, i) => e * errors[i]!)))).toBeLessThan(5 / Math.sqrt(count));
  });
});

describe('windows', () => {
  const course = { truth: Float32Array.of(0, 1, 2, 3, 4), seen: Float32Array.of(10, 11, 12, 13, 14) };

  test('hold the values seen before each value, oldest first, from the given one on', () => {
    const { inputs, seen, truth } = windowsOf([course, course], 2, 3);
    expect([...inputs]).toEqual([11, 12, 12, 13, 11, 12, 12, 13]);
    expect([...seen]).toEqual([13, 14, 13, 14]);
    expect([...truth]).toEqual([3, 4, 3, 4]);
  });

  test('ask for the same values whatever the history', () => {
    expect(windowsOf([course], 1, 3).truth).toEqual(windowsOf([course], 3, 3).truth);
  });

  test('cannot begin before there are enough values', () => {
    expect(() => windowsOf([course], 3, 2)).toThrow(new RangeError('3 values before value 2: there are only 2'));
  });
});
