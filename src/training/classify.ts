import type { Task } from '#src/sequences/task.ts';
import type { Floats } from '#src/recurrent/index.ts';

import type { Trainable } from './model.ts';
import type { Pace } from './pace.ts';
import { largestAt } from './train.ts';
import { tf } from '#tensorflow';

/** Sequences that are looked at between two calls of pace. */
const AT_ONCE = 250;

/**
 * The class that a model gives to each of many sequences.
 * @param inputs x, [sequences, time, inputs]
 */
export async function classify(model: Trainable, task: Task, inputs: Floats, pace: Pace): Promise<number[]> {
  const size = task.time * task.inputs;
  const classes: number[] = [];
  while (classes.length < inputs.length / size) {
    await pace();
    const some = inputs.slice(classes.length * size, (classes.length + AT_ONCE) * size);
    const logits = tf.tidy(() =>
      model.predict(tf.tensor3d(some, [some.length / size, task.time, task.inputs]), 'last').dataSync(),
    );
    for (let i = 0; i < some.length / size; i++) {
      classes.push(largestAt(logits.subarray(i * task.outputs, (i + 1) * task.outputs)));
    }
  }
  return classes;
}
