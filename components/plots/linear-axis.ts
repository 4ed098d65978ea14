import { scaleLinear } from 'd3-scale';

import { toTenth } from './tenth.ts';

/** An axis of evenly spaced values: where each lies, in pixels, and which are marked. */
export interface LinearAxis {
  at(value: number): number;
  ticks: number[];
  /** A tick with as many digits as tell it from the next. */
  format(tick: number): string;
}

/** An axis from `domain` (low, high) to `range` (where low and high lie), with about so many ticks at round values. */
export function linearAxis(domain: [number, number], range: [number, number], ticks: number): LinearAxis {
  const scale = scaleLinear(domain, range);
  const written = scale.tickFormat(ticks);
  return { at: (value) => toTenth(scale(value)), ticks: scale.ticks(ticks), format: (tick) => written(tick) };
}
