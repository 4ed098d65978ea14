import type { Floats } from './types.ts';

/** Part of every step: `features` numbers of each sequence. */
export interface Slice {
  time: number;
  batch: number;
  features: number;
  /** numbers from one quad to the next */
  quadStep: number;
  /** numbers from one step's quads to the next step's */
  step: number;
  /** which of the step's columns comes first */
  column: number;
}

/** Copies rows [time, batch, features] into quads [time][columns / 4][batch][4]. */
export function rowsToQuads(
  quads: Floats,
  rows: Floats,
  { time, batch, features, quadStep, step, column }: Slice,
): void {
  let from = 0;
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      for (let feature = column; feature < column + features; feature++) {
        quads[t * step + (feature >> 2) * quadStep + row * 4 + (feature & 3)] = rows[from++]!;
      }
    }
  }
}

/** Copies quads [time][columns / 4][batch][4] out into rows [time, batch, features]. */
export function quadsToRows(quads: Floats, { time, batch, features, quadStep, step, column }: Slice): Floats {
  const rows = new Float32Array(time * batch * features);
  let to = 0;
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      for (let feature = column; feature < column + features; feature++) {
        rows[to++] = quads[t * step + (feature >> 2) * quadStep + row * 4 + (feature & 3)]!;
      }
    }
  }
  return rows;
}
