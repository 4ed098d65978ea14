/**
 * The cell of `rnn-cell` read by the plain form of the kernels, number by number: apart from the training that gives its
 * weights, so that a page can follow a change by hand at once.
 */
import type { Cell, Floats, Weights } from '#src/recurrent/index.ts';
import { toTimeMajor } from '#src/recurrent/time-major.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';
import {
  CELL_INPUTS,
  keptValues,
  LONGEST_SEQUENCE,
  sequenceNamed,
  type SequenceName,
} from '#src/experiments/cell-sequences.ts';
import { applyEdits } from '#src/experiments/hand-edits.ts';
import { answersOf, rowsOf, weightsOf, type PlainNetwork } from '#src/experiments/plain-network.ts';
import { shortFloats } from '#src/experiments/short-floats.ts';
import { markedValue } from '#src/sequences/marked-value.ts';
import { createRandom } from '#src/sequences/random.ts';

export const CELL: Cell = { kind: 'simpleRnn', activation: 'tanh' };
/** Fresh sequences on which a trained cell is judged, of the length that it was trained on. */
const FRESH = 200;
export const FRESH_STEPS = FRESH * LONGEST_SEQUENCE;

/** The arrays of the cell that can be changed by hand, as the changes name them. */
export type CellArray = 'x' | 'h' | 'W' | 'U' | 'b';

/** What reads the hidden state, for weights that were trained, and how well it does. */
export interface Readout {
  /** y_t = h_t v + c, [time] */
  answers: number[];
  /** The value that came with the last mark, [time]; null before any. */
  wanted: (number | null)[];
  /** The share of the steps of fresh sequences at which the answer has the right sign. */
  right: number;
  /** The same before any weight was changed by hand. */
  rightAsTrained: number;
}

/** What of the experiment's parameters is looked with. */
export interface LookOptions {
  units: number;
  length: number;
  sequence: SequenceName;
  edits: string;
}

export interface RnnCellResult {
  network: PlainNetwork;
  units: number;
  /** [time][2] */
  x: number[][];
  /** h_0, [units] */
  start: number[];
  /** h_1 to h_time, [time][units] */
  hidden: number[][];
  /** [2][units] */
  W: number[][];
  /** [units][units] */
  U: number[][];
  /** [units] */
  b: number[];
  /** Which numbers were changed by hand: flat indices. */
  changed: Record<CellArray, number[]>;
  readout: Readout | null;
  refused: string[];
}

/** Lets the cell read, with the reader's changes, and keeps every number. */
export function look(
  network: PlainNetwork,
  { units, length, sequence, edits }: LookOptions,
  seed: number,
): RnnCellResult {
  const { values, changed, refused } = applyEdits<CellArray>(edits, {
    x: { shape: [length, CELL_INPUTS], values: sequenceNamed(sequence, length, seed) },
    h: { shape: [units], values: new Float32Array(units) },
    W: { shape: [CELL_INPUTS, units], values: network.W },
    U: { shape: [units, units], values: network.U },
    b: { shape: [units], values: network.b },
  });
  const { x, h, W, U, b } = values;
  const edited = { kernel: W, recurrentKernel: U, bias: b };
  const hidden = read(edited, x, 1, h);
  return {
    network,
    units,
    x: rowsOf(x, CELL_INPUTS),
    start: shortFloats(h),
    hidden: rowsOf(hidden, units),
    W: rowsOf(W, units),
    U: rowsOf(U, units),
    b: shortFloats(b),
    changed,
    readout: network.v && {
      answers: shortFloats(answersOf(hidden, network.v, network.c)),
      wanted: keptValues(x),
      right: rightOnFresh(edited, network.v, network.c, seed),
      rightAsTrained: rightOnFresh(weightsOf(network), network.v, network.c, seed),
    },
    refused,
  };
}

/** h_1 to h_time of a batch of sequences, [time, batch, units]. @param input x, [time, batch, inputs] */
function read(weights: Weights, input: Floats, batch: number, initialHidden?: Floats): Floats {
  const [time, units] = [input.length / (batch * CELL_INPUTS), weights.bias.length];
  const sizes = { time, batch, inputs: CELL_INPUTS, units };
  return typescriptKernels.run({ cell: CELL, sizes, input, weights, initialHidden }).hidden();
}

/** The share of the steps of sequences that no training has seen at which the answer has the right sign. */
function rightOnFresh(weights: Weights, v: readonly number[], c: number, seed: number): number {
  const { inputs, targets } = markedValue(LONGEST_SEQUENCE).batch(createRandom(seed, 'fresh sequences'), FRESH);
  const extent = { time: LONGEST_SEQUENCE, batch: FRESH, reverse: false };
  const hidden = read(weights, toTimeMajor(inputs, { ...extent, features: CELL_INPUTS }), FRESH);
  const wanted = toTimeMajor(Float32Array.from(targets), { ...extent, features: 1 });
  const right = answersOf(hidden, v, c).filter((answer, i) => isRight(answer, wanted[i]!));
  return right.length / targets.length;
}

/** Whether an answer has the sign of what is wanted. */
export const isRight = (answer: number, wanted: number) => answer > 0 === wanted > 0;
