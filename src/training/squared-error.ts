import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

import type { Floats } from '#src/recurrent/index.ts';

import { tf } from '#tensorflow';

const { fround } = Math;

/**
 * The mean square error over all numbers. Like `crossEntropy`, it gives the very numbers of TensorFlow.js's own loss, sooner.
 * @param targets of each prediction, in their order
 */
export function squaredError(predictions: Tensor, targets: ArrayLike<number>): Scalar {
  const { shape, size } = predictions;
  const loss = tf.customGrad((x) => {
    const values = (x as Tensor).dataSync() as Floats;
    const errors = new Float32Array(size);
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const error = values[i]! - fround(targets[i]!);
      sum += fround(error * error);
      errors[i] = error;
    }
    const gradFunc = (dy: Scalar) => {
      const share = fround(dy.dataSync()[0]! / size);
      return tf.tensor(
        errors.map((error) => share * 2 * error),
        shape,
      );
    };
    return { value: tf.scalar(fround(sum) / size), gradFunc };
  });
  return loss(predictions) as Scalar;
}
