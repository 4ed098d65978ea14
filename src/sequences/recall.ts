import type { Task } from './task.ts';

export interface RecallOptions {
  /** From the first symbol to the answer, in steps. */
  time: number;
  /** K, the number of symbols that may have to be recalled. */
  symbols: number;
  /** What stands between: nothing at all, or symbols from as many others. */
  filler: 'blank' | 'distractors';
}

/**
 * Delayed recall: which of K symbols stood at the first step? One-hot inputs; a task of remembering and nothing else.
 * @throws RangeError unless there are at least two symbols and one step
 */
export function recall({ time, symbols, filler }: RecallOptions): Task {
  if (!(time >= 1 && symbols >= 2)) {
    throw new RangeError(
      `recall of ${symbols} symbols over ${time} steps: there must be at least 2 symbols and 1 step`,
    );
  }
  const inputs = filler === 'blank' ? symbols : 2 * symbols;
  return {
    time,
    inputs,
    outputs: symbols,
    kind: 'class',
    at: 'last',
    batch(random, size) {
      const batch = { inputs: new Float32Array(size * time * inputs), targets: new Int32Array(size) };
      for (let b = 0; b < size; b++) {
        const at = (t: number) => (b * time + t) * inputs;
        const symbol = random.integer(symbols);
        batch.targets[b] = symbol;
        batch.inputs[at(0) + symbol] = 1;
        if (filler === 'blank') continue;
        for (let t = 1; t < time; t++) batch.inputs[at(t) + symbols + random.integer(symbols)] = 1;
      }
      return batch;
    },
  };
}
