import type { TrialsResult } from './rates.ts';

/** What is measured, and what follows from it: for the picture, too, without a model. */

/** Symbols that may have to be recalled. */
export const SYMBOLS = 4;

export const ways = ['clipped', 'unclipped'] as const;
export type Way = (typeof ways)[number];

export const wayNames: Record<Way, string> = { clipped: 'with clipping', unclipped: 'without clipping' };

/** The norm of the gradient before the first update, by the length of the sequence and the size of the recurrent weights. */
export interface StartMap {
  lengths: number[];
  scales: number[];
  /** A row for each scale; the median of several networks, null where float32 has no number for it. */
  norms: (number | null)[][];
  /** The same with the length and the scale that are set. */
  here: number | null;
  networks: number;
}

/** The loss of the next batch along the way that its gradient points, from where a training stands. */
export interface StepProbe {
  /** How many updates were made before. */
  update: number;
  /** The gradient's norm; null where it is too large for float32, and then there is no more to tell. */
  norm: number | null;
  /** Lengths of a step, rising from 0: the change of all weights together. */
  lengths: number[];
  losses: (number | null)[];
  /** How long the step is with the gradient as it is, and cut. Both are among the lengths. */
  steps: Record<Way, number>;
}

export interface ExplodingResult extends TrialsResult<Way> {
  start: StartMap;
  /** Along the first run with clipping, where it has been looked at. */
  probes: StepProbe[];
}

/** The loss before a step, and where the step lands; null where float32 has no number for one of them. */
export function landing({ lengths, losses, steps }: StepProbe, way: Way): { before: number; after: number } | null {
  const [before, after] = [losses[0], losses[lengths.indexOf(steps[way])]];
  return typeof before === 'number' && typeof after === 'number' ? { before, after } : null;
}

/** After how many of the looks a step of the one or the other way leaves the loss higher than before. */
export function raises(probes: readonly StepProbe[], way: Way): number {
  return probes.filter((probe) => {
    const step = landing(probe, way);
    return step !== null && step.after > step.before;
  }).length;
}
