import type { Tensor3D } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

import { nextNumber, nextSymbol } from '#src/sequences/next-step.ts';
import { judgeOn } from '#src/training/judge.ts';
import { tf } from '#tensorflow';

/** Models that say of each of the last steps what they are told to. */
const says = (say: (x: Tensor3D) => ReturnType<typeof tf.zeros>) => ({
  predict: (x: Tensor3D, at: unknown) => {
    const [, time] = x.shape;
    return tf.slice(say(x) as Tensor3D, [0, time - (at as number), 0]);
  },
});

test('a judge takes the mean square error after the lead-in, over all pieces', () => {
  const row = Float32Array.of(0, 1, 3, 6, 10, 15, 21, 28);
  const judge = judgeOn(nextNumber(row, 3), [0, 4], 1);
  // Who says that nothing changes is off by 2 and 3 in the one piece, by 6 and 7 in the other.
  expect(judge(says((x) => x))).toBe((4 + 9 + 36 + 49) / 4);
});

test('a judge of symbols takes the mean surprise, in nats', () => {
  const row = Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1);
  const judge = judgeOn(nextSymbol(row, 3, 5), [0, 2], 2);
  expect(judge(says((x) => tf.zeros(x.shape)))).toBeCloseTo(Math.log(3), 6);
  // All but certain that the same symbol comes again, which it never does.
  expect(judge(says((x) => tf.mul(x, 20)))).toBeCloseTo(20, 4);
});

test('a judge keeps no tensor', () => {
  const judge = judgeOn(nextNumber(Float32Array.of(1, 2, 3, 4), 2), [0, 1], 1);
  judge(says((x) => x));
  const before = tf.memory().numTensors;
  judge(says((x) => x));
  expect(tf.memory().numTensors).toBe(before);
});
