import { describe, expect, it } from 'vitest';

import { initialWeights } from '#src/recurrent/index.ts';
import { createRandom } from '#src/sequences/random.ts';

const fresh = (seed: number) => createRandom(seed, 'weights');

describe('initial weights', () => {
  it('are uniform within Glorot’s bound of one gate', () => {
    const { kernel, recurrentKernel, bias } = initialWeights('lstm', { inputs: 4, units: 50 }, fresh(1));
    const widest = (values: Float32Array) => Math.max(...values.map(Math.abs));
    expect(widest(kernel)).toBeLessThanOrEqual(Math.sqrt(6 / 54));
    expect(widest(kernel)).toBeGreaterThan(0.98 * Math.sqrt(6 / 54));
    expect(widest(recurrentKernel)).toBeLessThanOrEqual(Math.sqrt(6 / 100));
    expect(widest(recurrentKernel)).toBeGreaterThan(0.98 * Math.sqrt(6 / 100));
    expect([bias.length, kernel.length, recurrentKernel.length]).toEqual([200, 800, 10_000]);
  });

  it('are the same for the same seed, and scaled on request', () => {
    const sizes = { inputs: 2, units: 3 };
    const plain = initialWeights('gru', sizes, fresh(2));
    const scaled = initialWeights('gru', sizes, fresh(2), { recurrentScale: 2 });
    expect(initialWeights('gru', sizes, fresh(2))).toEqual(plain);
    expect(scaled.kernel).toEqual(plain.kernel);
    expect(scaled.recurrentKernel).toEqual(plain.recurrentKernel.map((weight) => 2 * weight));
    expect(plain.bias).toEqual(new Float32Array(18));
  });

  it('open the forget gate', () => {
    const sizes = { inputs: 1, units: 3 };
    expect(initialWeights('lstm', sizes, fresh(1)).bias).toEqual(Float32Array.of(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0));
    expect(initialWeights('lstm', sizes, fresh(1), { forgetBias: 3 }).bias.slice(3, 6)).toEqual(
      Float32Array.of(3, 3, 3),
    );
  });

  it('spread the forget gate over the lags, and shut the input gate as far, for chrono biases', () => {
    const { bias } = initialWeights('lstm', { inputs: 1, units: 200 }, fresh(1), { forgetBias: { chrono: 101 } });
    const forget = bias.slice(200, 400);
    expect(bias.slice(0, 200)).toEqual(forget.map((value) => -value));
    const lags = [...forget.map((value) => Math.exp(value))].sort((a, b) => a - b);
    expect(lags[0]).toBeGreaterThanOrEqual(0.999);
    expect(lags.at(-1)).toBeLessThanOrEqual(100.001);
    expect(lags[100]).toBeGreaterThan(35);
    expect(lags[100]).toBeLessThan(65);
  });

  it('start any gate where they are told to', () => {
    const sizes = { inputs: 1, units: 2 };
    const { bias } = initialWeights('lstm', sizes, fresh(1), { forgetBias: -1, inputBias: 0.5, outputBias: 2 });
    expect(bias).toEqual(Float32Array.of(0.5, 0.5, -1, -1, 0, 0, 2, 2));
    const chrono = initialWeights('lstm', sizes, fresh(1), { forgetBias: { chrono: 50 }, inputBias: 0 }).bias;
    expect([...chrono.slice(0, 2)]).toEqual([0, 0]);
    expect(Math.min(...chrono.slice(2, 4))).toBeGreaterThan(0);

    const gru = initialWeights('gru', sizes, fresh(1), { updateBias: { chrono: 50 }, resetBias: -2 }).bias;
    expect(Math.min(...gru.slice(0, 2))).toBeGreaterThan(0);
    expect(Math.max(...gru.slice(0, 2))).toBeLessThan(Math.log(49));
    expect([...gru.slice(2)]).toEqual([-2, -2, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
