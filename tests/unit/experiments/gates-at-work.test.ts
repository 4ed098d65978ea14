import { describe, expect, test } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import { materials, type MaterialName } from '#src/experiments/gate-materials.ts';
import {
  bestFollowed,
  forgettingOf,
  learnedToForget,
  meansAt,
  quantities,
  readingOf,
  scoreOfAnswers,
  unitInWords,
  unitsBy,
  type GatesResult,
} from '#src/experiments/gate-readings.ts';
import gatesAtWork from '#src/experiments/gates-at-work.ts';
import type { Values } from '#src/experiments/parameters.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel } from '#src/training/model.ts';
import { tf } from '#tensorflow';

import { runnerOf, testHabits } from './habits.ts';

type Params = Values<typeof gatesAtWork.parameters>;

const small = { updates: 60, units: 3, runs: 2 } as const;
const run = runnerOf(gatesAtWork, small);
const names = Object.keys(materials) as MaterialName[];

/** Results have three digits after the point. */
function expectRounded(told: number, measured: number): void {
  expect(Math.abs(told - measured)).toBeLessThan(0.000501);
}

function expectConsistent({ params, seed, result, sentence, table }: Outcome<GatesResult, Params>): void {
  const material = materials[params.material];
  const stretch = material.heldOut(seed);
  const { looks, runs, snapshots, weights, found } = result;
  expect(looks[0]).toBe(0);
  expect(looks.at(-1)).toBe(params.updates);
  expect(new Set(looks).size).toBe(looks.length);
  for (const { at, elsewhere, score } of runs) {
    expect([elsewhere.length, score.length]).toEqual([at.length, at.length]);
    for (const gate of [...at, ...elsewhere]) expect(gate > 0 && gate < 1).toBe(true);
  }
  const [first] = runs;
  expect(snapshots).toHaveLength(first!.at.length);
  expect(sentence.startsWith('So far')).toBe(first!.at.length < looks.length);
  expect(sentence).toContain(`${first!.at.at(-1)!.toFixed(2)} at ${material.turn}`);

  // What is told of the network is what the weights that are handed out do.
  const reading = readingOf(weights, stretch, material);
  expectRounded(first!.at.at(-1)!, forgettingOf(reading, stretch, material).at);
  expectRounded(first!.score.at(-1)!, scoreOfAnswers(reading, stretch, material));
  expect(found).toHaveLength(quantities.length * params.units);
  for (const { unit, quantity, feature, correlation } of found) {
    const best = bestFollowed(reading, unit - 1, quantity, stretch.features);
    expect(best.feature.name).toBe(feature);
    expectRounded(correlation, best.correlation);
  }
  expect(table.rows).toHaveLength(found.length);
}

describe('gates at work', () => {
  testHabits(gatesAtWork, {
    small,
    expectConsistent,
    extremes: [
      ['the fewest units', { units: 2, runs: 1 }],
      ['the most units', { units: 32, runs: 1 }],
      ['a latch', { material: 'latch' }],
      ['a text', { material: 'text', runs: 1 }],
      ['a text and the most units', { material: 'text', units: 32, runs: 1 }],
      ['the most networks', { runs: 10, units: 2 }],
    ],
  });

  test('does not depend on what only the picture reads', async () => {
    const { result } = await run();
    expect((await run({ unit: 3, step: 200, follow: 0 })).result).toEqual(result);
  });
});

