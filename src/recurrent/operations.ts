import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

import { gateCounts } from './check.ts';
import type { Kernels } from './kernels.ts';
import { register, runKernel, type Inputs, type Observer } from './operation-kernel.ts';
import { engine } from '#recurrent/tensorflow';
import type { Activation, Cell, GruGates, LstmGates, Sizes } from './types.ts';

export interface TensorWeights {
  /** W, [inputs, n units]; n is 1 for the simple cell, 4 for LSTM, 3 for GRU */
  kernel: Tensor2D;
  /** U, [units, n units] */
  recurrentKernel: Tensor2D;
  /** b, [n units]; for GRU [2, 3 units] */
  bias: Tensor1D | Tensor2D;
}

export interface LayerOptions<Sequences extends boolean = boolean> {
  /** h_0, [batch, units]; zeros unless given. */
  initialHidden?: Tensor2D;
  /** Whether to put out every step's hidden state too. */
  sequences?: Sequences;
  /** Whether to read each sequence from its end; the hidden states come out in the order of the input all the same. */
  reverse?: boolean;
  observer?: Observer;
}

export interface LstmOptions<Sequences extends boolean = boolean> extends LayerOptions<Sequences> {
  /** c_0, [batch, units]; zeros unless given. */
  initialCell?: Tensor2D;
  /** Gates to pin or remove; all are learned unless given. */
  gates?: LstmGates;
}

export interface GruOptions<Sequences extends boolean = boolean> extends LayerOptions<Sequences> {
  /** Gates to pin; all are learned unless given. */
  gates?: GruGates;
}

export interface SimpleRnnOptions<Sequences extends boolean = boolean> extends LayerOptions<Sequences> {
  /** 'tanh' unless given. */
  activation?: Activation;
}

export type LayerOutput<Sequences extends boolean> = {
  /** h of the last step, [batch, units] */
  hidden: Tensor2D;
} & (Sequences extends true ? { /** h of every step, [batch, time, units] */ sequence: Tensor3D } : unknown);

export type LstmOutput<Sequences extends boolean> = LayerOutput<Sequences> & {
  /** c of the last step, [batch, units] */
  cell: Tensor2D;
};

/** Recurrent layers over x, [batch, time, inputs], float32, differentiable by every tensor that goes in. */
export interface RecurrentOperations {
  simpleRnn<S extends boolean = false>(
    x: Tensor3D,
    weights: TensorWeights,
    options?: SimpleRnnOptions<S>,
  ): LayerOutput<S>;
  lstm<S extends boolean = false>(x: Tensor3D, weights: TensorWeights, options?: LstmOptions<S>): LstmOutput<S>;
  gru<S extends boolean = false>(x: Tensor3D, weights: TensorWeights, options?: GruOptions<S>): LayerOutput<S>;
}

/** @throws TypeError unless the tensor is float32, RangeError unless it has the shape; -1 stands for any size from 1 */
function checkTensor(
  layer: string,
  name: string,
  tensor: Tensor,
  names: readonly string[],
  shape: readonly number[],
): void {
  const wanted = names.map((axis, i) => (shape[i] === -1 ? axis : `${axis} ${shape[i]}`)).join(', ');
  const told = `${layer}: ${name} is ${tensor.dtype} of shape [${tensor.shape}]; it must be float32 of shape [${wanted}]`;
  if (tensor.dtype !== 'float32') throw new TypeError(told);
  const fits = shape.every((size, i) => (size === -1 ? (tensor.shape[i] ?? 0) > 0 : tensor.shape[i] === size));
  if (tensor.rank !== shape.length || !fits)
    throw new RangeError(`${told}${tensor.size === 0 ? ', none of them 0' : ''}`);
}

/** What the tensors say of the sizes. @throws TypeError or RangeError where they do not fit together */
function sizesOf(layer: string, kind: Cell['kind'], { x, ...weights }: Inputs): Sizes {
  checkTensor(layer, 'x', x, ['batch', 'time', 'inputs'], [-1, -1, -1]);
  checkTensor(layer, 'recurrentKernel', weights.recurrentKernel, ['units', 'columns'], [-1, -1]);
  const [batch, time, inputs] = x.shape as [number, number, number];
  const units = weights.recurrentKernel.shape[0]!;
  const columns = gateCounts[kind].kernel * units;
  checkTensor(layer, 'recurrentKernel', weights.recurrentKernel, ['units', 'columns'], [units, columns]);
  checkTensor(layer, 'kernel', weights.kernel, ['inputs', 'columns'], [inputs, columns]);
  if (kind === 'gru') checkTensor(layer, 'bias', weights.bias, ['biases', 'columns'], [2, columns]);
  else checkTensor(layer, 'bias', weights.bias, ['columns'], [columns]);
  for (const name of ['initialHidden', 'initialCell'] as const) {
    const state = weights[name];
    if (state) checkTensor(layer, name, state, ['batch', 'units'], [batch, units]);
  }
  return { time, batch, inputs, units };
}

/** @throws Error where TensorFlow.js computes elsewhere */
function checkBackend(layer: string): void {
  const { backendName } = engine();
  if (backendName !== 'cpu') {
    throw new Error(`${layer}: runs on TensorFlow.js's cpu backend only; in use is ${backendName}`);
  }
}

/** The layers as TensorFlow.js operations that run on the given kernels. They need its cpu backend. */
export function recurrentOperations(kernels: Kernels): RecurrentOperations {
  register();

  function run(
    cell: Cell,
    x: Tensor3D,
    weights: TensorWeights,
    options: LayerOptions & Pick<LstmOptions, 'initialCell'>,
  ) {
    const { initialHidden, initialCell, sequences = false, reverse = false, observer = {} } = options;
    // By name: the caller's object may hold more than these, and what goes in must have a gradient.
    const { kernel, recurrentKernel, bias } = weights;
    const states = { ...(initialHidden && { initialHidden }), ...(initialCell && { initialCell }) };
    const inputs: Inputs = { x, kernel, recurrentKernel, bias, ...states };
    const sizes = sizesOf(cell.kind, cell.kind, inputs);
    checkBackend(cell.kind);
    return runKernel(inputs, { kernels, cell, sizes, sequences, reverse, observer });
  }

  return {
    simpleRnn<S extends boolean>(x: Tensor3D, weights: TensorWeights, options: SimpleRnnOptions<S> = {}) {
      const cell: Cell = { kind: 'simpleRnn', activation: options.activation ?? 'tanh' };
      const [hidden, sequence] = run(cell, x, weights, options);
      return { hidden, sequence } as unknown as LayerOutput<S>;
    },
    lstm<S extends boolean>(x: Tensor3D, weights: TensorWeights, options: LstmOptions<S> = {}) {
      const [hidden, cell, sequence] = run({ kind: 'lstm', gates: options.gates }, x, weights, options);
      return { hidden, cell, sequence } as unknown as LstmOutput<S>;
    },
    gru<S extends boolean>(x: Tensor3D, weights: TensorWeights, options: GruOptions<S> = {}) {
      const [hidden, sequence] = run({ kind: 'gru', gates: options.gates }, x, weights, options);
      return { hidden, sequence } as unknown as LayerOutput<S>;
    },
  };
}
