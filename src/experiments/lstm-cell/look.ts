/**
 * The cell of `lstm-cell` read by the plain form of the kernels, number by number and with every valve as it is set: apart from
 * the training that may give its weights, so that a page can follow a change by hand at once.
 */
import type { Cell, Floats, Weights } from '#src/recurrent/index.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';
import { applyEdits, type EditableArray } from '#src/experiments/hand-edits.ts';
import { heldOutNotes } from '#src/experiments/note-stream.ts';
import { answersOf, rowsOf, weightsOf, type PlainNetwork } from '#src/experiments/plain-network.ts';
import { shortFloats } from '#src/experiments/short-floats.ts';

import { CELL_INPUTS, challengeOf, isRight, STEPS, wantedOf } from './challenge.ts';
import { pinOf, readValves, type Valves } from './valves.ts';

/** The gates and the candidate, in the order in which the engine keeps their weights, as formulas and links call them. */
export const gateLetters = { input: 'i', forget: 'f', candidate: 'c', output: 'o' } as const;
export type GateName = keyof typeof gateLetters;
export const gateNames = Object.keys(gateLetters) as GateName[];
type Letter = (typeof gateLetters)[GateName];

/** The arrays of the cell that can be changed by hand, as the changes name them: Wf is the forget gate's W. */
export type CellArray = 'x' | 'h' | 'c' | `${'W' | 'U' | 'b'}${Letter}`;
export const weightArrays = gateNames.flatMap((gate) =>
  (['W', 'U', 'b'] as const).map((array): CellArray => `${array}${gateLetters[gate]}`),
);

/** What of the experiment's parameters is looked with. */
export interface LookOptions {
  valves: string;
  edits: string;
}

/** The weights of one gate: W, [3][units]; U, [units][units]; b, [units]. */
export interface GateWeights {
  W: number[][];
  U: number[][];
  b: number[];
}

export interface LstmCellResult {
  network: PlainNetwork;
  units: number;
  /** [time][3] */
  x: number[][];
  /** h_0 and c_0, [units] */
  startHidden: number[];
  startCell: number[];
  valves: Valves;
  /** Each gate's values, as its valve has it, and the candidate's, [time][units]. */
  gates: Record<GateName, number[][]>;
  /** c_1 to c_time and h_1 to h_time, [time][units] */
  cells: number[][];
  hidden: number[][];
  weights: Record<GateName, GateWeights>;
  /** Which numbers were changed by hand: flat indices. */
  changed: Record<CellArray, number[]>;
  /** What is read out of the hidden state, what is wanted, and whether the one is near enough to the other, [time]. */
  answers: number[];
  wanted: number[];
  right: boolean[];
  /** The mean square error on a stretch that was held out of training, without valves; and before any weight was changed. */
  error: number;
  errorAsTrained: number;
  refused: string[];
}

/** Lets the cell read, with the reader's valves and changes, and keeps every number. */
export function look(network: PlainNetwork, { valves: written, edits }: LookOptions, seed: number): LstmCellResult {
  const units = network.b.length / gateNames.length;
  const { valves, refused } = readValves(written, STEPS);
  const { values, changed, refused: refusedEdits } = applyEdits<CellArray>(edits, arraysOf(network, units, seed));
  const { x, h, c } = values;
  const weights: Weights = {
    kernel: together(values, 'W', CELL_INPUTS, units),
    recurrentKernel: together(values, 'U', units, units),
    bias: together(values, 'b', 1, units),
  };
  const states = read(weights, x, valves, { hidden: h, cell: c });
  const rows = (each: Floats) => rowsOf(each, units);
  const answers = shortFloats(answersOf(states.hidden, network.v!, network.c));
  const wanted = shortFloats(wantedOf(x));
  const byGate = <T>(make: (gate: GateName) => T) =>
    Object.fromEntries(gateNames.map((gate) => [gate, make(gate)])) as Record<GateName, T>;
  return {
    network,
    units,
    x: rowsOf(x, CELL_INPUTS),
    startHidden: shortFloats(h),
    startCell: shortFloats(c),
    valves,
    gates: byGate((gate) => rows(states.gates[gate])),
    cells: rows(states.cells),
    hidden: rows(states.hidden),
    weights: byGate((gate) => ({
      W: rows(values[`W${gateLetters[gate]}`]),
      U: rows(values[`U${gateLetters[gate]}`]),
      b: shortFloats(values[`b${gateLetters[gate]}`]),
    })),
    changed,
    answers,
    wanted,
    right: answers.map((value, step) => isRight(value, wanted[step]!)),
    error: heldOutError(weights, network, seed),
    errorAsTrained: heldOutError(weightsOf(network), network, seed),
    refused: [...refused, ...refusedEdits],
  };
}

