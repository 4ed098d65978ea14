import { describe, expect, test } from 'vitest';

import { perform, type Definition, type Outcome, type PerformOptions } from '#src/experiments/definition.ts';
import { LONGEST_EDITS } from '#src/experiments/hand-edits.ts';
import { defaultsOf, isAllowed, type Values } from '#src/experiments/parameters.ts';
import rnnCell from '#src/experiments/rnn-cell.ts';
import { handMadeWeights } from '#src/experiments/rnn-cell/hand-made.ts';
import { CELL, FRESH_STEPS, look, type RnnCellResult } from '#src/experiments/rnn-cell/look.ts';
import { weightedSums } from '#src/experiments/weighted-sums.ts';
import { signed } from '#src/experiments/words.ts';
import { loadKernels } from '#src/recurrent/index.ts';
import { tf } from '#tensorflow';

import { states } from '../training/float64-rnn.ts';

const definition = rnnCell as unknown as Definition;
const { parameters } = rnnCell;
type Params = Values<typeof parameters>;
type CellOutcome = Outcome<RnnCellResult, Params>;
const { signal } = new AbortController();

async function run(params: Partial<Params>, seed = 1, options: Partial<PerformOptions> = {}) {
  const all = { ...defaultsOf(parameters), updates: 60, ...params };
  return (await perform(definition, all, seed, { signal, ...options })) as CellOutcome;
}

/** Holds what an outcome says in words and in its table, and what its boxes would show, against its numbers. */
function expectConsistent({ params, result, sentence, table, ...rest }: CellOutcome): void {
  const { units, x, start, hidden, W, U, b, readout } = result;
  expect([units, hidden.length, x.length]).toEqual([params.units, params.length, params.length]);
  hidden.forEach((h, t) => {
    const before = t === 0 ? start : hidden[t - 1]!;
    const { products, sums } = weightedSums([...x[t]!, ...before], [...W, ...U], b);
    h.forEach((value, unit) => {
      expect(Math.abs(Math.tanh(sums[unit]!) - value)).toBeLessThan(2e-6);
      const added = products.reduce((sum, row) => sum + row[unit]!, b[unit]!);
      expect(sums[unit]).toBeCloseTo(added, 12);
    });
  });
  expect(sentence).toContain(`After step ${params.length} its hidden state is (`);
  expect(sentence).toContain(
    hidden
      .at(-1)!
      .map((value) => signed(value))
      .join(', '),
  );
  expect(sentence).toContain(units === 1 ? 'of one unit' : `of ${units} units`);
  expect(sentence).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(readout === null).toBe(params.weights !== 'trained');
  if (readout) {
    expect(sentence).toContain(`of ${FRESH_STEPS.toLocaleString('en')} fresh ones`);
    expect(readout.answers).toHaveLength(params.length);
    for (const share of [readout.right, readout.rightAsTrained]) expect(share >= 0 && share <= 1).toBe(true);
  }
  expect(table.columns).toHaveLength(3 + units + (readout ? 2 : 0));
  expect(table.rows.map((row) => row.slice(0, 3 + units))).toEqual(hidden.map((h, t) => [t + 1, ...x[t]!, ...h]));
  const whole = { params, result, sentence, table, ...rest };
  expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
}

