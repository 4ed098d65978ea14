import { describe, expect, test } from 'vitest';

import bottleneck, { longestCopied, type BottleneckResult } from '#src/experiments/bottleneck.ts';
import type { Outcome } from '#src/experiments/definition.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { meanScore } from '#src/experiments/rates.ts';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof bottleneck.parameters>;

const small = { longest: 2, largest: '8', updates: 100, runs: 2 } as const;
const run = runnerOf(bottleneck, small);

function expectConsistent({ params, result, sentence, table }: Outcome<BottleneckResult, Params>): void {
  const { longest, largest, updates, runs } = params;
  const units = [2, 4, 8, 16, 32, 64].filter((size) => size <= Number(largest));
  expect(result.series.map(({ setting: { symbols, units } }) => `${symbols} ${units}`)).toEqual(
    Array.from({ length: longest }, (_, i) => units.map((size) => `${i + 1} ${size}`)).flat(),
  );
  const all = result.series.flatMap((series) => series.runs);
  expect(sentence.startsWith('So far')).toBe(all.length < result.series.length * runs);
  expect(sentence).toContain(`in ${updates} updates`);
  expect(table.rows).toHaveLength(all.length);
  for (const size of units) {
    const tried = result.series.filter(({ setting, runs }) => setting.units === size && runs.length > 0);
    const copied = longestCopied(result, size);
    for (const { setting, runs } of tried) {
      if (setting.symbols <= copied) expect(meanScore(runs)).toBeGreaterThanOrEqual(0.95);
      if (setting.symbols === copied + 1) expect(meanScore(runs)).toBeLessThan(0.95);
    }
  }
}

describe('the bottleneck', () => {
  testHabits(bottleneck, {
    small,
    expectConsistent,
    extremes: [
      ['the longest sequences', { longest: 12, runs: 1 }],
      ['the most units', { largest: '64', runs: 1 }],
      ['an LSTM', { cell: 'lstm', runs: 1 }],
      ['large steps', { learningRate: 0.1, runs: 1 }],
    ],
  });

  test('fills its map from the shortest sequences to the longest', async () => {
    const seen: number[] = [];
    await run({ runs: 1 }, 1, {
      onProgress: (_, outcome) =>
        void seen.push((outcome()!.result as BottleneckResult).series.filter(({ runs }) => runs.length > 0).length),
    });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
