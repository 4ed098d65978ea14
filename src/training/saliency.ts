import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';

import type { Batch, Task } from '#src/sequences/task.ts';

import type { Trainable } from './model.ts';
import { inputTensor, lossOf } from './train.ts';
import { tf } from '#tensorflow';

/**
 * How much the loss on each sequence, L, hangs on what is read at each step: the Euclidean norm of dL/dx_t, by
 * backpropagation (Simonyan et al. 2014 call it saliency).
 * @returns norms, [sequences][time]
 */
export function inputSaliency(model: Trainable, task: Task, examples: Batch, sequences: number): number[][] {
  const { time, inputs, at } = task;
  const gradients = tf.tidy(() => {
    const loss = (x: Tensor) => lossOf(task, model.predict(x as Tensor3D, at), examples);
    return tf
      .grad(loss)(inputTensor(task, examples, sequences))
      .dataSync();
  });
  const normAt = (start: number) => {
    let sum = 0;
    for (let i = start; i < start + inputs; i++) sum += gradients[i]! ** 2;
    // The loss is a mean over the sequences; each one's own is that many times as steep.
    return sequences * Math.sqrt(sum);
  };
  return Array.from({ length: sequences }, (_, s) =>
    Array.from({ length: time }, (_, t) => normAt((s * time + t) * inputs)),
  );
}
