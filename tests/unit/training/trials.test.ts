import { expect, test } from 'vitest';

import { recall } from '#src/sequences/recall.ts';
import { parity } from '#src/sequences/streams.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel } from '#src/training/model.ts';
import { createPace } from '#src/training/pace.ts';
import { train, trainOnStream } from '#src/training/train.ts';
import { trialOf, tryOnce, type Trying } from '#src/training/trials.ts';
import { tf } from '#tensorflow';

const engine = await loadEngine();
const pace = createPace(new AbortController().signal);
const trying = {
  task: recall({ time: 6, symbols: 2, filler: 'distractors' }),
  model: { cell: { kind: 'simpleRnn', activation: 'tanh' }, units: 8 },
  updates: 120,
  batch: 16,
  optimizer: { kind: 'adam', learningRate: 0.01, clipNorm: 1 },
  solvedAt: 0.99,
} satisfies Trying;

test('a trial is the training that its parts would give, and leaves no tensor behind', async () => {
  const { task, model: options, ...training } = trying;
  const model = createModel(engine, task, 3, options);
  const result = await train(engine, model, task, { ...training, seed: 3 }, { pace });
  model.dispose();
  const before = tf.memory().numTensors;
  const looks: string[] = [];
  const trial = await tryOnce(engine, trying, 3, {
    pace,
    onStart: () => looks.push('start'),
    onEnd: () => looks.push('end'),
  });
  expect(tf.memory().numTensors).toBe(before);
  expect(looks).toEqual(['start', 'end']);
  expect(trial).toEqual(trialOf(result, 120));
  expect(trial.solvedAfter).toBe(result.solvedAfter);
});

test('a trial on a stream is the training on it', async () => {
  const task = parity(10);
  const { model: options, updates, batch, optimizer, solvedAt } = trying;
  const model = createModel(engine, task, 3, options);
  const result = await trainOnStream(engine, model, task, { updates, batch, optimizer, solvedAt, seed: 3 }, { pace });
  model.dispose();
  expect(await tryOnce(engine, { ...trying, task }, 3, { pace })).toEqual(trialOf(result, 120));
});

test('a trial that cannot be made leaves no tensor behind', async () => {
  const before = tf.memory().numTensors;
  const onStart = () => {
    throw new Error('no');
  };
  await expect(tryOnce(engine, trying, 3, { pace, onStart })).rejects.toThrow('no');
  expect(tf.memory().numTensors).toBe(before);
});

test('a learning curve is the mean over stretches of the budget, the last as long as the training went', () => {
  const scores = Array.from({ length: 45 }, (_, i) => (i < 20 ? 0 : 1));
  expect(trialOf({ scores, solvedAfter: 45 }, 250)).toEqual({
    solvedAfter: 45,
    updates: 45,
    score: 1,
    curve: [0, 0, 1, 1, 1],
    stretch: 10,
  });
  expect(trialOf({ scores }, 45).curve).toHaveLength(23);
  expect(trialOf({ scores }, 45).solvedAfter).toBeNull();
});
