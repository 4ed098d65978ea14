import type { Stream, Task } from '#src/sequences/task.ts';

import type { Engine } from './engine.ts';
import { createModel, type Model, type ModelOptions } from './model.ts';
import type { Pace } from './pace.ts';
import { SOLVED_WINDOW, train, trainOnStream, type TrainingOptions, type TrainingResult } from './train.ts';

/** A task or a stream, a model for it, and how it is trained: what several runs have in common. */
export interface Trying extends Omit<TrainingOptions, 'seed'> {
  task: Task | Stream;
  model: ModelOptions;
}

/** What became of one training. Plain data, and short. */
export interface Trial {
  /** The number of updates after which it was solved; null where it was not, within its budget. */
  solvedAfter: number | null;
  /** Updates made. */
  updates: number;
  /** The mean score of the last 20 batches, each seen for the first time: the accuracy, or the mean square error. */
  score: number;
  /** The learning curve: the mean score of one stretch of so many updates after the other; the last may be cut short. */
  curve: number[];
  stretch: number;
}

interface Hooks {
  pace: Pace;
  /** Looks at the model before its first update, and after its last one. */
  onStart?(model: Model): void;
  onEnd?(model: Model): void;
}

/** Points of a learning curve at most. */
const CURVE_POINTS = 25;

/** Trains a fresh model, all from the seed, until it has solved its task or its budget is used up. */
export async function tryOnce(
  engine: Engine,
  { task, model: options, ...training }: Trying,
  seed: number,
  { pace, onStart, onEnd }: Hooks,
): Promise<Trial> {
  const model = createModel(engine, task, seed, options);
  try {
    onStart?.(model);
    const settings = { ...training, seed };
    const result =
      'begin' in task
        ? await trainOnStream(engine, model, task, settings, { pace })
        : await train(engine, model, task, settings, { pace });
    onEnd?.(model);
    return trialOf(result, training.updates);
  } finally {
    model.dispose();
  }
}

/** What is told of a training that had a budget of so many updates. */
export function trialOf(
  { scores, solvedAfter }: Pick<TrainingResult, 'scores' | 'solvedAfter'>,
  budget: number,
): Trial {
  const stretch = Math.ceil(budget / CURVE_POINTS);
  const points = Math.ceil(scores.length / stretch);
  const curve = Array.from({ length: points }, (_, i) => short(mean(scores.slice(i * stretch, (i + 1) * stretch))));
  return {
    solvedAfter: solvedAfter ?? null,
    updates: scores.length,
    score: short(mean(scores.slice(-SOLVED_WINDOW))),
    curve,
    stretch,
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const short = (value: number) => Number(value.toFixed(4));
