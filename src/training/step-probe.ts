import type { Variable } from '@tensorflow/tfjs-core';

import type { Floats } from '#src/recurrent/index.ts';
import type { Batch, Task } from '#src/sequences/task.ts';

import type { Trainable } from './model.ts';
import { inputTensor, lossOf } from './train.ts';
import { tf } from '#tensorflow';

/** The gradient of a batch's loss by all of a model's variables. */
export interface WholeGradient {
  /** Of each variable, in their order. */
  parts: Floats[];
  /** The Euclidean norm of all of them together; Infinity or NaN where float32 overflows. */
  norm: number;
}

function lossOn(model: Trainable, task: Task, examples: Batch, batch: number) {
  return lossOf(task, model.predict(inputTensor(task, examples, batch), task.at), examples);
}

export function wholeGradient(model: Trainable, task: Task, examples: Batch, batch: number): WholeGradient {
  const parts = tf.tidy(() => {
    const variables = [...model.variables] as Variable[];
    const { grads } = tf.variableGrads(() => lossOn(model, task, examples, batch), variables);
    return variables.map(({ name }) => grads[name]!.dataSync().slice() as Floats);
  });
  const squares = parts.map((part) => part.reduce((sum, value) => sum + value * value, 0));
  return { parts, norm: Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) };
}

/**
 * The loss of a batch where the model would be after a step against the gradient, for steps of several lengths: of the change of
 * all weights together, as a Euclidean norm. The model stays where it is.
 */
export function lossAlong(
  { parts, norm }: WholeGradient,
  lengths: readonly number[],
  model: Trainable,
  task: Task,
  examples: Batch,
  batch: number,
): number[] {
  const here = model.weights();
  try {
    return lengths.map((length) => {
      const share = norm > 0 ? length / norm : 0;
      model.restore(here.map((values, i) => values.map((value, j) => value - share * parts[i]![j]!)));
      return tf.tidy(() => lossOn(model, task, examples, batch).dataSync()[0]!);
    });
  } finally {
    model.restore(here);
  }
}
