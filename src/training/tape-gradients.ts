import type { Tensor } from '@tensorflow/tfjs-core';

import type { Floats, Weights } from '#src/recurrent/index.ts';
import type { TensorWeights } from '#src/recurrent/tensors.ts';

import type { Engine } from './engine.ts';
import type { ReadoutRnn } from './gradient-probe.ts';
import { runLayer } from './model.ts';
import { tf } from '#tensorflow';

/**
 * The gradients of a network's weights as TensorFlow.js's tape gives them, of one sequence and the readout of its last step,
 * L = h_T v: each the sum of what all time steps have to say.
 * @param sequence x, [length, inputs]
 */
export function tapeGradients(
  { layers }: Engine,
  { cell, inputs, units, weights, readout }: ReadoutRnn,
  sequence: Floats,
): Weights {
  return tf.tidy(() => {
    const x = tf.tensor3d(sequence, [1, sequence.length / inputs, inputs]);
    const v = tf.tensor2d(readout, [units, 1]);
    const loss = (kernel: Tensor, recurrentKernel: Tensor, bias: Tensor) => {
      const layer = { kernel, recurrentKernel, bias } as TensorWeights;
      return tf.sum(tf.matMul(runLayer(layers, cell, x, layer, { sequences: false }).hidden, v));
    };
    const gradients = tf.grads(loss)([
      tf.tensor2d(weights.kernel, [inputs, units]),
      tf.tensor2d(weights.recurrentKernel, [units, units]),
      tf.tensor1d(weights.bias),
    ]);
    const [kernel, recurrentKernel, bias] = gradients.map((gradient) => gradient.dataSync().slice() as Floats);
    return { kernel: kernel!, recurrentKernel: recurrentKernel!, bias: bias! };
  });
}
