/** What comes out of `unroll`, apart from the training that it comes from: a page that draws it needs no more. */
import { PATTERNS } from '#src/sequences/placed-pattern.ts';

import type { UnrolledCell } from './shares.ts';

/** Steps of the sequences that the networks are trained on, and places that a pattern of two can have in them. */
export const STEPS = 12;
export const PLACES = STEPS - 1;
export const CHANCE = 1 / PATTERNS;

export const models = ['shared', 'own'] as const;
export type ModelName = (typeof models)[number];

/** What became of both networks in one run. */
export interface PlaceScores {
  /** Which run it is, from 1. */
  run: number;
  /** The share of the patterns told right, at each place. */
  right: Record<ModelName, number[]>;
}

export interface UnrollResult {
  cell: UnrolledCell;
  /** The gradient of every weight, by TensorFlow.js's tape, of the cell unrolled over 1 to 50 steps: [length - 1][weights]. */
  tape: number[][];
  /** Where the pattern stood in training, counted from 1. */
  taught: number[];
  /** How many numbers each of the trained networks learns. */
  parameters: Record<ModelName, number>;
  /** The runs that are finished, in their order. */
  runs: PlaceScores[];
}

/** The mean share told right over all runs, at the places that were taught, or at the others; undefined where there are none. */
export function meanRight(
  { runs, taught }: UnrollResult,
  name: ModelName,
  where: 'taught' | 'other',
): number | undefined {
  const shares = runs.flatMap(({ right }) =>
    right[name].filter((_, place) => taught.includes(place + 1) === (where === 'taught')),
  );
  return shares.length > 0 ? shares.reduce((sum, share) => sum + share, 0) / shares.length : undefined;
}
