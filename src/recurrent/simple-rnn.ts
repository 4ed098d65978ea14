/**
 * The simple recurrent network (Elman 1990): h_t = activation(x_t W + h_{t-1} U + b), and its backpropagation through
 * time (Werbos 1990). Written to be read; the WebAssembly form computes the same.
 */
import { addLoss, zeroWeights } from './gradients.ts';
import { tanh } from './math.ts';
import {
  addProduct,
  addProductTransposed,
  addRowSum,
  addTransposedProduct,
  fillRows,
  part,
  zerosLike,
} from './matrix.ts';
import type { Activation, LossGradients, Numbers, Problem, Weights } from './types.ts';

const activate: Record<Activation, (z: number) => number> = {
  tanh,
  relu: (z) => (z < 0 ? 0 : z),
  identity: (z) => z,
};

/** The activation's derivative, from its value h. */
const slope: Record<Activation, (h: number) => number> = {
  tanh: (h) => 1 - h * h,
  relu: (h) => (h > 0 ? 1 : 0),
  identity: () => 1,
};

export interface SimpleRnnStates {
  /** h_0 to h_time, [time + 1, batch, units] */
  hidden: Numbers;
}

/** Reads the sequences step by step. */
export function simpleRnnForward(problem: Problem<Numbers>, activation: Activation): SimpleRnnStates {
  const { sizes, input, weights, initialHidden } = problem;
  const { time, batch, inputs, units } = sizes;
  const hidden = zerosLike(input, (time + 1) * batch * units);
  if (initialHidden) hidden.set(initialHidden);
  const z = zerosLike(input, batch * units);

  for (let t = 0; t < time; t++) {
    fillRows(z, weights.bias);
    addProduct(z, part(input, t, batch * inputs), weights.kernel, batch, inputs, units);
    addProduct(z, part(hidden, t, batch * units), weights.recurrentKernel, batch, units, units);
    const h = part(hidden, t + 1, batch * units);
    for (let i = 0; i < h.length; i++) h[i] = activate[activation](z[i]!);
  }
  return { hidden };
}

export interface SimpleRnnGradients {
  weights: Weights<Numbers>;
  /** dL/dx, [time, batch, inputs] */
  input: Numbers;
  /** dL/dh_0 to dL/dh_time, [time + 1, batch, units] */
  hidden: Numbers;
}

/** Goes back through time: at each step the gradient of h_t becomes that of z_t, and from there that of h_{t-1}. */
export function simpleRnnBackward(
  problem: Problem<Numbers>,
  activation: Activation,
  { hidden }: SimpleRnnStates,
  loss: LossGradients<Numbers>,
): SimpleRnnGradients {
  const { sizes, input, weights } = problem;
  const { time, batch, inputs, units } = sizes;
  const dHidden = zerosLike(input, hidden.length);
  addLoss(dHidden, loss, batch * units);
  const dInput = zerosLike(input, input.length);
  const dWeights = zeroWeights(weights);
  const dz = zerosLike(input, batch * units);

  for (let t = time - 1; t >= 0; t--) {
    const h = part(hidden, t + 1, batch * units);
    const dh = part(dHidden, t + 1, batch * units);
    for (let i = 0; i < dz.length; i++) dz[i] = dh[i]! * slope[activation](h[i]!);

    const before = part(hidden, t, batch * units);
    addTransposedProduct(dWeights.kernel, part(input, t, batch * inputs), dz, inputs, batch, units);
    addTransposedProduct(dWeights.recurrentKernel, before, dz, units, batch, units);
    addRowSum(dWeights.bias, dz, batch, units);
    addProductTransposed(part(dInput, t, batch * inputs), dz, weights.kernel, batch, units, inputs);
    addProductTransposed(part(dHidden, t, batch * units), dz, weights.recurrentKernel, batch, units, units);
  }
  return { weights: dWeights, input: dInput, hidden: dHidden };
}
