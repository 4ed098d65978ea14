import type { Scalar, Tensor, Tensor3D } from '@tensorflow/tfjs-core';

import type { Floats, OptimizerSettings, OptimizerState } from '#src/recurrent/index.ts';
import { FusedOptimizer } from '#src/recurrent/tensors.ts';
import { createRandom } from '#src/sequences/random.ts';
import type { Batch, Shape, Stream, Task } from '#src/sequences/task.ts';

import { crossEntropy } from './cross-entropy.ts';
import type { Engine } from './engine.ts';
import type { Model, Trainable } from './model.ts';
import type { Pace } from './pace.ts';
import { squaredError } from './squared-error.ts';
import { tf } from '#tensorflow';

export interface TrainingOptions {
  /** Updates to make at most. */
  updates: number;
  /** Sequences in a batch; every update gets a fresh one. */
  batch: number;
  optimizer: OptimizerSettings;
  /** Decides the batches. */
  seed: number;
  /**
   * Stop once the mean score over the last 20 batches is good enough: for classes at least this accuracy, for numbers at most
   * this mean square error. Batches are fresh, so their score before the update is a held-out one.
   */
  solvedAt?: number;
}

/** Everything from which a training goes on as if it had not been stopped, with the model's kind and the options. Plain data. */
export interface TrainingState {
  /** The loss of each update's batch, before the update. */
  losses: number[];
  /** Its accuracy, for classes, or mean square error, for numbers. */
  scores: number[];
  /** The norm of all gradients together, before clipping. */
  gradientNorms: number[];
  /** The model's, in the order of its variables. */
  weights: Floats[];
  optimizer?: OptimizerState;
  /** On a stream, the layer's state after the last chunk, [batch, units]; a cell state only of an LSTM. */
  carried?: { hidden: Floats; cell?: Floats };
}

export interface TrainingProgress {
  updates: number;
  loss: number;
  stepsPerSecond: number;
  /** If all updates are made, at the present speed. */
  secondsLeft: number;
  /** A copy of everything; costs a copy of all weights. */
  state(): TrainingState;
}

export interface TrainingResult extends TrainingState {
  /** The number of updates after which it was solved; undefined where it was not. */
  solvedAfter?: number;
}

/** Batches over which the score is averaged to call a task solved. */
export const SOLVED_WINDOW = 20;

interface Hooks {
  /** Awaited before each update; rejects when it is time to stop. */
  pace: Pace;
  /** From an earlier training of the same model, task and options. */
  state?: TrainingState;
  onUpdate?(progress: TrainingProgress): void;
}

/**
 * Trains a model in place, a fresh batch an update: forward, back through time by the fused kernels, clipping and optimiser
 * step, all through TensorFlow.js's tape. The same seed gives the same losses, whether it was stopped in between or not.
 * A loss that is not a number ends the training: nothing that comes after it could be.
 */
export function train(
  engine: Engine,
  model: Trainable,
  task: Task,
  options: TrainingOptions,
  hooks: Hooks,
): Promise<TrainingResult> {
  const { seed, batch } = options;
  return updateAgainAndAgain(engine, model, task, options, hooks, {
    examples: (updates) => task.batch(createRandom(seed, `batch ${updates}`), batch),
    predict: (x) => model.predict(x, task.at),
  });
}

/**
 * {@link train} on streams, one chunk of each an update. The layer's state is carried from chunk to chunk and never set back;
 * gradients go back to the start of their chunk and no further.
 */
export async function trainOnStream(
  engine: Engine,
  model: Model,
  stream: Stream,
  options: TrainingOptions,
  hooks: Hooks,
): Promise<TrainingResult> {
  const { seed, batch } = options;
  const next = stream.begin(createRandom(seed, 'stream'), batch);
  const shape = [batch, model.units] as [number, number];
  // A stream begins at its beginning: what was read before it was stopped is passed over.
  for (let chunk = 0; chunk < (hooks.state?.losses.length ?? 0); chunk++) {
    await hooks.pace();
    next();
  }
  let carried = hooks.state?.carried;
  return updateAgainAndAgain(engine, model, stream, options, hooks, {
    examples: next,
    predict(x) {
      const from = carried && {
        hidden: tf.tensor2d(carried.hidden, shape),
        ...(carried.cell && { cell: tf.tensor2d(carried.cell, shape) }),
      };
      const { answers, state } = model.read(x, stream.at, { state: from });
      const copy = (tensor: Tensor) => tensor.dataSync().slice() as Floats;
      carried = { hidden: copy(state.hidden), ...(state.cell && { cell: copy(state.cell) }) };
      return answers;
    },
    carried: () => carried,
  });
}

