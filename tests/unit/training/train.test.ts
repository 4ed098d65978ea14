import type { Tensor3D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import type { OptimizerSettings } from '#src/recurrent/index.ts';
import { adding } from '#src/sequences/adding.ts';
import { createRandom } from '#src/sequences/random.ts';
import { recall } from '#src/sequences/recall.ts';
import type { Stream, Task } from '#src/sequences/task.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel, type ModelOptions } from '#src/training/model.ts';
import { createPace } from '#src/training/pace.ts';
import { train, trainOnStream, type TrainingOptions, type TrainingState } from '#src/training/train.ts';
import { tf } from '#tensorflow';

const task = recall({ time: 8, symbols: 4, filler: 'distractors' });
const rnn: ModelOptions = { cell: { kind: 'simpleRnn', activation: 'tanh' }, units: 16 };
const adam: OptimizerSettings = { kind: 'adam', learningRate: 5e-3, clipNorm: 1 };
const options: TrainingOptions = { updates: 30, batch: 8, optimizer: adam, seed: 3 };
const endless = () => createPace(new AbortController().signal);

async function trained(
  overrides: Partial<TrainingOptions> = {},
  { learned = task, model = rnn }: { learned?: Task; model?: ModelOptions } = {},
) {
  const engine = await loadEngine();
  const fresh = createModel(engine, learned, 3, model);
  const result = await train(engine, fresh, learned, { ...options, ...overrides }, { pace: endless() });
  fresh.dispose();
  return result;
}

describe('training', () => {
  test('gives the same losses and weights for the same seed, and others for another', async () => {
    const [first, again, other] = [await trained(), await trained(), await trained({ seed: 4 })];
    expect(again).toEqual(first);
    expect(other.losses).not.toEqual(first.losses);
  });

  test.each<[string, OptimizerSettings]>([
    ['Adam', adam],
    ['gradient descent with momentum', { kind: 'sgd', learningRate: 0.05, momentum: 0.9, clipNorm: 1 }],
  ])('goes on from a saved state as if it had not been stopped: %s', async (_, optimizer) => {
    const engine = await loadEngine();
    const whole = await trained({ optimizer });
    let saved: TrainingState | undefined;
    const begun = createModel(engine, task, 3, rnn);
    const stopped = train(
      engine,
      begun,
      task,
      { ...options, optimizer },
      {
        pace: async () => {
          if (saved) throw new Error('stopped');
        },
        onUpdate: ({ updates, state }) => {
          if (updates === 11) saved = structuredClone(state());
        },
      },
    );
    await expect(stopped).rejects.toThrow('stopped');
    begun.dispose();

    const later = createModel(engine, task, 99, rnn);
    const rest = await train(engine, later, task, { ...options, optimizer }, { pace: endless(), state: saved });
    later.dispose();
    expect(rest.losses).toEqual(whole.losses);
    expect(rest.gradientNorms).toEqual(whole.gradientNorms);
    expect(rest.weights).toEqual(whole.weights);
  });

  test('solves a short recall, and stops when the last batches say so', async () => {
    const result = await trained({ updates: 600, batch: 16, solvedAt: 0.99 });
    expect(result.solvedAfter).toBe(result.losses.length);
    expect(result.losses.length).toBeLessThan(600);
    const last = result.scores.slice(-20);
    expect(last.reduce((sum, score) => sum + score, 0) / 20).toBeGreaterThanOrEqual(0.99);
  });

  test('learns numbers: the adding problem falls below the error of always answering one', async () => {
    const result = await trained(
      { updates: 400, batch: 16, optimizer: { ...adam, learningRate: 1e-2 }, solvedAt: 0.01 },
      { learned: adding(20), model: { cell: { kind: 'lstm' }, units: 16, forgetBias: { chrono: 20 } } },
    );
    expect(result.solvedAfter).toBeDefined();
    expect(result.scores.at(-1)).toBeLessThan(1 / 6);
  });

  test.each(['simpleRnn', 'lstm', 'gru'] as const)('fits answers at every step with a %s', async (kind) => {
    const echo: Task = {
      ...task,
      at: 'every',
      batch(random, size) {
        const { inputs } = task.batch(random, size);
        // The symbol that the step itself shows, distractors counted like the symbols that they stand beside.
        const targets = Int32Array.from({ length: size * task.time }, (_, i) => {
          const row = inputs.subarray(i * task.inputs, (i + 1) * task.inputs);
          return row.indexOf(1) % task.outputs;
        });
        return { inputs, targets };
      },
    };
    const cell = kind === 'simpleRnn' ? ({ kind, activation: 'tanh' } as const) : { kind };
    const { losses } = await trained(
      { updates: 200, optimizer: { ...adam, learningRate: 2e-2 } },
      { learned: echo, model: { cell, units: 16 } },
    );
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 10);
  });

  test('clips: with a small enough bound no update moves the weights further than the learning rate times it', async () => {
    const engine = await loadEngine();
    const model = createModel(engine, task, 3, rnn);
    const before = model.weights();
    const optimizer: OptimizerSettings = { kind: 'sgd', learningRate: 1, clipNorm: 1e-3 };
    const { gradientNorms } = await train(
      engine,
      model,
      task,
      { ...options, updates: 1, optimizer },
      { pace: endless() },
    );
    const moved = Math.hypot(
      ...model.weights().flatMap((values, i) => Array.from(values, (v, j) => v - before[i]![j]!)),
    );
    model.dispose();
    expect(gradientNorms[0]).toBeGreaterThan(1e-3);
    expect(moved).toBeGreaterThan(0.99e-3);
    expect(moved).toBeLessThan(1.01e-3);
  });

  test('ends when the loss is no number any more', async () => {
    const result = await trained({ updates: 30, optimizer: { kind: 'sgd', learningRate: 1e38 } });
    expect(result.losses.length).toBeLessThan(30);
    expect(result.losses.at(-1)).toBeNaN();
  });

  test('rejects with the reason of the signal when it is stopped', async () => {
    const engine = await loadEngine();
    const stopper = new AbortController();
    const model = createModel(engine, task, 3, rnn);
    const running = train(
      engine,
      model,
      task,
      { ...options, updates: 1e6 },
      {
        pace: createPace(stopper.signal),
        onUpdate: ({ updates }) => {
          if (updates === 5) stopper.abort(new Error('enough'));
        },
      },
    );
    await expect(running).rejects.toThrow('enough');
    model.dispose();
  });

  test('tells updates, loss and speed as it goes', async () => {
    const engine = await loadEngine();
    const model = createModel(engine, task, 3, rnn);
    const seen: number[] = [];
    const { losses } = await train(engine, model, task, options, {
      pace: endless(),
      onUpdate: ({ updates, loss, stepsPerSecond, secondsLeft }) => {
        seen.push(loss);
        expect(updates).toBe(seen.length);
        expect(stepsPerSecond).toBeGreaterThan(0);
        expect(secondsLeft).toBeCloseTo((options.updates - updates) / stepsPerSecond, 9);
      },
    });
    model.dispose();
    expect(seen).toEqual(losses);
  });

  test('keeps no tensor', async () => {
    await trained({ updates: 2 });
    const before = tf.memory().numTensors;
    await trained({ updates: 5 });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('refuses weights of another shape, and says which', async () => {
    const engine = await loadEngine();
    const model = createModel(engine, task, 3, rnn);
    expect(() => model.restore([new Float32Array(3)])).toThrow('weights 0 have 3 numbers; shape [8,16] has 128');
    model.dispose();
  });
});

/** A bit a step, now and then a new value to hold: the answer at every step is the value last given. */
const latch: Stream = {
  time: 10,
  inputs: 2,
  outputs: 2,
  kind: 'class',
  at: 'every',
  begin(random, size) {
    const held = new Int32Array(size);
    return () => {
      const chunk = { inputs: new Float32Array(size * 10 * 2), targets: new Int32Array(size * 10) };
      for (let b = 0; b < size; b++) {
        for (let t = b * 10; t < (b + 1) * 10; t++) {
          if (random.uniform(0, 1) < 0.1) {
            held[b] = random.integer(2);
            chunk.inputs[2 * t + held[b]!] = 1;
          }
          chunk.targets[t] = held[b]!;
        }
      }
      return chunk;
    };
  },
};

describe('training on a stream', () => {
  const lstm: ModelOptions = { cell: { kind: 'lstm' }, units: 8 };

  async function streamed(model: ModelOptions, overrides: Partial<TrainingOptions> = {}) {
    const engine = await loadEngine();
    const fresh = createModel(engine, latch, 3, model);
    const result = await trainOnStream(engine, fresh, latch, { ...options, ...overrides }, { pace: endless() });
    fresh.dispose();
    return result;
  }

  test.each<[string, ModelOptions]>([
    ['an LSTM', lstm],
    ['a GRU', { cell: { kind: 'gru' }, units: 8 }],
    ['a simple network', { ...rnn, units: 8 }],
  ])('carries the state of %s from chunk to chunk', async (_, model) => {
    const engine = await loadEngine();
    // At so low a rate the weights stay what they are, and the chunks' losses are those of one long sequence.
    const { losses, carried } = await streamed(model, {
      updates: 5,
      optimizer: { kind: 'sgd', learningRate: 1e-12 },
    });
    const next = latch.begin(createRandom(options.seed, 'stream'), options.batch);
    const still = createModel(engine, latch, 3, model);
    const chunks = losses.map(() => next());
    const x = tf.concat(
      chunks.map(({ inputs }) => tf.tensor3d(inputs, [options.batch, 10, 2])),
      1,
    ) as Tensor3D;
    const { answers, state } = still.read(x, 'every');
    chunks.forEach(({ targets }, i) => {
      const rows = tf.reshape(tf.slice(answers, [0, 10 * i, 0], [options.batch, 10, 2]), [-1, 2]);
      const loss = tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d(targets, 'int32'), 2), rows);
      expect(losses[i]).toBeCloseTo(loss.dataSync()[0]!, 5);
    });
    expect(carried!.hidden).toEqual(state.hidden.dataSync());
    expect(carried!.cell).toEqual(state.cell?.dataSync());
    still.dispose();
  });

  test('learns to hold a value that was given chunks ago', async () => {
    const { scores } = await streamed(lstm, { updates: 300, optimizer: { ...adam, learningRate: 2e-2 } });
    const last = scores.slice(-20);
    expect(last.reduce((sum, score) => sum + score, 0) / 20).toBeGreaterThan(0.99);
  });

  test('goes on from a saved state as if it had not been stopped', async () => {
    const engine = await loadEngine();
    const whole = await streamed(lstm);
    const saved = structuredClone(await streamed(lstm, { updates: 12 }));
    const later = createModel(engine, latch, 99, lstm);
    const rest = await trainOnStream(engine, later, latch, options, { pace: endless(), state: saved });
    later.dispose();
    expect(rest).toEqual(whole);
  });

  test('keeps no tensor', async () => {
    await streamed(lstm, { updates: 2 });
    const before = tf.memory().numTensors;
    await streamed(lstm, { updates: 5 });
    expect(tf.memory().numTensors).toBe(before);
  });
});
