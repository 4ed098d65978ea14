import type { Tensor3D } from '@tensorflow/tfjs-core';

import { tf } from '#tensorflow';

/**
 * So many steps of each sequence from step `first`, counted from 0: [batch, steps, width] out of [batch, time, width]. By hand:
 * TensorFlow.js's own slice, and its gradient more so, would cost a small model as much as all its layers.
 */
export function someSteps(sequences: Tensor3D, first: number, steps: number): Tensor3D {
  const [batch, time, width] = sequences.shape;
  const [start, part, whole] = [first * width, steps * width, time * width];
  const take = tf.customGrad((x) => {
    const values = (x as Tensor3D).dataSync();
    const taken = new Float32Array(batch * part);
    for (let b = 0; b < batch; b++) {
      const from = b * whole + start;
      taken.set(values.subarray(from, from + part), b * part);
    }
    const gradFunc = (dy: Tensor3D) => {
      const gradients = dy.dataSync();
      const all = new Float32Array(batch * whole);
      for (let b = 0; b < batch; b++) all.set(gradients.subarray(b * part, (b + 1) * part), b * whole + start);
      return tf.tensor3d(all, sequences.shape);
    };
    return { value: tf.tensor3d(taken, [batch, steps, width]), gradFunc };
  });
  return take(sequences) as Tensor3D;
}

/** The last so many steps of each sequence. */
export const lastSteps = (sequences: Tensor3D, steps: number): Tensor3D =>
  someSteps(sequences, sequences.shape[1] - steps, steps);
