import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { forms, numbers, takeIn, workOf } from '#src/experiments/sequential-cost-forms.ts';
import {
  lineThrough,
  withWorkers,
  workerCounts,
  writeTime,
  type SequentialCostResult,
} from '#src/experiments/sequential-cost-times.ts';
import sequentialCost from '#src/experiments/sequential-cost.ts';
import { initialWeights, loadKernels, type Cell } from '#src/recurrent/index.ts';
import { createRandom } from '#src/sequences/random.ts';

import { runnerOf } from './habits.ts';

const kernels = await loadKernels();
const UNITS = 6;
const linear: Cell = { kind: 'simpleRnn', activation: 'identity' };
const cells: Cell[] = [{ kind: 'simpleRnn', activation: 'tanh' }, { kind: 'lstm' }, { kind: 'gru' }];

function setUp(cell: Cell, steps: number, seed = 1) {
  const sizes = { inputs: UNITS, units: UNITS };
  const weights = initialWeights(cell.kind, sizes, createRandom(seed, 'weights'), { recurrentScale: 0.8 });
  const x = createRandom(seed, 'inputs').uniformArray(steps * UNITS, -1, 1);
  const rows = numbers(kernels, cell, weights, UNITS);
  return { x, in: (form: (typeof forms)[number], input = x) => takeIn[form](rows, input, weights.recurrentKernel) };
}

describe('the forms', () => {
  test('the scan gives the states of the linear chain, at every length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(1000), (steps, seed) => {
        const both = setUp(linear, steps, seed);
        const [chain, scan] = [both.in('chain'), both.in('scan')];
        expect(scan).toHaveLength(chain.length);
        // A linear chain may grow, and float32 keeps seven digits of it.
        const largest = Math.max(1, ...chain.map(Math.abs));
        chain.forEach((state, i) => expect(Math.abs(scan[i]! - state) / largest).toBeLessThan(1e-5));
      }),
      { numRuns: 40 },
    );
  });

  test.for(cells)(
    'the convolution of $kind sees a step and the one before, the chain all before; neither sees what comes',
    (cell) => {
      const { x, in: taken } = setUp(cell, 12);
      const other = x.map((value, i) => (Math.floor(i / UNITS) === 4 ? value + 0.5 : value));
      const changed = (form: 'chain' | 'convolution') => {
        const [before, after] = [taken(form), taken(form, other)];
        return Array.from({ length: 12 }, (_, t) => t).filter((t) =>
          before.subarray(t * UNITS, (t + 1) * UNITS).some((value, unit) => value !== after[t * UNITS + unit]),
        );
      };
      expect(changed('convolution')).toEqual([4, 5]);
      expect(changed('chain')).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    },
  );

  test('the convolution is one step of the chain’s cell, from the input before', () => {
    const { x, in: taken } = setUp(cells[0]!, 5);
    const convolution = taken('convolution');
    const weights = initialWeights('simpleRnn', { inputs: UNITS, units: UNITS }, createRandom(1, 'weights'), {
      recurrentScale: 0.8,
    });
    const row = (t: number) => x.slice(t * UNITS, (t + 1) * UNITS);
    for (let t = 1; t < 5; t++) {
      const sizes = { time: 1, batch: 1, inputs: UNITS, units: UNITS };
      const pass = kernels.run({ cell: cells[0]!, sizes, input: row(t), initialHidden: row(t - 1), weights });
      const state = pass.hidden();
      pass.release();
      state.forEach((value, unit) => expect(convolution[t * UNITS + unit]).toBeCloseTo(value, 6));
    }
  });

  test('what they have to do is counted: all of it, and what of it is in a row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (steps) => {
        expect(workOf('chain', steps, UNITS)).toEqual({ total: steps, inARow: steps });
        expect(workOf('convolution', steps, UNITS)).toEqual({ total: steps, inARow: 1 });
        const scan = workOf('scan', steps, UNITS);
        expect(scan.inARow).toBeLessThanOrEqual(2 * Math.log2(steps) + 2);
        expect(scan.inARow).toBeGreaterThanOrEqual(Math.log2(steps));
        expect(scan.total).toBeLessThanOrEqual(3 * steps + UNITS * Math.log2(steps));
      }),
    );
  });
});

const spread = (time: number) => ({ fastest: time, lower: time, median: time, upper: time });

/** A machine on which a step takes a microsecond. */
const even: SequentialCostResult = {
  cores: 4,
  tick: 0.005,
  rounds: 5,
  lengths: [50, 100],
  forms: {
    chain: { work: [50, 100].map((n) => ({ total: n, inARow: n })), times: [0.05, 0.1].map(spread) },
    convolution: { work: [50, 100].map((n) => ({ total: n, inARow: 1 })), times: [0.05, 0.1].map(spread) },
    scan: { work: [200, 400].map((n) => ({ total: n, inARow: 14 })), times: [0.2, 0.4].map(spread) },
  },
  batches: { length: 8, sizes: [1, 2], chain: [spread(2), spread(1)], convolution: [spread(2), spread(2)] },
};

