/**
 * The gated recurrent unit (Cho et al. 2014), in the variant that Keras calls reset_after and PyTorch has: the reset gate
 * acts on the product h U, not on h. Gate order update, reset, candidate; two biases, that of x W and that of h U:
 *
 *     update, reset = sigmoid(x_t W + b_x + h_{t-1} U + b_h)
 *     candidate = tanh(x_t W + b_x + reset (h_{t-1} U + b_h))
 *     h_t = update h_{t-1} + (1 - update) candidate
 *
 * and its backpropagation through time. Written to be read; the WebAssembly form computes the same.
 */
import { gruPins } from './gate-pins.ts';
import { addLoss, zeroWeights } from './gradients.ts';
import { sigmoid, tanh } from './math.ts';
import {
  addProduct,
  addProductTransposed,
  addRowSum,
  addTransposedProduct,
  fillRows,
  part,
  zerosLike,
} from './matrix.ts';
import type { GruGates, LossGradients, Numbers, Problem, Weights } from './types.ts';

export interface GruStates {
  /** h_0 to h_time, [time + 1, batch, units] */
  hidden: Numbers;
  /** Each gate's values at steps 1 to time, [time, batch, units] */
  gates: Record<'update' | 'reset' | 'candidate', Numbers>;
  /** h_{t-1} U + b_h of the candidate, before the reset gate, [time, batch, units] */
  recalled: Numbers;
}

/** Reads the sequences step by step. */
export function gruForward(problem: Problem<Numbers>, learned?: GruGates): GruStates {
  const { sizes, input, weights, initialHidden } = problem;
  const { time, batch, inputs, units } = sizes;
  const pins = gruPins(learned);
  const size = batch * units;
  const hidden = zerosLike(input, (time + 1) * size);
  if (initialHidden) hidden.set(initialHidden);
  const steps = () => zerosLike(input, time * size);
  const gates = { update: steps(), reset: steps(), candidate: steps() };
  const recalled = steps();
  const fromInput = zerosLike(input, 3 * size);
  const fromHidden = zerosLike(input, 3 * size);

  for (let t = 0; t < time; t++) {
    fillRows(fromInput, part(weights.bias, 0, 3 * units));
    addProduct(fromInput, part(input, t, batch * inputs), weights.kernel, batch, inputs, 3 * units);
    fillRows(fromHidden, part(weights.bias, 1, 3 * units));
    addProduct(fromHidden, part(hidden, t, size), weights.recurrentKernel, batch, units, 3 * units);

    for (let row = 0; row < batch; row++) {
      for (let unit = 0; unit < units; unit++) {
        const at = row * 3 * units + unit;
        const update = pins.update.offset + pins.update.scale * sigmoid(fromInput[at]! + fromHidden[at]!);
        const reset = pins.reset.offset + pins.reset.scale * sigmoid(fromInput[at + units]! + fromHidden[at + units]!);
        const candidate = tanh(fromInput[at + 2 * units]! + reset * fromHidden[at + 2 * units]!);

        const before = t * size + row * units + unit;
        hidden[before + size] = update * hidden[before]! + (1 - update) * candidate;
        gates.update[before] = update;
        gates.reset[before] = reset;
        gates.candidate[before] = candidate;
        recalled[before] = fromHidden[at + 2 * units]!;
      }
    }
  }
  return { hidden, gates, recalled };
}

export interface GruGradients {
  weights: Weights<Numbers>;
  /** dL/dx, [time, batch, inputs] */
  input: Numbers;
  /** dL/dh_0 to dL/dh_time, [time + 1, batch, units] */
  hidden: Numbers;
}

/** Goes back through time: at each step the gradient of h_t becomes those of the gates and of h_{t-1}. */
export function gruBackward(
  problem: Problem<Numbers>,
  learned: GruGates | undefined,
  { hidden, gates, recalled }: GruStates,
  loss: LossGradients<Numbers>,
): GruGradients {
  const { sizes, input, weights } = problem;
  const { time, batch, inputs, units } = sizes;
  const pins = gruPins(learned);
  const size = batch * units;
  const dHidden = zerosLike(input, hidden.length);
  addLoss(dHidden, loss, size);
  const dInput = zerosLike(input, input.length);
  const dWeights = zeroWeights(weights);
  const dFromInput = zerosLike(input, 3 * size);
  const dFromHidden = zerosLike(input, 3 * size);

  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      for (let unit = 0; unit < units; unit++) {
        const before = t * size + row * units + unit;
        const update = gates.update[before]!;
        const reset = gates.reset[before]!;
        const candidate = gates.candidate[before]!;

        const dh = dHidden[before + size]!;
        dHidden[before]! += dh * update;
        const dUpdate = dh * (hidden[before]! - candidate) * update * (1 - update) * pins.update.scale;
        const dCandidate = dh * (1 - update) * (1 - candidate * candidate);
        const dReset = dCandidate * recalled[before]! * reset * (1 - reset) * pins.reset.scale;

        const at = row * 3 * units + unit;
        dFromInput[at] = dFromHidden[at] = dUpdate;
        dFromInput[at + units] = dFromHidden[at + units] = dReset;
        dFromInput[at + 2 * units] = dCandidate;
        dFromHidden[at + 2 * units] = dCandidate * reset;
      }
    }
    addTransposedProduct(dWeights.kernel, part(input, t, batch * inputs), dFromInput, inputs, batch, 3 * units);
    addTransposedProduct(dWeights.recurrentKernel, part(hidden, t, size), dFromHidden, units, batch, 3 * units);
    addRowSum(part(dWeights.bias, 0, 3 * units), dFromInput, batch, 3 * units);
    addRowSum(part(dWeights.bias, 1, 3 * units), dFromHidden, batch, 3 * units);
    addProductTransposed(part(dInput, t, batch * inputs), dFromInput, weights.kernel, batch, 3 * units, inputs);
    addProductTransposed(part(dHidden, t, size), dFromHidden, weights.recurrentKernel, batch, 3 * units, units);
  }
  return { weights: dWeights, input: dInput, hidden: dHidden };
}
