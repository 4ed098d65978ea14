import type { Random } from './random.ts';
import type { Task } from './task.ts';

export interface RecallOptions {
  /** From the first symbol to the answer, in steps. */
  time: number;
  /** K, the number of symbols that may have to be recalled. */
  symbols: number;
  /** What stands between: nothing at all; symbols from as many others; or the very symbols that may have to be recalled. */
  filler: 'blank' | 'distractors' | 'lookalikes';
  /** The share of the steps between that have such a symbol; the others are blank. 1 unless given. */
  noise?: number;
}

/**
 * What is seen at each step of a sequence: a symbol from 0 to K - 1, a distractor of another kind from K on, or null for
 * nothing. The first is to be recalled.
 */
export function recallSequence(
  random: Random,
  { time, symbols, filler, noise = 1 }: RecallOptions,
): [number, ...(number | null)[]] {
  const sequence: [number, ...(number | null)[]] = [random.integer(symbols)];
  while (sequence.length < time) {
    const isBlank = filler === 'blank' || (noise < 1 && random.uniform(0, 1) >= noise);
    sequence.push(isBlank ? null : (filler === 'lookalikes' ? 0 : symbols) + random.integer(symbols));
  }
  return sequence;
}

/**
 * Delayed recall: which of K symbols stood at the first step? One-hot inputs; a task of remembering and nothing else.
 * @throws RangeError unless there are at least two symbols and one step
 */
export function recall(options: RecallOptions): Task {
  const { time, symbols, filler } = options;
  if (!(time >= 1 && symbols >= 2)) {
    throw new RangeError(
      `recall of ${symbols} symbols over ${time} steps: there must be at least 2 symbols and 1 step`,
    );
  }
  const inputs = filler === 'distractors' ? 2 * symbols : symbols;
  return {
    time,
    inputs,
    outputs: symbols,
    kind: 'class',
    at: 'last',
    batch(random, size) {
      const batch = { inputs: new Float32Array(size * time * inputs), targets: new Int32Array(size) };
      for (let b = 0; b < size; b++) {
        const sequence = recallSequence(random, options);
        batch.targets[b] = sequence[0];
        sequence.forEach((seen, t) => {
          if (seen !== null) batch.inputs[(b * time + t) * inputs + seen] = 1;
        });
      }
      return batch;
    },
  };
}
