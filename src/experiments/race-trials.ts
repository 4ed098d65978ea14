import { quantile } from './quantile.ts';

/** What the race is about and what came of it, for its picture, too: plain data, without a model. */

/** Sequences in a batch. */
export const BATCH = 16;
/** Symbols that may have to be recalled. */
export const SYMBOLS = 8;

export const models = ['rnn', 'gru', 'lstm'] as const;
export type ModelName = (typeof models)[number];

export const modelNames: Record<ModelName, string> = { rnn: 'RNN', gru: 'GRU', lstm: 'LSTM' };

interface Course {
  /** As in "delayed recall over 100 steps". */
  name: string;
  /** The score at which it counts as solved: a share of right answers, or a mean square error. */
  solvedAt: number;
  /** The score of whoever knows the task and has seen nothing of the sequence, and how it is had. */
  blind: number;
  blindly: string;
}

export const courses = {
  recall: { name: 'delayed recall', solvedAt: 0.99, blind: 1 / SYMBOLS, blindly: 'guessing' },
  adding: { name: 'the adding problem', solvedAt: 0.01, blind: 1 / 6, blindly: 'always answering 1' },
  order: { name: 'temporal order', solvedAt: 0.99, blind: 1 / 4, blindly: 'guessing' },
} as const satisfies Record<string, Course>;

export type TaskName = keyof typeof courses;

/** One training of one of the three. */
export interface Trial {
  model: ModelName;
  /** Which run it is, from 1. */
  run: number;
  /** The updates after which the task was solved; null where it was not. */
  solvedAfter: number | null;
  /** Updates made at each look, and the mean score over the last batches then: right answers, or mean square error. */
  looks: number[];
  scores: number[];
}

export interface RaceResult {
  /** Those that are over, run by run. */
  trials: Trial[];
  /** Of each model, its units and the weights and biases of its recurrent layer. */
  sizes: Record<ModelName, { units: number; weights: number }>;
}

export const lastScore = ({ scores }: Trial): number => scores.at(-1)!;

export const trialsOf = ({ trials }: RaceResult, model: ModelName): Trial[] =>
  trials.filter((trial) => trial.model === model).sort((a, b) => a.run - b.run);

/** How often a model solved the task, of how many trainings, and after how many updates in the median. */
export function successOf(result: RaceResult, model: ModelName) {
  const trials = trialsOf(result, model);
  const after = trials.flatMap(({ solvedAfter }) => solvedAfter ?? []);
  return { trials, of: trials.length, solved: after.length, median: quantile(after, 0.5) };
}

/** The median learning curve of a model. A training that solved the task stays at its last score. */
export function medianCurve(result: RaceResult, model: ModelName): { at: number[]; values: number[] } {
  const trials = trialsOf(result, model);
  const longest = trials.reduce<number[]>((at, { looks }) => (looks.at(-1)! > (at.at(-1) ?? 0) ? looks : at), []);
  const scoreAt = ({ looks, scores }: Trial, place: number) => scores[looks.findLastIndex((look) => look <= place)]!;
  return {
    at: longest,
    values: longest.map((place) =>
      quantile(
        trials.map((trial) => scoreAt(trial, place)),
        0.5,
      ),
    ),
  };
}

/** A score, as it is said: a percentage of right answers, or a mean square error. */
export function writeScore(task: TaskName, score: number): string {
  return task === 'adding' ? String(Number(score.toPrecision(2))) : `${Math.round(100 * score)}%`;
}
