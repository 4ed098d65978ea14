import type { Task } from './task.ts';

export interface CopyingOptions {
  /** N, the number of symbols to be copied. */
  count: number;
  /** How many symbols there are to choose from. */
  alphabet: number;
}

/**
 * Copying: N symbols, one at a step; then a cue; then N blank steps, at the first of which the first symbol is asked for, at
 * the second the second, and so on. One-hot inputs, the cue has one of its own. Until the cue is there all N have to be kept.
 * @throws RangeError unless there is at least one symbol to be copied, out of at least two
 */
export function copying({ count, alphabet }: CopyingOptions): Task {
  if (!(count >= 1 && alphabet >= 2)) {
    throw new RangeError(`copying of ${count} out of ${alphabet} symbols: there must be at least 1 out of 2`);
  }
  const time = 2 * count + 1;
  const inputs = alphabet + 1;
  return {
    time,
    inputs,
    outputs: alphabet,
    kind: 'class',
    at: count,
    batch(random, size) {
      const batch = { inputs: new Float32Array(size * time * inputs), targets: new Int32Array(size * count) };
      for (let b = 0; b < size; b++) {
        const at = (t: number) => (b * time + t) * inputs;
        for (let t = 0; t < count; t++) {
          const symbol = random.integer(alphabet);
          batch.inputs[at(t) + symbol] = 1;
          batch.targets[b * count + t] = symbol;
        }
        batch.inputs[at(count) + alphabet] = 1;
      }
      return batch;
    },
  };
}
