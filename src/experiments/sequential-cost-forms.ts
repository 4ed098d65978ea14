import type { Cell, Floats, Kernels, Weights } from '#src/recurrent/index.ts';

/**
 * Rows of numbers, one a time step, and what is done with them. The forms below are written in it once and run in two ways: with
 * numbers, to see how long they take; and with a count of who waits for whom, to see what must be done in order.
 */
export interface Rows<R> {
  count(rows: R): number;
  zeros(count: number): R;
  /** Every second row, from the first or from the second on. */
  everySecond(rows: R, from: 0 | 1): R;
  /** The first `count` rows. */
  head(rows: R, count: number): R;
  /** A row of zeros, then rows from the first on, `count` in all. */
  delayed(rows: R, count: number): R;
  /** The first row of one, the first of the other, the second of the one …; the one may have a row more. */
  woven(one: R, other: R): R;
  /** The cell applied to one row after the other, each with the state that it left at the row before. */
  inOrder(inputs: R): R;
  /** The cell applied to each row, with the state given for it. All rows at once. */
  atOnce(inputs: R, states: R): R;
  /** later + earlier times a matrix: what a linear cell has read by then, of two stretches one after the other. */
  combined(later: R, earlier: R, matrix: R): R;
  /** A matrix, which is rows, times itself. */
  squared(matrix: R): R;
}

export const forms = ['chain', 'convolution', 'scan'] as const;
export type FormName = (typeof forms)[number];

/**
 * Three ways to take a sequence in. The chain is a recurrent network's: each step needs the state of the one before. The
 * convolution is the same cell with the same weights, given the input of the step before in the place of its state. The scan is
 * the chain of a linear cell, h_t = x_t W + h_{t-1} U + b, taken apart into pairs.
 */
export const takeIn: Record<FormName, <R>(rows: Rows<R>, inputs: R, recurrentKernel: R) => R> = {
  chain: (rows, inputs) => rows.inOrder(inputs),
  convolution: (rows, inputs) => rows.atOnce(inputs, rows.delayed(inputs, rows.count(inputs))),
  scan: (rows, inputs, recurrentKernel) =>
    scanned(rows, rows.atOnce(inputs, rows.zeros(rows.count(inputs))), recurrentKernel),
};

/**
 * All sums z_t + z_{t-1} U + z_{t-2} U² + … (a prefix sum as Blelloch 1990 has it): of neighbours first, which leaves half as many
 * with U² between them; then those in the same way; then the ones in between. So it is done in twice log2 of its length, not in
 * its length.
 */
function scanned<R>(rows: Rows<R>, z: R, matrix: R): R {
  if (rows.count(z) === 1) return z;
  const [firsts, seconds] = [rows.everySecond(z, 0), rows.everySecond(z, 1)];
  const pairs = rows.count(seconds);
  const joined = rows.combined(seconds, rows.head(firsts, pairs), matrix);
  const atSeconds = pairs === 1 ? joined : scanned(rows, joined, rows.squared(matrix));
  const atFirsts = rows.combined(firsts, rows.delayed(atSeconds, rows.count(firsts)), matrix);
  return rows.woven(atFirsts, atSeconds);
}

/** Numbers, by the recurrent kernels: every operation with the cell is one call of the same kernel on the same shapes. */
export function numbers(kernels: Kernels, cell: Cell, weights: Weights, units: number): Rows<Floats> {
  const count = (rows: Floats) => rows.length / units;
  const linear: Cell = { kind: 'simpleRnn', activation: 'identity' };
  const identity = Float32Array.from({ length: units * units }, (_, i) => Number(i % (units + 1) === 0));

  function apply(cell: Cell, weights: Weights, input: Floats, initialHidden?: Floats): Floats {
    const rows = count(input);
    const [time, batch] = initialHidden ? [1, rows] : [rows, 1];
    const pass = kernels.run({ cell, sizes: { time, batch, inputs: units, units }, input, weights, initialHidden });
    const states = pass.hidden();
    pass.release();
    return states;
  }

  const combined = (later: Floats, earlier: Floats, matrix: Floats) =>
    apply(linear, { kernel: identity, recurrentKernel: matrix, bias: new Float32Array(units) }, later, earlier);
  const zeros = (count: number): Floats => new Float32Array(count * units);

  return {
    count,
    zeros,
    everySecond(rows, from) {
      const half = zeros(Math.ceil((count(rows) - from) / 2));
      for (let row = 0; row < count(half); row++) {
        const at = (2 * row + from) * units;
        half.set(rows.subarray(at, at + units), row * units);
      }
      return half;
    },
    head: (rows, count) => rows.slice(0, count * units),
    delayed(rows, count) {
      const later = zeros(count);
      later.set(rows.subarray(0, (count - 1) * units), units);
      return later;
    },
    woven(one, other) {
      const both = zeros(count(one) + count(other));
      for (let row = 0; row < count(both); row++) {
        const from = row % 2 === 0 ? one : other;
        const at = Math.floor(row / 2) * units;
        both.set(from.subarray(at, at + units), row * units);
      }
      return both;
    },
    inOrder: (inputs) => apply(cell, weights, inputs),
    atOnce: (inputs, states) => apply(cell, weights, inputs, states),
    combined,
    squared: (matrix) => combined(zeros(count(matrix)), matrix, matrix),
  };
}

/** What a form has to do, in applications of the cell to one row. */
export interface Work {
  /** All of them together. */
  total: number;
  /** The longest line of applications of which each needs what comes out of the one before. */
  inARow: number;
}

/** Runs a form on `steps` rows and counts: in the place of a row's numbers is how many applications had to come before it. */
export function workOf(form: FormName, steps: number, units: number): Work {
  let total = 0;
  const apply = (...needs: (readonly number[])[]) => {
    total += needs[0]!.length;
    return needs[0]!.map((_, row) => 1 + Math.max(...needs.map((rows) => rows[row]!)));
  };
  const zeros = (count: number): number[] => new Array<number>(count).fill(0);
  const whole = (matrix: readonly number[], count: number) => zeros(count).fill(Math.max(...matrix));

  const counts: Rows<number[]> = {
    count: (rows) => rows.length,
    zeros,
    everySecond: (rows, from) => rows.filter((_, row) => row % 2 === from),
    head: (rows, count) => rows.slice(0, count),
    delayed: (rows, count) => [0, ...rows].slice(0, count),
    woven: (one, other) => one.flatMap((row, i) => (i < other.length ? [row, other[i]!] : [row])),
    inOrder(inputs) {
      let state = 0;
      return inputs.map((input) => (state = apply([input], [state])[0]!));
    },
    atOnce: (inputs, states) => apply(inputs, states),
    combined: (later, earlier, matrix) => apply(later, earlier, whole(matrix, later.length)),
    squared: (matrix) => apply(matrix, whole(matrix, matrix.length)),
  };
  const done = takeIn[form](counts, zeros(steps), zeros(units));
  return { total, inARow: Math.max(...done) };
}
