import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import gatesAtWork from '#src/experiments/gates-at-work.ts';
import { LONGEST_EDITS } from '#src/experiments/hand-edits.ts';
import lstmCell from '#src/experiments/lstm-cell.ts';
import {
  challengeOf,
  isRight,
  judgementInWords,
  solutionOf,
  STEPS,
  TOLERANCE,
  wantedOf,
} from '#src/experiments/lstm-cell/challenge.ts';
import { gateNames, look, type LstmCellResult } from '#src/experiments/lstm-cell/look.ts';
import {
  heldIn,
  longestValves,
  readValves,
  valveGates,
  valveSettings,
  valvesOf,
  withValve,
  writeValves,
  type Valve,
  type Valves,
} from '#src/experiments/lstm-cell/valves.ts';
import { defaultsOf, isAllowed, type Values } from '#src/experiments/parameters.ts';
import { loadKernels } from '#src/recurrent/index.ts';
import { writeLink } from '#src/site/link.ts';
import { tf } from '#tensorflow';

import { hostileText } from './arbitraries.ts';
import { runnerOf } from './habits.ts';

const { parameters } = lstmCell;
type Params = Values<typeof parameters>;
const run = runnerOf(lstmCell, { updates: 60 });

const valves: fc.Arbitrary<Valves> = fc
  .array(fc.constantFrom(...valveSettings), { minLength: 3 * STEPS, maxLength: 3 * STEPS })
  .map((all) => valvesOf(STEPS, (gate, step) => all[valveGates.indexOf(gate) * STEPS + step]!));
const seed = fc.integer({ min: 0, max: 999_999_999 });

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** One unit of one step, straight from the formulas, in float64. */
function step(result: LstmCellResult, t: number, unit: number) {
  const h = t === 0 ? result.startHidden : result.hidden[t - 1]!;
  const c = (t === 0 ? result.startCell : result.cells[t - 1]!)[unit]!;
  const sum = (gate: (typeof gateNames)[number]) => {
    const { W, U, b } = result.weights[gate];
    const fromInput = result.x[t]!.reduce((all, value, row) => all + value * W[row]![unit]!, 0);
    return h.reduce((all, value, row) => all + value * U[row]![unit]!, b[unit]! + fromInput);
  };
  const gate = (name: 'forget' | 'input' | 'output') => {
    const valve = result.valves[name][t]!;
    return valve === 'released' ? sigmoid(sum(name)) : Number(valve === 'open');
  };
  const [forget, input, candidate, output] = [
    gate('forget'),
    gate('input'),
    Math.tanh(sum('candidate')),
    gate('output'),
  ];
  const cell = forget * c + input * candidate;
  return { forget, input, candidate, output, cell, hidden: output * Math.tanh(cell) };
}

/** Holds every number of a result against the formulas, and what is said of them. */
function expectConsistent({ result, sentence, table, params }: Outcome<LstmCellResult, Params>): void {
  const { units, gates, cells, hidden, answers, wanted, right, network } = result;
  expect(units).toBe(params.weights === 'trained' ? params.units : 1);
  for (let t = 0; t < STEPS; t++) {
    for (let unit = 0; unit < units; unit++) {
      const plain = step(result, t, unit);
      for (const gate of gateNames) expect(Math.abs(gates[gate][t]![unit]! - plain[gate])).toBeLessThan(3e-6);
      expect(Math.abs(cells[t]![unit]! - plain.cell)).toBeLessThan(3e-6);
      expect(Math.abs(hidden[t]![unit]! - plain.hidden)).toBeLessThan(3e-6);
    }
    const answer = hidden[t]!.reduce((sum, value, unit) => sum + value * network.v![unit]!, network.c);
    expect(Math.abs(answers[t]! - answer)).toBeLessThan(3e-6);
    expect(right[t]).toBe(Math.abs(answers[t]! - wanted[t]!) <= TOLERANCE);
  }
  expect(sentence).toContain(judgementInWords(right));
  expect(sentence).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(table.rows).toHaveLength(STEPS);
  expect(new Set(table.columns).size).toBe(table.columns.length);
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  expect(JSON.parse(JSON.stringify({ result, table }))).toEqual({ result, table });
}

