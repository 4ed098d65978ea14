import type { FormName, Work } from './sequential-cost-forms.ts';
import type { Spread } from './stopwatch.ts';

/** What was measured, and what follows from it: for the picture, too, without a model. */

/** What of a form was counted and measured, length by length. */
export interface FormResult {
  work: Work[];
  /** Milliseconds. */
  times: Spread[];
}

export interface SequentialCostResult {
  /** As the browser tells; null where it does not. */
  cores: number | null;
  /** How far apart two readings of this machine's clock are, in milliseconds. */
  tick: number;
  /** Rounds that are over. */
  rounds: number;
  lengths: number[];
  forms: Record<FormName, FormResult>;
  /** Milliseconds for each of several sequences of `length` steps that are read at once. */
  batches: { length: number; sizes: number[]; chain: Spread[]; convolution: Spread[] };
}

/** A straight line through the fastest times, by least squares. */
export interface Line {
  /** Milliseconds a step. */
  slope: number;
  intercept: number;
  /** The share of the times' variance that the line accounts for. */
  r2: number;
}

export function lineThrough(lengths: readonly number[], times: readonly Spread[]): Line {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const y = times.map(({ fastest }) => fastest);
  const [middleX, middleY] = [mean(lengths), mean(y)];
  const slope =
    mean(lengths.map((x, i) => (x - middleX) * (y[i]! - middleY))) / mean(lengths.map((x) => (x - middleX) ** 2));
  const intercept = middleY - slope * middleX;
  const left = mean(lengths.map((x, i) => (y[i]! - intercept - slope * x) ** 2));
  return { slope, intercept, r2: 1 - left / mean(y.map((value) => (value - middleY) ** 2)) };
}

/**
 * From the measured pieces, the milliseconds in which so many workers could take in the longest sequence, if handing work over
 * cost nothing: at least as long as the line of steps that wait for each other, and as each worker's share of all; and at most
 * what Brent (1974) gives for any schedule that leaves no worker idle while there is work.
 */
export function withWorkers({ lengths, forms: measured }: SequentialCostResult, form: FormName, workers: number) {
  const last = lengths.length - 1;
  const { total, inARow } = measured[form].work[last]!;
  const alone = measured[form].times[last]!.fastest;
  // A step that waits for the one before takes as long as a step of the chain does.
  const waiting = (inARow * measured.chain.times[last]!.fastest) / lengths[last]!;
  const atMost = (alone * (1 - inARow / total)) / workers + waiting;
  return { atLeast: Math.min(atMost, Math.max(alone / workers, waiting)), atMost };
}

/** How many workers are looked at. */
export const workerCounts = Array.from({ length: 11 }, (_, power) => 2 ** power);

export const writeTime = (milliseconds: number) =>
  milliseconds < 0.1
    ? `${Number((1000 * milliseconds).toPrecision(2))} µs`
    : `${Number(milliseconds.toPrecision(2))} ms`;
