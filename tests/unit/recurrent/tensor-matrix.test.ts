import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tensor2D } from '@tensorflow/tfjs-core';

import { tf } from '#tensorflow';

/** Small, and longer than a block of products. */
const side = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 45, max: 100 }));

const matrix = (rows: number, columns: number, from: number): Tensor2D =>
  tf.tensor2d(
    Array.from({ length: rows * columns }, (_, i) => Math.sin(i * i + from) / 3),
    [rows, columns],
  );

test('a product of matrices, each turned or not, is TensorFlow.js’s own, bit for bit', () => {
  fc.assert(
    fc.property(side, side, side, fc.boolean(), fc.boolean(), (rows, inner, columns, turnA, turnB) => {
      tf.tidy(() => {
        const a = turnA ? matrix(inner, rows, 1) : matrix(rows, inner, 1);
        const b = turnB ? matrix(columns, inner, 2) : matrix(inner, columns, 2);
        const product = tf.matMul(a, b, turnA, turnB);
        expect(product.shape).toEqual([rows, columns]);
        // A batch of one matrix goes through TensorFlow.js's own kernel.
        const own = tf.matMul(tf.expandDims(a, 0), tf.expandDims(b, 0), turnA, turnB);
        expect(product.dataSync()).toEqual(own.dataSync());
      });
    }),
  );
});

test('the sum over the rows of a matrix is TensorFlow.js’s own, bit for bit', () => {
  fc.assert(
    fc.property(side, side, (rows, columns) => {
      tf.tidy(() => {
        const x = matrix(rows, columns, 3);
        const sums = tf.sum(x, 0);
        expect(sums.shape).toEqual([columns]);
        expect(sums.dataSync()).toEqual(tf.sum(tf.transpose(x), 1).dataSync());
      });
    }),
  );
});

test('sums of whole numbers, over columns and over everything are as they were', () => {
  tf.tidy(() => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    expect([...tf.sum(x, 1).dataSync()]).toEqual([6, 15]);
    expect(tf.sum(x, 0, true).shape).toEqual([1, 3]);
    expect(tf.sum(x).dataSync()[0]).toBe(21);
    const whole = tf.sum(tf.cast(x, 'int32'), 0);
    expect(whole.dtype).toBe('int32');
    expect([...whole.dataSync()]).toEqual([5, 7, 9]);
  });
});
