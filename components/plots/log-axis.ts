/** An axis of powers of ten: from 10^low to 10^high, with a tick at each of `exponents`. */
export interface LogAxis {
  low: number;
  high: number;
  exponents: number[];
}

/** How many powers of ten apart ticks may be. */
export const STEPS = [1, 2, 5, 10, 20, 50];
const MOST_TICKS = 7;
/** Less than this would make noise look like a landslide. */
const FEWEST_DECADES = 3;

/** The axis that shows all positive finite values and 1. */
export function logAxisFor(values: Iterable<number | null>): LogAxis {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value === null || !(value > 0) || !Number.isFinite(value)) continue;
    low = Math.min(low, Math.log10(value));
    high = Math.max(high, Math.log10(value));
  }
  const ends = (step: number) => [Math.floor(low / step) * step, Math.ceil((high + 0.15) / step) * step] as const;
  const ticks = (step: number) => (ends(step)[1] - ends(step)[0]) / step + 1;
  const step = STEPS.find((step) => ticks(step) <= MOST_TICKS) ?? 100;
  const [lowest, highest] = ends(step);
  const padded = Math.min(lowest, highest - FEWEST_DECADES);
  const exponents = [];
  for (let exponent = Math.ceil(padded / step) * step; exponent <= highest; exponent += step) exponents.push(exponent);
  return { low: padded, high: highest, exponents };
}

/** Where a value lies on the axis, from 0 at its low end to 1 at its high end; undefined where it has no logarithm. */
export function shareOfAxis({ low, high }: LogAxis, value: number | null): number | undefined {
  if (value === null || !(value > 0)) return undefined;
  return (Math.log10(value) - low) / (high - low);
}