/** What each update learns from. */
interface Lessons {
  /** @param updates how many there were before */
  examples(updates: number): Batch;
  predict(x: Tensor3D): Tensor;
  carried?(): TrainingState['carried'];
}

async function updateAgainAndAgain(
  { kernels }: Engine,
  model: Trainable,
  shape: Shape,
  { updates, batch, optimizer: settings, solvedAt }: TrainingOptions,
  { pace, state, onUpdate }: Hooks,
  lessons: Lessons,
): Promise<TrainingResult> {
  const optimizer = new FusedOptimizer(kernels, settings);
  if (state) model.restore(state.weights);
  if (state?.optimizer) optimizer.restore(state.optimizer);
  const losses = [...(state?.losses ?? [])];
  const scores = [...(state?.scores ?? [])];
  const gradientNorms = [...(state?.gradientNorms ?? [])];
  const copy = (): TrainingState => ({
    losses: [...losses],
    scores: [...scores],
    gradientNorms: [...gradientNorms],
    weights: model.weights(),
    optimizer: losses.length > 0 ? optimizer.state() : undefined,
    ...(lessons.carried && { carried: lessons.carried() }),
  });
  const started = { at: performance.now(), after: losses.length };

  try {
    while (losses.length < updates && !isSolved(scores, shape, solvedAt) && !Number.isNaN(losses.at(-1))) {
      await pace();
      const examples = lessons.examples(losses.length);
      const { loss, score } = update(model, shape, lessons.predict, examples, batch, optimizer);
      losses.push(loss);
      scores.push(score);
      gradientNorms.push(optimizer.gradientNorm);
      const stepsPerSecond = (1000 * (losses.length - started.after)) / (performance.now() - started.at);
      const secondsLeft = (updates - losses.length) / stepsPerSecond;
      onUpdate?.({ updates: losses.length, loss, stepsPerSecond, secondsLeft, state: copy });
    }
    return { ...copy(), solvedAfter: isSolved(scores, shape, solvedAt) ? losses.length : undefined };
  } finally {
    optimizer.dispose();
  }
}

/** One update on one batch. @returns the loss and the score before it */
function update(
  model: Trainable,
  shape: Shape,
  predict: Lessons['predict'],
  examples: Batch,
  batch: number,
  optimizer: FusedOptimizer,
) {
  return tf.tidy(() => {
    let score = NaN;
    const { value, grads } = tf.variableGrads(() => {
      const answers = predict(inputTensor(shape, examples, batch));
      score = scoreOf(shape, answers, examples);
      return lossOf(shape, answers, examples);
    }, [...model.variables]);
    optimizer.applyGradients(grads);
    return { loss: value.dataSync()[0]!, score };
  });
}

export function inputTensor({ time, inputs }: Shape, examples: Batch, batch: number): Tensor3D {
  return tf.tensor3d(examples.inputs, [batch, time, inputs]);
}

/** Softmax cross-entropy for classes, mean square error for numbers, as the mean over all answers. */
export function lossOf({ kind, outputs }: Shape, answers: Tensor, { targets }: Batch): Scalar {
  if (kind === 'number') return squaredError(answers, targets);
  return crossEntropy(tf.reshape(answers, [-1, outputs]), targets);
}

/** The share of right answers for classes, the mean square error for numbers. */
export function scoreOf({ kind, outputs }: Shape, answers: Tensor, { targets }: Batch): number {
  const values = answers.dataSync();
  if (kind === 'number') {
    const errors = Array.from(targets, (target, i) => (target - values[i]!) ** 2);
    return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  }
  const right = Array.from(targets).filter(
    (target, i) => target === largestAt(values.subarray(i * outputs, (i + 1) * outputs)),
  );
  return right.length / targets.length;
}

/** The place of the largest; of the first, where several are. */
export function largestAt(logits: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}

function isSolved(scores: readonly number[], { kind }: Shape, solvedAt: number | undefined): boolean {
  if (solvedAt === undefined || scores.length < SOLVED_WINDOW) return false;
  const mean = scores.slice(-SOLVED_WINDOW).reduce((sum, score) => sum + score, 0) / SOLVED_WINDOW;
  return kind === 'class' ? mean >= solvedAt : mean <= solvedAt;
}