describe('what is made of the times', () => {
  test('a line through them, and how straight they are', () => {
    const straight = lineThrough([1, 2, 3], [5, 7, 9].map(spread));
    expect([straight.slope, straight.intercept, straight.r2].map((value) => Number(value.toFixed(9)))).toEqual([
      2, 3, 1,
    ]);
    expect(lineThrough([1, 2, 3, 4], [1, 9, 2, 8].map(spread)).r2).toBeLessThan(0.5);
  });

  test('what so many workers could make of them: never less than the line of those that wait, nor than their share', () => {
    for (const form of forms) {
      const bounds = workerCounts.map((workers) => withWorkers(even, form, workers));
      bounds.forEach(({ atLeast, atMost }, i) => {
        expect(atLeast).toBeLessThanOrEqual(atMost);
        expect(atMost).toBeLessThanOrEqual(bounds[Math.max(0, i - 1)]!.atMost);
        expect(atLeast).toBeGreaterThanOrEqual((0.999 * even.forms[form].times[1]!.fastest) / workerCounts[i]!);
      });
    }
    expect(withWorkers(even, 'chain', 64).atMost).toBeCloseTo(0.1, 9);
    expect(withWorkers(even, 'convolution', 100).atMost).toBeCloseTo((0.1 * 0.99) / 100 + 0.001, 9);
    expect(withWorkers(even, 'scan', 1000).atLeast).toBeCloseTo(0.014, 9);
  });

  test('a time is written in the unit that fits', () => {
    expect([0.00042, 0.0123, 0.0999, 0.1, 2.345].map(writeTime)).toEqual([
      '0.42 µs',
      '12 µs',
      '100 µs',
      '0.1 ms',
      '2.3 ms',
    ]);
  });
});

type Params = Values<typeof sequentialCost.parameters>;
const run = runnerOf(sequentialCost, { longest: '256', units: 16, rounds: 5 });

function expectConsistent({ params, result, sentence, table }: Outcome<SequentialCostResult, Params>): void {
  const { lengths, batches, rounds } = result;
  expect(lengths).toHaveLength(8);
  expect(lengths.at(-1)).toBe(Number(params.longest));
  for (const form of forms) {
    expect(result.forms[form].work).toEqual(lengths.map((steps) => workOf(form, steps, params.units)));
    for (const { fastest, lower, median, upper } of result.forms[form].times) {
      expect(fastest).toBeGreaterThan(0);
      expect([fastest, lower, median, upper]).toEqual([fastest, lower, median, upper].sort((a, b) => a - b));
    }
  }
  expect(sentence.startsWith('So far')).toBe(rounds < params.rounds);
  expect(sentence).toContain(`${lengths.at(-1)!.toLocaleString('en')} in a row`);
  expect(sentence).toContain(writeTime(result.forms.chain.times.at(-1)!.fastest));
  expect(sentence).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(table.rows).toHaveLength(3 * lengths.length + 2 * batches.sizes.length);
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
}

describe('a run', () => {
  test('tells what it measured, and gives the same but for the times', async () => {
    const [one, other] = [await run(), await run()];
    expectConsistent(one);
    expect(sequentialCost.untimed!(one.result)).toEqual(sequentialCost.untimed!(other.result));
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });

  test('goes on from a checkpoint with the rounds that are missing', async () => {
    const checkpoints: unknown[] = [];
    const told: number[] = [];
    await run({}, 1, {
      onProgress({ checkpoint, done, total }, outcome) {
        expect(total).toBe(5);
        told.push(done);
        checkpoints.push(structuredClone(checkpoint));
        expectConsistent(outcome() as Outcome<SequentialCostResult, Params>);
      },
    });
    expect(told).toEqual([1, 2, 3, 4, 5]);
    const rest: number[] = [];
    const whole = await run({}, 1, { checkpoint: checkpoints[2], onProgress: ({ done }) => rest.push(done) });
    expect(rest).toEqual([4, 5]);
    expectConsistent(whole);
  });

  test('rejects when it is stopped', async () => {
    const stopper = new AbortController();
    const onProgress = () => stopper.abort(new Error('enough'));
    await expect(run({}, 1, { signal: stopper.signal, onProgress })).rejects.toThrow('enough');
  });

  test.for<Partial<Params>>([
    { longest: '1024', units: 64 },
    { cell: 'lstm', units: 32 },
    { cell: 'gru', units: 48 },
  ])('works at %o', async (params) => expectConsistent(await run(params)));
});
