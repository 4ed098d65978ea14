import type { Cell, Floats } from '#src/recurrent/index.ts';
import type { ReadoutNetwork } from '#src/training/gradient-probe.ts';

/**
 * LSTM and GRU of one sequence in float64, straight from their formulas, and the gradients for their states by nudging those:
 * no code is shared with what is tested.
 */

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

interface State {
  h: number[];
  /** An LSTM's only. */
  c: number[];
}

/** Added to a state as soon as it is made: c_t before h_t is made of it. */
interface Nudge {
  of: 'h' | 'c';
  step: number;
  unit: number;
  by: number;
}

/** row · W + b, for the columns of every gate. */
function product(row: ArrayLike<number>, W: Floats, columns: number): number[] {
  return Array.from({ length: columns }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < row.length; i++) sum += row[i]! * W[i * columns + j]!;
    return sum;
  });
}

const add = (...rows: ArrayLike<number>[]) =>
  Array.from({ length: rows[0]!.length }, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0));

function lstmStep(
  { units, weights }: ReadoutNetwork,
  x: Floats,
  { h, c }: State,
  nudged: (c: number, unit: number) => number,
) {
  const { kernel, recurrentKernel, bias } = weights;
  const z = add(product(x, kernel, 4 * units), product(h, recurrentKernel, 4 * units), bias);
  const forget = Array.from({ length: units }, (_, u) => sigmoid(z[units + u]!));
  const cell = forget.map((f, u) => nudged(f * c[u]! + sigmoid(z[u]!) * Math.tanh(z[2 * units + u]!), u));
  return { forget, c: cell, h: cell.map((value, u) => sigmoid(z[3 * units + u]!) * Math.tanh(value)) };
}

function gruStep({ units, weights }: ReadoutNetwork, x: Floats, { h, c }: State) {
  const { kernel, recurrentKernel, bias } = weights;
  const a = add(product(x, kernel, 3 * units), bias.subarray(0, 3 * units));
  const b = add(product(h, recurrentKernel, 3 * units), bias.subarray(3 * units));
  const state = h.map((before, u) => {
    const keep = sigmoid(a[u]! + b[u]!);
    const reset = sigmoid(a[units + u]! + b[units + u]!);
    return keep * before + (1 - keep) * Math.tanh(a[2 * units + u]! + reset * b[2 * units + u]!);
  });
  return { forget: [], c, h: state };
}

/** The readout of the last hidden state, and the forget gates of every step. */
export function read(network: ReadoutNetwork, sequence: Floats, nudge?: Nudge): { y: number; forget: number[][] } {
  const { cell, inputs, units, readout } = network;
  const length = sequence.length / inputs;
  const forget: number[][] = [];
  let state: State = { h: Array<number>(units).fill(0), c: Array<number>(units).fill(0) };
  for (let t = 1; t <= length; t++) {
    const by = (of: 'h' | 'c') => (value: number, unit: number) =>
      nudge?.of === of && nudge.step === t && nudge.unit === unit ? value + nudge.by : value;
    const x = sequence.subarray((t - 1) * inputs, t * inputs);
    const made = cell.kind === 'lstm' ? lstmStep(network, x, state, by('c')) : gruStep(network, x, state);
    forget.push(made.forget);
    state = { h: made.h.map(by('h')), c: made.c };
  }
  return { y: state.h.reduce((sum, value, i) => sum + value * readout[i]!, 0), forget };
}

/** dL/dh_t or dL/dc_t of every step, by nudging each number of it up and down. */
export function gradientsByDifferences(
  network: ReadoutNetwork<Extract<Cell, { kind: 'lstm' | 'gru' }>>,
  sequence: Floats,
  of: 'h' | 'c',
  nudge = 1e-5,
): number[][] {
  return Array.from({ length: sequence.length / network.inputs }, (_, i) =>
    Array.from({ length: network.units }, (_, unit) => {
      const at = (by: number) => read(network, sequence, { of, step: i + 1, unit, by }).y;
      return (at(nudge) - at(-nudge)) / (2 * nudge);
    }),
  );
}
