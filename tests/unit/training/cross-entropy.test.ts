import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createRandom } from '#src/sequences/random.ts';
import { crossEntropy } from '#src/training/cross-entropy.ts';
import { tf } from '#tensorflow';

function lossAndSlopes(loss: (x: Tensor2D) => Tensor, logits: Float32Array, classes: number) {
  return tf.tidy(() => {
    const x = tf.tensor2d(logits, [logits.length / classes, classes]);
    const { value, grads } = tf.valueAndGrads((x: Tensor) => loss(x as Tensor2D))([x]);
    return [...value.dataSync(), ...grads[0]!.dataSync()].map((number) => number + 0);
  });
}

function withTensorFlow(logits: Float32Array, targets: Int32Array, classes: number) {
  const labels = () => tf.oneHot(tf.tensor1d(targets, 'int32'), classes);
  return lossAndSlopes((x) => tf.losses.softmaxCrossEntropy(labels(), x), logits, classes);
}

test('is TensorFlow.js’s softmax cross-entropy and its gradient, to the last bit', () => {
  const sizes = { rows: fc.integer({ min: 1, max: 40 }), classes: fc.integer({ min: 2, max: 9 }) };
  fc.assert(
    fc.property(
      fc.record({ ...sizes, scale: fc.constantFrom(0, 0.1, 3, 40, 300), seed: fc.nat(1e6) }),
      ({ rows, classes, scale, seed }) => {
        const random = createRandom(seed, 'test');
        const logits = random.uniformArray(rows * classes, -scale, scale);
        const targets = Int32Array.from({ length: rows }, () => random.integer(classes));
        const own = lossAndSlopes((x) => crossEntropy(x, targets), logits, classes);
        expect(own).toEqual(withTensorFlow(logits, targets, classes));
      },
    ),
  );
});

test('is no number where a logit is none', () => {
  const logits = Float32Array.of(1, NaN, 2, 3);
  const targets = Int32Array.of(0, 1);
  const own = lossAndSlopes((x) => crossEntropy(x, targets), logits, 2);
  expect(own[0]).toBeNaN();
  expect(own).toEqual(withTensorFlow(logits, targets, 2));
});

test('leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  lossAndSlopes((x) => crossEntropy(x, [0, 1]), Float32Array.of(1, 2, 3, 4), 2);
  expect(tf.memory().numTensors).toBe(before);
});
