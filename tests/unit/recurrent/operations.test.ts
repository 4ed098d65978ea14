import type { Tensor, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { loadKernels } from '#src/recurrent/index.ts';
import { initialWeights } from '#src/recurrent/initial-weights.ts';
import {
  FusedOptimizer,
  heldPasses,
  recurrentOperations,
  releaseUnused,
  type TensorWeights,
} from '#src/recurrent/tensors.ts';
import type { Cell, Floats, Gradients } from '#src/recurrent/types.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';
import { createRandom } from '#src/sequences/random.ts';

import { expectClose } from './problems.ts';
import { tf } from './tensors.ts';

const kernels = await loadKernels();
const operations = recurrentOperations(kernels);
const plain = recurrentOperations(typescriptKernels);

const random = createRandom(3, 'tensors');
const uniform = (shape: number[]) =>
  tf.tensor(random.uniformArray(tf.util.sizeFromShape(shape), -1, 1), shape) as Tensor;

function layerWeights(kind: Cell['kind'], inputs: number, units: number): TensorWeights {
  const { kernel, recurrentKernel, bias } = initialWeights(kind, { inputs, units }, random);
  const columns = kernel.length / inputs;
  return {
    kernel: tf.tensor2d(kernel, [inputs, columns]),
    recurrentKernel: tf.tensor2d(recurrentKernel, [units, columns]),
    bias: kind === 'gru' ? tf.tensor2d(bias, [2, columns]) : tf.tensor1d(bias),
  };
}

const numbers = (tensor: Tensor) => tensor.dataSync<'float32'>().slice() as Floats;
const kinds = ['simpleRnn', 'lstm', 'gru'] as const;

describe.each(kinds)('%s as an operation', (kind) => {
  const x = uniform([3, 5, 2]) as Tensor3D;
  const weights = layerWeights(kind, 2, 4);

  it('puts out the last of the hidden states that it puts out', () => {
    const { hidden, sequence } = operations[kind](x, weights, { sequences: true });
    expect(hidden.shape).toEqual([3, 4]);
    expect(sequence.shape).toEqual([3, 5, 4]);
    expect(numbers(tf.slice(sequence, [0, 4, 0], [3, 1, 4]))).toEqual(numbers(hidden));
  });

  it('reads from the end on request, as if the input were reversed', () => {
    const reversed = operations[kind](tf.reverse(x, 1), weights, { sequences: true });
    const { hidden, sequence } = operations[kind](x, weights, { sequences: true, reverse: true });
    expect(numbers(hidden)).toEqual(numbers(reversed.hidden));
    expect(numbers(sequence)).toEqual(numbers(tf.reverse(reversed.sequence, 1)));

    const loss = (input: Tensor, reverse: boolean) =>
      tf.sum(tf.square(operations[kind](input as Tensor3D, weights, { sequences: true, reverse }).sequence));
    const expected = tf.grad((input: Tensor) => loss(tf.reverse(input, 1), false))(x);
    expectClose(numbers(tf.grad((input: Tensor) => loss(input, true))(x)), numbers(expected), 1e-6);
  });

  it('goes on from a given state where a run over the whole sequence would be', () => {
    const whole = operations[kind](x, weights);
    const first = operations[kind](tf.slice(x, [0, 0, 0], [3, 2, 2]), weights);
    const state = { initialHidden: first.hidden, ...('cell' in first && { initialCell: first.cell as Tensor2D }) };
    const second = operations[kind](tf.slice(x, [0, 2, 0], [3, 3, 2]), weights, state);
    expect(numbers(second.hidden)).toEqual(numbers(whole.hidden));
  });

  it('hands its gradients to the layer below and through the states: two layers, each in two chunks', () => {
    const above = layerWeights(kind, 4, 3);
    const twoLayers = (ops: typeof operations) => (input: Tensor, kernel: Tensor, recurrentKernel: Tensor) => {
      const below = { ...weights, kernel: kernel as Tensor2D, recurrentKernel: recurrentKernel as Tensor2D };
      const chunk = (start: number, time: number) => tf.slice(input as Tensor3D, [0, start, 0], [3, time, 2]);
      const one = ops[kind](chunk(0, 2), below, { sequences: true });
      const state = { initialHidden: one.hidden, ...('cell' in one && { initialCell: one.cell as Tensor2D }) };
      const two = ops[kind](chunk(2, 3), below, { ...state, sequences: true });
      const joined = tf.concat([one.sequence, two.sequence], 1);
      return tf.sum(tf.square(ops[kind](joined, above).hidden));
    };
    const inOneChunk = (input: Tensor, kernel: Tensor, recurrentKernel: Tensor) => {
      const below = { ...weights, kernel: kernel as Tensor2D, recurrentKernel: recurrentKernel as Tensor2D };
      const { sequence } = plain[kind](input as Tensor3D, below, { sequences: true });
      return tf.sum(tf.square(plain[kind](sequence, above).hidden));
    };
    const args = [x, weights.kernel, weights.recurrentKernel];
    const expected = tf.grads(inOneChunk)(args);
    tf.grads(twoLayers(operations))(args).forEach((gradient, i) => {
      expectClose(numbers(gradient), numbers(expected[i]!), 5e-6, `argument ${i}`);
    });
  });

  it('hands dL/dh_t out beside the tape, the same as from the bare kernels', () => {
    const seen: { hidden?: Floats; dHidden?: Floats; gates?: number } = {};
    const observer = {
      onForward: (pass: { hidden(): Floats; gates(): object }) => {
        seen.hidden = pass.hidden();
        seen.gates = Object.keys(pass.gates()).length;
      },
      onBackward: (gradients: Gradients) => (seen.dHidden = gradients.hidden()),
    };
    tf.grad((input: Tensor) => tf.sum(operations[kind](input as Tensor3D, weights, { observer }).hidden))(x);

    const cell: Cell = kind === 'simpleRnn' ? { kind, activation: 'tanh' } : { kind };
    const pass = kernels.run({
      cell,
      sizes: { time: 5, batch: 3, inputs: 2, units: 4 },
      input: numbers(tf.transpose(x, [1, 0, 2])),
      weights: {
        kernel: numbers(weights.kernel),
        recurrentKernel: numbers(weights.recurrentKernel),
        bias: numbers(weights.bias),
      },
    });
    const gradients = pass.backward({ lastHidden: new Float32Array(12).fill(1) });
    expect(seen.hidden).toEqual(pass.hidden());
    expect(seen.dHidden).toEqual(gradients.hidden());
    expect(seen.gates).toBe({ simpleRnn: 0, lstm: 4, gru: 3 }[kind]);
    pass.release();
  });
});

describe('the memory of operations', () => {
  afterEach(() => tf.disposeVariables());

  function trainableStep(kind: Cell['kind']) {
    const x = uniform([4, 6, 2]) as Tensor3D;
    const target = uniform([4, 5]);
    const weights = layerWeights(kind, 2, 5);
    const variables = Object.values(weights).map((weight: Tensor) => tf.variable(weight)) as [
      Variable,
      Variable,
      Variable,
    ];
    const [kernel, recurrentKernel, bias] = variables as unknown as [Tensor2D, Tensor2D, never];
    const optimizer = new FusedOptimizer(kernels, { kind: 'adam', learningRate: 0.01 });
    const loss = () => {
      const { hidden } = operations[kind](x, { kernel, recurrentKernel, bias }, { sequences: true });
      return tf.losses.meanSquaredError(target, hidden).asScalar();
    };
    return () => tf.tidy(() => optimizer.minimize(loss, true, variables)?.dataSync()[0] ?? NaN);
  }

  it.each(kinds)('is flat over 1,000 training steps of a %s, and the loss falls', (kind) => {
    const step = trainableStep(kind);
    const first = step();
    const before = tf.memory();
    let last = first;
    for (let i = 0; i < 1000; i++) last = step();
    const after = tf.memory();
    expect(after.numTensors).toBe(before.numTensors);
    expect(after.numDataBuffers).toBe(before.numDataBuffers);
    expect(after.numBytes).toBe(before.numBytes);
    expect(last).toBeLessThan(first / 10);
    expect(heldPasses()).toBeLessThanOrEqual(1);
  });

  it('holds no pass where no gradient was asked for', () => {
    releaseUnused();
    tf.tidy(() => void operations.gru(uniform([2, 3, 2]) as Tensor3D, layerWeights('gru', 2, 4)));
    expect(heldPasses()).toBe(0);
  });

  it('holds the passes of a graph until its gradients are made', () => {
    const weights = layerWeights('gru', 2, 4);
    const x = uniform([2, 3, 2]) as Tensor3D;
    let during = 0;
    tf.grad((input: Tensor) => {
      const sums = [1, 2, 3].map(() => tf.sum(operations.gru(input as Tensor3D, weights).hidden));
      during = heldPasses();
      return tf.add(tf.add(sums[0]!, sums[1]!), sums[2]!);
    })(x);
    expect(during).toBe(3);
    releaseUnused();
    expect(heldPasses()).toBe(0);
  });

  it('keeps calls of the same shape apart', () => {
    const x = uniform([2, 3, 2]) as Tensor3D;
    const [a, b] = [layerWeights('lstm', 2, 4), layerWeights('lstm', 2, 4)];
    const lossWith = (ops: typeof operations) => (input: Tensor) =>
      tf.sum(tf.mul(ops.lstm(input as Tensor3D, a).hidden, ops.lstm(input as Tensor3D, b).hidden));
    expectClose(numbers(tf.grad(lossWith(operations))(x)), numbers(tf.grad(lossWith(plain))(x)), 5e-6);
  });
});

describe('wrong tensors are refused with their shapes', () => {
  const x = uniform([3, 5, 2]) as Tensor3D;
  const weights = layerWeights('lstm', 2, 4);
  const run = (
    input: Tensor,
    change: Partial<Record<keyof TensorWeights | 'initialHidden' | 'initialCell', Tensor>> = {},
  ) => {
    const { initialHidden, initialCell, ...changed } = change as { initialHidden?: Tensor2D; initialCell?: Tensor2D };
    return () => operations.lstm(input as Tensor3D, { ...weights, ...changed }, { initialHidden, initialCell });
  };

  it.each([
    [
      'rank',
      run(uniform([5, 2])),
      'lstm: x is float32 of shape [5,2]; it must be float32 of shape [batch, time, inputs]',
    ],
    ['dtype', run(tf.cast(x, 'int32')), 'lstm: x is int32 of shape [3,5,2]; it must be float32'],
    ['no steps', run(tf.zeros([3, 0, 2])), 'lstm: x is float32 of shape [3,0,2]'],
    [
      'kernel',
      run(uniform([3, 5, 7])),
      'lstm: kernel is float32 of shape [2,16]; it must be float32 of shape [inputs 7, columns 16]',
    ],
    ['recurrent kernel', run(x, { recurrentKernel: uniform([4, 12]) }), 'shape [units 4, columns 16]'],
    [
      'bias',
      run(x, { bias: uniform([12]) }),
      'lstm: bias is float32 of shape [12]; it must be float32 of shape [columns 16]',
    ],
    ['initial state', run(x, { initialHidden: uniform([2, 4]) }), 'initialHidden is float32 of shape [2,4]'],
    ['initial cell', run(x, { initialCell: uniform([3, 5]) }), 'initialCell is float32 of shape [3,5]'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  it.each([[[0, 5, 2]], [[3, 5, 0]]])('no sequences or inputs: %o', (shape) => {
    expect(run(tf.zeros(shape))).toThrow(`lstm: x is float32 of shape [${shape}]`);
    expect(run(tf.zeros(shape))).toThrow('none of them 0');
  });

  it('on another backend than the one that they run on', () => {
    const backendName = vi.spyOn(tf.engine(), 'backendName', 'get').mockReturnValue('webgl');
    expect(run(x)).toThrow("lstm: runs on TensorFlow.js's cpu backend only; in use is webgl");
    backendName.mockRestore();
  });

  it('by the gru, whose bias has two rows', () => {
    const gru = layerWeights('gru', 2, 4);
    expect(() => operations.gru(x, { ...gru, bias: uniform([24]) as never })).toThrow(
      'gru: bias is float32 of shape [24]; it must be float32 of shape [biases 2, columns 12]',
    );
  });
});
