/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) with a forget gate (Gers, Schmidhuber and Cummins 2000), in
 * Keras's gate order i, f, candidate, o:
 *
 *     i, f, o = sigmoid(x_t W + h_{t-1} U + b), candidate = tanh(the same, with its own weights)
 *     c_t = f c_{t-1} + i candidate
 *     h_t = o tanh(c_t)
 *
 * and its backpropagation through time. Written to be read; the WebAssembly form computes the same.
 */
import { addLoss, zeroWeights } from './gradients.ts';
import { lstmPins } from './gate-pins.ts';
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
import type { LossGradients, LstmGates, Numbers, Problem, Weights } from './types.ts';

export interface LstmStates {
  /** h_0 to h_time, [time + 1, batch, units] */
  hidden: Numbers;
  /** c_0 to c_time, [time + 1, batch, units] */
  cells: Numbers;
  /** Each gate's values at steps 1 to time, [time, batch, units] */
  gates: Record<'input' | 'forget' | 'candidate' | 'output', Numbers>;
}

/** Reads the sequences step by step. */
export function lstmForward(problem: Problem<Numbers>, learned?: LstmGates): LstmStates {
  const { sizes, input, weights, initialHidden, initialCell } = problem;
  const { time, batch, inputs, units } = sizes;
  const pins = lstmPins(learned);
  const size = batch * units;
  const hidden = zerosLike(input, (time + 1) * size);
  const cells = zerosLike(input, (time + 1) * size);
  if (initialHidden) hidden.set(initialHidden);
  if (initialCell) cells.set(initialCell);
  const steps = () => zerosLike(input, time * size);
  const gates = { input: steps(), forget: steps(), candidate: steps(), output: steps() };
  const z = zerosLike(input, 4 * size);

  for (let t = 0; t < time; t++) {
    fillRows(z, weights.bias);
    addProduct(z, part(input, t, batch * inputs), weights.kernel, batch, inputs, 4 * units);
    addProduct(z, part(hidden, t, size), weights.recurrentKernel, batch, units, 4 * units);

    for (let row = 0; row < batch; row++) {
      for (let unit = 0; unit < units; unit++) {
        const at = row * 4 * units + unit;
        const f = pins.forget.offset + pins.forget.scale * sigmoid(z[at + units]!);
        const i = pins.input.offset + pins.input.scale * sigmoid(z[at]!) + pins.coupling * f;
        const candidate = tanh(z[at + 2 * units]!);
        const o = pins.output.offset + pins.output.scale * sigmoid(z[at + 3 * units]!);

        const before = t * size + row * units + unit;
        const c = f * cells[before]! + i * candidate;
        cells[before + size] = c;
        hidden[before + size] = o * (pins.linearOutput ? c : tanh(c));
        gates.input[before] = i;
        gates.forget[before] = f;
        gates.candidate[before] = candidate;
        gates.output[before] = o;
      }
    }
  }
  return { hidden, cells, gates };
}

export interface LstmGradients {
  weights: Weights<Numbers>;
  /** dL/dx, [time, batch, inputs] */
  input: Numbers;
  /** dL/dh_0 to dL/dh_time, [time + 1, batch, units] */
  hidden: Numbers;
  /** dL/dc_0 to dL/dc_time, [time + 1, batch, units] */
  cells: Numbers;
}

/** Goes back through time: at each step the gradients of h_t and c_t become those of the gates, of h_{t-1} and c_{t-1}. */
export function lstmBackward(
  problem: Problem<Numbers>,
  learned: LstmGates | undefined,
  { hidden, cells, gates }: LstmStates,
  loss: LossGradients<Numbers>,
): LstmGradients {
  const { sizes, input, weights } = problem;
  const { time, batch, inputs, units } = sizes;
  const pins = lstmPins(learned);
  const size = batch * units;
  const dHidden = zerosLike(input, hidden.length);
  addLoss(dHidden, loss, size);
  const dCells = zerosLike(input, cells.length);
  if (loss.lastCell) dCells.set(loss.lastCell, time * size);
  const dInput = zerosLike(input, input.length);
  const dWeights = zeroWeights(weights);
  const dz = zerosLike(input, 4 * size);

  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      for (let unit = 0; unit < units; unit++) {
        const before = t * size + row * units + unit;
        const now = before + size;
        const i = gates.input[before]!;
        const f = gates.forget[before]!;
        const candidate = gates.candidate[before]!;
        const o = gates.output[before]!;
        const shown = pins.linearOutput ? cells[now]! : tanh(cells[now]!);
        const shownSlope = pins.linearOutput ? 1 : 1 - shown * shown;

        const dh = dHidden[now]!;
        const dc = dCells[now]! + dh * o * shownSlope;
        dCells[now] = dc;
        dCells[before] = dc * f;
        const di = dc * candidate;
        const df = dc * cells[before]! + pins.coupling * di;

        const at = row * 4 * units + unit;
        dz[at] = di * i * (1 - i) * pins.input.scale;
        dz[at + units] = df * f * (1 - f) * pins.forget.scale;
        dz[at + 2 * units] = dc * i * (1 - candidate * candidate);
        dz[at + 3 * units] = dh * shown * o * (1 - o) * pins.output.scale;
      }
    }
    addTransposedProduct(dWeights.kernel, part(input, t, batch * inputs), dz, inputs, batch, 4 * units);
    addTransposedProduct(dWeights.recurrentKernel, part(hidden, t, size), dz, units, batch, 4 * units);
    addRowSum(dWeights.bias, dz, batch, 4 * units);
    addProductTransposed(part(dInput, t, batch * inputs), dz, weights.kernel, batch, 4 * units, inputs);
    addProductTransposed(part(dHidden, t, size), dz, weights.recurrentKernel, batch, 4 * units, units);
  }
  return { weights: dWeights, input: dInput, hidden: dHidden, cells: dCells };
}
