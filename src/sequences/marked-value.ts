import type { Task } from './task.ts';

/** How likely a step after the first is to be marked. */
const MARKED = 0.25;

/**
 * Keep what was marked: each step has a value, -1 or 1, and a mark, 0 or 1, and at each step the value that came with the last
 * mark is wanted. The first step is always marked. Inputs are the value and the mark.
 */
export function markedValue(time: number): Task {
  return {
    time,
    inputs: 2,
    outputs: 1,
    kind: 'number',
    at: 'every',
    batch(random, size) {
      const inputs = new Float32Array(size * time * 2);
      const targets = new Float32Array(size * time);
      for (let step = 0; step < size * time; step++) {
        const value = 2 * random.integer(2) - 1;
        const marked = step % time === 0 || random.uniform(0, 1) < MARKED;
        inputs[2 * step] = value;
        inputs[2 * step + 1] = marked ? 1 : 0;
        targets[step] = marked ? value : targets[step - 1]!;
      }
      return { inputs, targets };
    },
  };
}
