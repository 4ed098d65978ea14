import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createRandom } from '#src/sequences/random.ts';
import { squaredError } from '#src/training/squared-error.ts';
import { tf } from '#tensorflow';

function lossAndSlopes(loss: (x: Tensor) => Tensor, numbers: Float32Array, shape: number[]) {
  return tf.tidy(() => {
    const x = tf.tensor(numbers, shape);
    const { value, grads } = tf.valueAndGrads((x: Tensor) => tf.mul(loss(x), 0.7))([x]);
    expect(grads[0]!.shape).toEqual(shape);
    return [...value.dataSync(), ...grads[0]!.dataSync()].map((number) => number + 0);
  });
}

function expectTheSame(numbers: Float32Array, targets: ArrayLike<number>, shape: number[]) {
  const before = tf.memory().numTensors;
  const theirs = (x: Tensor) => tf.losses.meanSquaredError(tf.tensor(Float32Array.from(targets), shape), x);
  const own = lossAndSlopes((x) => squaredError(x, targets), numbers, shape);
  expect(own).toEqual(lossAndSlopes(theirs, numbers, shape));
  expect(tf.memory().numTensors).toBe(before);
}

test('is TensorFlow.js’s mean square error and its gradient, to the last bit, and leaves no tensor behind', () => {
  const side = fc.integer({ min: 1, max: 20 });
  const shape = fc.oneof(fc.tuple(side, side), fc.tuple(side, side, fc.integer({ min: 1, max: 3 })));
  fc.assert(
    fc.property(
      fc.record({ shape, scale: fc.constantFrom(0, 1e-20, 0.1, 3, 1e6, 1e20), seed: fc.nat(1e6) }),
      ({ shape, scale, seed }) => {
        const random = createRandom(seed, 'test');
        const size = shape.reduce((product, length) => product * length, 1);
        const targets = Array.from({ length: size }, () => random.uniform(-1, 1));
        expectTheSame(random.uniformArray(size, -scale, scale), targets, shape);
      },
    ),
  );
});

test('is no number where an answer is none', () => {
  expectTheSame(Float32Array.of(1, NaN), [2, 3], [2, 1]);
});
