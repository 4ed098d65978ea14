import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

import {
  initialWeights,
  type Activation,
  type Cell,
  type Floats,
  type InitialWeightsOptions,
  type Weights,
} from '#src/recurrent/index.ts';
import type { Observer } from '#src/recurrent/tensors.ts';
import { noise } from '#src/sequences/number-recall.ts';
import { createRandom } from '#src/sequences/random.ts';

import type { Engine } from './engine.ts';
import { runLayer } from './model.ts';
import { tf } from '#tensorflow';

/** Which readouts the loss judges: the last step's alone, or the mean of every step's. */
export type LossAt = 'last' | 'every';

/** A recurrent layer, and y_t = h_t v, read out of it. */
export interface ReadoutNetwork<C extends Cell = Cell> {
  cell: C;
  inputs: number;
  units: number;
  weights: Weights;
  /** v, [units, 1] */
  readout: Floats;
}

type SimpleCell = Extract<Cell, { kind: 'simpleRnn' }>;

/** h_t = activation(x_t W + h_{t-1} U + b), and y_t = h_t v read out of it. */
export type ReadoutRnn = ReadoutNetwork<SimpleCell>;

type NetworkOptions = InitialWeightsOptions & { inputs: number; units: number };

/** A fresh network, all from the seed. With `recurrentScale` 1 the spectral radius of a simple cell's recurrent kernel is near 1. */
export function createReadoutNetwork<C extends Cell>(
  seed: number,
  cell: C,
  { inputs, units, ...initial }: NetworkOptions,
): ReadoutNetwork<C> {
  const limit = Math.sqrt(6 / (units + 1));
  return {
    cell,
    inputs,
    units,
    weights: initialWeights(cell.kind, { inputs, units }, createRandom(seed, 'weights'), initial),
    readout: createRandom(seed, 'readout').uniformArray(units, -limit, limit),
  };
}

export function createReadoutRnn(
  seed: number,
  { activation, ...options }: NetworkOptions & { activation: Activation },
): ReadoutRnn {
  return createReadoutNetwork(seed, { kind: 'simpleRnn', activation }, options);
}

/** A random sequence, [length, inputs], of mean 0 and variance 1. Its first steps do not depend on the length. */
export function randomSequence(seed: number, length: number, inputs: number): Floats {
  return noise(createRandom(seed, 'inputs'), length * inputs);
}

/**
 * Backpropagation through time (Werbos 1990) in TensorFlow.js, of one sequence: the observer is shown every state on the way
 * and the gradient for each, dL/dh_t and an LSTM's dL/dc_t, through every path from there to the loss. L is the readout
 * itself, y_t = h_t v, of the last step or averaged over all: a loss function on top of the last step's readout would multiply
 * all these gradients by one and the same number.
 * @param sequence x, [length, inputs]
 */
export function backpropagate(
  { layers }: Engine,
  { cell, inputs, units, weights, readout }: ReadoutNetwork,
  sequence: Floats,
  lossAt: LossAt,
  observer: Observer,
): void {
  const columns = weights.kernel.length / inputs;
  tf.tidy(() => {
    const x = tf.tensor3d(sequence, [1, sequence.length / inputs, inputs]);
    const v = tf.tensor2d(readout, [units, 1]);
    const kernel = tf.tensor2d(weights.kernel, [inputs, columns]);
    const bias = tf.tensor(weights.bias, cell.kind === 'gru' ? [2, columns] : [columns]) as Tensor1D | Tensor2D;
    const loss = (U: Tensor) => {
      const layer = { kernel, recurrentKernel: U as Tensor2D, bias };
      const { hidden, sequence } = runLayer(layers, cell, x, layer, { sequences: lossAt === 'every', observer });
      const judged: Tensor = lossAt === 'last' ? hidden : tf.mean(sequence!, 1);
      return tf.sum(tf.matMul(judged, v));
    };
    // The tape hands out dL/dU; the gradients for the states, which go into it, come by the observer.
    tf.grad(loss)(tf.tensor2d(weights.recurrentKernel, [units, columns]));
  });
}

/**
 * The Euclidean norm of dL/dh_t for every step t: see {@link backpropagate}.
 * @returns norms of steps 1 to length, each summed in float64 from float32 gradients: 0 where all of them underflow, NaN or
 *   Infinity where they, or the hidden states they depend on, overflow
 */
export function hiddenStateGradients(
  engine: Engine,
  network: ReadoutNetwork,
  sequence: Floats,
  lossAt: LossAt,
): Float64Array {
  const { cell, units } = network;
  const switches = cell.kind === 'simpleRnn' && cell.activation === 'relu';
  let norms = new Float64Array();
  let unknown = 0;
  backpropagate(engine, network, sequence, lossAt, {
    // The slope of ReLU at a state that overflowed is anybody's guess; the identity has the same slope everywhere.
    onForward(pass) {
      if (switches) unknown = Math.ceil((1 + pass.hidden().findLastIndex((h) => !Number.isFinite(h))) / units);
    },
    onBackward: (gradients) => void (norms = normsOf(gradients.hidden(), units)),
  });
  return norms.fill(NaN, 0, unknown);
}

/** The Euclidean norm of each step's row of [time, units]. */
export function normsOf(states: Floats, units: number): Float64Array<ArrayBuffer> {
  const norms = new Float64Array(states.length / units);
  for (let t = 0, at = 0; t < norms.length; t++) {
    let sum = 0;
    for (const end = at + units; at < end; at++) sum += states[at]! * states[at]!;
    norms[t] = Math.sqrt(sum);
  }
  return norms;
}
