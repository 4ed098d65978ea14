import type { Random } from './random.ts';

/** A batch of sequences and what is wanted of each, float32 and whole numbers. */
export interface Batch {
  /** x, [batch, time, inputs] */
  inputs: Float32Array<ArrayBuffer>;
  /** One class a sequence, [batch], or numbers, [batch, outputs]; of several steps [batch, steps, …]. */
  targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

/** Something to learn: fresh batches without end, all from chance that is handed in. */
export interface Task {
  /** Number of time steps. */
  time: number;
  /** Number of inputs at each step. */
  inputs: number;
  /** Number of classes, or of numbers to predict. */
  outputs: number;
  /** 'class': targets are classes, told by logits. 'number': targets are numbers, told by mean square error. */
  kind: 'class' | 'number';
  /** Where an answer is wanted: at the last step only, at every one, or at so many of the last. */
  at: 'last' | 'every' | number;
  batch(random: Random, size: number): Batch;
}
