import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import {
  initialWeights,
  type Activation,
  type Floats,
  type Gradients,
  type Pass,
  type Weights,
} from '#src/recurrent/index.ts';
import { createRandom } from '#src/sequences/random.ts';

import type { Engine } from './engine.ts';
import { tf } from '#tensorflow';

/** Which readouts the loss judges: the last step's alone, or the mean of every step's. */
export type LossAt = 'last' | 'every';

/** h_t = activation(x_t W + h_{t-1} U + b), and y_t = h_t v read out of it. */
export interface ReadoutRnn {
  activation: Activation;
  inputs: number;
  units: number;
  weights: Weights;
  /** v, [units, 1] */
  readout: Floats;
}

/** A fresh network. `recurrentScale` multiplies the recurrent kernel; at 1 its spectral radius is near 1. */
export function createReadoutRnn(
  seed: number,
  options: { inputs: number; units: number; recurrentScale: number; activation: Activation },
): ReadoutRnn {
  const { inputs, units, recurrentScale, activation } = options;
  const limit = Math.sqrt(6 / (units + 1));
  return {
    activation,
    inputs,
    units,
    weights: initialWeights('simpleRnn', { inputs, units }, createRandom(seed, 'weights'), { recurrentScale }),
    readout: createRandom(seed, 'readout').uniformArray(units, -limit, limit),
  };
}

/** A random sequence, [length, inputs], of mean 0 and variance 1. Its first steps do not depend on the length. */
export function randomSequence(seed: number, length: number, inputs: number): Floats {
  return createRandom(seed, 'inputs').uniformArray(length * inputs, -Math.sqrt(3), Math.sqrt(3));
}

/**
 * Backpropagation through time (Werbos 1990) in TensorFlow.js: the Euclidean norm of dL/dh_t for every step t, through every
 * path from h_t to the loss. L is the readout itself, y_t = h_t v, of the last step or averaged over all: a loss function on
 * top of the last step's readout would multiply all these gradients by one and the same number.
 * @param sequence x, [length, inputs]
 * @returns norms of steps 1 to length, each summed in float64 from float32 gradients: 0 where all of them underflow, NaN or
 *   Infinity where they, or the hidden states they depend on, overflow
 */
export function hiddenStateGradients(
  { layers }: Engine,
  network: ReadoutRnn,
  sequence: Floats,
  lossAt: LossAt,
): Float64Array {
  const { inputs, units, weights, activation } = network;
  let norms = new Float64Array();
  let unknown = 0;
  const observer = {
    // The slope of ReLU at a state that overflowed is anybody's guess; the identity has the same slope everywhere.
    onForward: (pass: Pick<Pass, 'hidden'>) => {
      if (activation === 'relu')
        unknown = Math.ceil((1 + pass.hidden().findLastIndex((h) => !Number.isFinite(h))) / units);
    },
    onBackward: (gradients: Gradients) => void (norms = normsOf(gradients.hidden(), units)),
  };
  tf.tidy(() => {
    const x = tf.tensor3d(sequence, [1, sequence.length / inputs, inputs]);
    const v = tf.tensor2d(network.readout, [units, 1]);
    const W = tf.tensor2d(weights.kernel, [inputs, units]);
    const b = tf.tensor1d(weights.bias);
    const loss = (U: Tensor) => {
      const layer = { kernel: W, recurrentKernel: U as Tensor2D, bias: b };
      const { hidden, sequence } = layers.simpleRnn(x, layer, { activation, sequences: true, observer });
      const judged: Tensor = lossAt === 'last' ? hidden : tf.mean(sequence, 1);
      return tf.sum(tf.matMul(judged, v));
    };
    // The tape hands out dL/dU; dL/dh_t of every step, which go into it, come by the observer.
    tf.grad(loss)(tf.tensor2d(weights.recurrentKernel, [units, units]));
  });
  return norms.fill(NaN, 0, unknown);
}

/** The Euclidean norm of each step's row of [time, units]. */
function normsOf(gradients: Floats, units: number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: gradients.length / units }, (_, t) =>
    Math.sqrt(gradients.subarray(t * units, (t + 1) * units).reduce((sum, value) => sum + value * value, 0)),
  );
}