describe('a run', () => {
  test('is the same for the same parameters and seed, and has the numbers of the formulas', async () => {
    const outcome = await run({ weights: 'trained' }, 42);
    expectConsistent(outcome);
    expect(await run({ weights: 'trained' }, 42)).toEqual(outcome);
    expect((await run({ weights: 'trained' }, 43)).result.network).not.toEqual(outcome.result.network);
  });

  test('needs no TensorFlow.js, and names no form of the kernels, where nothing is trained', async () => {
    for (const weights of ['half', 'listen'] as const) {
      const outcome = await run({ weights });
      expectConsistent(outcome);
      expect(outcome.form).toBeUndefined();
    }
  });

  test.for([
    ['one unit', { units: 1 }],
    ['the most units', { units: 8 }],
    ['no training', { updates: 0 }],
  ] satisfies [string, Partial<Params>][])('works at its extremes: %s', async ([, params]) => {
    expectConsistent(await run({ weights: 'trained', ...params }, 3));
  });

  test('has the very weights that “Gates at work” arrives at with the same recipe', async () => {
    const recipe = { units: 4, updates: 60 };
    const { network } = (await run({ weights: 'trained', ...recipe }, 9)).result;
    const { weights } = (await runnerOf(gatesAtWork, { ...recipe, runs: 1 })({}, 9)).result;
    expect([network.W, network.U, network.b, network.v, [network.c]]).toEqual(weights);
  });

  test('goes on from any checkpoint to the very result of a run that was not stopped', async () => {
    const checkpoints: unknown[] = [];
    const whole = await run({ weights: 'trained' }, 77, {
      onProgress: ({ checkpoint, total, unit }) => {
        checkpoints.push(structuredClone(checkpoint));
        expect({ total, unit }).toEqual({ total: 60, unit: 'updates' });
      },
    });
    expect(checkpoints).toHaveLength(3);
    // What was trained before is not trained again, unless the form is asked for by its name.
    const options = { checkpoint: checkpoints[1], form: 'simd128' as const };
    expect(await run({ weights: 'trained' }, 77, options)).toEqual(whole);
  });

  test('rejects when it is stopped, and leaves no tensor behind', async () => {
    const stopper = new AbortController();
    const before = tf.memory().numTensors;
    const stopped = run({ weights: 'trained', updates: 300 }, 78, {
      signal: stopper.signal,
      onProgress: () => stopper.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the cell', () => {
  test('has the numbers of the fast kernels, which read all steps at once', async () => {
    const kernels = await loadKernels();
    const { network, units, x, cells, hidden, gates } = (await run({ weights: 'trained' }, 5)).result;
    const pass = kernels.run({
      cell: { kind: 'lstm' },
      sizes: { time: STEPS, batch: 1, inputs: 3, units },
      input: Float32Array.from(x.flat()),
      weights: {
        kernel: Float32Array.from(network.W),
        recurrentKernel: Float32Array.from(network.U),
        bias: Float32Array.from(network.b),
      },
    });
    const near = (mine: number[][], fast: Float32Array) =>
      mine.flat().forEach((value, i) => expect(Math.abs(value - fast[i]!)).toBeLessThan(3e-6));
    near(cells, pass.cells());
    near(hidden, pass.hidden());
    for (const gate of gateNames) near(gates[gate], pass.gates()[gate]!);
    pass.release();
  });

  test('obeys its valves, whatever its weights: in every number as the formulas have it', async () => {
    for (const weights of ['half', 'listen', 'trained'] as const) {
      const { result, params, ...rest } = await run({ weights });
      fc.assert(
        fc.property(valves, (held) => {
          const written = writeValves(held);
          const looked = look(result.network, { valves: written, edits: '' }, 1);
          expect(looked.valves).toEqual(held);
          for (const gate of valveGates) {
            held[gate].forEach((valve, t) => {
              if (valve === 'released') return;
              expect(looked.gates[gate][t]!.every((value) => value === Number(valve === 'open'))).toBe(true);
            });
          }
          const sentence = judgementInWords(looked.right);
          expectConsistent({ ...rest, params, result: looked, sentence });
        }),
        { numRuns: 20 },
      );
    }
  });

  test('is read again by the page as the run read it', async () => {
    const { result } = await run({ weights: 'trained' });
    const changed = { edits: 'Wf2.1*0.5_x3.2*1_c1*0.25_bo4*-2', valves: 'f-01_i1' };
    const again = await run({ weights: 'trained', ...changed });
    expect(look(result.network, changed, 1)).toEqual(again.result);
  });
});

describe('valves as a text', () => {
  test('are read as they were written, in the one way in which it is written', () => {
    fc.assert(
      fc.property(valves, (held) => {
        const written = writeValves(held);
        expect(readValves(written, STEPS)).toEqual({ valves: held, refused: [] });
        expect(isAllowed(parameters.valves, written)).toBe(true);
        expect(written.length).toBeLessThanOrEqual(longestValves(STEPS));
        expect(written).toMatch(/^[fio01_-]*$/);
        expect(heldIn(held)).toBe([...written.replace(/[fio_]/g, '')].filter((sign) => sign !== '-').length);
      }),
    );
  });

  test('that say nothing are no harm: each part is used or refused', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { valves: held, refused } = readValves(text, STEPS);
        expect(readValves(writeValves(held), STEPS)).toEqual({ valves: held, refused: [] });
        for (const entry of refused) expect(text).toContain(entry);
      }),
    );
    expect(readValves('f1_f0_x1_i_o2_i00000000000_o-1', STEPS).refused).toEqual([
      'f0',
      'x1',
      'i',
      'o2',
      'i00000000000',
    ]);
  });

  test('one of them, or all of a gate, can be set', () => {
    const none = valvesOf(STEPS, () => 'released' as Valve);
    expect(writeValves(withValve(none, 'input', 'open', 2))).toBe('i--1');
    expect(writeValves(withValve(none, 'output', 'shut'))).toBe(`o${'0'.repeat(STEPS)}`);
    expect(writeValves(withValve(withValve(none, 'output', 'shut'), 'output', 'released'))).toBe('');
  });

  test('that could not be used are named', async () => {
    expect((await run({ valves: 'f1_q7' })).sentence).toContain('“q7” could not be used');
  });

  test('fit a link of less than two kilobytes, with the longest changes by hand and all else set', () => {
    const params = {
      ...defaultsOf(parameters),
      weights: 'trained',
      units: 8,
      updates: 2940,
      valves: 'f1010101010_i1010101010_o1010101010',
      edits: 'x'.repeat(LONGEST_EDITS),
      step: 10,
      unit: 8,
    };
    const link = writeLink('', lstmCell as never, params as never, 999_999_999, true);
    expect(link.length).toBeGreaterThan(LONGEST_EDITS + 100);
    expect(link.length).toBeLessThan(2000);
  });
});

