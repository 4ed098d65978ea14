import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { createOptimizer, loadKernels, type OptimizerSettings } from '#src/recurrent/index.ts';
import { FusedOptimizer } from '#src/recurrent/tensors.ts';
import type { Floats } from '#src/recurrent/types.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';
import { createRandom } from '#src/sequences/random.ts';

import { expectClose } from './problems.ts';
import { tf } from './tensors.ts';

const forms = [typescriptKernels, await loadKernels(), await loadKernels({ form: 'relaxed-simd' })];

const lengths = [1, 3, 4, 9];
const values = (seed: number): Floats[] =>
  lengths.map((length) => createRandom(seed, `values ${length}`).uniformArray(length, -1, 1));
const flat = (arrays: readonly Floats[]) => Float32Array.from(arrays.flatMap((array) => [...array]));

/** Steps with gradients that shrink from one to the next. */
function stepsOf(optimizer: ReturnType<typeof createOptimizer>, into: Floats[], from: number, to: number): number[] {
  const norms: number[] = [];
  for (let step = from; step < to; step++) {
    norms.push(
      optimizer.step(
        into,
        values(100 + step).map((array) => array.map((value) => value / (step + 1))),
      ),
    );
  }
  return norms;
}

const cases: [string, OptimizerSettings, () => InstanceType<typeof tf.Optimizer>][] = [
  ['Adam', { kind: 'adam', learningRate: 0.01 }, () => tf.train.adam(0.01)],
  [
    'Adam with its own numbers',
    { kind: 'adam', learningRate: 0.1, beta1: 0.8, beta2: 0.99, epsilon: 1e-3 },
    () => tf.train.adam(0.1, 0.8, 0.99, 1e-3),
  ],
  ['gradient descent', { kind: 'sgd', learningRate: 0.05 }, () => tf.train.sgd(0.05)],
  ['momentum', { kind: 'sgd', learningRate: 0.05, momentum: 0.9 }, () => tf.train.momentum(0.05, 0.9)],
];

describe.each(cases)("%s has TensorFlow.js's results", (_, settings, theirs) => {
  it.each(forms)('in form $form', (kernels) => {
    const expected = values(1).map((array) => tf.variable(tf.tensor1d(array)));
    const optimizer = theirs();
    const actual = values(1);
    const own = createOptimizer(kernels, settings);
    for (let step = 0; step < 50; step++) {
      const gradients = values(100 + step);
      optimizer.applyGradients(expected.map(({ name }, i) => ({ name, tensor: tf.tensor1d(gradients[i]!) })));
      own.step(actual, gradients);
    }
    expected.forEach((variable, i) => expectClose(actual[i]!, variable.dataSync<'float32'>() as Floats, 2e-6));
    own.release();
  });
});

describe('clipping by the global norm', () => {
  it.each(forms)('scales all gradients alike, in form $form', (kernels) => {
    const gradients = [Float32Array.of(3), Float32Array.of(0, 4)];
    const clipped = [new Float32Array(1), new Float32Array(2)];
    const own = createOptimizer(kernels, { kind: 'sgd', learningRate: 1, clipNorm: 1 });
    expect(own.step(clipped, gradients)).toBe(5);
    expectClose(flat(clipped), Float32Array.of(-0.6, 0, -0.8), 1e-6);
    own.release();
  });

  it.each(forms)('leaves shorter ones alone, in form $form', (kernels) => {
    const own = createOptimizer(kernels, { kind: 'sgd', learningRate: 1, clipNorm: 5 });
    const untouched = [new Float32Array(2)];
    expect(own.step(untouched, [Float32Array.of(3, 4)])).toBe(5);
    expect(untouched[0]).toEqual(Float32Array.of(-3, -4));
    own.release();
  });

  it.each(forms)('reports a norm beyond float32, in form $form', (kernels) => {
    const own = createOptimizer(kernels, { kind: 'sgd', learningRate: 1, clipNorm: 1 });
    const after = [new Float32Array(1)];
    expect(own.step(after, [Float32Array.of(3e38)])).toBeCloseTo(3e38, -32);
    expectClose(after[0]!, [-1], 1e-6);
    expect(own.step(after, [Float32Array.of(NaN)])).toBeNaN();
    own.release();
  });
});

