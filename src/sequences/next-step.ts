import type { Random } from './random.ts';
import type { Batch, Task } from './task.ts';

/** Say what comes next, at every step of pieces that are cut out of a long row at random. */
export interface NextStep extends Task {
  /** The pieces that begin at these places of the row, as a batch. */
  piecesAt(starts: readonly number[]): Batch;
}

/**
 * Which number comes next in a row of numbers.
 * @param time steps of a piece
 * @throws RangeError where the row is not longer than a piece
 */
export function nextNumber(row: Float32Array<ArrayBuffer>, time: number): NextStep {
  const piecesAt = (starts: readonly number[]) => {
    const batch = { inputs: new Float32Array(starts.length * time), targets: new Float32Array(starts.length * time) };
    starts.forEach((start, b) => {
      batch.inputs.set(row.subarray(start, start + time), b * time);
      batch.targets.set(row.subarray(start + 1, start + 1 + time), b * time);
    });
    return batch;
  };
  return { time, inputs: 1, outputs: 1, kind: 'number', at: 'every', piecesAt, batch: cutFrom(row, time, piecesAt) };
}

/**
 * Which symbol comes next in a row of symbols, each told by a whole number from 0 and given one-hot.
 * @param symbols how many different ones there are
 * @param time steps of a piece
 * @throws RangeError where the row is not longer than a piece
 */
export function nextSymbol(row: Int32Array<ArrayBuffer>, symbols: number, time: number): NextStep {
  const piecesAt = (starts: readonly number[]) => {
    const steps = starts.length * time;
    const batch = { inputs: new Float32Array(steps * symbols), targets: new Int32Array(steps) };
    starts.forEach((start, b) => {
      batch.targets.set(row.subarray(start + 1, start + 1 + time), b * time);
      for (let t = 0; t < time; t++) batch.inputs[(b * time + t) * symbols + row[start + t]!] = 1;
    });
    return batch;
  };
  const sizes = { time, inputs: symbols, outputs: symbols };
  return { ...sizes, kind: 'class', at: 'every', piecesAt, batch: cutFrom(row, time, piecesAt) };
}

function cutFrom(row: ArrayLike<number>, time: number, piecesAt: NextStep['piecesAt']): Task['batch'] {
  const places = row.length - time;
  if (!(places >= 1))
    throw new RangeError(`pieces of ${time} steps, and what comes next, out of a row of ${row.length}`);
  return (random: Random, size: number) => piecesAt(Array.from({ length: size }, () => random.integer(places)));
}
