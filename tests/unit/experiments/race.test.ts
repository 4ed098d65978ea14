import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { courses, medianCurve, models, successOf, trialsOf, type RaceResult } from '#src/experiments/race-trials.ts';
import race from '#src/experiments/race.ts';
import { seedOfRun } from '#src/sequences/random.ts';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof race.parameters>;

const small = { length: 10, units: 8, updates: 150, runs: 2, start: 'bias' } as const;
const run = runnerOf(race, small);

function expectConsistent({ params, result, sentence, table }: Outcome<RaceResult, Params>): void {
  const { task, updates, runs } = params;
  const course = courses[task];
  const total = runs * models.length;
  expect(sentence.startsWith('So far')).toBe(result.trials.length < total);
  expect(table.rows).toHaveLength(result.trials.length);
  for (const model of models) {
    const { of, solved, trials } = successOf(result, model);
    if (of > 0) expect(sentence).toContain(`in ${solved} of ${of} run`);
    for (const { solvedAfter, looks, scores, run } of trials) {
      expect(run).toBeLessThanOrEqual(runs);
      expect(scores).toHaveLength(looks.length);
      expect(looks).toEqual([...new Set(looks)].sort((a, b) => a - b));
      expect(looks.length).toBeLessThanOrEqual(51);
      expect(looks.at(-1)).toBe(solvedAfter ?? updates);
      const reached = task === 'adding' ? scores.at(-1)! <= course.solvedAt : scores.at(-1)! >= course.solvedAt;
      expect(reached).toBe(solvedAfter !== null);
    }
    const median = medianCurve(result, model);
    expect(median.values).toHaveLength(median.at.length);
    expect(median.values.every(Number.isFinite)).toBe(true);
    expect(median.at.length > 0).toBe(of > 0);
  }
}

describe('a race', () => {
  testHabits(race, {
    small,
    expectConsistent,
    extremes: [
      ['the shortest sequences', { length: 10, task: 'order', runs: 1 }],
      ['the longest sequences', { length: 300, updates: 100, runs: 1 }],
      ['the fewest units', { units: 4, runs: 1 }],
      ['the most units, and as many weights', { units: 48, equal: 'weights', updates: 100, runs: 1 }],
      ['the adding problem', { task: 'adding', runs: 1 }],
      ['wide open gates', { forgetBias: 6, runs: 1 }],
      ['gates that are told the length', { start: 'chrono', runs: 1 }],
      ['the most runs', { runs: 10, updates: 100, units: 4 }],
    ],
  });

  test('has its runs with the seeds of their own, the first the seed itself', async () => {
    const { result } = await run({}, 9);
    for (const index of [0, 1]) {
      const single = await run({ runs: 1 }, seedOfRun(9, index));
      for (const model of models) {
        const [alone] = trialsOf(single.result, model);
        expect({ ...alone, run: index + 1 }).toEqual(trialsOf(result, model)[index]);
      }
    }
  });

  test('gives the three as many units, or as nearly as can be as many weights', async () => {
    const { sizes: inUnits } = (await run({ runs: 1 })).result;
    expect(models.map((model) => inUnits[model].units)).toEqual([8, 8, 8]);
    expect(inUnits.lstm.weights).toBe(4 * inUnits.rnn.weights);
    const { sizes: inWeights } = (await run({ runs: 1, equal: 'weights', units: 32, updates: 100 })).result;
    for (const model of models) {
      expect(Math.abs(inWeights[model].weights / inWeights.lstm.weights - 1)).toBeLessThan(0.02);
    }
    expect(inWeights.rnn.units).toBeGreaterThan(1.8 * 32);
  });

  test('begins its partial result with a run of each of the three', async () => {
    const seen: string[][] = [];
    await run({ runs: 2 }, 1, {
      onProgress: (_, outcome) =>
        void seen.push((outcome()!.result as RaceResult).trials.map(({ model, run }) => `${model} ${run}`)),
    });
    expect(seen[2]).toEqual(['rnn 1', 'gru 1', 'lstm 1']);
  });

  test('counts a training that solved the task as at its last score from then on', () => {
    const trial = (run: number, looks: number[], scores: number[]) =>
      ({ model: 'lstm', run, solvedAfter: null, looks, scores }) as const;
    const trials = [trial(1, [10, 20, 30], [0.1, 0.2, 0.3]), trial(2, [10, 15], [0.5, 0.9])];
    const sizes = { rnn: { units: 1, weights: 1 }, gru: { units: 1, weights: 1 }, lstm: { units: 1, weights: 1 } };
    const curve = medianCurve({ trials, sizes }, 'lstm');
    expect(curve.at).toEqual([10, 20, 30]);
    curve.values.forEach((value, i) => expect(value).toBeCloseTo([0.3, 0.55, 0.6][i]!));
  });
});
