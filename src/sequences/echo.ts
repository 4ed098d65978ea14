import type { Random } from './random.ts';
import type { Task } from './task.ts';

/** Random numbers of mean 0 and variance 1, [length], each independent of all others: nothing but memory tells a past one. */
export function randomNumbers(random: Random, length: number): Float32Array<ArrayBuffer> {
  return random.uniformArray(length, -Math.sqrt(3), Math.sqrt(3));
}

/**
 * Say at each step what came in `lag` steps before, of random numbers: a task of remembering the last of them all, for each is
 * wanted in its turn. Answers are wanted as soon as there is something to say.
 * @throws RangeError unless the sequence is longer than the lag
 */
export function echo(time: number, lag: number): Task {
  if (!(lag >= 0 && time > lag)) throw new RangeError(`an echo after ${lag} steps, of ${time} steps`);
  const answers = time - lag;
  return {
    time,
    inputs: 1,
    outputs: 1,
    kind: 'number',
    at: answers,
    batch(random, size) {
      const inputs = randomNumbers(random, size * time);
      const targets = new Float32Array(size * answers);
      for (let b = 0; b < size; b++) targets.set(inputs.subarray(b * time, b * time + answers), b * answers);
      return { inputs, targets };
    },
  };
}
