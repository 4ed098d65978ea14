import type { Floats, Sizes } from './types.ts';

type Extent = Pick<Sizes, 'time' | 'batch'> & {
  features: number;
  /** Whether the sequences are read from their end. */
  reverse: boolean;
};

/** [batch, time, features], as TensorFlow.js has it, to [time, batch, features], as the kernels read it. */
export function toTimeMajor(rows: Floats, extent: Extent): Floats {
  const { time, batch, features, reverse } = extent;
  const swapped = new Float32Array(rows.length);
  let to = 0;
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      const from = (row * time + (reverse ? time - 1 - t : t)) * features;
      for (let feature = 0; feature < features; feature++) swapped[to++] = rows[from + feature]!;
    }
  }
  return swapped;
}

/** The way back: [time, batch, features] to [batch, time, features]. */
export function toBatchMajor(rows: Floats, extent: Extent): Floats {
  const { time, batch, features, reverse } = extent;
  const swapped = new Float32Array(rows.length);
  let from = 0;
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      const to = (row * time + (reverse ? time - 1 - t : t)) * features;
      for (let feature = 0; feature < features; feature++) swapped[to + feature] = rows[from++]!;
    }
  }
  return swapped;
}
