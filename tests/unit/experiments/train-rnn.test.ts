import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { textLesson, weatherLesson } from '#src/experiments/train-rnn/lesson.ts';
import { readText, readWeather, write, type ShownText, type Snapshot } from '#src/experiments/train-rnn/reading.ts';
import trainRnn, { type TrainRnnResult } from '#src/experiments/train-rnn.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel } from '#src/training/model.ts';
import { tf } from '#tensorflow';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof trainRnn.parameters>;

const small = { updates: 50, units: 6, length: 8 } as const;
const run = runnerOf(trainRnn, small);

function expectConsistent({ params, result, sentence, table }: Outcome<TrainRnnResult, Params>): void {
  const { looks, trained, heldOut, baselines, snapshots, shown } = result;
  expect(looks).toHaveLength(31);
  expect(looks[0]).toBe(0);
  expect(looks.at(-1)).toBe(params.updates);
  expect(looks).toEqual([...new Set(looks)].sort((a, b) => a - b));
  expect(trained).toHaveLength(heldOut.length);
  for (const error of [...trained, ...heldOut, ...baselines.map((baseline) => baseline.error)]) {
    expect(error).toBeGreaterThan(0);
    expect(Number.isFinite(error)).toBe(true);
  }

  const done = looks[heldOut.length - 1]!;
  expect(snapshots.map(({ updates }) => updates)).toEqual([
    ...new Set([0, 1, 2, 4, 8, 16, 24, 30].filter((look) => looks[look]! < done).map((look) => looks[look]!)),
    done,
  ]);
  expect(shown.task).toBe(params.task);
  const inputs = shown.task === 'text' ? shown.alphabet.length : 1;
  for (const { weights } of snapshots) {
    expect(weights.map((values) => values.length)).toEqual([
      inputs * params.units,
      params.units ** 2,
      params.units,
      params.units * inputs,
      inputs,
    ]);
    for (const values of weights) expect(values.every(Number.isFinite)).toBe(true);
  }

  const unit = params.task === 'text' ? 'bits' : '°C';
  expect(/^(So far|Before)/.test(sentence)).toBe(done < params.updates);
  expect(sentence).toContain(`${heldOut.at(-1)!.toFixed(2)} ${unit} on what was held out`);
  expect(sentence).toContain(`${trained.at(-1)!.toFixed(2)} ${unit} on what it trains on`);
  for (const { name, error } of baselines) expect(sentence).toContain(`${name} ${error.toFixed(2)} ${unit}`);
  expect(table.rows.map((row) => row[0])).toEqual(looks);
  expect(table.rows.map((row) => row[1])).toEqual(looks.map((_, look) => heldOut[look] ?? null));
  expect(table.rows.map((row) => row[2])).toEqual(looks.map((_, look) => trained[look] ?? null));
}

describe('a run', () => {
  testHabits(trainRnn, {
    small,
    expectConsistent,
    extremes: [
      ['text', { task: 'text' }],
      ['the shortest sequences', { length: 2 }],
      ['the longest sequences', { length: 60 }],
      ['the fewest units', { units: 2 }],
      ['the most units, of text', { units: 48, task: 'text', length: 24 }],
      ['the lowest learning rate', { learningRate: 0.0005 }],
      ['the highest learning rate', { learningRate: 0.1, updates: 500 }],
      ['the highest learning rate, of text', { learningRate: 0.1, updates: 300, task: 'text' }],
      ['the most updates', { updates: 3000 }],
    ],
  });

  test('does not depend on what only the picture reads', async () => {
    const { result } = await run({ task: 'text' });
    expect((await run({ task: 'text', look: 3, temperature: 1.2, sample: 9 })).result).toEqual(result);
  });

  test('is the same with the plain kernels, but for rounding', async () => {
    for (const task of ['temperature', 'text'] as const) {
      const [fast, plain] = [await run({ task }), await run({ task }, 1, { form: 'typescript' })];
      fast.result.heldOut.forEach((error, look) => {
        expect(Math.abs(error - plain.result.heldOut[look]!)).toBeLessThan(0.002);
      });
    }
  });

  test('keeps the weights that a fresh model starts with, and others after training', async () => {
    const { result, params } = await run({}, 4);
    const engine = await loadEngine();
    const task = { inputs: 1, outputs: 1 };
    const cell = { kind: 'simpleRnn', activation: 'tanh' } as const;
    const model = createModel(engine, task, 4, { cell, units: params.units });
    model.weights().forEach((values, i) => {
      values.forEach((weight, j) => expect(result.snapshots[0]!.weights[i]![j]).toBeCloseTo(weight, 4));
    });
    model.dispose();
    expect(result.snapshots.at(-1)!.weights).not.toEqual(result.snapshots[0]!.weights);
  });
});

/** The model of a snapshot, once more in TensorFlow.js. */
async function modelOf({ weights }: Snapshot) {
  const outputs = weights[4]!.length;
  const units = weights[2]!.length;
  const engine = await loadEngine();
  const cell = { kind: 'simpleRnn', activation: 'tanh' } as const;
  const model = createModel(engine, { inputs: outputs, outputs }, 1, { cell, units });
  model.restore(weights.map((values) => Float32Array.from(values)));
  return model;
}

