/** A small cell and its readout as plain numbers: what a page is handed, and lets read again after a change by hand. */
import type { Floats, Weights } from '#src/recurrent/index.ts';
import type { SmallNetwork } from '#src/training/small-recipe.ts';

import { shortFloats } from './short-floats.ts';

/** A network as plain numbers, before any change by hand; n is the number of gates: 1 for the simple cell, 4 for LSTM. */
export interface PlainNetwork {
  /** W, [inputs, n units]; U, [units, n units]; b, [n units]: flat, row by row. */
  W: number[];
  U: number[];
  b: number[];
  /** y = h v + c, of a network that has a readout: v, [units], and c. */
  v: number[] | null;
  c: number;
}

/** A network's numbers, each as short as it is exact. */
export function plainNetwork({
  weights,
  readout,
  readoutBias,
}: Pick<SmallNetwork, 'weights'> & Partial<SmallNetwork>): PlainNetwork {
  return {
    W: shortFloats(weights.kernel),
    U: shortFloats(weights.recurrentKernel),
    b: shortFloats(weights.bias),
    v: readout ? shortFloats(readout) : null,
    c: shortFloats([readoutBias ?? 0])[0]!,
  };
}

export const weightsOf = ({ W, U, b }: Pick<PlainNetwork, 'W' | 'U' | 'b'>): Weights => ({
  kernel: Float32Array.from(W),
  recurrentKernel: Float32Array.from(U),
  bias: Float32Array.from(b),
});

/** y = h v + c of every row of hidden states. */
export function answersOf(hidden: Floats, v: readonly number[], c: number): Floats {
  return Float32Array.from({ length: hidden.length / v.length }, (_, row) =>
    v.reduce((sum, weight, unit) => sum + weight * hidden[row * v.length + unit]!, c),
  );
}

/** A flat array as rows of so many numbers. */
export function rowsOf(values: Floats, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    shortFloats(values.subarray(row * columns, (row + 1) * columns)),
  );
}
