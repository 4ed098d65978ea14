import type { Task } from './task.ts';

/**
 * The adding problem (Hochreiter and Schmidhuber 1997), as Arjovsky et al. (2016) set it: two inputs a step, a number from
 * [0, 1) and a marker that is 1 at one step of each half and 0 elsewhere; the target is the sum of the two marked numbers.
 * Answering 1 whatever comes has a mean square error of 1/6.
 * @throws RangeError unless there are at least 2 steps
 */
export function adding(time: number): Task {
  if (!(time >= 2)) throw new RangeError(`adding over ${time} steps: there must be at least 2`);
  const half = Math.floor(time / 2);
  return {
    time,
    inputs: 2,
    outputs: 1,
    kind: 'number',
    at: 'last',
    batch(random, size) {
      const batch = { inputs: new Float32Array(size * time * 2), targets: new Float32Array(size) };
      for (let b = 0; b < size; b++) {
        const at = (t: number) => (b * time + t) * 2;
        for (let t = 0; t < time; t++) batch.inputs[at(t)] = random.uniform(0, 1);
        for (const marked of [random.integer(half), half + random.integer(time - half)]) {
          batch.inputs[at(marked) + 1] = 1;
          batch.targets[b]! += batch.inputs[at(marked)]!;
        }
      }
      return batch;
    },
  };
}
