import { quantileOfSorted } from './quantile.ts';
import { timesAsLarge } from './words.ts';

/** float32: its largest number, its smallest with all digits, and the share below which a step cannot shrink a norm. */
const LARGEST = 3.4028234663852886e38;
const SMALLEST_NORMAL = 1.1754943508222875e-38;
const NEAR_THE_FLOOR = 1e-35;

/**
 * What float32 did to a gradient: nothing; cost it digits, below the smallest normal number; lost it, below the smallest
 * of all; or had no number large enough. `blocked` is no matter of digits: no unit lets anything through.
 */
export type Mark = 'fine' | 'subnormal' | 'underflow' | 'blocked' | 'overflow';

/** What one network's gradient is at each step, first to last, beside what it is compared with; null where either overflows. */
export interface OverTime {
  relative: (number | null)[];
}

/** One network's gradient, relative to the last step's. Arrays run over the time steps, first to last. */
export interface GradientOverTime extends OverTime {
  /** ‖dL/dh_t‖; null where it passed the largest float32. */
  norms: (number | null)[];
  marks: Mark[];
}

/** Over networks, step by step: the median, and what nine in ten are above and below. */
export interface Quantiles {
  median: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

/** The norms that float32 can hold; null for those that passed its largest number. */
export function withinFloat32(norms: Float64Array): (number | null)[] {
  return Array.from(norms, (norm) => (norm <= LARGEST ? norm : null));
}

/** Marks measured norms; `norms` are of steps 1 to length, NaN or infinite where float32 overflowed. */
export function gradientOverTime(norms: Float64Array): GradientOverTime {
  const known = withinFloat32(norms);
  const atLast = known.at(-1) ?? null;
  return {
    norms: known,
    relative: known.map((norm) => (norm === null || !atLast ? null : norm / atLast)),
    marks: marksOf(known),
  };
}

function marksOf(norms: (number | null)[]): Mark[] {
  const marks: Mark[] = [];
  let later: number | null | undefined;
  for (const norm of norms.toReversed()) {
    marks.push(markOf(norm, later));
    if (norm !== 0) later = norm;
  }
  return marks.reverse();
}

/** @param later the nearest later norm that is not zero: a zero is an underflow only where the signal was faint before */
function markOf(norm: number | null, later: number | null | undefined): Mark {
  if (norm === null) return 'overflow';
  if (norm === 0) return later && later < NEAR_THE_FLOOR ? 'underflow' : 'blocked';
  return norm < SMALLEST_NORMAL ? 'subnormal' : 'fine';
}

/**
 * A quantile over networks of the relative norm, step by step, between the two nearest where it falls between networks;
 * null, which counts as largest, where it overflows.
 * @param share 0 for the least, 0.5 for the median, 1 for the largest
 */
export function quantileOverNetworks(networks: readonly OverTime[], share: number): (number | null)[] {
  return quantilesOverNetworks(networks, [share])[0]!;
}

/** Several such quantiles: the networks of a step are sorted once for all. */
function quantilesOverNetworks(networks: readonly OverTime[], shares: readonly number[]): (number | null)[][] {
  const quantiles: (number | null)[][] = shares.map(() => []);
  const values = new Float64Array(networks.length);
  for (let step = 0; step < networks[0]!.relative.length; step++) {
    for (let i = 0; i < values.length; i++) values[i] = networks[i]!.relative[step] ?? Infinity;
    values.sort();
    for (let i = 0; i < shares.length; i++) {
      const value = quantileOfSorted(values, shares[i]!);
      quantiles[i]!.push(Number.isFinite(value) ? value : null);
    }
  }
  return quantiles;
}

export function quantilesOf(networks: readonly OverTime[]): Quantiles {
  const [median, low, high] = quantilesOverNetworks(networks, [0.5, 0.1, 0.9]);
  return { median: median!, low: low!, high: high! };
}

/** What became of the signal at the first step, relative to the last: by ten times more, or less. */
export function fateOf(relative: number | null): 'explodes' | 'vanishes' | 'holds' {
  if (relative === null || relative > 10) return 'explodes';
  return relative < 0.1 ? 'vanishes' : 'holds';
}

/** How a gradient compares with another, which is to be said next. */
export function comparedWith(relative: number | null): string {
  if (relative === null) return 'past the largest number that float32 can hold, and so far larger than';
  if (relative === 0) return 'zero in float32, unlike';
  return timesAsLarge(relative);
}
