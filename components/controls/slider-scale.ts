import type { NumberParameter } from '#src/experiments/parameters.ts';

/** Positions of a log-scaled slider: fine enough for a pixel each, coarse enough for arrow keys. */
const LOG_POSITIONS = 100;

/** The numbers of the range element: the values themselves, or for a log scale equal ratios. */
export function sliderRange({ min, max, step, scale }: NumberParameter): { min: number; max: number; step: number } {
  return scale === 'log' ? { min: 0, max: LOG_POSITIONS, step: 1 } : { min, max, step };
}

export function positionOf({ min, max, scale }: NumberParameter, value: number): number {
  return scale === 'log' ? (LOG_POSITIONS * Math.log(value / min)) / Math.log(max / min) : value;
}

/** The value at a position, to three significant digits where the scale is a logarithm. */
export function valueAt({ min, max, scale }: NumberParameter, position: number): number {
  if (scale === 'linear') return Number(position.toPrecision(12));
  if (position <= 0) return min;
  if (position >= LOG_POSITIONS) return max;
  const value = Number((min * (max / min) ** (position / LOG_POSITIONS)).toPrecision(3));
  return Math.min(max, Math.max(min, value));
}