describe('a reading', () => {
  test('of weather forecasts what the trained model forecasts, and goes on with its own forecasts', async () => {
    const { result } = await run();
    const { shown } = result;
    if (shown.task !== 'temperature') throw new Error('weather is the default');
    const snapshot = result.snapshots.at(-1)!;
    const { forecast, hidden } = readWeather(snapshot, shown);
    expect(forecast).toHaveLength(shown.degrees.length);
    expect(hidden).toHaveLength(shown.degrees.length);
    expect(forecast[0]).toBeNull();

    const model = await modelOf(snapshot);
    const seen = shown.degrees.map((truth, hour) => (hour < shown.read ? truth : forecast[hour]!));
    const scaled = seen.map((value) => (value - shown.mean) / shown.deviation);
    const said = tf.tidy(() => model.predict(tf.tensor3d(scaled, [1, scaled.length, 1]), 'every').dataSync());
    forecast.slice(1).forEach((value, i) => expect(value).toBeCloseTo(shown.mean + shown.deviation * said[i]!, 3));
    model.dispose();
  });

  test('of text gives each character the chance that the trained model gives it', async () => {
    const { result } = await run({ task: 'text', updates: 100 });
    const shown = result.shown as ShownText;
    const snapshot = result.snapshots.at(-1)!;
    const { chances, guesses, hidden } = readText(snapshot, shown);
    const codes = [...shown.passage].map((character) => shown.alphabet.indexOf(character));
    expect(hidden).toHaveLength(codes.length);

    const model = await modelOf(snapshot);
    const size = shown.alphabet.length;
    tf.tidy(() => {
      const x = tf.expandDims(tf.oneHot(tf.tensor1d(codes, 'int32'), size), 0);
      const said = tf.softmax(model.predict(tf.cast(x, 'float32') as never, 'every')).dataSync();
      codes.slice(1).forEach((code, at) => expect(chances[at + 1]).toBeCloseTo(said[at * size + code]!, 5));
      guesses.forEach((guess, at) => {
        const row = [...said.subarray(at * size, (at + 1) * size)];
        expect(row[shown.alphabet.indexOf(guess)]).toBeCloseTo(Math.max(...row), 5);
      });
    });
    model.dispose();
  });
});

describe('writing', () => {
  const alphabet = ' .ab';
  /** A network that nothing reaches: its chances are those of its readout's bias. */
  const snapshot: Snapshot = { updates: 0, weights: [[0, 0, 0, 0], [0], [0], [0, 0, 0, 0], [0, 0, Math.log(3), 0]] };
  const options = { length: 3000, temperature: 1, seed: 1, sample: 1 };
  const shareOf = (text: string, character: string) => text.split(character).length / text.length;

  test('draws each character by its chance', () => {
    const text = write(snapshot, { alphabet }, options);
    expect(text).toHaveLength(3000);
    expect(shareOf(text, 'a')).toBeCloseTo(3 / 6, 1);
    for (const other of ' .b') expect(shareOf(text, other)).toBeCloseTo(1 / 6, 1);
  });

  test('comes to the likeliest at a low temperature, and nearer to all alike at a high one', () => {
    expect(shareOf(write(snapshot, { alphabet }, { ...options, temperature: 0.1 }), 'a')).toBeGreaterThan(0.99);
    // The chances are as 3^(1 / 1.5) to 1.
    const expected = 3 ** (1 / 1.5) / (3 ** (1 / 1.5) + 3);
    expect(shareOf(write(snapshot, { alphabet }, { ...options, temperature: 1.5 }), 'a')).toBeCloseTo(expected, 1);
  });

  test('is the same for the same seed and sample, and another for another', () => {
    const text = write(snapshot, { alphabet }, options);
    expect(write(snapshot, { alphabet }, options)).toBe(text);
    expect(write(snapshot, { alphabet }, { ...options, sample: 2 })).not.toBe(text);
    expect(write(snapshot, { alphabet }, { ...options, seed: 2 })).not.toBe(text);
    expect(write(snapshot, { alphabet }, { ...options, length: 20 })).toBe(text.slice(0, 20));
  });
});

describe('a lesson', () => {
  test('judges a model that says “no change” as the baseline of that name is judged', () => {
    const { onHeldOut, baselines } = weatherLesson(10, 7);
    const predict = (x: { shape: number[] }, at: unknown) => tf.slice(x as never, [0, x.shape[1]! - (at as number), 0]);
    const error = onHeldOut({ predict: predict as never });
    expect(error).toBeCloseTo(baselines.find(({ name }) => name.includes('no change'))!.error, 4);
  });

  test('in text judges a model that knows nothing by the number of characters', () => {
    const { onHeldOut, onTrained, shown, baselines } = textLesson(10);
    const size = (shown as ShownText).alphabet.length;
    const predict = (x: { shape: number[] }, at: unknown) => tf.zeros([x.shape[0]!, at as number, size]);
    for (const judge of [onHeldOut, onTrained])
      expect(judge({ predict: predict as never })).toBeCloseTo(Math.log2(size), 4);
    const [single, pairs, triples] = baselines.map(({ error }) => error);
    expect(single).toBeLessThan(Math.log2(size));
    expect(pairs).toBeLessThan(single!);
    expect(triples).toBeLessThan(pairs!);
  });

  test('holds out text that no training piece is cut from', () => {
    const { shown, task } = textLesson(40);
    const { passage, alphabet } = shown as ShownText;
    const { inputs } = task.batch({ integer: () => 0, uniform: () => 0, uniformArray: () => new Float32Array() }, 1);
    const start = Array.from({ length: 40 }, (_, t) => {
      const row = inputs.subarray(t * alphabet.length, (t + 1) * alphabet.length);
      return alphabet[row.indexOf(1)];
    }).join('');
    expect(start).toBe('the harbour is quiet in the morning. the');
    expect(passage.startsWith('the letter came on a cold day in winter')).toBe(true);
  });
});
