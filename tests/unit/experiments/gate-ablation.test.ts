import { describe, expect, test } from 'vitest';

import {
  courseNames,
  courses,
  runsOn,
  variantNames,
  variants,
  type AblationResult,
  type CourseName,
  type Variant,
} from '#src/experiments/ablation-facts.ts';
import type { Outcome } from '#src/experiments/definition.ts';
import gateAblation from '#src/experiments/gate-ablation.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { rateInWords, rateOf } from '#src/experiments/rates.ts';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof gateAblation.parameters>;

const small = { updates: 50, units: 2, runs: 1, chunk: 5 } as const;
const run = runnerOf(gateAblation, small);

function expectConsistent({ params, result, sentence, table }: Outcome<AblationResult, Params>): void {
  const all = variants.length * courseNames.length;
  expect(result.series).toHaveLength(all);
  const done = result.series.reduce((sum, { runs }) => sum + runs.length, 0);
  expect(table.rows).toHaveLength(done);
  expect(sentence.startsWith('So far')).toBe(done < all * params.runs);
  for (const course of courseNames) {
    const { solvedAt } = courses[course];
    for (const variant of variants) {
      for (const { solvedAfter, updates, score } of runsOn(result, variant, course)) {
        if (solvedAfter === null) continue;
        expect(updates).toBe(solvedAfter);
        // Scores are told to four digits.
        if (solvedAt > 0.5) expect(score).toBeGreaterThan(solvedAt - 1e-4);
        else expect(score).toBeLessThan(solvedAt + 1e-4);
      }
    }
    const whole = rateOf(runsOn(result, 'full', course));
    if (whole.of > 0) expect(sentence).toContain(`${courses[course].name} in ${rateInWords(whole)}`);
  }
  if (done === all * params.runs) {
    for (const variant of variants.slice(1)) expect(sentence).toContain(variantNames[variant]);
  }
}

describe('gate-ablation', () => {
  testHabits(gateAblation, {
    small,
    expectConsistent,
    extremes: [
      ['a single unit, the longest stretches, forget gates half open', { units: 1, chunk: 60, forgetBias: 0 }],
      ['the most units, forget gates wide open', { units: 24, forgetBias: 6 }],
      ['the lowest learning rate', { learningRate: gateAblation.parameters.learningRate.min }],
      ['the highest learning rate, several runs', { learningRate: gateAblation.parameters.learningRate.max, runs: 2 }],
    ],
  });

  test('says which parts are missed, and which are not', () => {
    const tell = (solved: (variant: Variant, course: CourseName) => boolean) => {
      const series = variants.flatMap((variant) =>
        courseNames.map((course) => {
          const solvedAfter = solved(variant, course) ? 100 : null;
          const trial = { run: 1, solvedAfter, updates: solvedAfter ?? 500, score: 0.5, curve: [0.5], stretch: 500 };
          return { setting: { variant, course }, runs: [trial] };
        }),
      );
      const params = { units: 4, updates: 500, chunk: 30, forgetBias: 1, learningRate: 0.02, runs: 1 };
      return gateAblation.tell({ series }, params);
    };
    expect(tell((variant, course) => variant !== 'noForget' || course === 'parity')).toBe(
      `With 4 units the whole LSTM solves parity in 1 of 1, the latch in 1 of 1, and note and show in 1 of 1 run. It does worse without forget gate (the latch in none of 1 and note and show in none of 1). It does as well without input gate, without output gate, ${variantNames.coupled}, and without output activation.`,
    );
  });

  test('trains different LSTMs on the same streams', async () => {
    const { result } = await run();
    for (const course of courseNames) {
      const curves = variants.map((variant) => JSON.stringify(runsOn(result, variant, course)[0]!.curve));
      expect(new Set(curves).size).toBe(variants.length);
    }
  });
});
