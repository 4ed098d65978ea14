import type { Activation, Floats } from '#src/recurrent/index.ts';

import type { Engine } from './engine.ts';
import { backpropagate, type ReadoutRnn } from './gradient-probe.ts';
import type { Pace } from './pace.ts';

/** The activation's derivative, from its value h. That of ReLU at a state that overflowed is anybody's guess. */
const slopes: Record<Activation, (h: number) => number> = {
  tanh: (h) => 1 - h * h,
  relu: (h) => (Number.isFinite(h) ? Number(h > 0) : NaN),
  identity: () => 1,
};

/**
 * The spectral norm of dh_T/dh_t, the product of the steps' Jacobians, for every step t: the most by which any small change of
 * h_t can grow on its way to h_T, and the most that any gradient can keep on its way back. The product is multiplied out, in
 * float64, from the states that the network passes through; its norm is found by power iteration, from step to step starting
 * where the last one ended.
 * @param sequence x, [length, inputs]
 * @returns norms of steps 1 to length: 1 at the last, and not finite where it cannot be told
 */
export async function jacobianNorms(
  engine: Engine,
  network: ReadoutRnn,
  sequence: Floats,
  pace: Pace,
): Promise<Float64Array> {
  const { cell, units, weights } = network;
  let hidden: Floats = new Float32Array();
  backpropagate(engine, network, sequence, 'last', { onForward: (pass) => void (hidden = pass.hidden()) });
  const U = Float64Array.from(weights.recurrentKernel);
  const slope = slopes[cell.activation];
  const norms = new Float64Array(hidden.length / units);
  // Row k is dh_T[k]/dh_t.
  let [product, before] = [roomFor(units), roomFor(units)];
  for (let k = 0; k < units; k++) product[k * units + k] = 1;
  const direction = new Float64Array(units).fill(1);

  for (let t = norms.length - 1; t >= 0; t--) {
    await pace();
    norms[t] = spectralNorm(product, units, direction);
    stepBack(product, hidden.subarray(t * units, (t + 1) * units), U, slope, before);
    [product, before] = [before, product];
  }
  return norms;
}

/** Room for a product of Jacobians: rows of `units`, and as many of them as the blocks of {@link stepBack} need. */
const ROWS = 4;
const roomFor = (units: number) => new Float64Array(Math.ceil(units / ROWS) * ROWS * units);

/**
 * The product times one step's Jacobian: row by row (row ⊙ f'(z_t)) Uᵀ. Four rows at a time, so that each weight is read once
 * for all of them.
 */
function stepBack(
  product: Float64Array,
  h: Floats,
  U: Float64Array,
  slope: (h: number) => number,
  before: Float64Array,
) {
  const units = h.length;
  for (let j = 0; j < units; j++) {
    const passed = slope(h[j]!);
    for (let at = j; at < product.length; at += units) product[at]! *= passed;
  }
  for (let first = 0; first < product.length; first += ROWS * units) {
    for (let i = 0; i < units; i++) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let j = 0; j < units; j++) {
        const weight = U[i * units + j]!;
        a += product[first + j]! * weight;
        b += product[first + units + j]! * weight;
        c += product[first + 2 * units + j]! * weight;
        d += product[first + 3 * units + j]! * weight;
      }
      before[first + i] = a;
      before[first + units + i] = b;
      before[first + 2 * units + i] = c;
      before[first + 3 * units + i] = d;
    }
  }
}

/** row · matrix[from …] */
function dot(row: Float64Array, matrix: Float64Array, from: number): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += row[j]! * matrix[from + j]!;
  return sum;
}

/** A step of the iteration that gains less than this ends it. */
const CLOSE_ENOUGH = 1e-7;
const MOST_ITERATIONS = 300;

/**
 * The largest singular value of a square matrix.
 * @param direction where to start; where it ends, in place: the direction in the space of the rows' index
 */
function spectralNorm(matrix: Float64Array, units: number, direction: Float64Array): number {
  const through = new Float64Array(units);
  let norm = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const size = Math.sqrt(dot(direction, direction, 0));
    if (!(size > 0 && size < Infinity)) return restart(direction, norm);
    through.fill(0);
    for (let k = 0; k < units; k++) {
      const share = direction[k]! / size;
      for (let i = 0; i < units; i++) through[i]! += share * matrix[k * units + i]!;
    }
    const found = Math.sqrt(dot(through, through, 0));
    if (!(found > 0 && found < Infinity)) return restart(direction, found);
    // Scaled, so that neither this product nor the next leaves the range of float64.
    for (let i = 0; i < units; i++) through[i]! /= found;
    for (let k = 0; k < units; k++) direction[k] = dot(through, matrix, k * units) / found;
    const gained = found - norm;
    norm = found;
    if (gained <= CLOSE_ENOUGH * norm) break;
  }
  return norm;
}

/** A matrix without a largest value, all zeros or beyond float64, leaves no direction to go on from. */
function restart(direction: Float64Array, norm: number): number {
  direction.fill(1);
  return norm;
}
