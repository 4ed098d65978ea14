import type { Tensor3D } from '@tensorflow/tfjs-core';

import { tf } from '#tensorflow';

/**
 * The last so many steps of each sequence, [batch, steps, width] out of [batch, time, width]. By hand: TensorFlow.js's own
 * slice, and its gradient more so, would cost a small model as much as all its layers.
 */
export function lastSteps(sequences: Tensor3D, steps: number): Tensor3D {
  const [batch, time, width] = sequences.shape;
  const [part, whole] = [steps * width, time * width];
  const take = tf.customGrad((x) => {
    const values = (x as Tensor3D).dataSync();
    const last = new Float32Array(batch * part);
    for (let b = 0; b < batch; b++) last.set(values.subarray((b + 1) * whole - part, (b + 1) * whole), b * part);
    const gradFunc = (dy: Tensor3D) => {
      const gradients = dy.dataSync();
      const all = new Float32Array(batch * whole);
      for (let b = 0; b < batch; b++) all.set(gradients.subarray(b * part, (b + 1) * part), (b + 1) * whole - part);
      return tf.tensor3d(all, sequences.shape);
    };
    return { value: tf.tensor3d(last, [batch, steps, width]), gradFunc };
  });
  return take(sequences) as Tensor3D;
}