describe('a reading', () => {
  test.for(names)('of %s is what the trained model does, up to rounding', async (name) => {
    const material = materials[name];
    const stretch = material.heldOut(4);
    const model = createModel(await loadEngine(), material.stream, 4, { cell: { kind: 'lstm' }, units: 5 });
    const reading = readingOf(model.weights(), stretch, material);
    const { inputs, outputs } = material.stream;
    const time = stretch.targets.length;
    const answers = tf.tidy(() => model.predict(tf.tensor3d(stretch.inputs, [1, time, inputs]), 'every').dataSync());
    for (let i = 0; i < answers.length; i++) {
      expect(Math.abs(reading.answers[Math.floor(i / outputs)]![i % outputs]! - answers[i]!)).toBeLessThan(1e-5);
    }
    model.dispose();
  });

  test('describes a unit by what was measured of it', () => {
    const mark = { name: 'marks', values: [1, 0, 0, 1, 0], at: 'marks' };
    const other = { name: 'the number', values: [0.1, 0.5, -0.5, 0.3, 0.2] };
    const flat = [0.5, 0.5, 0.5, 0.5, 0.5];
    const reading = {
      input: [[0.9, 0.1, 0.1, 0.9, 0.1]],
      forget: [[0.2, 0.8, 0.8, 0.3, 0.8]],
      output: [flat],
      cell: [other.values.map((value) => -2 * value)],
      hidden: [flat],
      answers: [],
    };
    expect(unitInWords(reading, 0, [mark, other])).toBe(
      'Unit 1. Its cell state follows the number (correlation −1.00). Its input gate opens at marks: 0.90 there, 0.10 elsewhere (correlation 1.00). Its forget gate closes at marks: 0.25 there, 0.80 elsewhere (correlation −0.99). Its output gate follows none of them.',
    );
    expect(unitsBy(reading, mark)[0]).toMatchObject({ unit: 0, quantity: 'input' });
  });
});

describe('what a feature is', () => {
  const features = (name: MaterialName) => {
    const stretch = materials[name].heldOut(3);
    return { ...stretch, of: (feature: string) => stretch.features.find(({ name }) => name === feature)!.values };
  };

  test.for(names)('%s has features of every step, and each of them varies', (name) => {
    const { features: all, targets, inputs } = features(name);
    expect(inputs.length).toBe(targets.length * materials[name].stream.inputs);
    for (const { values, at } of all) {
      expect(values).toHaveLength(targets.length);
      expect(new Set(values).size).toBeGreaterThan(1);
      if (at !== undefined) expect(new Set(values)).toEqual(new Set([0, 1]));
    }
    expect(all.some((feature) => feature.name === materials[name].turn)).toBe(true);
  });

  test('the number noted last is the answer wherever there is a question', () => {
    const { of, targets } = features('note');
    of('questions').forEach((question, t) => {
      if (question === 1) expect(of('the number noted last')[t]).toBe(targets[t]);
      else expect(targets[t]).toBe(0);
    });
    of('steps since the mark').forEach((steps, t) => {
      if (of('marks')[t] === 1) expect(steps).toBe(0);
    });
  });

  test('of a text they are what its characters say', () => {
    const { of, characters } = features('text');
    const text = characters!.join('');
    let [line, word] = [-1, 0];
    characters!.forEach((character, t) => {
      line = character === '\n' ? 0 : line + 1;
      word = /[a-z]/.test(character) ? word + 1 : 0;
      expect(of('the place in the line')[t]).toBe(line);
      if (t > 20) expect(of('the place in the word')[t]).toBe(word);
      const [opened, closed] = [text.lastIndexOf('“', t), text.lastIndexOf('”', t)];
      expect(of('whether a quotation is open')[t]).toBe(Number(opened > closed));
    });
  });
});

describe('measures', () => {
  test('means are told apart by whether a feature holds', () => {
    expect(meansAt([1, 2, 3, 6], { name: 'x', values: [1, 0, 0, 1] })).toEqual({ at: 3.5, elsewhere: 2.5 });
  });

  test('forgetting is learned at the look from which on the gates stay lower', () => {
    const watched = (gaps: number[]) => ({
      run: 1,
      at: gaps.map((gap) => 0.7 - gap),
      elsewhere: gaps.map(() => 0.7),
      score: [],
    });
    const looks = [0, 10, 20, 30, 40];
    expect(learnedToForget(looks, watched([0, 0.1, 0.3, 0.4, 0.5]))).toBe(20);
    expect(learnedToForget(looks, watched([0, 0.3, 0.1, 0.4, 0.5]))).toBe(30);
    expect(learnedToForget(looks, watched([0, 0.3, 0.4, 0.4, 0.1]))).toBeUndefined();
    expect(learnedToForget(looks, watched([0, 0.3]))).toBe(10);
  });
});
