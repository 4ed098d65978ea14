import type { Task } from '#src/sequences/task.ts';
import type { Floats } from '#src/recurrent/index.ts';

import type { Trainable } from './model.ts';
import type { Pace } from './pace.ts';
import { largestAt } from './train.ts';
import { tf } from '#tensorflow';

/** Sequences that are looked at between two calls of pace. */
const AT_ONCE = 250;

/**
 * The class that a model gives to each of many sequences, or, where the task asks at several steps, to each of those.
 * @param inputs x, [sequences, time, inputs]
 * @returns [sequences], or [sequences, steps]
 */
export async function classify(model: Trainable, task: Task, inputs: Floats, pace: Pace): Promise<number[]> {
  const size = task.time * task.inputs;
  const classes: number[] = [];
  for (let first = 0; first < inputs.length / size; first += AT_ONCE) {
    await pace();
    const some = inputs.slice(first * size, (first + AT_ONCE) * size);
    const logits = tf.tidy(() =>
      model.predict(tf.tensor3d(some, [some.length / size, task.time, task.inputs]), task.at).dataSync(),
    );
    for (let i = 0; i < logits.length; i += task.outputs) {
      classes.push(largestAt(logits.subarray(i, i + task.outputs)));
    }
  }
  return classes;
}
