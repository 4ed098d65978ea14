import type { Task } from './task.ts';

/** The two symbols that a pattern is made of, A and B, come first; the others are noise. */
const SIGNALS = 2;
const NOISE = 4;
export const SYMBOLS = SIGNALS + NOISE;

/** AA, AB, BA, BB */
export const PATTERNS = SIGNALS * SIGNALS;

/**
 * Which pattern was it? In a sequence of noise two signals follow each other at some place, and what is asked, at the step at
 * which the second has come, is which two: four classes. One-hot inputs.
 * @param places where the first signal may stand, counted from 0
 * @throws RangeError unless there is a place, and room for both signals at each
 */
export function placedPattern(time: number, places: readonly number[]): Task {
  if (places.length === 0 || places.some((place) => !(place >= 0 && place <= time - 2))) {
    throw new RangeError(`places are ${places.join(', ')}; in ${time} steps they are from 0 to ${time - 2}`);
  }
  return {
    time,
    inputs: SYMBOLS,
    outputs: PATTERNS,
    kind: 'class',
    at: 'last',
    batch(random, size) {
      const batch = { inputs: new Float32Array(size * time * SYMBOLS), targets: new Int32Array(size) };
      for (let b = 0; b < size; b++) {
        const place = places[random.integer(places.length)]!;
        const pattern = random.integer(PATTERNS);
        batch.targets[b] = pattern;
        for (let t = 0; t < time; t++) {
          const noise = SIGNALS + random.integer(NOISE);
          const symbol = t === place ? pattern >> 1 : t === place + 1 ? pattern & 1 : noise;
          batch.inputs[(b * time + t) * SYMBOLS + symbol] = 1;
        }
      }
      return batch;
    },
  };
}

/** The step at which each sequence's pattern has come, counted from 0. @param inputs x, [batch, time, symbols] */
export function patternEnds(inputs: ArrayLike<number>, time: number): number[] {
  return Array.from({ length: inputs.length / (time * SYMBOLS) }, (_, b) => {
    let end = 0;
    for (let t = 0; t < time; t++) {
      for (let signal = 0; signal < SIGNALS; signal++) if (inputs[(b * time + t) * SYMBOLS + signal]) end = t;
    }
    return end;
  });
}

/** So many of the places in a sequence, evenly spread. */
export function spreadPlaces(time: number, count: number): number[] {
  const all = time - 1;
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * all) / count));
}
