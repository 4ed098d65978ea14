import { describe, expect, test } from 'vitest';

import { observe, windowsOf, type Windows } from '#src/sequences/observations.ts';
import { createRandom } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createForecaster, forecast, freeRun, trainForecaster } from '#src/training/forecaster.ts';
import { createPace } from '#src/training/pace.ts';
import { tf } from '#tensorflow';

const engine = await loadEngine();
const endless = () => createPace(new AbortController().signal);
const settings = { updates: 300, batch: 32, learningRate: 0.03, seed: 3 };

/** A wave, whose next value follows from its last two, and from one of them does not. */
const wave = Float64Array.from({ length: 200 }, (_, i) => Math.sqrt(2) * Math.sin(0.7 * i));
const examples = (history: number): Windows =>
  windowsOf([observe(wave, { mean: 0, deviation: 1 }, 0, createRandom(1, 'none'))], history, 3);

async function trained(history: number, overrides: Partial<typeof settings> = {}) {
  const forecaster = createForecaster(3, history, 12);
  await trainForecaster(engine, forecaster, examples(history), { ...settings, ...overrides }, endless());
  const { inputs, truth } = examples(history);
  const said = forecast(forecaster, inputs);
  const error = Math.sqrt(said.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0) / truth.length);
  return { forecaster, said, error };
}

describe('a forecaster', () => {
  test('computes tanh(x W + b) v + c', () => {
    const forecaster = createForecaster(1, 2, 3);
    const [W, b, v, c] = forecaster.variables.map((variable) => variable.dataSync());
    const window = [0.4, -1.1];
    const hidden = [0, 1, 2].map((unit) => Math.tanh(window[0]! * W![unit]! + window[1]! * W![3 + unit]! + b![unit]!));
    const expected = hidden.reduce((sum, h, unit) => sum + h * v![unit]!, c![0]!);
    expect(forecast(forecaster, Float32Array.from(window))[0]).toBeCloseTo(expected, 6);
    forecaster.dispose();
  });

  test('learns a wave from two values, and cannot from one', async () => {
    const [one, two] = [await trained(1), await trained(2)];
    expect(two.error).toBeLessThan(0.03);
    expect(one.error).toBeGreaterThan(0.5);
    one.forecaster.dispose();
    two.forecaster.dispose();
  });

  test('says the same for the same seed, and something else for another', async () => {
    const [first, again, other] = [await trained(2), await trained(2), await trained(2, { seed: 4 })];
    expect(again.said).toEqual(first.said);
    expect(other.said).not.toEqual(first.said);
    for (const { forecaster } of [first, again, other]) forecaster.dispose();
  });

  test('takes its own forecasts for the truth when it runs freely, each start by itself', async () => {
    const { forecaster } = await trained(2, { updates: 40 });
    const starts = Float32Array.of(0.1, 0.5, -0.9, 0.2);
    const rows = await freeRun(forecaster, starts, 5, endless());
    for (const [start, row] of rows.entries()) {
      let [before, now] = starts.subarray(2 * start, 2 * start + 2);
      for (const said of row) {
        const [next] = forecast(forecaster, Float32Array.of(before!, now!));
        expect(said).toBe(next);
        [before, now] = [now!, next!];
      }
    }
    expect([...starts]).toEqual([...Float32Array.of(0.1, 0.5, -0.9, 0.2)]);
    forecaster.dispose();
  });

  test('stops when it is asked to', async () => {
    const stopper = new AbortController();
    const forecaster = createForecaster(3, 2, 12);
    let calls = 0;
    const pace = async () => {
      if (++calls === 5) stopper.abort(new Error('enough'));
      stopper.signal.throwIfAborted();
    };
    await expect(trainForecaster(engine, forecaster, examples(2), settings, pace)).rejects.toThrow('enough');
    expect(calls).toBe(5);
    forecaster.dispose();
  });

  test('keeps no tensor', async () => {
    const before = tf.memory().numTensors;
    const { forecaster } = await trained(2, { updates: 3 });
    await freeRun(forecaster, Float32Array.of(0, 1), 3, endless());
    forecaster.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
