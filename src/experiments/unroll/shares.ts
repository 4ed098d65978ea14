/**
 * What each copy of an unrolled cell has to say about a weight: since the copies share it, its gradient is a sum with one term a
 * time step. By the plain form of the cell in float64, apart from TensorFlow.js, whose tape gives only the sum: so that the two
 * can be held against each other, and a page can follow at once.
 */
import type { Weights } from '#src/recurrent/index.ts';
import { simpleRnnBackward, simpleRnnForward } from '#src/recurrent/simple-rnn.ts';

export const INPUTS = 2;
export const UNITS = 3;
export const LONGEST = 50;

/** The small cell that is unrolled, and what it reads. */
export interface UnrolledCell {
  /** W, [2, 3]; U, [3, 3]; b, [3]: flat, row by row. */
  W: number[];
  U: number[];
  b: number[];
  /** v, [3]: the loss is h_T v. */
  v: number[];
  /** x, [50, 2], flat; shorter networks read its first steps. */
  x: number[];
}

/** The name of each weight of the cell, with its row and column counted from 1: W1.1 to W2.3, U1.1 to U3.3, b1 to b3. */
export const weightNames: readonly string[] = [
  ...namesOf('W', INPUTS),
  ...namesOf('U', UNITS),
  ...Array.from({ length: UNITS }, (_, unit) => `b${unit + 1}`),
];

function namesOf(matrix: string, rows: number): string[] {
  return Array.from({ length: rows * UNITS }, (_, i) => `${matrix}${Math.floor(i / UNITS) + 1}.${(i % UNITS) + 1}`);
}

/** A gradient's numbers in the order of {@link weightNames}. */
export function inOrder({ kernel, recurrentKernel, bias }: Weights): number[] {
  return [...kernel, ...recurrentKernel, ...bias];
}

/**
 * The share of each time step in the gradient of every weight, of the network unrolled over so many steps.
 * @returns [length][weights], in the order of {@link weightNames}
 */
export function sharesOf({ W, U, b, v, x }: UnrolledCell, length: number): number[][] {
  const input = Float64Array.from(x.slice(0, INPUTS * length));
  const weights = { kernel: Float64Array.from(W), recurrentKernel: Float64Array.from(U), bias: Float64Array.from(b) };
  const problem = {
    cell: { kind: 'simpleRnn', activation: 'tanh' },
    sizes: { time: length, batch: 1, inputs: INPUTS, units: UNITS },
    input,
    weights,
  } as const;
  const states = simpleRnnForward(problem, 'tanh');
  const back = simpleRnnBackward(problem, 'tanh', states, { lastHidden: Float64Array.from(v) });
  return Array.from({ length }, (_, t) => {
    const before = states.hidden.subarray(t * UNITS, (t + 1) * UNITS);
    const h = states.hidden.subarray((t + 1) * UNITS, (t + 2) * UNITS);
    const dh = back.hidden.subarray((t + 1) * UNITS, (t + 2) * UNITS);
    const dz = Array.from(h, (value, unit) => dh[unit]! * (1 - value * value));
    const sources = [...input.subarray(t * INPUTS, (t + 1) * INPUTS), ...before, 1];
    return sources.flatMap((source) => dz.map((gradient) => source * gradient));
  });
}

/** The sum of one weight's shares. */
export const sumOf = (shares: readonly (readonly number[])[], weight: number): number =>
  shares.reduce((sum, step) => sum + step[weight]!, 0);
