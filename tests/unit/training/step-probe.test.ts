import { expect, test } from 'vitest';

import { createRandom } from '#src/sequences/random.ts';
import { recall } from '#src/sequences/recall.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel } from '#src/training/model.ts';
import { lossAlong, wholeGradient } from '#src/training/step-probe.ts';
import { train } from '#src/training/train.ts';
import { tf } from '#tensorflow';

const engine = await loadEngine();
const task = recall({ time: 8, symbols: 4, filler: 'blank' });
const BATCH = 8;
const create = () =>
  createModel(engine, task, 3, { cell: { kind: 'simpleRnn', activation: 'tanh' }, units: 6, recurrentScale: 1.3 });
const examples = task.batch(createRandom(3, 'batch 0'), BATCH);

test.for([undefined, 0.01])(
  'the loss along the gradient is the one that an update arrives at, clipped at %s or not',
  async (clipNorm) => {
    const model = create();
    const gradient = wholeGradient(model, task, examples, BATCH);
    const optimizer = { kind: 'sgd', learningRate: 0.05, clipNorm } as const;
    const length = 0.05 * Math.min(gradient.norm, clipNorm ?? Infinity);
    const [before, after] = lossAlong(gradient, [0, length], model, task, examples, BATCH);

    const options = { updates: 1, batch: BATCH, optimizer, seed: 3 };
    const { losses, gradientNorms } = await train(engine, model, task, options, { pace: async () => undefined });
    expect(gradient.norm / gradientNorms[0]!).toBeCloseTo(1, 5);
    expect(before).toBeCloseTo(losses[0]!, 6);
    const [arrived] = lossAlong(gradient, [0], model, task, examples, BATCH);
    expect(after).toBeCloseTo(arrived!, 5);
    model.dispose();
  },
);

test('a short step against the gradient lowers the loss by its length times the norm', () => {
  const model = create();
  const gradient = wholeGradient(model, task, examples, BATCH);
  const length = 1e-3;
  const [before, after] = lossAlong(gradient, [0, length], model, task, examples, BATCH);
  expect((before! - after!) / (length * gradient.norm)).toBeCloseTo(1, 1);
  model.dispose();
});

test('looking leaves the model where it is, and no tensor behind', () => {
  const model = create();
  const weights = model.weights();
  const before = tf.memory().numTensors;
  const gradient = wholeGradient(model, task, examples, BATCH);
  lossAlong(gradient, [0.1, 1, 10], model, task, examples, BATCH);
  expect(model.weights()).toEqual(weights);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});
