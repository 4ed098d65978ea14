import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import { answeredAfter, digitsOf, directions, type OneWayResult } from '#src/experiments/one-way-reading.ts';
import oneWay from '#src/experiments/one-way.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { percent } from '#src/experiments/words.ts';
import { answersIn } from '#src/sequences/look-ahead.ts';
import { seedOfRun } from '#src/sequences/random.ts';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof oneWay.parameters>;
type OneWayOutcome = Outcome<OneWayResult, Params>;

const small: Partial<Params> = { length: 6, units: 4, updates: 60, runs: 2 };
const run = runnerOf(oneWay, small);

function expectConsistent({ params, result, sentence, table }: OneWayOutcome): void {
  const { looks, runs, weights, example, heldOut, best } = result;
  expect(looks[0]).toBe(0);
  expect(looks.at(-1)).toBe(params.updates);
  expect([...new Set(looks)].sort((a, b) => a - b)).toEqual(looks);
  expect(heldOut).toBe(200 * params.length);
  expect(weights.bidirectional).toBeGreaterThan(weights.forward);
  for (const { accuracy } of runs) {
    for (const direction of directions) expect(accuracy[direction]).toHaveLength(looks.length);
  }

  const { question, ahead, wait } = params;
  const further = Math.max(0, wait - ahead);
  expect(example.symbols).toHaveLength(10 + ahead + further);
  expect(example.right).toEqual(answersIn(example.symbols, { question, asked: 10, ahead, further }));
  for (const direction of directions) expect(example[direction]).toHaveLength(10);

  expect(sentence.startsWith('So far')).toBe(runs.length < params.runs);
  expect(sentence).toContain(`more than ${percent(best)}`);
  expect(sentence).toContain(
    `${weights.bidirectional.toLocaleString('en')} weights for ${weights.forward.toLocaleString('en')}`,
  );
  for (const direction of directions) {
    const last = runs.map(({ accuracy }) => accuracy[direction].at(-1)!);
    expect(sentence).toContain(percent(Math.max(...last)));
    expect(sentence).toContain(percent(Math.min(...last)));
  }

  expect(table.rows.map((row) => row[0])).toEqual(looks);
  for (const { run, accuracy } of runs) {
    for (const direction of directions) {
      const column = table.columns.indexOf(`${direction}: share right${runs.length > 1 ? ` in run ${run}` : ''}`);
      expect(table.rows.map((row) => row[column])).toEqual(accuracy[direction]);
    }
  }
}

describe('a run', () => {
  testHabits(oneWay, {
    small,
    expectConsistent,
    extremes: [
      ['the shortest sequences', { length: 5 }],
      ['the longest sequences', { length: 40, runs: 1 }],
      ['one symbol ahead', { ahead: 1 }],
      ['five symbols ahead, all of them', { ahead: 5, question: 'copy', runs: 1 }],
      ['waiting longer than need be', { wait: 5, ahead: 1 }],
      ['the fewest units', { units: 2 }],
      ['the most units', { units: 32, runs: 1 }],
      ['the fewest updates', { updates: 60 }],
      ['an LSTM, odd or even', { cell: 'lstm', question: 'parity', runs: 1 }],
      ['one run', { runs: 1 }],
    ],
  });

  test('has its runs with the seeds of their own, the first the seed itself', async () => {
    const { result } = await run({}, 9);
    for (const index of [0, 1]) {
      const single = await run({ runs: 1 }, seedOfRun(9, index));
      expect({ ...single.result.runs[0], run: index + 1 }).toEqual(result.runs[index]);
    }
  });

  test('does not depend on what only the picture reads', async () => {
    expect((await run({ read: 12 })).result).toEqual((await run({})).result);
  });

  test('answers better the more the forward model has read when it answers', async () => {
    const shares = [];
    for (const wait of [0, 1, 3]) {
      const { result } = await run({ wait, updates: 120, units: 8, runs: 1 });
      shares.push(result.runs[0]!.accuracy.forward.at(-1)!);
    }
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[2]! - shares[0]!).toBeGreaterThan(0.3);
  });
});

describe('an answer', () => {
  test('is written in the digits of the symbols that were asked about', () => {
    expect(digitsOf(0b011, { question: 'copy', ahead: 3 })).toEqual(['0', '1', '1']);
    expect(digitsOf(1, { question: 'parity', ahead: 3 })).toEqual(['1']);
  });

  test('is there at its own step, or so many steps later as are waited; from both ends not before the last symbol', () => {
    const example = { symbols: [0, 1, 1, 0, 1], right: [], forward: [], bidirectional: [] };
    expect(answeredAfter('forward', 2, 0, example)).toBe(2);
    expect(answeredAfter('forward', 2, 3, example)).toBe(5);
    expect(answeredAfter('bidirectional', 1, 0, example)).toBe(5);
  });
});
