import { describe, expect, test } from 'vitest';

import {
  counted,
  explainedIn,
  learningAt,
  learningOf,
  learningRatesOf,
  meanExplained,
  modelNames,
  models,
  runsAt,
  states,
  timeAt,
  type CostResult,
} from '#src/experiments/cost-counts.ts';
import cost from '#src/experiments/cost.ts';
import type { Outcome } from '#src/experiments/definition.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { rateInWords } from '#src/experiments/rates.ts';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof cost.parameters>;

const small = { largest: '32', rounds: 5, units: 4, length: 5, updates: 50, runs: 1 } as const;
const run = runnerOf(cost, small);

function expectConsistent({ params, result, sentence, table }: Outcome<CostResult, Params>): void {
  const { sizes, times, rounds, series } = result;
  expect(sizes).toContain(params.units);
  expect(sizes).toContain(8);
  expect(sizes.at(-1)).toBe(Number(params.largest));
  expect(rounds >= 1 && rounds <= params.rounds).toBe(true);
  for (const model of models) {
    expect(times[model]).toHaveLength(sizes.length);
    for (const { fastest, lower, median, upper } of times[model]) {
      expect(0 < fastest && fastest <= lower && lower <= median && median <= upper).toBe(true);
    }
  }
  const done = series.reduce((sum, { runs }) => sum + runs.length, 0);
  expect(sentence.startsWith('So far')).toBe(done < series.length * params.runs);
  const recalls = series.filter(({ setting }) => setting.task === 'recall').flatMap(({ runs }) => runs);
  expect(table.rows).toHaveLength(models.length * sizes.length + recalls.length + states.length);
  for (const { setting, runs } of series) {
    for (const { explained } of runs) {
      expect(explained !== undefined).toBe(setting.task === 'parity');
      if (!explained) continue;
      expect(explained.cell !== undefined).toBe(setting.model === 'lstm');
      for (const shares of [explained.hidden, ...(explained.cell ? [explained.cell] : [])]) {
        expect(shares).toHaveLength(params.units);
        for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
      }
    }
  }
  for (const model of models) {
    const { of, solved, best } = learningOf(result, model);
    if (of > 0) expect(sentence).toContain(`the ${modelNames[model]} in ${rateInWords({ solved, of })}`);
    if (best) expect(sentence).toContain(`at its best after ${best.median} updates`);
  }
}

describe('cost', () => {
  testHabits(cost, {
    small,
    expectConsistent,
    extremes: [
      ['the largest layers, the longest delay', { largest: '128', units: 32, length: 40 }],
      ['several runs', { runs: 2 }],
    ],
  });

  test('counts what a hand counts: four times the weights of an RNN in an LSTM, three times and some biases in a GRU', () => {
    // 4 units, 8 inputs: 4 (8 + 4) weights and 4 biases.
    expect(counted('rnn', 4)).toMatchObject({ weights: 52, multiplyAdds: 48 });
    for (const units of [1, 8, 64]) {
      expect(counted('lstm', units).weights).toBe(4 * counted('rnn', units).weights);
      expect(counted('gru', units).weights).toBe(3 * counted('rnn', units).weights + 3 * units);
      expect(counted('lstm', units).multiplyAdds).toBe(4 * counted('rnn', units).multiplyAdds);
      for (const model of models) {
        expect(counted(model, units).bytes).toBeGreaterThan(16 * counted(model, units).weights);
      }
    }
  });

  test('finds that larger layers take longer', async () => {
    const { result } = await run({ largest: '128', rounds: 10 });
    for (const model of models) expect(timeAt(result, model, 128)).toBeGreaterThan(timeAt(result, model, 8));
  });

  const trial = (run: number, solvedAfter: number | null, hidden: number[] = []) => ({
    run,
    solvedAfter,
    updates: solvedAfter ?? 400,
    score: 1,
    curve: [1],
    stretch: 400,
    ...(hidden.length > 0 && { explained: { hidden } }),
  });

  test('finds the learning rate at which every run learned soonest', () => {
    const at = (learningRate: number, ...after: (number | null)[]) => ({
      setting: { model: 'rnn' as const, task: 'recall' as const, learningRate },
      runs: after.map((solvedAfter, i) => trial(i + 1, solvedAfter)),
    });
    const result = { series: [at(0.001, 300, 320), at(0.01, 100, 140), at(0.1, 20, null)] };
    expect(learningOf(result, 'rnn')).toMatchObject({ reliable: 2, tried: 3, solved: 5, of: 6 });
    expect(learningOf(result, 'rnn').best).toMatchObject({ learningRate: 0.01, median: 140 });
    expect(learningAt(result, 'rnn', 0.001).updates).toEqual({ least: 300, median: 320, most: 320 });
    expect(learningAt(result, 'rnn', 0.1).updates).toEqual({ least: 20, median: Infinity, most: Infinity });
    expect(learningOf(result, 'lstm')).toMatchObject({ reliable: 0, tried: 0, of: 0 });
    expect(learningRatesOf(result)).toEqual([0.001, 0.01, 0.1]);
    expect(runsAt(result, 'rnn', 0.1)).toHaveLength(2);
  });

  test('looks only into networks that learned parity', () => {
    const setting = { model: 'rnn' as const, task: 'parity' as const, learningRate: 0.01 };
    const series = [{ setting, runs: [trial(1, 100, [0.2, 0.4]), trial(2, null, [1, 1])] }];
    expect(explainedIn({ series }, 'rnn', 'hidden')).toEqual([0.2, 0.4]);
    expect(meanExplained({ series }, 'rnn', 'hidden')).toBeCloseTo(0.3);
    expect(meanExplained({ series }, 'gru', 'hidden')).toBeUndefined();
  });

  test('times the size that is trained among the others', async () => {
    const { result } = await run({ units: 12 });
    expect(result.sizes).toEqual([8, 12, 16, 32]);
    expect(timeAt(result, 'gru', 12)).toBe(result.times.gru[1]!.fastest);
  });
});
