import { expect, test } from 'vitest';

import { perform, type Definition, type Outcome, type PerformOptions } from '#src/experiments/definition.ts';
import { defaultsOf, isAllowed, type Schema, type Values } from '#src/experiments/parameters.ts';
import { tf } from '#tensorflow';

const { signal } = new AbortController();

interface Habits<S extends Schema, Result> {
  /** Settings small enough to be run many times, beside the defaults. */
  small: Partial<Values<S>>;
  /** Holds what an outcome says in words and in its table against its numbers. */
  expectConsistent(outcome: Outcome<Result, Values<S>>): void;
  /** Other settings at which it has to work: each a name and what it sets. */
  extremes: readonly (readonly [string, Partial<Values<S>>])[];
}

/** Runs an experiment at small settings but for what is given. */
export function runnerOf<S extends Schema, Result, Checkpoint>(
  definition: Definition<S, Result, Checkpoint>,
  small: Partial<Values<S>>,
) {
  return async (params: Partial<Values<S>> = {}, seed = 1, options: Partial<PerformOptions> = {}) => {
    const all = { ...defaultsOf(definition.parameters), ...small, ...params };
    return (await perform(definition as unknown as Definition, all, seed, { signal, ...options })) as Outcome<
      Result,
      Values<S>
    >;
  };
}

/** Tests of what every experiment keeps to that hands out its runs in parts. */
export function testHabits<S extends Schema, Result, Checkpoint>(
  definition: Definition<S, Result, Checkpoint>,
  { small, expectConsistent, extremes }: Habits<S, Result>,
): void {
  const run = runnerOf(definition, small);

  function expectWhole(outcome: Outcome<Result, Values<S>>): void {
    expectConsistent(outcome);
    expect(outcome.sentence).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(new Set(outcome.table.columns).size).toBe(outcome.table.columns.length);
    for (const row of outcome.table.rows) expect(row).toHaveLength(outcome.table.columns.length);
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  }

  /** What every run of the same parameters and seed has alike: all of it, but for measured times and what follows from them. */
  const alike = (outcome: Outcome<Result, Values<S>>): unknown =>
    definition.untimed ? definition.untimed(outcome.result) : outcome;

  test('is the same for the same parameters and seed, to the last digit, and another for another seed', async () => {
    const outcome = await run({}, 42);
    expectWhole(outcome);
    expect(alike(await run({}, 42))).toEqual(alike(outcome));
    expect((await run({}, 43)).result).not.toEqual(outcome.result);
  });

  test('goes on from any checkpoint to the very result of a run that was not stopped, and tells the truth on the way', async () => {
    const checkpoints: unknown[] = [];
    const partial: Outcome<Result, Values<S>>[] = [];
    const told: number[] = [];
    let most = 0;
    const whole = await run({}, 5, {
      onProgress({ checkpoint, done, total }, outcome) {
        checkpoints.push(structuredClone(checkpoint));
        partial.push(structuredClone(outcome()) as Outcome<Result, Values<S>>);
        told.push(done);
        most = total;
      },
    });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(most);
    for (const outcome of partial) expectWhole(outcome);
    expect(partial.at(-1)!.sentence).toBe(whole.sentence);
    for (const checkpoint of checkpoints) expect(alike(await run({}, 5, { checkpoint }))).toEqual(alike(whole));
  });

  test('does not depend on where and in which order its parts are run', async () => {
    const here = await run({}, 5);
    const waiting: (() => void)[] = [];
    let scheduled = false;
    const elsewhere = run({}, 5, {
      runPart: (index) =>
        new Promise((resolve, reject) => {
          waiting.push(() => void definition.part!(here.params, index, { seed: 5, signal }).then(resolve, reject));
          if (scheduled) return;
          scheduled = true;
          setTimeout(() => waiting.reverse().forEach((start) => start()));
        }),
    });
    expect(alike(await elsewhere)).toEqual(alike(here));
  });

  test('rejects when it is stopped, and leaves no tensor behind', async () => {
    const stopper = new AbortController();
    await run();
    const before = tf.memory().numTensors;
    const stopped = run({}, 1, {
      signal: stopper.signal,
      onProgress: () => stopper.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
  });

  test.for(extremes)('works at its extremes: %s', async ([, params]) => {
    for (const [name, value] of Object.entries(params)) {
      expect(isAllowed(definition.parameters[name]!, value)).toBe(true);
    }
    expectWhole(await run(params, 2));
  });
}
