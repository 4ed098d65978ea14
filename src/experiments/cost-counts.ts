/**
 * What the three kinds of memory cost and what came of it, for the picture, too: counted and measured numbers, without a
 * model. All counts are of the recurrent layer alone: what reads it out is the same for all three.
 */
import { weightsIn } from '#src/training/model-size.ts';
import type { Trial } from '#src/training/trials.ts';

import { mean } from './correlation.ts';
import { models, type ModelName } from './race-trials.ts';
import { rateOf, type Rate, type Tried, type TrialsResult } from './rates.ts';
import type { Spread } from './stopwatch.ts';

export { modelNames, models, type ModelName } from './race-trials.ts';

/** Inputs at each step, sequences at once and steps of the layer whose costs are counted and measured. */
export const INPUTS = 8;
export const BATCH = 16;
export const STEPS = 50;

const kinds = { rnn: 'simpleRnn', gru: 'gru', lstm: 'lstm' } as const;
const gates: Record<ModelName, number> = { rnn: 1, gru: 3, lstm: 4 };

/** What has to be kept of each unit at each step for the way back: its states, and its gates as they were. */
const KEPT: Record<ModelName, number> = { rnn: 1, gru: 5, lstm: 6 };
/** While it is trained, a weight comes with its gradient and with the two means that Adam keeps. */
const NUMBERS_PER_WEIGHT = 4;
const BYTES = 4;

export interface Counted {
  /** Weights and biases. */
  weights: number;
  /** Multiplications, each with an addition, in the matrix products of one step of one sequence. */
  multiplyAdds: number;
  /** What training takes, in bytes: the weights and what belongs to them, and what is kept of each step. */
  bytes: number;
}

export function counted(model: ModelName, units: number): Counted {
  const weights = weightsIn(kinds[model], { inputs: INPUTS, units });
  return {
    weights,
    multiplyAdds: gates[model] * units * (INPUTS + units),
    bytes: BYTES * (NUMBERS_PER_WEIGHT * weights + KEPT[model] * units * STEPS * BATCH),
  };
}

/** A training of one of the three: on recall, to see how soon it learns, or on parity, to look into its units. */
export interface CostSetting {
  model: ModelName;
  task: 'recall' | 'parity';
  learningRate: number;
}

export interface CostTrial extends Trial {
  /**
   * Of each unit of the trained network, the share of its activity's variance that the best single feature explains, and for
   * an LSTM that of its cell state: on parity only.
   */
  explained?: { hidden: number[]; cell?: number[] };
}

export interface CostResult extends TrialsResult<CostSetting, CostTrial> {
  /** The numbers of units that were counted and timed. */
  sizes: number[];
  /** Milliseconds for one step of a batch of sequences, forward and back, by size. */
  times: Record<ModelName, Spread[]>;
  /** How often each was timed so far. */
  rounds: number;
}

type Series = Pick<CostResult, 'series'>;

function runsOf({ series }: Series, fits: (setting: CostSetting) => boolean): readonly Tried<CostTrial>[] {
  return series.find(({ setting }) => fits(setting))?.runs ?? [];
}

/** The finished trainings of a model on recall at a learning rate. */
export const runsAt = (result: Series, model: ModelName, learningRate: number) =>
  runsOf(result, (at) => at.task === 'recall' && at.model === model && at.learningRate === learningRate);

export const learningRatesOf = ({ series }: Series): number[] => [
  ...new Set(series.filter(({ setting }) => setting.task === 'recall').map(({ setting }) => setting.learningRate)),
];

/** How the trainings of a model on recall went at a learning rate. */
export interface LearningAt {
  learningRate: number;
  rate: Rate;
  /** After how many updates they were over: Infinity for a run that did not learn, and so for the median of mostly such runs. */
  updates: { least: number; median: number; most: number };
}

export function learningAt(result: Series, model: ModelName, learningRate: number): LearningAt {
  const runs = runsAt(result, model, learningRate);
  const rising = runs.map(({ solvedAfter }) => solvedAfter ?? Infinity).sort((a, b) => a - b);
  const middle = rising[Math.floor(rising.length / 2)] ?? Infinity;
  return {
    learningRate,
    rate: rateOf(runs),
    updates: { least: rising[0] ?? Infinity, median: middle, most: rising.at(-1) ?? Infinity },
  };
}

/** How they went over all learning rates, and at the one at which they were over soonest. */
export function learningOf(result: Series, model: ModelName) {
  const at = learningRatesOf(result)
    .map((learningRate) => learningAt(result, model, learningRate))
    .filter(({ rate }) => rate.of > 0);
  const best = at.reduce<LearningAt | undefined>(
    (best, one) => (one.updates.median < (best?.updates.median ?? Infinity) ? one : best),
    undefined,
  );
  return {
    /** Learning rates at which every run solved it, and those tried. */
    reliable: at.filter(({ rate }) => rate.solved === rate.of).length,
    tried: at.length,
    solved: at.reduce((sum, { rate }) => sum + rate.solved, 0),
    of: at.reduce((sum, { rate }) => sum + rate.of, 0),
    best: best && { learningRate: best.learningRate, median: best.updates.median },
  };
}

/** What is looked into. */
export const states = [
  { model: 'rnn', state: 'hidden', name: 'RNN, hidden state' },
  { model: 'gru', state: 'hidden', name: 'GRU, hidden state' },
  { model: 'lstm', state: 'hidden', name: 'LSTM, hidden state' },
  { model: 'lstm', state: 'cell', name: 'LSTM, cell state' },
] as const satisfies readonly { model: ModelName; state: 'hidden' | 'cell'; name: string }[];

/** The shares explained of the units of all networks that learned parity. */
export function explainedIn(result: Series, model: ModelName, state: 'hidden' | 'cell'): number[] {
  return runsOf(result, (at) => at.task === 'parity' && at.model === model)
    .filter(({ solvedAfter }) => solvedAfter !== null)
    .flatMap(({ explained }) => explained?.[state] ?? []);
}

/** Their mean, or undefined where there is no such network. */
export function meanExplained(result: Series, model: ModelName, state: 'hidden' | 'cell'): number | undefined {
  const shares = explainedIn(result, model, state);
  return shares.length > 0 ? mean(shares) : undefined;
}

/** Milliseconds of one step at a size that was timed. */
export function timeAt({ sizes, times }: Pick<CostResult, 'sizes' | 'times'>, model: ModelName, units: number): number {
  return times[model][sizes.indexOf(units)]!.fastest;
}

/** A number for each of the three. */
export const forEachModel = <T>(of: (model: ModelName) => T): Record<ModelName, T> =>
  Object.fromEntries(models.map((model) => [model, of(model)])) as Record<ModelName, T>;
