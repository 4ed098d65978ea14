import { normal, type Random } from './random.ts';

type Floats = Float32Array<ArrayBuffer>;

/** The mean of some numbers and their standard deviation. */
export interface Scale {
  mean: number;
  deviation: number;
}

/** One course of a system, in standard deviations from the mean. */
export interface Observed {
  truth: Floats;
  /** The truth with the error of every observation in it. */
  seen: Floats;
}

/** Examples to learn from: what came before, and what came next. */
export interface Windows {
  /** The last `history` values that were seen, oldest first, [examples, history] */
  inputs: Floats;
  /** The value after them, as it was seen, [examples] */
  seen: Floats;
  /** The same as it really was, [examples] */
  truth: Floats;
}

export function scaleOf(courses: readonly Float64Array[]): Scale {
  const values = courses.flatMap((course) => [...course]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** @param noise the standard deviation of an observation's error, in standard deviations of what is observed */
export function observe(course: Float64Array, { mean, deviation }: Scale, noise: number, random: Random): Observed {
  const truth = Float32Array.from(course, (value) => (value - mean) / deviation);
  return { truth, seen: truth.map((value) => value + noise * normal(random)) };
}

/**
 * Every value of the courses from index `from` on, each with the `history` values before it.
 * @throws RangeError where the first of them has fewer values than that before it
 */
export function windowsOf(courses: readonly Observed[], history: number, from: number): Windows {
  if (from < history) throw new RangeError(`${history} values before value ${from}: there are only ${from}`);
  const targets = courses.flatMap(({ truth, seen }) =>
    Array.from(truth.subarray(from), (value, i) => ({ seen, at: from + i, truth: value })),
  );
  const windows: Windows = {
    inputs: new Float32Array(targets.length * history),
    seen: Float32Array.from(targets, ({ seen, at }) => seen[at]!),
    truth: Float32Array.from(targets, ({ truth }) => truth),
  };
  targets.forEach(({ seen, at }, i) => windows.inputs.set(seen.subarray(at - history, at), i * history));
  return windows;
}