describe('the challenge', () => {
  test('has two numbers to note, of opposite signs, and asks for each while it is the one that is noted', () => {
    fc.assert(
      fc.property(seed, (seed) => {
        const x = challengeOf(seed);
        const column = (which: number) => Array.from({ length: STEPS }, (_, t) => x[3 * t + which]!);
        const at = (which: number) => column(which).flatMap((value, t) => (value === 1 ? [t] : []));
        const [numbers, marks, questions] = [column(0), at(1), at(2)];
        expect([marks.length, questions.length]).toEqual([2, 2]);
        expect(numbers.every((value) => Math.abs(value) > 2 * TOLERANCE && Math.abs(value) < 1)).toBe(true);
        expect(Math.sign(numbers[marks[0]!]!)).toBe(-Math.sign(numbers[marks[1]!]!));
        expect(marks[0]! + 2 <= questions[0]! && questions[0]! < marks[1]! && marks[1]! + 2 <= questions[1]!).toBe(
          true,
        );
        const wanted = wantedOf(x);
        expect(wanted.map((value, t) => (value === 0 ? -1 : t)).filter((t) => t >= 0)).toEqual(questions);
        expect([wanted[questions[0]!], wanted[questions[1]!]]).toEqual(marks.map((t) => numbers[t]));
      }),
    );
  });

  test('is solved by its solution and by gates that listen, and not by gates that are half open, whatever the seed', async () => {
    const networks = [await run({}), await run({ weights: 'listen' })].map(({ result }) => result.network);
    fc.assert(
      fc.property(seed, (seed) => {
        const solution = writeValves(solutionOf(challengeOf(seed)));
        const rightOf = (network: number, valves: string) =>
          look(networks[network]!, { valves, edits: '' }, seed).right;
        expect(rightOf(0, solution).every(Boolean)).toBe(true);
        expect(rightOf(1, '').every(Boolean)).toBe(true);
        expect(rightOf(0, '').every(Boolean)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test('takes its steps from the numbers that were changed by hand', async () => {
    // The mark is taken away and put elsewhere.
    const { result } = await run({ edits: 'x2.2*0_x3.2*1_x3.1*0.7_x8.3*1' });
    expect(result.wanted[4]).toBeCloseTo(0.7, 6);
    expect(result.wanted[7]).not.toBe(0);
    const { right } = look(
      result.network,
      { valves: writeValves(solutionOf(result.x.flat())), edits: 'x2.2*0_x3.2*1_x3.1*0.7_x8.3*1' },
      1,
    );
    expect(right.every(Boolean)).toBe(true);
  });

  test('says whether it is solved, and which steps are wrong', () => {
    expect(judgementInWords([true, true])).toBe('Solved: the answer is right at all 2 steps.');
    expect(judgementInWords([true, false, true])).toContain('right at 2 of 3 steps, and wrong at step 2.');
    expect(judgementInWords([false, false, false])).toContain('at 0 of 3 steps, and wrong at steps 1, 2, and 3.');
    expect([isRight(0.5, 0.7), isRight(0.45, 0.7), isRight(-0.19, 0)]).toEqual([true, false, true]);
  });
});

describe('changes by hand', () => {
  test('are in the numbers, and said', async () => {
    const { result, sentence } = await run({
      weights: 'trained',
      edits: 'Wf2.3*-1.5_Uc1.1*0_bo2*0.75_x4.2*1_h3*-0.5_c6*2',
    });
    expect(result.weights.forget.W[1]![2]).toBe(-1.5);
    expect(result.weights.candidate.U[0]![0]).toBe(0);
    expect(result.weights.output.b[1]).toBe(0.75);
    expect(result.x[3]![1]).toBe(1);
    expect(result.startHidden).toEqual([0, 0, -0.5, 0, 0, 0]);
    expect(result.startCell).toEqual([0, 0, 0, 0, 0, 2]);
    expect(result.changed).toMatchObject({ x: [10], h: [2], c: [5], Wf: [8], Uc: [0], bo: [1], Wi: [] });
    expect(sentence).toContain('3 of them then changed by hand');
    expect(sentence).toContain('before those changes it was');
    expect((await run({ weights: 'trained' })).result.network).toEqual(result.network);
  });

  test('that this cell has no place for are named, and change nothing', async () => {
    const { result, sentence } = await run({ edits: 'Wf1.2*1_W1.1*1_c2*1_bf1*0.5' });
    expect(result.refused).toEqual(['Wf1.2*1', 'W1.1*1', 'c2*1']);
    expect(sentence).toContain('“Wf1.2*1”, “W1.1*1”, and “c2*1” could not be used');
    expect(result.weights.forget.b).toEqual([0.5]);
  });
});
