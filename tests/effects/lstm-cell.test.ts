import { expect } from 'vitest';

import lstmCell from '#src/experiments/lstm-cell.ts';
import { challengeOf, solutionOf, STEPS } from '#src/experiments/lstm-cell/challenge.ts';
import { writeValves } from '#src/experiments/lstm-cell/valves.ts';
import { NOTE_BLIND } from '#src/sequences/streams.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of lstm-cell, at its default settings but for what is named. */

const run = runsOf(lstmCell);
type Result = Awaited<ReturnType<typeof run>>;

const preset = (name: string) => lstmCell.presets!.find((preset) => preset.name === name)!.values;
const everywhere = (gate: 'f' | 'i' | 'o', sign: 0 | 1) => gate + String(sign).repeat(STEPS);
const quick = { quick: true };

const rightIn = ({ right }: Result) => right.filter(Boolean).length;
const questionsOf = ({ x }: Result) => x.flatMap(([, , question], step) => (question === 1 ? [step] : []));
const marksOf = ({ x }: Result) => x.flatMap(([, mark], step) => (mark === 1 ? [step] : []));
const belt = ({ cells }: Result) => cells.map(([c]) => c!);

claim(
  'with all gates half open less than a third of the number noted is left when it is asked for, and the task is not solved',
  async (seed) => {
    const result = await run(seed);
    const [noted, asked] = [marksOf(result)[0]!, questionsOf(result)[0]!];
    const left = result.gates.forget.slice(noted + 1, asked + 1).reduce((product, [f]) => product * f!, 1);
    expect(left).toBeLessThan(1 / 3);
    expect(rightIn(result)).toBeLessThan(STEPS);
    for (const question of questionsOf(result)) expect(result.right[question]).toBe(false);
  },
  quick,
);

claim(
  '“Remember”: with the forget gate open and the input gate shut the belt keeps what lies on it, to the last digit',
  async (seed) => {
    const result = await run(seed, preset('Remember'));
    expect(belt(result)).toEqual(Array(STEPS).fill(result.startCell[0]));
    expect(result.startCell[0]).toBe(0.5);
  },
  quick,
);

claim(
  '“Forget now”: shut for one step, the forget gate empties the belt for good',
  async (seed) => {
    const result = await run(seed, preset('Forget now'));
    const shut = result.gates.forget.findIndex(([f]) => f === 0);
    expect(belt(result).slice(0, shut)).toEqual(Array(shut).fill(0.5));
    expect(belt(result).slice(shut)).toEqual(Array(STEPS - shut).fill(0));
  },
  quick,
);

claim(
  '“Write only on the marker”: the belt turns over at marks, and elsewhere moves by less than a tenth of that',
  async (seed) => {
    const result = await run(seed, preset('Write only on the marker'));
    const marks = marksOf(result);
    const moves = belt(result).map((c, step) => Math.abs(c - (step === 0 ? 0 : belt(result)[step - 1]!)));
    const atMarks = Math.min(...marks.map((step) => moves[step]!));
    const elsewhere = Math.max(...moves.filter((_, step) => !marks.includes(step)));
    expect(elsewhere).toBeLessThan(atMarks / 10);
  },
  quick,
);

claim(
  '“Show nothing”: with the output gate shut nothing is shown, and the belt is the same',
  async (seed) => {
    const shut = await run(seed, preset('Show nothing'));
    expect(shut.hidden.flat().every((h) => h === 0)).toBe(true);
    expect(shut.cells).toEqual((await run(seed, preset('Write only on the marker'))).cells);
  },
  quick,
);

claim(
  'valves solve it: shut what is old and write at marks, keep in between, show when asked',
  async (seed) => {
    expect(rightIn(await run(seed, { valves: writeValves(solutionOf(challengeOf(seed))) }))).toBe(STEPS);
  },
  quick,
);

claim(
  'written at the first step, kept, and shown at the tenth: what is shown there is tanh of the number, and nothing before',
  async (seed) => {
    const { cells, hidden, gates } = await run(seed, { valves: 'f0111111111_i1000000000_o0000000001' });
    const written = gates.candidate[0]![0]!;
    expect(cells.flat()).toEqual(Array(STEPS).fill(written));
    expect(hidden.flat().slice(0, -1)).toEqual(Array(STEPS - 1).fill(0));
    expect(hidden.at(-1)![0]).toBeCloseTo(Math.tanh(written), 6);
  },
  quick,
);

claim(
  'a weight and a bias in each gate, set by hand, solve it as well',
  async (seed) => {
    const edits = 'Wf2.1*-10_bf1*5_Wi2.1*10_bi1*-5_Wo3.1*10_bo1*-5';
    expect(rightIn(await run(seed, { edits }))).toBe(STEPS);
  },
  quick,
);

claim(
  'gates that listen to the mark and the question solve it without a hand',
  async (seed) => {
    expect(rightIn(await run(seed, { weights: 'listen' }))).toBe(STEPS);
  },
  quick,
);

claim(
  'with the forget gate held open they do not: what comes with the second mark is added to the first, and the answer is wrong',
  async (seed) => {
    const result = await run(seed, { weights: 'listen', valves: everywhere('f', 1) });
    const [first, second] = questionsOf(result);
    expect(result.right[first!]).toBe(true);
    expect(result.right[second!]).toBe(false);
  },
  quick,
);

claim(
  'trained, the cell answers right at 8 of 10 steps or more, and on a long stretch has less than a fifth of the error of always answering 0',
  async (seed) => {
    const result = await run(seed, { weights: 'trained' });
    expect(rightIn(result)).toBeGreaterThanOrEqual(8);
    expect(result.error).toBeLessThan(NOTE_BLIND / 5);
  },
  { share: 0.9 },
);

claim(
  'its forget gates are lower at marks than elsewhere, by a quarter of their range at least',
  async (seed) => {
    const result = await run(seed, { weights: 'trained' });
    const marks = marksOf(result);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const at = (isMark: boolean) =>
      mean(result.gates.forget.filter((_, step) => marks.includes(step) === isMark).map(mean));
    expect(at(false) - at(true)).toBeGreaterThan(0.25);
  },
  { share: 0.9 },
);

claim(
  'with its output gates held open the trained cell answers where nobody asked: wrong at three more steps at least',
  async (seed) => {
    const asTrained = await run(seed, { weights: 'trained' });
    const open = await run(seed, { weights: 'trained', valves: everywhere('o', 1) });
    expect(rightIn(open)).toBeLessThanOrEqual(rightIn(asTrained) - 3);
  },
  { share: 0.9 },
);
