import { describe, expect, test } from 'vitest';

import { batchOf, clickTrails, pages, type Trail } from '#src/sequences/click-trails.ts';
import { createRandom, shuffled } from '#src/sequences/random.ts';
import type { Task } from '#src/sequences/task.ts';
import { classify } from '#src/training/classify.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel } from '#src/training/model.ts';
import { createOrderBlindModel } from '#src/training/order-blind.ts';
import { inputTensor, train } from '#src/training/train.ts';
import { tf } from '#tensorflow';

const TIME = 9;
const task = clickTrails(TIME, 1);
const pace = async () => undefined;

function logits(model: ReturnType<typeof createOrderBlindModel>, trails: readonly Trail[]): number[] {
  return tf.tidy(() => [...model.predict(inputTensor(task, batchOf(trails), trails.length), 'last').dataSync()]);
}

describe('the order-blind model', () => {
  test('gives every arrangement of the same pages the very same answer', () => {
    const model = createOrderBlindModel(task, 5, 16);
    const random = createRandom(5, 'test');
    const trails = task.heldOut.slice(0, 50);
    const rearranged = trails.map((trail) => shuffled(random, trail));
    expect(rearranged).not.toEqual(trails);
    expect(logits(model, rearranged)).toEqual(logits(model, trails));
    expect(new Set(logits(model, trails)).size).toBeGreaterThan(10);
    model.dispose();
  });

  test('is a dense layer on the counts: the answers follow from the weights by hand', () => {
    const model = createOrderBlindModel(task, 6, 3);
    const [kernel, bias, readout, readoutBias] = model.weights();
    const trail = task.heldOut[0]!;
    const counts = pages.map((_, page) => trail.filter((p) => p === page).length);
    const hidden = [0, 1, 2].map((unit) =>
      Math.tanh(counts.reduce((sum, count, page) => sum + count * kernel![3 * page + unit]!, bias![unit]!)),
    );
    const expected = [0, 1].map((kind) =>
      hidden.reduce((sum, h, unit) => sum + h * readout![2 * unit + kind]!, readoutBias![kind]!),
    );
    logits(model, [trail]).forEach((logit, kind) => expect(logit).toBeCloseTo(expected[kind]!, 5));
    model.dispose();
  });

  test('learns what counts do tell: whether a page was opened more often than another', async () => {
    const counted: Task = {
      ...task,
      batch(random, size) {
        const trails = Array.from({ length: size }, () => Array.from({ length: TIME }, () => random.integer(6)));
        const { inputs } = batchOf(trails);
        const often = (trail: Trail, page: number) => trail.filter((p) => p === page).length;
        return { inputs, targets: Int32Array.from(trails, (trail) => (often(trail, 0) > often(trail, 1) ? 1 : 0)) };
      },
    };
    const model = createOrderBlindModel(counted, 1, 16);
    const { scores } = await train(
      await loadEngine(),
      model,
      counted,
      {
        updates: 300,
        batch: 32,
        optimizer: { kind: 'adam', learningRate: 5e-3, clipNorm: 1 },
        seed: 1,
        solvedAt: 0.97,
      },
      { pace },
    );
    model.dispose();
    expect(scores.slice(-20).reduce((sum, score) => sum + score, 0) / 20).toBeGreaterThan(0.95);
  });

  test('is the same for the same seed, keeps no tensor, and takes weights back', () => {
    const before = tf.memory().numTensors;
    const [model, same, other] = [5, 5, 6].map((seed) => createOrderBlindModel(task, seed, 4)) as [
      ReturnType<typeof createOrderBlindModel>,
      ReturnType<typeof createOrderBlindModel>,
      ReturnType<typeof createOrderBlindModel>,
    ];
    expect(same.weights()).toEqual(model.weights());
    expect(other.weights()).not.toEqual(model.weights());
    other.restore(model.weights());
    expect(logits(other, task.heldOut.slice(0, 9))).toEqual(logits(model, task.heldOut.slice(0, 9)));
    for (const each of [model, same, other]) each.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('classes of many sequences are those that each has by itself, in their order', async () => {
  const model = createModel(await loadEngine(), task, 3, { cell: { kind: 'simpleRnn', activation: 'tanh' }, units: 8 });
  const trails = task.heldOut.slice(0, 260);
  const said = await classify(model, task, batchOf(trails).inputs, pace);
  expect(said).toHaveLength(260);
  expect(new Set(said)).toEqual(new Set([0, 1]));
  for (const i of [0, 1, 2, 248, 249, 250, 251, 259]) {
    expect(await classify(model, task, batchOf([trails[i]!]).inputs, pace)).toEqual([said[i]]);
  }
  model.dispose();
});
