import type { Tensor, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';

import { initialWeights, type Cell, type Floats, type InitialWeightsOptions } from '#src/recurrent/index.ts';
import type { TensorWeights } from '#src/recurrent/tensors.ts';
import { createRandom } from '#src/sequences/random.ts';
import type { Task } from '#src/sequences/task.ts';

import type { Engine } from './engine.ts';
import { tf } from '#tensorflow';

export interface ModelOptions extends InitialWeightsOptions {
  cell: Cell;
  units: number;
}

/** What can be trained: TensorFlow.js variables, and what is predicted with them. */
export interface Trainable {
  variables: readonly Variable[];
  /**
   * Logits, or predicted numbers.
   * @param x [batch, time, inputs]
   * @returns [batch, outputs] of the last step, or with `at: 'every'` [batch, time, outputs]
   */
  predict(x: Tensor3D, at: Task['at']): Tensor;
  /** Copies of the variables' values, in their order. */
  weights(): Floats[];
  /** @throws RangeError where the values are not of this model's shapes */
  restore(weights: readonly Floats[]): void;
  dispose(): void;
}

/** One recurrent layer and a dense readout. */
export interface Model extends Trainable {
  cell: Cell;
  units: number;
  /** kernel, recurrentKernel, bias; then the readout's kernel, [units, outputs], and bias, [outputs] */
  variables: readonly Variable[];
}

export function variableOf(values: Floats, shape: number[]): Variable {
  const initial = tf.tensor(values, shape);
  const variable = tf.variable(initial);
  initial.dispose();
  return variable;
}

/** A fresh model for a task. Weights are Glorot-uniform gate by gate (see initialWeights), all from the seed. */
export function createModel(
  { layers }: Engine,
  { inputs, outputs }: Pick<Task, 'inputs' | 'outputs'>,
  seed: number,
  { cell, units, ...initial }: ModelOptions,
): Model {
  const weights = initialWeights(cell.kind, { inputs, units }, createRandom(seed, 'weights'), initial);
  const limit = Math.sqrt(6 / (units + outputs));
  const gates = weights.kernel.length / (inputs * units);
  const kernel = variableOf(weights.kernel, [inputs, gates * units]);
  const recurrentKernel = variableOf(weights.recurrentKernel, [units, gates * units]);
  const bias = variableOf(weights.bias, cell.kind === 'gru' ? [2, 3 * units] : [gates * units]);
  const readoutKernel = variableOf(createRandom(seed, 'readout').uniformArray(units * outputs, -limit, limit), [
    units,
    outputs,
  ]);
  const readoutBias = variableOf(new Float32Array(outputs), [outputs]);
  const variables = [kernel, recurrentKernel, bias, readoutKernel, readoutBias];
  const layer = { kernel, recurrentKernel, bias } as unknown as TensorWeights;

  function read(x: Tensor3D, sequences: boolean): Tensor {
    const options = { sequences };
    const output =
      cell.kind === 'lstm'
        ? layers.lstm(x, layer, { ...options, gates: cell.gates })
        : cell.kind === 'gru'
          ? layers.gru(x, layer, options)
          : layers.simpleRnn(x, layer, { ...options, activation: cell.activation });
    return sequences ? (output as unknown as { sequence: Tensor3D }).sequence : output.hidden;
  }

  const trainable = trainableOf(variables, (x, at) =>
    tf.tidy(() => {
      const [batch, time] = x.shape;
      const states = read(x, at === 'every');
      const rows = tf.reshape(states, [-1, units]) as Tensor2D;
      const answers = tf.add(tf.matMul(rows, readoutKernel as Tensor), readoutBias);
      return at === 'every' ? tf.reshape(answers, [batch, time, outputs]) : answers;
    }),
  );
  return { cell, units, ...trainable };
}

/** Variables that can be copied, set back and disposed of together, with what is predicted by them. */
export function trainableOf(variables: readonly Variable[], predict: Trainable['predict']): Trainable {
  return {
    variables,
    predict,
    weights: () => variables.map((variable) => variable.dataSync().slice() as Floats),
    restore(values) {
      variables.forEach((variable, i) => {
        const given = values[i];
        if (given?.length !== variable.size) {
          throw new RangeError(
            `weights ${i} have ${given?.length ?? 0} numbers; shape [${variable.shape}] has ${variable.size}`,
          );
        }
        tf.tidy(() => variable.assign(tf.tensor(given.slice(), variable.shape)));
      });
    },
    dispose: () => variables.forEach((variable) => variable.dispose()),
  };
}
