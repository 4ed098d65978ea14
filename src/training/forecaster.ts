import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';

import type { Floats } from '#src/recurrent/index.ts';
import { FusedOptimizer } from '#src/recurrent/tensors.ts';
import type { Windows } from '#src/sequences/observations.ts';
import { createRandom } from '#src/sequences/random.ts';

import type { Engine } from './engine.ts';
import type { Pace } from './pace.ts';
import { tf } from '#tensorflow';

/** A network that takes the last `history` values and gives the next: tanh(x W + b) v + c. */
export interface Forecaster {
  history: number;
  /** W, [history, units]; b, [units]; v, [units, 1]; c, [1] */
  variables: readonly Variable[];
  /** @param windows [batch, history], oldest value first @returns [batch, 1] */
  predict(windows: Tensor2D): Tensor2D;
  dispose(): void;
}

/** A fresh network, its weights Glorot-uniform, its biases uniform between -1 and 1 so that the units' slopes lie apart. */
export function createForecaster(seed: number, history: number, units: number): Forecaster {
  const random = createRandom(seed, `forecaster of ${history}`);
  const uniform = (limit: number, ...shape: number[]) =>
    tf.tidy(() => {
      const size = shape.reduce((product, side) => product * side);
      return tf.variable(tf.tensor(random.uniformArray(size, -limit, limit), shape));
    });
  const W = uniform(Math.sqrt(6 / (history + units)), history, units);
  const b = uniform(1, units);
  const v = uniform(Math.sqrt(6 / (units + 1)), units, 1);
  const c = uniform(0, 1);
  const variables = [W, b, v, c];
  return {
    history,
    variables,
    predict: (windows) =>
      tf.tidy(() => {
        const hidden = tf.tanh(tf.add(tf.matMul(windows, W as Tensor), b));
        return tf.add(tf.matMul(hidden, v as Tensor), c) as Tensor2D;
      }),
    dispose: () => variables.forEach((variable) => variable.dispose()),
  };
}

export interface ForecasterTraining {
  updates: number;
  batch: number;
  /** At the start: it stays for half of the updates, and falls in a straight line to nearly nothing in the other half. */
  learningRate: number;
  seed: number;
}

/** Trains in place, by Adam, on the mean square error of random batches of examples. */
export async function trainForecaster(
  { kernels }: Engine,
  forecaster: Forecaster,
  examples: Windows,
  { updates, batch, learningRate, seed }: ForecasterTraining,
  pace: Pace,
): Promise<void> {
  const optimizer = new FusedOptimizer(kernels, { kind: 'adam', learningRate, clipNorm: 1 });
  const random = createRandom(seed, `examples of ${forecaster.history}`);
  try {
    for (let update = 0; update < updates; update++) {
      await pace();
      optimizer.learningRate = learningRate * Math.max(0.005, Math.min(1, 2 * (1 - update / updates)));
      const chosen = choose(examples, forecaster.history, batch, () => random.integer(examples.seen.length));
      tf.tidy(() => {
        const { grads } = tf.variableGrads(() => squareError(forecaster, chosen), [...forecaster.variables]);
        optimizer.applyGradients(grads);
      });
    }
  } finally {
    optimizer.dispose();
  }
}

function choose({ inputs, seen }: Windows, history: number, batch: number, next: () => number) {
  const chosen = { inputs: new Float32Array(batch * history), seen: new Float32Array(batch) };
  for (let b = 0; b < batch; b++) {
    const example = next();
    chosen.inputs.set(inputs.subarray(example * history, (example + 1) * history), b * history);
    chosen.seen[b] = seen[example]!;
  }
  return chosen;
}

function squareError(forecaster: Forecaster, { inputs, seen }: Pick<Windows, 'inputs' | 'seen'>): Scalar {
  const answers = forecaster.predict(tf.tensor2d(inputs, [seen.length, forecaster.history]));
  return tf.mean(tf.square(tf.sub(answers, tf.tensor2d(seen, [seen.length, 1]))));
}

/** What the network says comes after each window. @param inputs [windows, history] @returns [windows] */
export function forecast(forecaster: Forecaster, inputs: Floats): Floats {
  const { history } = forecaster;
  return tf.tidy(
    () => forecaster.predict(tf.tensor2d(inputs, [inputs.length / history, history])).dataSync() as Floats,
  );
}

/**
 * Lets the network run on its own forecasts: each is taken for the truth, and becomes the newest value of the next window.
 * @param inputs the windows to start from, [starts, history]
 * @returns a row of `steps` forecasts for each start
 */
export async function freeRun(forecaster: Forecaster, inputs: Floats, steps: number, pace: Pace): Promise<Floats[]> {
  const { history } = forecaster;
  const windows = inputs.slice();
  const rows = Array.from({ length: inputs.length / history }, () => new Float32Array(steps));
  for (let step = 0; step < steps; step++) {
    await pace();
    const next = forecast(forecaster, windows);
    for (const [start, row] of rows.entries()) {
      row[step] = next[start]!;
      windows.copyWithin(start * history, start * history + 1, (start + 1) * history);
      windows[(start + 1) * history - 1] = next[start]!;
    }
  }
  return rows;
}
