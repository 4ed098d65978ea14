import type { Random } from './random.ts';

/** A batch of sequences and what is wanted of each, float32 and whole numbers. */
export interface Batch {
  /** x, [batch, time, inputs] */
  inputs: Float32Array<ArrayBuffer>;
  /** One class a sequence, [batch], or numbers, [batch, outputs]; of several steps [batch, steps, …]. */
  targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

/** What a model has to know of the sequences that it is to learn. */
export interface Shape {
  /** Number of time steps; of a stream, in a chunk of it. */
  time: number;
  /** Number of inputs at each step. */
  inputs: number;
  /** Number of classes, or of numbers to predict. */
  outputs: number;
  /** 'class': targets are classes, told by logits. 'number': targets are numbers, told by mean square error. */
  kind: 'class' | 'number';
  /** Where an answer is wanted: at the last step only, at every one, or at so many of the last. */
  at: 'last' | 'every' | number;
}

/** Something to learn: fresh batches without end, all from chance that is handed in. */
export interface Task extends Shape {
  batch(random: Random, size: number): Batch;
}

/** Something to learn from sequences without end, which are read chunk by chunk: each goes on where the last one ended. */
export interface Stream extends Shape {
  /** Begins `size` of them. Each call of what comes back gives the next chunk of all. */
  begin(random: Random, size: number): () => Batch;
}
