import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { loadKernels } from '#src/recurrent/index.ts';
import { recurrentOperations, type TensorWeights } from '#src/recurrent/tensors.ts';
import type { Cell, Floats, Sizes, Weights } from '#src/recurrent/types.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';

import { expectClose, randomProblem } from './problems.ts';
import { tf } from './tensors.ts';

const forms = [typescriptKernels, await loadKernels()];
const sizes: Sizes = { time: 12, batch: 5, inputs: 3, units: 10 };

/** tf.layers' own layer with the given weights; GRU is not here, as tf.layers has it only with the reset before the product. */
function layerOf(cell: Exclude<Cell, { kind: 'gru' }>, x: Tensor3D, weights: Weights) {
  const { inputs, units } = sizes;
  const options = {
    units,
    returnSequences: true,
    inputShape: [sizes.time, inputs],
    recurrentActivation: 'sigmoid' as const,
  };
  const layer =
    cell.kind === 'lstm'
      ? tf.layers.lstm(options)
      : tf.layers.simpleRNN({ ...options, activation: cell.activation === 'identity' ? 'linear' : cell.activation });
  layer.apply(x);
  const columns = weights.bias.length;
  layer.setWeights([
    tf.tensor2d(weights.kernel, [inputs, columns]),
    tf.tensor2d(weights.recurrentKernel, [units, columns]),
    tf.tensor1d(weights.bias),
  ]);
  return layer;
}

const numbers = (tensor: Tensor) => tensor.dataSync<'float32'>() as Floats;

const cells = [
  { kind: 'lstm' },
  { kind: 'simpleRnn', activation: 'tanh' },
  { kind: 'simpleRnn', activation: 'relu' },
  { kind: 'simpleRnn', activation: 'identity' },
] as const;

describe.each(cells)('%o agrees with tf.layers', (cell) => {
  const { problem } = randomProblem(cell, sizes, 4);
  const { batch, time, inputs, units } = sizes;
  const x = tf.tensor3d(problem.input, [batch, time, inputs]);
  const target = tf.tensor3d(randomProblem(cell, sizes, 5).loss.hidden!, [batch, time, units]);
  const loss = (hidden: Tensor3D) => tf.losses.meanSquaredError(target, hidden).asScalar();

  const layer = layerOf(cell, x, problem.weights);
  const variables = layer.trainableWeights.map((weight) => weight.read() as ReturnType<typeof tf.variable>);
  const expected = tf.variableGrads(() => loss(layer.apply(x) as Tensor3D), variables);

  it.each(forms)('in form $form: hidden states, loss and gradients of the weights', (kernels) => {
    const operations = recurrentOperations(kernels);
    const [kernel, recurrentKernel, bias] = variables as unknown as [never, never, never];
    const weights: TensorWeights = { kernel, recurrentKernel, bias };
    const read = () =>
      cell.kind === 'lstm'
        ? operations.lstm(x, weights, { sequences: true }).sequence
        : operations.simpleRnn(x, weights, { sequences: true, activation: cell.activation }).sequence;
    const sequence = read();
    expectClose(numbers(sequence), numbers(layer.apply(x) as Tensor3D), 5e-6);

    const actual = tf.variableGrads(() => loss(read()), variables);
    expect(actual.value.dataSync()[0]).toBeCloseTo(expected.value.dataSync()[0]!, 6);
    expect(Object.keys(actual.grads)).toEqual(Object.keys(expected.grads));
    for (const name in expected.grads) {
      expect(actual.grads[name]!.shape).toEqual(expected.grads[name]!.shape);
      expectClose(numbers(actual.grads[name]!), numbers(expected.grads[name]!), 5e-6, name);
    }
  });
});
