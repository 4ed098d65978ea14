import { describe, expect, test } from 'vitest';

import { perform, type Definition, type Outcome, type PerformOptions } from '#src/experiments/definition.ts';
import { defaultsOf, isAllowed, type Values } from '#src/experiments/parameters.ts';
import unroll from '#src/experiments/unroll.ts';
import { meanRight, models, PLACES, type UnrollResult } from '#src/experiments/unroll/result.ts';
import {
  INPUTS,
  LONGEST,
  sharesOf,
  sumOf,
  UNITS,
  weightNames,
  type UnrolledCell,
} from '#src/experiments/unroll/shares.ts';
import { percent } from '#src/experiments/words.ts';
import { seedOfRun } from '#src/sequences/random.ts';
import { tf } from '#tensorflow';

const definition = unroll as unknown as Definition;
const { parameters } = unroll;
type Params = Values<typeof parameters>;
type UnrollOutcome = Outcome<UnrollResult, Params>;
const { signal } = new AbortController();

/** Small enough to be run many times. */
const small: Params = { ...defaultsOf(parameters), units: 4, updates: 20, runs: 2 };

async function run(params: Partial<Params>, seed = 1, options: Partial<PerformOptions> = {}) {
  return (await perform(definition, { ...small, ...params }, seed, { signal, ...options })) as UnrollOutcome;
}

/** Holds what an outcome says in words and in its table against its numbers. */
function expectConsistent({ params, result, sentence, table, ...rest }: UnrollOutcome): void {
  const { tape, taught, runs, parameters } = result;
  expect(tape.map((gradient) => gradient.length)).toEqual(Array(LONGEST).fill(weightNames.length));
  expect(taught).toHaveLength(params.taught);
  expect(parameters.own).toBe(12 * parameters.shared);
  for (const { right } of runs) {
    for (const name of models) {
      expect(right[name]).toHaveLength(PLACES);
      for (const share of right[name]) expect(share >= 0 && share <= 1).toBe(true);
    }
  }
  expect(sentence).toContain('18 weights, at any length');
  expect(sentence).not.toMatch(/NaN|Infinity|undefined|null/);
  if (runs.length === 0) expect(sentence).toContain('no run is finished');
  else {
    expect(sentence.includes('So far')).toBe(runs.length < params.runs);
    for (const name of models) expect(sentence).toContain(percent(meanRight(result, name, 'taught')!));
    expect(sentence.includes('At the other')).toBe(params.taught < PLACES);
    expect(sentence).toContain(`${parameters.own.toLocaleString('en')}.`);
  }
  expect(new Set(table.columns).size).toBe(table.columns.length);
  expect(table.rows.map((row) => row.slice(0, 2))).toEqual(
    Array.from({ length: PLACES }, (_, i) => [i + 1, taught.includes(i + 1) ? 'yes' : 'no']),
  );
  runs.forEach(({ right }, i) => {
    expect(table.rows.map((row) => row[2 + 2 * i])).toEqual(right.shared);
    expect(table.rows.map((row) => row[3 + 2 * i])).toEqual(right.own);
  });
  const whole = { params, result, sentence, table, ...rest };
  expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
}

