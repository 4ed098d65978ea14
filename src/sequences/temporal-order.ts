import type { Random } from './random.ts';
import type { Task } from './task.ts';

/** The symbols, one-hot in this order: X and Y decide, a to d are distractors, and one begins and one ends each sequence. */
export const symbols = ['begin', 'end', 'a', 'b', 'c', 'd', 'X', 'Y'] as const;

const DISTRACTORS = 4;
const FIRST_DISTRACTOR = symbols.indexOf('a');
const X = symbols.indexOf('X');

/** Where the two that decide may stand, in hundredths of the length, as in the original at length 100. */
const FIRST_AT = [10, 20] as const;
const SECOND_AT = [50, 60] as const;

/**
 * The temporal order problem 3a (Hochreiter and Schmidhuber 1997), at one length for all: two symbols, each X or Y, stand
 * far apart among distractors, the first between a tenth and a fifth of the way, the second between a half and three fifths.
 * The class is which two they were, in their order: XX, XY, YX or YY.
 * @throws RangeError unless there are at least 10 steps
 */
export function temporalOrder(time: number): Task {
  if (!(time >= 10)) throw new RangeError(`temporal order over ${time} steps: there must be at least 10`);
  const inputs = symbols.length;
  return {
    time,
    inputs,
    outputs: 4,
    kind: 'class',
    at: 'last',
    batch(random, size) {
      const batch = { inputs: new Float32Array(size * time * inputs), targets: new Int32Array(size) };
      for (let b = 0; b < size; b++) {
        const sequence = Array.from({ length: time }, () => FIRST_DISTRACTOR + random.integer(DISTRACTORS));
        sequence[0] = symbols.indexOf('begin');
        sequence[time - 1] = symbols.indexOf('end');
        for (const between of [FIRST_AT, SECOND_AT]) {
          const which = random.integer(2);
          sequence[placeIn(between, time, random)] = X + which;
          batch.targets[b] = 2 * batch.targets[b]! + which;
        }
        sequence.forEach((symbol, t) => (batch.inputs[(b * time + t) * inputs + symbol] = 1));
      }
      return batch;
    },
  };
}

/** A step between two hundredths of the way, both ends included. */
function placeIn([low, high]: readonly [number, number], time: number, random: Random): number {
  const from = Math.ceil((low * time) / 100);
  const to = Math.floor((high * time) / 100);
  return from + random.integer(to - from + 1);
}
