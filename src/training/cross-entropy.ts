import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';

import type { Floats } from '#src/recurrent/index.ts';
import { exp, log } from '#src/recurrent/math.ts';

import { tf } from '#tensorflow';

const { fround } = Math;

/**
 * Softmax cross-entropy of classes, the mean over all rows. It gives the very numbers of TensorFlow.js's own loss, which computes
 * in float32 step by step, many times sooner: that one spreads over a dozen operations, each with a tensor to fill.
 * @param logits [rows, classes]
 * @param targets the class of each row
 */
export function crossEntropy(logits: Tensor2D, targets: ArrayLike<number>): Scalar {
  const [rows, classes] = logits.shape;
  const loss = tf.customGrad((x) => {
    const logs = logarithms((x as Tensor2D).dataSync() as Floats, classes);
    let sum = 0;
    for (let row = 0; row < rows; row++) sum -= logs[row * classes + targets[row]!]!;
    const gradFunc = (dy: Scalar) => {
      const share = fround(dy.dataSync()[0]! / rows);
      const slopes = logs.map((value) => fround(exp(value)));
      for (let row = 0; row < rows; row++) slopes[row * classes + targets[row]!]! -= 1;
      return tf.tensor2d(
        slopes.map((slope) => share * slope),
        [rows, classes],
      );
    };
    return { value: tf.scalar(fround(sum) / rows), gradFunc };
  });
  return loss(logits) as Scalar;
}

/** The logarithm of each row's softmax, [rows, classes]. */
function logarithms(logits: Floats, classes: number): Floats {
  const logs = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    let largest = -Infinity;
    for (let i = start; i < start + classes; i++) largest = Math.max(largest, logits[i]!);
    let sum = 0;
    for (let i = start; i < start + classes; i++) sum += fround(exp(fround(logits[i]! - largest)));
    const all = fround(largest + fround(log(fround(sum))));
    for (let i = start; i < start + classes; i++) logs[i] = logits[i]! - all;
  }
  return logs;
}
