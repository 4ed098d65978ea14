import type { LossAt, ReadoutRnn } from '#src/training/gradient-probe.ts';
import type { Floats } from '#src/recurrent/index.ts';

/**
 * The simple recurrent network in float64, straight from the formula h_t = f(x_t W + h_{t-1} U + b), and three ways to the
 * gradient for h_t that share no code with the one that is tested: finite differences, the recursion of the text, and the
 * closed form of a linear network.
 */

const functions = { tanh: Math.tanh, relu: (z: number) => Math.max(0, z), identity: (z: number) => z };

/** f', at z */
const slopes = {
  tanh: (z: number) => 1 - Math.tanh(z) ** 2,
  relu: (z: number) => (z > 0 ? 1 : 0),
  identity: () => 1,
};

export const norm = (vector: readonly number[]): number => Math.hypot(...vector);

const dot = (a: readonly number[], b: ArrayLike<number>) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** z_t = x_t W + h_{t-1} U + b; t counts from 1. */
function beforeActivation(
  { weights, inputs, units }: ReadoutRnn,
  x: Floats,
  t: number,
  h: readonly number[],
): number[] {
  const { kernel: W, recurrentKernel: U, bias: b } = weights;
  return Array.from({ length: units }, (_, j) => {
    let z = b[j]!;
    for (let i = 0; i < inputs; i++) z += x[(t - 1) * inputs + i]! * W[i * units + j]!;
    for (let i = 0; i < units; i++) z += h[i]! * U[i * units + j]!;
    return z;
  });
}

const lengthOf = (network: ReadoutRnn, x: Floats) => x.length / network.inputs;

/** z_1 to z_T and h_0 to h_T. */
export function states(network: ReadoutRnn, x: Floats): { z: number[][]; h: number[][] } {
  const h = [Array<number>(network.units).fill(0)];
  const z: number[][] = [];
  for (let t = 1; t <= lengthOf(network, x); t++) {
    z.push(beforeActivation(network, x, t, h.at(-1)!));
    h.push(z.at(-1)!.map(functions[network.cell.activation]));
  }
  return { z, h };
}

/** What the loss says of a run that goes on from h_t: of y_T = h_T v, or of its mean over the steps from t on. */
function lossFrom(network: ReadoutRnn, x: Floats, lossAt: LossAt, t: number, start: readonly number[]): number {
  const length = lengthOf(network, x);
  let h = start;
  let sum = dot(h, network.readout);
  for (let step = t + 1; step <= length; step++) {
    h = beforeActivation(network, x, step, h).map(functions[network.cell.activation]);
    sum += dot(h, network.readout);
  }
  return lossAt === 'last' ? dot(h, network.readout) : sum / length;
}

/** dL/dh_t by nudging each number of h_t up and down. `of` is a loss function on top of the readout. */
export function byDifferences(
  network: ReadoutRnn,
  x: Floats,
  lossAt: LossAt,
  of: (y: number) => number = (y) => y,
  nudge = 1e-5,
): number[][] {
  const { h } = states(network, x);
  return h.slice(1).map((state, i) =>
    state.map((_, unit) => {
      const [above, below] = [nudge, -nudge].map((by) => {
        const nudged = state.map((value, j) => (j === unit ? value + by : value));
        return of(lossFrom(network, x, lossAt, i + 1, nudged));
      });
      return (above! - below!) / (2 * nudge);
    }),
  );
}

/** dL/dh_t as the text has it: g_{t-1} = (g_t ⊙ f'(z_t)) Uᵀ, with the readout's own part where a loss sits. */
export function byRecursion(network: ReadoutRnn, x: Floats, lossAt: LossAt): number[][] {
  const { units, weights, readout, cell } = network;
  const length = lengthOf(network, x);
  const { z } = states(network, x);
  const gradients: number[][] = [];
  let later = Array<number>(units).fill(0);
  for (let t = length; t >= 1; t--) {
    const own = lossAt === 'every' ? 1 / length : t === length ? 1 : 0;
    const g = later.map((value, i) => value + own * readout[i]!);
    gradients.unshift(g);
    const throughActivation = g.map((value, i) => value * slopes[cell.activation](z[t - 1]![i]!));
    later = g.map((_, i) => dot(throughActivation, weights.recurrentKernel.subarray(i * units, (i + 1) * units)));
  }
  return gradients;
}

/** v (Uᵀ)^lag for lag 0, 1, 2 … */
export function readoutThroughTime({ units, weights, readout }: ReadoutRnn, lags: number): number[][] {
  const rows = [Array.from(readout)];
  while (rows.length < lags) {
    const last = rows.at(-1)!;
    rows.push(last.map((_, i) => dot(last, weights.recurrentKernel.subarray(i * units, (i + 1) * units))));
  }
  return rows;
}
