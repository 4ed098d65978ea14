import { createRandom, seedOfRun } from '#src/sequences/random.ts';
import { recallSequence, type RecallOptions } from '#src/sequences/recall.ts';

export const SYMBOLS = 4;

export const cells = ['rnn', 'lstm'] as const;
export type CellName = (typeof cells)[number];
export const cellNames: Record<CellName, string> = { rnn: 'RNN', lstm: 'LSTM' };

/** One place of what is varied, for one kind of cell. */
export interface DistractorSetting {
  cell: CellName;
  /** A gap, in steps, or a noise level, from 0 to 1. */
  at: number;
}

/** Of the experiment's parameters, those that say what is read. */
export interface Varied {
  varied: 'gap' | 'noise';
  gap: string;
  noise: number;
  kind: 'distractors' | 'lookalikes';
}

/** The recall that is asked for at one place. */
export function recallAt(at: number, { varied, gap, noise, kind }: Varied): RecallOptions {
  const [steps, level] = varied === 'gap' ? [at, noise] : [Number(gap), at];
  return { time: steps + 1, symbols: SYMBOLS, filler: kind, noise: level };
}

/** The chance that the sequences come from over which saliency is taken; the first of them is the one that is shown. */
export const lookedAt = (seed: number) => createRandom(seed, 'looked at');

/** What is seen at each step of the sequence that is shown: the first run's. */
export function shownSequence(seed: number, at: number, params: Varied): string[] {
  const seen = recallSequence(lookedAt(seedOfRun(seed, 0)), recallAt(at, params));
  return seen.map((symbol) =>
    symbol === null ? '·' : symbol < SYMBOLS ? 'ABCD'[symbol]! : String(symbol - SYMBOLS + 1),
  );
}