describe('a saved state', () => {
  it.each(forms)('goes on bit for bit as if it had not been saved, in form $form', (kernels) => {
    const settings: OptimizerSettings = { kind: 'adam', learningRate: 0.01, clipNorm: 0.5 };
    const whole = values(1);
    const norms = stepsOf(createOptimizer(kernels, settings), whole, 0, 20);

    const parts = values(1);
    const before = createOptimizer(kernels, settings);
    stepsOf(before, parts, 0, 12);
    const saved = before.state();
    before.release();
    const after = createOptimizer(kernels, settings);
    after.restore(saved);
    expect(stepsOf(after, parts, 12, 20)).toEqual(norms.slice(12));
    expect(parts).toEqual(whole);
  });

  it('is copied, and belongs to as many parameters', () => {
    const own = createOptimizer(typescriptKernels, { kind: 'sgd', learningRate: 1 });
    expect(() => own.state()).toThrow('before its first step');
    own.step([new Float32Array(2)], [Float32Array.of(1, 1)]);
    const saved = own.state();
    own.step([new Float32Array(2)], [Float32Array.of(5, 5)]);
    expect(saved.first).toEqual(Float32Array.of(1, 1));
    const other = createOptimizer(typescriptKernels, { kind: 'sgd', learningRate: 1 });
    other.restore(saved);
    expect(() => other.step([new Float32Array(3)], [new Float32Array(3)])).toThrow('3 parameters; the state is of 2');
  });
});

describe('what does not fit is refused', () => {
  it('names the lengths', () => {
    const own = createOptimizer(typescriptKernels, { kind: 'sgd', learningRate: 1 });
    expect(() => own.step([new Float32Array(2)], [new Float32Array(3)])).toThrow('lengths [2], gradients [3]');
    own.step([new Float32Array(2)], [new Float32Array(2)]);
    expect(() => own.step([new Float32Array(1)], [new Float32Array(1)])).toThrow('lengths [1], at first [2]');
  });

  it('names the setting', () => {
    const make = (settings: OptimizerSettings) => () => createOptimizer(typescriptKernels, settings);
    expect(make({ kind: 'sgd', learningRate: 0 })).toThrow('learning rate is 0; it must be above 0');
    expect(make({ kind: 'sgd', learningRate: 1, clipNorm: -1 })).toThrow('clip norm is -1');
  });
});

describe('the TensorFlow.js optimiser', () => {
  it('minimises, and leaves clones of the variables alone', () => {
    const variable = tf.variable(tf.tensor1d([2, -3]));
    const clone = variable.clone();
    const optimizer = new FusedOptimizer(forms[1]!, { kind: 'sgd', learningRate: 0.5 });
    const loss = () => tf.sum(tf.square(variable as Tensor)).asScalar();
    const cost = optimizer.minimize(loss, true, [variable]);
    expect(cost?.dataSync()[0]).toBe(13);
    expect([...variable.dataSync()]).toEqual([0, 0]);
    expect([...clone.dataSync()]).toEqual([2, -3]);
    expect(optimizer.gradientNorm).toBeCloseTo(Math.hypot(4, 6), 10);
    expect(optimizer.state().steps).toBe(1);
    optimizer.dispose();
  });

  it('says which gradient is missing', () => {
    const variable = tf.variable(tf.tensor1d([1]), true, 'lonely');
    const optimizer = new FusedOptimizer(forms[1]!, { kind: 'sgd', learningRate: 0.5 });
    expect(() => optimizer.applyGradients([{ name: variable.name, tensor: undefined as never }])).toThrow('lonely');
    expect(() => optimizer.applyGradients({ unknown: tf.scalar(1) })).toThrow('no variable named unknown');
  });
});