describe('a run', () => {
  test('is the same for the same parameters and seed, and another for another seed', async () => {
    const outcome = await run({}, 42);
    expectConsistent(outcome);
    expect(await run({}, 42)).toEqual(outcome);
    expect((await run({}, 43)).result.network).not.toEqual(outcome.result.network);
  });

  test('needs no TensorFlow.js, and names no form of the kernels, where nothing is trained', async () => {
    for (const weights of ['delay', 'traces', 'turn', 'empty'] as const) {
      for (const sequence of ['marks', 'pulse', 'wave', 'zeros'] as const) {
        const outcome = await run({ weights, sequence, units: 4, length: 12 });
        expectConsistent(outcome);
        expect(outcome.form).toBeUndefined();
      }
    }
  });

  test.for([
    ['one unit', { units: 1 }],
    ['the most units', { units: 4 }],
    ['one step', { length: 1 }],
    ['the most steps', { length: 12 }],
    ['no training', { updates: 0 }],
    ['the most training', { updates: 600 }],
  ] satisfies [string, Partial<Params>][])('works at its extremes: %s', async ([, params]) => {
    for (const [name, value] of Object.entries(params)) {
      expect(isAllowed(parameters[name as keyof typeof parameters], value)).toBe(true);
    }
    expectConsistent(await run(params, 3));
  });

  test('begins a longer sequence as a shorter one, and shows one value kept and then the other', async () => {
    const [short, long] = [await run({ length: 5 }), await run({ length: 12 })];
    expect(long.result.hidden.slice(0, 5)).toEqual(short.result.hidden);
    for (const seed of [1, 2, 3, 4, 5]) {
      const { wanted } = (await run({ length: 6 }, seed)).result.readout!;
      expect(new Set(wanted)).toEqual(new Set([1, -1]));
    }
  });

  test('goes on from any checkpoint to the very result of a run that was not stopped', async () => {
    const checkpoints: { done: number; checkpoint: unknown }[] = [];
    const whole = await run({ updates: 100 }, 77, {
      onProgress: ({ checkpoint, done, total, unit }) => {
        checkpoints.push(structuredClone({ checkpoint, done }));
        expect({ total, unit }).toEqual({ total: 100, unit: 'updates' });
      },
    });
    expect(checkpoints.map(({ done }) => done)).toEqual([20, 40, 60, 80, 100]);
    // What was trained before is not trained again, unless the form is asked for by its name.
    const { checkpoint } = checkpoints[2]!;
    expect(await run({ updates: 100 }, 77, { checkpoint, form: 'simd128' })).toEqual(whole);
  });

  test('rejects when it is stopped, and leaves no tensor behind', async () => {
    const stopper = new AbortController();
    const before = tf.memory().numTensors;
    const stopped = run({ updates: 600 }, 78, {
      signal: stopper.signal,
      onProgress: () => stopper.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the cell', () => {
  test('has the hidden states that the fast kernels compute, and those of a float64 reference', async () => {
    const kernels = await loadKernels();
    for (const seed of [1, 2, 3]) {
      const { x, W, U, b, hidden, units } = (await run({ units: 4, length: 12 }, seed)).result;
      const weights = {
        kernel: Float32Array.from(W.flat()),
        recurrentKernel: Float32Array.from(U.flat()),
        bias: Float32Array.from(b),
      };
      const input = Float32Array.from(x.flat());
      const pass = kernels.run({
        cell: CELL,
        sizes: { time: 12, batch: 1, inputs: 2, units },
        input,
        weights,
      });
      const fast = pass.hidden();
      const cell = { kind: 'simpleRnn', activation: 'tanh' } as const;
      const network = { cell, inputs: 2, units, weights, readout: new Float32Array(units) };
      const exact = states(network, input).h.slice(1).flat();
      hidden.flat().forEach((value, i) => {
        expect(Math.abs(value - fast[i]!)).toBeLessThan(2e-6);
        expect(Math.abs(value - exact[i]!)).toBeLessThan(5e-6);
      });
      pass.release();
    }
  });

  test('is read again by the page as the run read it', async () => {
    const changed: Partial<Params> = { edits: 'W1.2*0.5_x3.1*-2_h1*0.25', sequence: 'wave', length: 11 };
    const { result } = await run({});
    const again = await run(changed);
    expect(look(result.network, { ...again.params }, 1)).toEqual(again.result);
  });
});

describe('changes by hand', () => {
  test('are in the numbers, and said', async () => {
    const { result, sentence } = await run({ edits: 'W2.3*-1.5_U1.1*0_b2*0.75_x4.2*1_h3*-0.5' });
    expect(result.W[1]![2]).toBe(-1.5);
    expect(result.U[0]![0]).toBe(0);
    expect(result.b[1]).toBe(0.75);
    expect(result.x[3]![1]).toBe(1);
    expect(result.start).toEqual([0, 0, -0.5]);
    expect(result.changed).toEqual({ x: [7], h: [2], W: [5], U: [0], b: [1] });
    expect(sentence).toContain('3 of them then changed by hand');
    expect(sentence).toContain('where, as trained, it was');
    const plain = await run({});
    expect(result.network).toEqual(plain.result.network);
    expect(result.readout!.rightAsTrained).toBe(plain.result.readout!.right);
    // What is wanted follows the marks as they are now.
    expect(result.readout!.wanted[3]).toBe(result.x[3]![0]);
  });

  test('that this cell has no place for are named, and change nothing', async () => {
    const { result, sentence } = await run({ edits: 'W1.4*1_Q1*1_W1.1*99_nonsense_W1.1*0.5' });
    expect(result.refused).toEqual(['W1.4*1', 'Q1*1', 'W1.1*99', 'nonsense']);
    expect(sentence).toContain('“W1.4*1”, “Q1*1”, “W1.1*99”, and 1 more could not be used');
    expect(result.changed.W).toEqual([0]);
    expect((await run({ edits: 'W1.4*1', units: 4 })).result.refused).toEqual([]);
  });

  test('that are as long as they may be are taken', async () => {
    const text = Array.from({ length: 400 }, () => 'x1.1*1')
      .join('_')
      .slice(0, LONGEST_EDITS);
    expect(isAllowed(parameters.edits, text)).toBe(true);
    const { result, sentence } = await run({ edits: text, weights: 'empty' });
    expect(result.x[0]![0]).toBe(1);
    expect(sentence.length).toBeLessThan(500);
  });
});

describe('weights by hand', () => {
  const hiddenOf = async (params: Partial<Params>) =>
    (await run({ sequence: 'pulse', length: 12, ...params })).result.hidden;

  test('pass the value on from unit to unit, a step each', async () => {
    const hidden = await hiddenOf({ weights: 'delay', units: 4 });
    hidden.slice(0, 6).forEach((h, t) => {
      h.forEach((value, unit) => expect(value > 0.8).toBe(unit === t));
      h.forEach((value, unit) => expect(value === 0).toBe(unit !== t));
    });
  });

  test('let traces fade, each at a pace of its own', async () => {
    const hidden = await hiddenOf({ weights: 'traces', units: 4 });
    for (let unit = 0; unit < 4; unit++) {
      const trace = hidden.map((h) => h[unit]!);
      expect(trace[0]).toBeCloseTo(Math.tanh(1), 6);
      for (let t = 1; t < trace.length; t++) expect(trace[t]!).toBeLessThanOrEqual(trace[t - 1]!);
    }
    expect(hidden[5]![0]! > hidden[5]![1]! && hidden[5]![1]! > hidden[5]![2]! && hidden[5]![3] === 0).toBe(true);
  });

  test('turn without end, whichever the number of units', async () => {
    for (const units of [1, 2, 3, 4]) {
      const hidden = await hiddenOf({ weights: 'turn', units });
      for (let unit = 0; unit < units; unit++) {
        // A unit that nothing reaches rests.
        const late = hidden.slice(-9).map((h) => h[unit]!);
        expect(Math.max(...late) > 0.2 && Math.min(...late) < -0.2, `unit ${unit + 1} of ${units}`).toBe(true);
      }
    }
  });

  test('have the shapes of a cell, and no part in the mark', () => {
    for (const name of ['delay', 'traces', 'turn', 'empty'] as const) {
      const { kernel, recurrentKernel, bias } = handMadeWeights(name, 3);
      expect([kernel.length, recurrentKernel.length, bias.length]).toEqual([6, 9, 3]);
      expect([...kernel.slice(3), ...bias].every((weight) => weight === 0)).toBe(true);
    }
  });
});
