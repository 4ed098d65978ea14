import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import { lookedAt, recallAt, shownSequence } from '#src/experiments/distractors-data.ts';
import distractors, { type DistractorsResult } from '#src/experiments/distractors.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { rateInWords, rateOf } from '#src/experiments/rates.ts';
import { recall } from '#src/sequences/recall.ts';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof distractors.parameters>;

const small = { gap: '20', units: 8, updates: 100, runs: 2 } as const;
const run = runnerOf(distractors, small);

function expectConsistent({ params, result, sentence, table }: Outcome<DistractorsResult, Params>): void {
  const { varied, gap, runs } = params;
  const gaps = [5, 10, 20, 40, 80, 160].filter((steps) => steps <= Number(gap));
  const places = varied === 'gap' ? gaps : [0, 0.25, 0.5, 0.75, 1];
  const settings = places.flatMap((at) => [
    { cell: 'rnn', at },
    { cell: 'lstm', at },
  ]);
  expect(result.series.map(({ setting }) => setting)).toEqual(settings);
  const all = result.series.flatMap((series) => series.runs);
  expect(sentence.startsWith('So far')).toBe(all.length < settings.length * runs);
  expect(table.rows).toHaveLength(all.length);
  for (const { setting, runs } of result.series) {
    if (runs.length > 0) expect(sentence).toContain(rateInWords(rateOf(runs)));
    for (const { run, before, after } of runs) {
      for (const { signal, steps } of [before, after]) {
        expect(signal === null || (signal >= 0 && signal <= 1)).toBe(true);
        expect(steps?.length).toBe(run === 1 ? recallAt(setting.at, params).time : undefined);
      }
    }
  }
}

describe('distractors', () => {
  testHabits(distractors, {
    small,
    expectConsistent,
    extremes: [
      ['the longest gap', { gap: '160', runs: 1 }],
      ['more and more noise', { varied: 'noise', runs: 1 }],
      ['a silent gap', { noise: 0, runs: 1 }],
      ['lookalikes', { kind: 'lookalikes', runs: 1 }],
      ['gates that are told the length', { forgetBias: 'chrono', runs: 1 }],
      ['the fewest units', { units: 4, runs: 1 }],
    ],
  });

  test('starts both kinds of network at the same saliency at every place but for the gap, whatever the budget', async () => {
    const [one, other] = [await run({ runs: 1 }), await run({ runs: 1, updates: 150 })];
    one.result.series.forEach(({ runs }, i) =>
      expect(runs[0]!.before).toEqual(other.result.series[i]!.runs[0]!.before),
    );
  });

  test('shows the sequence over which the first run’s saliency is taken', () => {
    for (const kind of ['distractors', 'lookalikes'] as const) {
      const params = { varied: 'gap', gap: '20', noise: 0.5, kind } as const;
      const task = recall(recallAt(10, params));
      const { inputs } = task.batch(lookedAt(7), 1);
      const names = kind === 'lookalikes' ? 'ABCD' : 'ABCD1234';
      const read = Array.from({ length: task.time }, (_, t) => {
        const place = inputs.subarray(t * task.inputs, (t + 1) * task.inputs).indexOf(1);
        return place === -1 ? '·' : names[place];
      });
      expect(shownSequence(7, 10, params)).toEqual(read);
    }
  });
});
