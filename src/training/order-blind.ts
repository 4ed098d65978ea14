import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

import { createRandom } from '#src/sequences/random.ts';
import type { Task } from '#src/sequences/task.ts';

import { trainableOf, variableOf, type Trainable } from './model.ts';
import { tf } from '#tensorflow';

/**
 * A model that counts what is in a sequence, and does not see where: the inputs of all steps are added up, c = Σ x_t, and a
 * dense layer of as many tanh units as asked for, h = tanh(cW + b), and a dense readout make of the sum the answer. Its variables
 * are the kernel, [inputs, units], and bias of the one and the kernel, [units, outputs], and bias of the other; weights are
 * Glorot-uniform, all from the seed.
 */
export function createOrderBlindModel(
  { inputs, outputs }: Pick<Task, 'inputs' | 'outputs'>,
  seed: number,
  units: number,
): Trainable {
  const random = createRandom(seed, 'order-blind weights');
  const glorot = (rows: number, columns: number) => {
    const limit = Math.sqrt(6 / (rows + columns));
    return variableOf(random.uniformArray(rows * columns, -limit, limit), [rows, columns]);
  };
  const kernel = glorot(inputs, units);
  const bias = variableOf(new Float32Array(units), [units]);
  const readoutKernel = glorot(units, outputs);
  const readoutBias = variableOf(new Float32Array(outputs), [outputs]);

  return trainableOf([kernel, bias, readoutKernel, readoutBias], (x) =>
    tf.tidy(() => {
      const counts = summedOverTime(x);
      const hidden = tf.tanh(tf.add(tf.matMul(counts, kernel as Tensor), bias));
      return tf.add(tf.matMul(hidden, readoutKernel as Tensor), readoutBias);
    }),
  );
}

/** c = Σ x_t, [batch, inputs], of x, [batch, time, inputs]. By hand: TensorFlow.js would turn the whole tensor around first. */
function summedOverTime(x: Tensor3D): Tensor2D {
  const [batch, time, inputs] = x.shape;
  const values = x.dataSync();
  const sums = new Float32Array(batch * inputs);
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < time * inputs; i++) sums[b * inputs + (i % inputs)]! += values[b * time * inputs + i]!;
  }
  return tf.tensor2d(sums, [batch, inputs]);
}
