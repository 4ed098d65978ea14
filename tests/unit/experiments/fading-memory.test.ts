import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import { materials } from '#src/experiments/fading-memory-materials.ts';
import fadingMemory, { type FadingMemoryResult } from '#src/experiments/fading-memory.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { rateInWords, rateOf } from '#src/experiments/rates.ts';
import { seedOfRun } from '#src/sequences/random.ts';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof fadingMemory.parameters>;

const small = { longest: '80', units: 8, updates: 100, runs: 2, learningRate: 0.01 } as const;
const run = runnerOf(fadingMemory, small);

/** Holds what runs of trials say of themselves against each other. */
function expectConsistent({ params, result, sentence, table }: Outcome<FadingMemoryResult, Params>): void {
  const { longest, updates, runs, material } = params;
  const delays = [5, 10, 20, 40, 80, 160, 320, 640].filter((delay) => delay <= Number(longest));
  expect(result.series.map(({ setting }) => setting)).toEqual(delays);
  const all = result.series.flatMap((series) => series.runs);
  expect(sentence.startsWith('So far')).toBe(all.length < delays.length * runs);
  expect(sentence).toContain(materials[material].toLearn);
  expect(table.rows).toHaveLength(all.length);
  for (const series of result.series) {
    expect(series.runs.map(({ run }) => run)).toEqual([...new Set(series.runs.map(({ run }) => run))].sort());
    if (series.runs.length > 0) expect(sentence).toContain(rateInWords(rateOf(series.runs)));
    for (const trial of series.runs) {
      expect(trial.updates).toBe(trial.solvedAfter ?? updates);
      expect(trial.score >= 0.99).toBe(trial.solvedAfter !== null);
      expect(trial.curve).toHaveLength(Math.ceil(trial.updates / trial.stretch));
      expect(trial.curve.length).toBeLessThanOrEqual(25);
    }
  }
}

describe('fading memory', () => {
  testHabits(fadingMemory, {
    small,
    expectConsistent,
    extremes: [
      ['the longest delay', { longest: '640', runs: 1 }],
      ['sentences', { material: 'sentences', runs: 1 }],
      ['weak recurrent weights', { recurrentScale: 0.5, runs: 1 }],
      ['strong recurrent weights', { recurrentScale: 1.5, learningRate: 0.03, runs: 1 }],
      ['the most units', { units: 64, runs: 1 }],
    ],
  });

  test('has the run of each delay with a seed of its own, the first the seed itself', async () => {
    const { result } = await run({}, 9);
    for (const index of [0, 1]) {
      const single = await run({ runs: 1 }, seedOfRun(9, index));
      result.series.forEach((series, i) =>
        expect(series.runs[index]).toEqual({ ...single.result.series[i]!.runs[0]!, run: index + 1 }),
      );
    }
  });

  test('tries every delay once before it tries one again, and says how far it is by how long each takes', async () => {
    const seen: string[] = [];
    const shares: number[] = [];
    await run({}, 1, {
      onProgress({ share }, outcome) {
        const { series } = outcome()!.result as FadingMemoryResult;
        seen.push(series.map(({ runs }) => runs.length).join(' '));
        shares.push(share!);
      },
    });
    expect(seen[4]).toBe('1 1 1 1 1');
    expect(shares[4]).toBeCloseTo(0.5);
    expect(shares[0]).toBeLessThan(0.1);
    expect(shares.at(-1)).toBe(1);
  });
});

describe('an example', () => {
  test('is as long as the delay says, with what decides at its beginning and the answer that it wants', () => {
    for (const delay of [5, 40, 160]) {
      const symbols = materials.symbols.example(1, delay);
      expect(symbols.items).toHaveLength(delay + 1);
      expect(symbols.items.slice(1).every((item) => /^[1-8]$/.test(item))).toBe(true);
      expect(symbols.answer).toBe(symbols.items[symbols.decisive]);
      expect(symbols.answer).toMatch(/^[A-H]$/);
      const sentence = materials.sentences.example(1, delay);
      expect(sentence.items).toHaveLength(delay + 2);
      expect(sentence.answer).toBe(sentence.items[sentence.decisive]!.endsWith('s') ? 'are' : 'is');
    }
  });
});