/** Everything that can be changed, each gate's weights by themselves. */
function arraysOf({ W, U, b }: PlainNetwork, units: number, seed: number): Record<CellArray, EditableArray> {
  const part = (flat: readonly number[], gate: number) =>
    flat.filter((_, i) => Math.floor(i / units) % gateNames.length === gate);
  const ofGates = gateNames.flatMap((gate, g): [CellArray, EditableArray][] => {
    const letter = gateLetters[gate];
    return [
      [`W${letter}`, { shape: [CELL_INPUTS, units], values: part(W, g) }],
      [`U${letter}`, { shape: [units, units], values: part(U, g) }],
      [`b${letter}`, { shape: [units], values: part(b, g) }],
    ];
  });
  return {
    x: { shape: [STEPS, CELL_INPUTS], values: challengeOf(seed) },
    h: { shape: [units], values: new Float32Array(units) },
    c: { shape: [units], values: new Float32Array(units) },
    ...(Object.fromEntries(ofGates) as Record<Exclude<CellArray, 'x' | 'h' | 'c'>, EditableArray>),
  };
}

/** The weights of all gates side by side, as the engine keeps them: [rows, 4 units]. */
function together(values: Record<CellArray, Floats>, array: 'W' | 'U' | 'b', rows: number, units: number): Floats {
  const width = gateNames.length * units;
  const all = new Float32Array(rows * width);
  gateNames.forEach((gate, g) => {
    const own = values[`${array}${gateLetters[gate]}`];
    for (let row = 0; row < rows; row++) {
      all.set(own.subarray(row * units, (row + 1) * units), row * width + g * units);
    }
  });
  return all;
}

interface States {
  hidden: Floats;
  cells: Floats;
  gates: Record<GateName, Floats>;
}

const LSTM: Cell = { kind: 'lstm' };

/** One sequence, step by step, for valves differ from step to step. Each array is [time, units]. @param x [time, 3] */
function read(weights: Weights, x: Floats, valves: Valves, start: { hidden: Floats; cell: Floats }): States {
  const [time, units] = [x.length / CELL_INPUTS, start.hidden.length];
  const made = () => new Float32Array(time * units);
  const gates = { input: made(), forget: made(), candidate: made(), output: made() };
  const states: States = { hidden: made(), cells: made(), gates };
  let { hidden, cell } = start;
  for (let step = 0; step < time; step++) {
    const pass = typescriptKernels.run({
      cell: { kind: 'lstm', gates: pinsAt(valves, step) },
      sizes: { time: 1, batch: 1, inputs: CELL_INPUTS, units },
      input: x.slice(step * CELL_INPUTS, (step + 1) * CELL_INPUTS),
      weights,
      initialHidden: hidden,
      initialCell: cell,
    });
    const values = pass.gates();
    for (const gate of gateNames) gates[gate].set(values[gate]!, step * units);
    states.hidden.set((hidden = pass.lastHidden()), step * units);
    states.cells.set((cell = pass.lastCell()), step * units);
  }
  return states;
}

const pinsAt = ({ forget, input, output }: Valves, step: number) => ({
  forget: pinOf[forget[step]!],
  input: pinOf[input[step]!],
  output: pinOf[output[step]!],
});

/** The mean square error of the answers on a stretch that no training saw. */
function heldOutError(weights: Weights, { v, c }: PlainNetwork, seed: number): number {
  const { inputs, targets } = heldOutNotes(seed);
  const sizes = { time: targets.length, batch: 1, inputs: CELL_INPUTS, units: v!.length };
  const hidden = typescriptKernels.run({ cell: LSTM, sizes, input: inputs, weights }).hidden();
  const answers = answersOf(hidden, v!, c);
  return answers.reduce((sum, value, step) => sum + (value - targets[step]!) ** 2, 0) / targets.length;
}
