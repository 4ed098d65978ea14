import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  meanScore,
  outcomesInWords,
  rateInWords,
  rateOf,
  ratesInWords,
  soFar,
  trialTable,
  type Tried,
} from '#src/experiments/rates.ts';

const trial = (run: number, solvedAfter: number | null, score: number): Tried => ({
  run,
  solvedAfter,
  updates: solvedAfter ?? 500,
  score,
  curve: [score],
  stretch: 500,
});
const trials = (solved: number, of: number) =>
  Array.from({ length: of }, (_, i) => trial(i + 1, i < solved ? 100 + i : null, i < solved ? 1 : 0.25));

describe('a rate', () => {
  test('counts the runs that solved it, within the bounds of Wilson’s interval', () => {
    // By hand from the formula, with z = 1.96.
    expect(rateOf(trials(0, 5)).high).toBeCloseTo(0.4345, 4);
    expect(rateOf(trials(4, 5)).low).toBeCloseTo(0.3755, 4);
    expect(rateOf(trials(4, 5)).high).toBeCloseTo(0.9638, 4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(20), (of, solved) => {
        const rate = rateOf(trials(Math.min(solved, of), of));
        expect(rate).toMatchObject({ solved: Math.min(solved, of), of });
        expect(rate.low).toBeLessThanOrEqual(rate.share);
        expect(rate.high).toBeGreaterThanOrEqual(rate.share);
        expect(rate.low).toBeGreaterThanOrEqual(0);
        expect(rate.high).toBeLessThanOrEqual(1);
        // The interval is where the rate p is no further than z standard deviations from what was seen.
        for (const p of [rate.low, rate.high]) {
          if (p > 0 && p < 1) expect(Math.abs(rate.share - p) / Math.sqrt((p * (1 - p)) / of)).toBeCloseTo(1.96, 6);
        }
        // Solved and not solved are alike.
        expect(rateOf(trials(of - rate.solved, of)).low).toBeCloseTo(1 - rate.high, 9);
      }),
    );
  });

  test('is not known without a run', () => {
    expect(rateOf([])).toEqual({ solved: 0, of: 0, share: NaN, low: 0, high: 1 });
    expect(meanScore([])).toBeNaN();
  });

  test('is said in words, alike neighbours once', () => {
    expect([0, 4, 5].map((solved) => rateInWords({ solved, of: 5 }))).toEqual(['none of 5', '4 of 5', 'all 5']);
    expect(rateInWords({ solved: 1, of: 1 })).toBe('1 of 1');
    const rates = [5, 5, 4, 0, 0, 0].map((solved, i) => ({ at: String(5 * 2 ** i), rate: { solved, of: 5 } }));
    expect(ratesInWords([...rates, { at: '320', rate: { solved: 0, of: 0 } }], 'steps')).toBe(
      'all 5 at 5 and 10 steps, 4 of 5 at 20, none of 5 at 40, 80, and 160',
    );
  });
});

test('what became of runs is said one by one, or by the ends of many', () => {
  expect(outcomesInWords([trial(1, 88, 1), trial(2, null, 0.2375), trial(3, 70, 1)])).toBe(
    '2 of 3 runs solved it, after 70 and 88 updates; the other ended with 23.8% right.',
  );
  expect(outcomesInWords(trials(7, 8))).toBe(
    '7 of 8 runs solved it, after 100 to 106 updates; the other ended with 25% right.',
  );
  expect(outcomesInWords([trial(1, null, 0.5)])).toBe('none of 1 run solved it; they ended with 50% right.');
});

test('a result that is not whole says how far it is, and its table has a row for each run', () => {
  const result = {
    series: [
      { setting: 5, runs: trials(1, 2) },
      { setting: 10, runs: trials(0, 1) },
    ],
  };
  expect(soFar(result, 2)).toBe('So far, after 3 of 4 trainings, ');
  expect(soFar({ series: result.series.slice(0, 1) }, 2)).toBe('');
  const table = trialTable(result, ['delay'], (delay) => [delay]);
  expect(table.columns).toHaveLength(5);
  expect(table.rows).toEqual([
    [5, 1, 100, 100, 1],
    [5, 2, null, 500, 0.25],
    [10, 1, null, 500, 0.25],
  ]);
});
