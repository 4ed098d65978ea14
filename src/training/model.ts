import type { Tensor, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';

import { initialWeights, type Cell, type Floats, type InitialWeightsOptions } from '#src/recurrent/index.ts';
import type { Observer, TensorWeights } from '#src/recurrent/tensors.ts';
import { createRandom, type Random } from '#src/sequences/random.ts';
import type { Task } from '#src/sequences/task.ts';

import type { Engine } from './engine.ts';
import { lastSteps, someSteps } from './some-steps.ts';
import { tf } from '#tensorflow';

export interface ModelOptions extends InitialWeightsOptions {
  cell: Cell;
  units: number;
  /**
   * Two layers, of `units` each, that share nothing (Schuster and Paliwal 1997): the second reads from the end, and the readout
   * sees both. Its last state is that at the first step.
   */
  bidirectional?: boolean;
}

/** What can be trained: TensorFlow.js variables, and what is predicted with them. */
export interface Trainable {
  variables: readonly Variable[];
  /**
   * Logits, or predicted numbers.
   * @param x [batch, time, inputs]
   * @returns [batch, outputs] of the last step, or of several steps [batch, steps, outputs]
   */
  predict(x: Tensor3D, at: Task['at']): Tensor;
  /** Copies of the variables' values, in their order. */
  weights(): Floats[];
  /** @throws RangeError where the values are not of this model's shapes */
  restore(weights: readonly Floats[]): void;
  dispose(): void;
}

/** Where a layer stands between two steps. */
export interface LayerState {
  /** h, [batch, units] */
  hidden: Tensor2D;
  /** c, [batch, units]; an LSTM's only */
  cell?: Tensor2D;
}

export interface ReadOptions {
  /** The state to start from; zeros unless given. Gradients go back into it. */
  state?: LayerState;
  /** Looks on while the layer that reads forwards runs, and while its gradients are made. */
  observer?: Observer;
}

/** One recurrent layer, or one for each direction, and a dense readout. */
export interface Model extends Trainable {
  cell: Cell;
  units: number;
  /**
   * kernel, recurrentKernel, bias; those of the layer that reads from the end, where there is one; then the readout's kernel,
   * [units, outputs] or [2 units, outputs], and bias, [outputs]
   */
  variables: readonly Variable[];
  /**
   * {@link Trainable.predict}, from a state, and with the state after the last step: so that a stream can be read in chunks.
   * @throws RangeError where a bidirectional model is given a state: it has to see the whole sequence
   */
  read(x: Tensor3D, at: Task['at'], options?: ReadOptions): { answers: Tensor; state: LayerState };
}

export function variableOf(values: Floats, shape: number[]): Variable {
  const initial = tf.tensor(values, shape);
  const variable = tf.variable(initial);
  initial.dispose();
  return variable;
}

/** A layer's weights as variables: Glorot-uniform gate by gate (see initialWeights), from one stream of chance. */
function createLayer(inputs: number, units: number, random: Random, cell: Cell, initial: InitialWeightsOptions) {
  const weights = initialWeights(cell.kind, { inputs, units }, random, initial);
  const columns = weights.kernel.length / inputs;
  return {
    kernel: variableOf(weights.kernel, [inputs, columns]),
    recurrentKernel: variableOf(weights.recurrentKernel, [units, columns]),
    bias: variableOf(weights.bias, cell.kind === 'gru' ? [2, columns] : [columns]),
  };
}

/** Runs a layer over x; hidden states of every step only where they were asked for. */
export function runLayer(
  layers: Engine['layers'],
  cell: Cell,
  x: Tensor3D,
  weights: TensorWeights,
  { state, ...options }: ReadOptions & { sequences: boolean; reverse?: boolean },
): LayerState & { sequence?: Tensor3D } {
  const from = { ...options, initialHidden: state?.hidden };
  if (cell.kind === 'lstm') {
    return layers.lstm(x, weights, { ...from, initialCell: state?.cell, gates: cell.gates });
  }
  if (cell.kind === 'gru') return layers.gru(x, weights, { ...from, gates: cell.gates });
  return layers.simpleRnn(x, weights, { ...from, activation: cell.activation });
}

/** A fresh model for a task, all from the seed. */
export function createModel(
  { layers }: Engine,
  { inputs, outputs }: Pick<Task, 'inputs' | 'outputs'>,
  seed: number,
  { cell, units, bidirectional = false, ...initial }: ModelOptions,
): Model {
  const layer = (stream: string) => createLayer(inputs, units, createRandom(seed, stream), cell, initial);
  const ways = [layer('weights'), ...(bidirectional ? [layer('weights from the end')] : [])];
  const seen = ways.length * units;
  const limit = Math.sqrt(6 / (seen + outputs));
  const readoutKernel = variableOf(createRandom(seed, 'readout').uniformArray(seen * outputs, -limit, limit), [
    seen,
    outputs,
  ]);
  const readoutBias = variableOf(new Float32Array(outputs), [outputs]);
  const variables = [...ways.flatMap((way) => [way.kernel, way.recurrentKernel, way.bias]), readoutKernel, readoutBias];

  /** The readout's part for one direction: TensorFlow.js is slow at joining the states of both. */
  const readoutOf = (way: number) =>
    (bidirectional ? tf.slice(readoutKernel, [way * units, 0], [units, outputs]) : readoutKernel) as Tensor2D;

  const read: Model['read'] = (x, at, options = {}) => {
    if (bidirectional && options.state) {
      throw new RangeError('a bidirectional model reads a sequence from both its ends: it cannot go on from a state');
    }
    return tf.tidy(() => {
      const [batch] = x.shape;
      const sequences = at !== 'last';
      const outcomes = ways.map((way, i) =>
        runLayer(layers, cell, x, way as unknown as TensorWeights, {
          ...(i === 0 && options),
          sequences,
          reverse: i === 1,
        }),
      );
      const parts = outcomes.map(({ sequence, hidden }, way) => {
        const asked = typeof at === 'number' ? lastSteps(sequence!, at) : (sequence ?? hidden);
        return tf.matMul(tf.reshape(asked, [-1, units]) as Tensor2D, readoutOf(way));
      });
      const answers = tf.add(parts.length > 1 ? tf.addN(parts) : parts[0]!, readoutBias);
      const { hidden, cell: cellState } = outcomes[0]!;
      return {
        answers: at === 'last' ? answers : tf.reshape(answers, [batch, -1, outputs]),
        state: { hidden, ...(cellState && { cell: cellState }) },
      };
    });
  };
  return { cell, units, read, ...trainableOf(variables, (x, at) => tf.tidy(() => read(x, at).answers)) };
}

/**
 * The same model, for a task that asks at every step, of whose answers only some are wanted: those of so many steps from step
 * `first`, counted from 0. With a later first step it has read further when it answers.
 */
export function askedAt(model: Trainable, first: number, steps: number): Trainable {
  return {
    ...model,
    predict: (x) => tf.tidy(() => someSteps(model.predict(x, 'every') as Tensor3D, first, steps)),
  };
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
