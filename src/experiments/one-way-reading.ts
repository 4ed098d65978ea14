import type { Question } from '#src/sequences/look-ahead.ts';

/** What came of it, and how it is read: for the picture, too, without a model. */

export const directions = ['forward', 'bidirectional'] as const;
export type Direction = (typeof directions)[number];

/** A sequence that neither model has seen, what is right at its first steps, and what the models say there. */
export interface Example extends Record<Direction, number[]> {
  symbols: number[];
  right: number[];
}

/** What both models did in one run. */
export interface OneWayRun {
  /** Which run it is, from 1. */
  run: number;
  /** The share of the held-out questions that each answers right, at each look. */
  accuracy: Record<Direction, number[]>;
  /** The numbers that are learned in each. */
  weights: Record<Direction, number>;
  example: Example;
}

export interface OneWayResult {
  /** Updates made at each look, the first before any. */
  looks: number[];
  runs: Pick<OneWayRun, 'run' | 'accuracy'>[];
  weights: Record<Direction, number>;
  /** Of the first run that is finished. */
  example: Example;
  /** How many questions were kept out of training. */
  heldOut: number;
  /** The share that anybody can expect to answer right who has read as far as the forward model has. */
  best: number;
}

/** A class in the digits of its symbols; of the other questions in one digit, 1 for ones, and for an odd number of them. */
export function digitsOf(answer: number, { question, ahead }: { question: Question; ahead: number }): string[] {
  return question === 'copy' ? [...answer.toString(2).padStart(ahead, '0')] : [String(answer)];
}

/** How many symbols of the shown sequence a model has read when it answers the question of a step, counted from 1. */
export function answeredAfter(direction: Direction, step: number, wait: number, { symbols }: Example): number {
  return direction === 'forward' ? step + wait : symbols.length;
}
