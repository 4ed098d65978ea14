import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { placedPattern } from '#src/sequences/placed-pattern.ts';
import { createRandom } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel, type Trainable } from '#src/training/model.ts';
import { askedAtPattern, createPerPositionModel } from '#src/training/per-position.ts';
import { inputTensor, lossOf, train } from '#src/training/train.ts';
import { tf } from '#tensorflow';

const engine = await loadEngine();
const TIME = 6;
const task = placedPattern(TIME, [0, 3]);
const examples = task.batch(createRandom(1, 'test'), 8);

function create() {
  const model = createModel(engine, task, 1, { cell: { kind: 'simpleRnn', activation: 'tanh' }, units: 5 });
  return { shared: askedAtPattern(model), own: createPerPositionModel(engine, task, model) };
}

/** The gradient of each variable, in their order. */
function gradientsOf(model: Trainable): Float32Array[] {
  return tf.tidy(() => {
    const loss = () => lossOf(task, model.predict(inputTensor(task, examples, 8), 'last'), examples);
    const { grads } = tf.variableGrads(loss, [...model.variables]);
    return model.variables.map(({ name }) => (grads[name] as Tensor).dataSync().slice() as Float32Array);
  });
}

describe('a network with its own weights for each step', () => {
  test('starts as the very network whose copies it is', () => {
    const { shared, own } = create();
    const [one, other] = [shared, own].map((model) =>
      tf.tidy(() => [...model.predict(inputTensor(task, examples, 8), 'last').dataSync()]),
    );
    other!.forEach((value, i) => expect(Math.abs(value - one![i]!)).toBeLessThan(1e-5));
    own.variables.forEach((variable, i) => expect(variable.size).toBe(TIME * shared.variables[i]!.size));
    shared.dispose();
    own.dispose();
  });

  test('has for each step the share that the step has in the gradient of the shared weights', () => {
    const { shared, own } = create();
    const [whole, parts] = [gradientsOf(shared), gradientsOf(own)];
    whole.forEach((gradient, i) => {
      gradient.forEach((value, at) => {
        let sum = 0;
        for (let t = 0; t < TIME; t++) sum += parts[i]![t * gradient.length + at]!;
        expect(Math.abs(sum - value)).toBeLessThan(1e-5);
      });
      expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(1e-3);
    });
    shared.dispose();
    own.dispose();
  });

  test('learns nothing at a step that no answer hangs on', async () => {
    const { own } = create();
    const before = own.weights();
    const options = { updates: 20, batch: 8, optimizer: { kind: 'adam', learningRate: 0.01 }, seed: 1 } as const;
    const { weights } = await train(engine, own, task, options, { pace: async () => undefined });
    const changed = (variable: number, step: number) => {
      const size = before[variable]!.length / TIME;
      const part = (values: Float32Array) => values.subarray(step * size, (step + 1) * size);
      return !part(weights[variable]!).every((value, i) => value === part(before[variable]!)[i]);
    };
    // Patterns end at step 1 or 4, from 0: only there is the readout used, and after step 4 nothing is.
    expect([0, 1, 2, 3, 4, 5].map((step) => changed(3, step))).toEqual([false, true, false, false, true, false]);
    expect([0, 1, 2, 3, 4, 5].map((step) => changed(0, step))).toEqual([true, true, true, true, true, false]);
    own.dispose();
  });

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const { shared, own } = create();
    gradientsOf(own);
    gradientsOf(shared);
    shared.dispose();
    own.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
