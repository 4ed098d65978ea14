import { describe, expect, test } from 'vitest';

import { hourlyTemperatures } from '#src/sequences/hourly-temperatures.ts';
import { createRandom } from '#src/sequences/random.ts';

const YEARS = 4;
const { degrees, expected } = hourlyTemperatures(createRandom(1, 'weather'), YEARS * 365 * 24);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const atHour = (hour: number) => mean([...degrees].filter((_, i) => i % 24 === hour));
const correlation = (a: readonly number[], b: readonly number[]) => {
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    mean(x.map((value, i) => (value - mx) * (y[i]! - my)));
  return product(a, b, meanA, meanB) / Math.sqrt(product(a, a, meanA, meanA) * product(b, b, meanB, meanB));
};

describe('made temperatures', () => {
  test('are the same for the same chance, and their first hours do not depend on how many there are', () => {
    const short = hourlyTemperatures(createRandom(1, 'weather'), 50);
    expect([...short.degrees]).toEqual([...degrees.subarray(0, 50)]);
    expect([...short.expected]).toEqual([...expected.subarray(0, 50)]);
    expect([...hourlyTemperatures(createRandom(2, 'weather'), 50).degrees]).not.toEqual([...short.degrees]);
  });

  test('are warm in the afternoon and cold before sunrise', () => {
    const day = Array.from({ length: 24 }, (_, hour) => atHour(hour));
    expect(day.indexOf(Math.max(...day))).toBeGreaterThanOrEqual(13);
    expect(day.indexOf(Math.max(...day))).toBeLessThanOrEqual(16);
    expect(day.indexOf(Math.min(...day))).toBeLessThanOrEqual(6);
    expect(Math.max(...day) - Math.min(...day)).toBeGreaterThan(6);
  });

  test('stay in the range of a mild place, and do not drift from year to year', () => {
    expect(Math.min(...degrees)).toBeGreaterThan(-25);
    expect(Math.max(...degrees)).toBeLessThan(45);
    const years = Array.from({ length: YEARS }, (_, year) =>
      mean([...degrees.subarray(year * 8760, (year + 1) * 8760)]),
    );
    for (const year of years) expect(Math.abs(year - 12)).toBeLessThan(1.5);
  });

  // What is left when all that could be known is taken away hangs together with nothing that was known.
  test('differ from what was to be expected by chance alone: neither up nor down, and unrelated to any hour before', () => {
    const surprise = [...degrees].map((value, hour) => value - expected[hour]!);
    expect(Math.abs(mean(surprise))).toBeLessThan(0.02);
    const spread = Math.sqrt(mean(surprise.map((value) => value * value)));
    expect(spread).toBeGreaterThan(0.3);
    expect(spread).toBeLessThan(0.5);
    for (const back of [2, 3, 12, 24]) {
      expect(Math.abs(correlation(surprise.slice(back), [...degrees].slice(0, -back)))).toBeLessThan(0.02);
      expect(Math.abs(correlation(surprise.slice(back), surprise.slice(0, -back)))).toBeLessThan(0.02);
    }
  });
});
