import { describe, expect, test } from 'vitest';

import { tanh } from '#src/recurrent/math.ts';
import { markedValue } from '#src/sequences/marked-value.ts';
import { createRandom } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { followRecipe, networkOf, type SmallNetwork, type SmallRecipe } from '#src/training/small-recipe.ts';
import type { TrainingState } from '#src/training/train.ts';
import { tf } from '#tensorflow';

const engine = await loadEngine();
const pace = async () => undefined;
const rnn: SmallRecipe = { cell: { kind: 'simpleRnn', activation: 'tanh' }, units: 3, updates: 200, seed: 1 };

/** The share of the steps of fresh sequences at which the answer has the right sign, by the formulas of the text. */
function rightSigns({ weights, readout, readoutBias }: SmallNetwork): number {
  const [time, size, units] = [12, 200, readout.length];
  const { inputs, targets } = markedValue(time).batch(createRandom(99, 'fresh'), size);
  let right = 0;
  for (let b = 0; b < size; b++) {
    let h = Array<number>(units).fill(0);
    for (let t = 0; t < time; t++) {
      const x = inputs.subarray((b * time + t) * 2, (b * time + t + 1) * 2);
      const before = h;
      h = h.map((_, j) => {
        const fromInput = x[0]! * weights.kernel[j]! + x[1]! * weights.kernel[units + j]!;
        const fromPast = before.reduce((sum, value, i) => sum + value * weights.recurrentKernel[i * units + j]!, 0);
        return tanh(fromInput + fromPast + weights.bias[j]!);
      });
      const answer = h.reduce((sum, value, j) => sum + value * readout[j]!, readoutBias);
      if (answer > 0 === targets[b * time + t]! > 0) right++;
    }
  }
  return right / (size * time);
}

describe('a recipe', () => {
  test('gives the same weights each time, others for another seed, and fresh ones without an update', async () => {
    const [one, again] = [await followRecipe(engine, rnn, { pace }), await followRecipe(engine, rnn, { pace })];
    expect(again).toEqual(one);
    expect(await followRecipe(engine, { ...rnn, seed: 2 }, { pace })).not.toEqual(one);
    const fresh = await followRecipe(engine, { ...rnn, updates: 0 }, { pace });
    expect([...fresh.weights.bias, fresh.readoutBias]).toEqual([0, 0, 0, 0]);
  });

  test('makes a network that does its task, of either cell', async () => {
    const trained = await followRecipe(engine, { ...rnn, updates: 400 }, { pace });
    expect(rightSigns(trained)).toBeGreaterThan(0.97);
    expect(rightSigns(await followRecipe(engine, { ...rnn, updates: 0 }, { pace }))).toBeLessThan(0.9);
    const lstm = await followRecipe(engine, { ...rnn, cell: { kind: 'lstm' }, units: 2, updates: 5 }, { pace });
    expect(lstm.weights.kernel).toHaveLength(2 * 4 * 2);
  });

  test('goes on from where it was stopped, to the same weights', async () => {
    const whole = await followRecipe(engine, rnn, { pace });
    let state: TrainingState | undefined;
    const first = await followRecipe(
      engine,
      { ...rnn, updates: 70 },
      { pace, onUpdate: (updates, copy) => void (updates === 70 && (state = copy())) },
    );
    expect(networkOf(state!)).toEqual(first);
    expect(await followRecipe(engine, rnn, { pace, state })).toEqual(whole);
  });

  test('leaves no tensor behind, stopped or not', async () => {
    const before = tf.memory().numTensors;
    await followRecipe(engine, { ...rnn, updates: 3 }, { pace });
    const stop = async () => {
      throw new Error('enough');
    };
    await expect(followRecipe(engine, rnn, { pace: stop })).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
  });
});
