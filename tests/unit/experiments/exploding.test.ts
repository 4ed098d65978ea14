import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import { landing, raises, ways, type ExplodingResult, type StepProbe } from '#src/experiments/exploding-data.ts';
import exploding from '#src/experiments/exploding.ts';
import type { Values } from '#src/experiments/parameters.ts';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof exploding.parameters>;

const small: Partial<Params> = { length: 10, updates: 100, runs: 2 };
const run = runnerOf(exploding, small);

function expectConsistent({ params, result, sentence, table }: Outcome<ExplodingResult, Params>): void {
  const { start, probes, series } = result;
  expect(start.norms).toHaveLength(start.scales.length);
  for (const row of start.norms) expect(row).toHaveLength(start.lengths.length);

  expect(probes.map(({ update }) => update)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
  for (const probe of probes) {
    expect(probe.losses).toHaveLength(probe.lengths.length);
    expect([...probe.lengths].sort((a, b) => a - b)).toEqual(probe.lengths);
    if (probe.norm === null) continue;
    expect(probe.steps.unclipped / (params.learningRate * probe.norm)).toBeCloseTo(1, 3);
    expect(probe.steps.clipped).toBeLessThanOrEqual(params.learningRate * params.threshold * (1 + 1e-9));
    for (const way of ways) expect(probe.lengths).toContain(probe.steps[way]);
  }

  expect(series.map(({ setting }) => setting)).toEqual(ways);
  const done = series.reduce((sum, { runs }) => sum + runs.length, 0);
  expect(sentence.includes('So far') || sentence.startsWith('No training')).toBe(done < 2 * params.runs);
  expect(sentence).toContain(`of ${probes.length} steps, ${raises(probes, 'clipped')} raise the loss with clipping`);
  expect(table.rows).toHaveLength(done);
}

describe('a run', () => {
  testHabits(exploding, {
    small,
    expectConsistent,
    extremes: [
      ['the shortest sequences', { length: 5 }],
      ['the longest sequences and the largest weights', { length: 100, scale: 2.5, runs: 1 }],
      ['the smallest weights', { scale: 0.5 }],
      ['the lowest learning rate and threshold', { learningRate: 0.001, threshold: 0.01, runs: 1 }],
      ['the highest learning rate and threshold', { learningRate: 0.5, threshold: 100, runs: 1 }],
      ['the most runs', { runs: 20 }],
    ],
  });

  test('trains both ways from the same first weights and on the same sequences', async () => {
    const { result } = await run({ threshold: 100, learningRate: 0.002, scale: 1, runs: 1 });
    const [clipped, unclipped] = result.series.map(({ runs }) => runs);
    // Nothing is above such a threshold, so the two are one and the same.
    expect(clipped).toEqual(unclipped);
    for (const { steps } of result.probes) expect(steps.clipped).toBe(steps.unclipped);
  });

  test('does not depend on what only the picture reads', async () => {
    expect((await run({ at: 0, runs: 1 })).result).toEqual((await run({ at: 60, runs: 1 })).result);
  });
});

describe('where a step lands', () => {
  const probe: StepProbe = {
    update: 5,
    norm: 20,
    lengths: [0, 0.1, 1, 2],
    losses: [1, 0.9, 3, null],
    steps: { clipped: 0.1, unclipped: 1 },
  };

  test('is read off the loss along its way', () => {
    expect(landing(probe, 'clipped')).toEqual({ before: 1, after: 0.9 });
    expect(landing(probe, 'unclipped')).toEqual({ before: 1, after: 3 });
    expect(landing({ ...probe, steps: { clipped: 0.1, unclipped: 2 } }, 'unclipped')).toBeNull();
  });

  test('is higher than before, or not', () => {
    expect(raises([probe, probe], 'unclipped')).toBe(2);
    expect(raises([probe], 'clipped')).toBe(0);
  });
});
