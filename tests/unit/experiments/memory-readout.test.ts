import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import {
  capacity,
  capacityOf,
  LONGEST_LAG,
  overNetworks,
  type MemoryResult,
} from '#src/experiments/memory-measures.ts';
import memoryReadout from '#src/experiments/memory-readout.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { seedOfRun } from '#src/sequences/random.ts';

import { runnerOf, testHabits } from './habits.ts';

type Parameters = typeof memoryReadout.parameters;
type MemoryOutcome = Outcome<MemoryResult, Values<Parameters>>;

const small = { largest: '16', updates: 50, networks: 2, recall: 3 } as const;
const run = runnerOf(memoryReadout, small);

function expectConsistent({ params, result, sentence, table }: MemoryOutcome): void {
  const { sizes } = result;
  expect(sizes.map(({ units }) => units)).toEqual(
    [4, 8, 16, 32, 64].filter((units) => units <= Number(params.largest)),
  );
  for (const { before, after } of sizes) {
    expect(before.length).toBeGreaterThanOrEqual(1);
    expect(before.length).toBeLessThanOrEqual(params.networks);
    expect(after.length).toBeLessThanOrEqual(params.networks);
    for (const network of [...before, ...after]) {
      expect(network).toHaveLength(LONGEST_LAG + 1);
      for (const share of network) expect(share).toBeLessThanOrEqual(1);
    }
  }

  const [smallest, largest] = [sizes[0]!, sizes.at(-1)!];
  const trained = sizes.reduce((sum, { after }) => sum + after.length, 0);
  const all = sizes.length * params.networks;
  expect(sentence).toContain(overNetworks(largest.before)[params.recall]!.toFixed(2));
  expect(sentence).toContain(capacity(largest.before).toFixed(1));
  expect(/so far|none/i.test(sentence)).toBe(trained < all);
  if (smallest.after.length > 0 && largest.after.length > 0) {
    expect(sentence).toContain(
      `to recall just that, ${overNetworks(largest.after)[params.recall]!.toFixed(2)} and ${overNetworks(smallest.after)[params.recall]!.toFixed(2)}`,
    );
    expect(sentence).toContain(`${capacity(smallest.before).toFixed(1)} and ${capacity(smallest.after).toFixed(1)}.`);
  }

  expect(table.rows).toHaveLength(LONGEST_LAG + 2);
  const column = (name: string) => table.rows.map((row) => row[table.columns.indexOf(name)]);
  const name = `R², ${largest.units} units before training, median`;
  expect(column(name).slice(0, -1)).toEqual(overNetworks(largest.before));
  expect(column(name).at(-1)).toBe(capacity(largest.before));
  const after = `R², ${smallest.units} units after, highest`;
  const known = smallest.after.length > 0;
  expect(column(after).slice(0, -1)).toEqual(known ? overNetworks(smallest.after, 1) : Array(31).fill(null));
}

describe('a run', () => {
  testHabits(memoryReadout, {
    small,
    expectConsistent,
    extremes: [
      ['the largest networks', { largest: '64', networks: 1 }],
      ['the lowest scale', { scale: 0.2, networks: 1 }],
      ['the highest scale', { scale: 1.6, networks: 1 }],
      ['the input just before', { recall: 1 }],
      ['the farthest input', { recall: 20 }],
      ['the most updates', { updates: 1000, networks: 1 }],
      ['the most networks', { networks: 10 }],
    ],
  });

  test('has networks with the seeds of their own, the first the seed itself', async () => {
    const { result } = await run({}, 9);
    for (const index of [0, 1]) {
      const single = await run({ networks: 1 }, seedOfRun(9, index));
      single.result.sizes.forEach(({ before, after }, size) => {
        expect(result.sizes[size]!.before[index]).toEqual(before[0]);
        expect(result.sizes[size]!.after[index]).toEqual(after[0]);
      });
    }
  });

  test('measures the same with the plain kernels, but for rounding', async () => {
    const [fast, plain] = [await run({ networks: 1 }), await run({ networks: 1 }, 1, { form: 'typescript' })];
    expect(plain.form).toBe('typescript');
    fast.result.sizes.forEach(({ before, after }, size) => {
      const other = plain.result.sizes[size]!;
      before[0]!.forEach((share, lag) => expect(Math.abs(share - other.before[0]![lag]!)).toBeLessThan(0.001));
      after[0]!.forEach((share, lag) => expect(Math.abs(share - other.after[0]![lag]!)).toBeLessThan(0.02));
    });
  });

  test('leaves what was measured before training as it is, whatever the training', async () => {
    const [one, other] = [await run({}), await run({ recall: 7, updates: 100 })];
    expect(one.result.sizes.map(({ before }) => before)).toEqual(other.result.sizes.map(({ before }) => before));
    expect(one.result.sizes.map(({ after }) => after)).not.toEqual(other.result.sizes.map(({ after }) => after));
  });

  test('adds up a capacity from lag 1 on, and takes nothing off for what is below 0', () => {
    expect(capacityOf([1, 0.5, 0.25, -0.2])).toBe(0.75);
    expect(
      capacity([
        [9, 1],
        [9, 0.5],
        [9, 0],
      ]),
    ).toBe(0.5);
    expect(overNetworks([])).toEqual([]);
  });
});
