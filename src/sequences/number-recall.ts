import type { Random } from './random.ts';
import type { Task } from './task.ts';

/** `count` random numbers of mean 0 and variance 1, uniformly distributed. */
export function noise(random: Random, count: number): Float32Array<ArrayBuffer> {
  return random.uniformArray(count, -Math.sqrt(3), Math.sqrt(3));
}

/**
 * Recall of a number: two random numbers a step, and the target is the first of the very first step. What has to be kept looks
 * like all that comes after it. Answering 0 whatever comes has a mean square error of 1.
 * @param time number of steps, the first and the one of the answer among them
 */
export function numberRecall(time: number): Task {
  const inputs = 2;
  return {
    time,
    inputs,
    outputs: 1,
    kind: 'number',
    at: 'last',
    batch(random, size) {
      const x = noise(random, size * time * inputs);
      return { inputs: x, targets: Float32Array.from({ length: size }, (_, b) => x[b * time * inputs]!) };
    },
  };
}