describe('a run', () => {
  test('is the same for the same parameters and seed, and another for another seed', async () => {
    const outcome = await run({}, 42);
    expectConsistent(outcome);
    expect(await run({}, 42)).toEqual(outcome);
    expect((await run({}, 43)).result.cell).not.toEqual(outcome.result.cell);
  });

  test('has runs with the seeds of their own, and does not depend on what only the picture reads', async () => {
    const { result } = await run({ runs: 3 }, 9);
    for (const index of [0, 1, 2]) {
      const single = await run({ runs: 1, length: 40, weight: 'b3' }, seedOfRun(9, index));
      expect({ ...single.result.runs[0], run: index + 1 }).toEqual(result.runs[index]);
    }
  });

  test('goes on from any checkpoint to the same result, and tells the truth on the way', async () => {
    const seen: { checkpoint: unknown; done: number }[] = [];
    const whole = await run({ runs: 3 }, 5, {
      onProgress({ checkpoint, done, total, unit }, outcome) {
        seen.push(structuredClone({ checkpoint, done }));
        expect({ total, unit }).toEqual({ total: 3, unit: 'runs' });
        expectConsistent(structuredClone(outcome()) as UnrollOutcome);
      },
    });
    expect(seen.map(({ done }) => done)).toEqual([0, 1, 2, 3]);
    for (const { checkpoint } of seen) expect(await run({ runs: 3 }, 5, { checkpoint })).toEqual(whole);
  });

  test('does not depend on the order in which its parts come', async () => {
    const here = await run({ runs: 2 }, 5);
    const waiting: (() => void)[] = [];
    const elsewhere = await run({ runs: 2 }, 5, {
      runPart: (index) =>
        new Promise((resolve, reject) => {
          waiting.push(() => void definition.part!(here.params, index, { seed: 5, signal }).then(resolve, reject));
          if (waiting.length === 2) for (const start of waiting.reverse()) start();
        }),
    });
    expect(elsewhere.result).toEqual(here.result);
  });

  test('rejects when it is stopped, and leaves no tensor behind', async () => {
    const stopper = new AbortController();
    const before = tf.memory().numTensors;
    const stopped = run({}, 1, { signal: stopper.signal, onProgress: () => stopper.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
  });

  test.for([
    ['one place taught', { taught: 1 }],
    ['all places taught', { taught: PLACES }],
    ['the fewest units', { units: 2 }],
    ['the most units', { units: 32, runs: 1 }],
    ['one run', { runs: 1 }],
  ] satisfies [string, Partial<Params>][])('works at its extremes: %s', async ([, params]) => {
    for (const [name, value] of Object.entries(params)) {
      expect(isAllowed(parameters[name as keyof typeof parameters], value)).toBe(true);
    }
    expectConsistent(await run(params, 2));
  });
});

/** h_T v in float64, by the formula, where every step has weights of its own. */
function lossOf(cell: UnrolledCell, length: number, weightsAt: (step: number) => readonly number[]): number {
  let h = Array<number>(UNITS).fill(0);
  for (let t = 0; t < length; t++) {
    const weights = weightsAt(t);
    const sources = [...cell.x.slice(t * INPUTS, (t + 1) * INPUTS), ...h, 1];
    h = h.map((_, unit) =>
      Math.tanh(sources.reduce((sum, value, row) => sum + value * weights[row * UNITS + unit]!, 0)),
    );
  }
  return h.reduce((sum, value, unit) => sum + value * cell.v[unit]!, 0);
}

describe('the shares of a gradient', () => {
  test('are what the loss does when the weight is nudged in one copy alone', async () => {
    const { cell } = (await run({ runs: 1 }, 3)).result;
    const weights = [...cell.W, ...cell.U, ...cell.b];
    for (const length of [1, 2, 7, 20]) {
      const shares = sharesOf(cell, length);
      expect(shares).toHaveLength(length);
      shares.forEach((step, t) =>
        step.forEach((share, weight) => {
          const nudged = (by: number) =>
            lossOf(cell, length, (at) => weights.map((value, i) => (at === t && i === weight ? value + by : value)));
          expect(Math.abs(share - (nudged(1e-5) - nudged(-1e-5)) / 2e-5)).toBeLessThan(1e-8);
        }),
      );
    }
  });

  test('add up to the gradient of the tape, at every length and for every weight', async () => {
    const { cell, tape } = (await run({ runs: 1 }, 4)).result;
    for (let length = 1; length <= LONGEST; length++) {
      const shares = sharesOf(cell, length);
      weightNames.forEach((name, weight) => {
        expect(Math.abs(sumOf(shares, weight) - tape[length - 1]![weight]!), `${name}, ${length} steps`).toBeLessThan(
          3e-6,
        );
      });
    }
  });

  test('are of as many weights whatever the length', () => {
    expect(weightNames).toHaveLength(INPUTS * UNITS + UNITS * UNITS + UNITS);
    expect(new Set(weightNames).size).toBe(weightNames.length);
    expect([weightNames[0], weightNames[6], weightNames[17]]).toEqual(['W1.1', 'U1.1', 'b3']);
  });
});
