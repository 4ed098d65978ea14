import { expect } from 'vitest';

import { defaultsOf } from '#src/experiments/parameters.ts';
import vanishingGradient, { type GradientResult } from '#src/experiments/vanishing-gradient.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createReadoutRnn, hiddenStateGradients, randomSequence } from '#src/training/gradient-probe.ts';
import { byDifferences, byRecursion, norm, states } from '#tests/unit/training/float64-rnn.ts';

import { claim, claimTogether, runsOf } from './claims.ts';

/** What chapter 2 says of its experiment, sentence by sentence. Bounds come from what the words mean, not from the numbers. */

const { length: LENGTH, units: UNITS } = defaultsOf(vanishingGradient.parameters);

/** It takes so little time that every seed is tried each time. */
const quick = { quick: true };

const run = runsOf(vanishingGradient);

/** The signal at the first step, relative to the last: Infinity where it overflowed. */
const atFirst = ({ median }: GradientResult) => median[0] ?? Infinity;
const holds = (relative: number) => relative >= 0.1 && relative <= 10;
const explodes = (relative: number) => relative > 10;

/** How much of the variance of the logarithms a straight line explains. */
function straightness(values: (number | null)[]): number {
  const y = values.map((value) => Math.log10(value!));
  const x = y.map((_, i) => i);
  const mean = (row: number[]) => row.reduce((sum, value) => sum + value, 0) / row.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - mx) * (y[i]! - my)));
  const [vx, vy] = [mean(x.map((value) => (value - mx) ** 2)), mean(y.map((value) => (value - my) ** 2))];
  return covariance ** 2 / (vx * vy);
}

claim(
  'at half the scale and tanh, less than a millionth is left 50 steps back, and more than nothing',
  async (seed) => {
    const { relative } = (await run(seed, { scale: 0.5, activation: 'tanh', networks: 1 })).networks[0]!;
    expect(relative.at(-51)).toBeGreaterThan(0);
    expect(relative.at(-51)).toBeLessThan(1e-6);
  },
  quick,
);

claim(
  'at one and a half times the scale and the identity, it has grown more than a thousandfold 50 steps back',
  async (seed) => {
    const { relative } = (await run(seed, { scale: 1.5, activation: 'identity', networks: 1 })).networks[0]!;
    expect(Number.isFinite(relative.at(-51))).toBe(true);
    expect(relative.at(-51)).toBeGreaterThan(1e3);
  },
  quick,
);

claim(
  '“the bold curve is close to a straight line”, at the usual start and for longer sequences',
  async (seed) => {
    for (const length of [LENGTH, 120, 200]) {
      expect(straightness((await run(seed, { length })).median)).toBeGreaterThan(0.9);
    }
  },
  quick,
);

claim(
  '“at the usual random start, the first step receives a signal that is … weaker”, by more than ten times',
  async (seed) => {
    expect(atFirst(await run(seed))).toBeLessThan(0.1);
  },
  quick,
);

claim(
  '“make the sequence longer”: the first step receives less',
  async (seed) => {
    const [short, long] = [atFirst(await run(seed)), atFirst(await run(seed, { length: 2 * LENGTH }))];
    expect(long).toBeLessThan(short);
  },
  quick,
);

claim(
  '“smaller weights, and the signal is gone after a few steps”: a thousandth within a quarter of them',
  async (seed) => {
    const { median } = await run(seed, { scale: 0.5 });
    expect(median.at(-1 - LENGTH / 4)).toBeLessThan(1e-3);
  },
  quick,
);

claim(
  'smaller weights lose the signal faster: the smaller, the less reaches the first step',
  async (seed) => {
    const reached: number[] = [];
    for (const scale of [0.25, 0.5, 0.75, 1]) reached.push(atFirst(await run(seed, { scale })));
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
  },
  quick,
);

claim(
  '“there is a scale at which it holds”, “larger still, and it … explodes”, and “no wide comfortable range” between',
  async (seed) => {
    const { min, max, step } = vanishingGradient.parameters.scale;
    const scales = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => min + i * step);
    const reached: number[] = [];
    for (const scale of scales) reached.push(atFirst(await run(seed, { scale })));
    const held = scales.filter((_, i) => holds(reached[i]!));
    expect(held.length).toBeGreaterThan(0);
    expect(scales.some((scale, i) => scale > held.at(-1)! && explodes(reached[i]!))).toBe(true);
    // Wide would be a fifth of what the slider offers.
    expect(held.length * step).toBeLessThan((max - min) / 5);
  },
  quick,
);

claim(
  'with the identity “the scale alone decides”: it multiplies every step back by itself, whatever the inputs',
  async (seed) => {
    const at = async (scale: number) =>
      (await run(seed, { scale, activation: 'identity', networks: 1, length: 40 })).networks[0]!.relative;
    const one = await at(1);
    for (const scale of [0.5, 1.5]) {
      for (const [i, relative] of (await at(scale)).entries()) {
        const expected = one[i]! * scale ** (one.length - 1 - i);
        expect(Math.abs(relative! / expected - 1)).toBeLessThan(1e-3);
      }
    }
  },
  quick,
);

claim(
  'with the identity, half the scale vanishes and one and a half times explodes',
  async (seed) => {
    expect(atFirst(await run(seed, { scale: 0.5, activation: 'identity' }))).toBeLessThan(0.1);
    expect(atFirst(await run(seed, { scale: 1.5, activation: 'identity' }))).toBeGreaterThan(10);
  },
  quick,
);

claim(
  '“with tanh, large weights also push the units to the ends of their range, where the slope is small”',
  (seed) => {
    const meanSlope = (recurrentScale: number) => {
      const network = createReadoutRnn(seed, {
        inputs: 2,
        units: UNITS,
        recurrentScale,
        activation: 'tanh',
      });
      const h = states(network, randomSequence(seed, LENGTH, 2))
        .h.slice(1)
        .flat();
      return h.reduce((sum, value) => sum + (1 - value ** 2), 0) / h.length;
    };
    const slopes = [0.5, 1, 1.5, 2, 3].map(meanSlope);
    expect(slopes).toEqual([...slopes].sort((a, b) => b - a));
  },
  quick,
);

claim(
  '“and part of the growth is eaten up again”: with tanh less reaches the first step than with the identity',
  async (seed) => {
    for (const scale of [1, 1.5, 2]) {
      const tanh = atFirst(await run(seed, { scale }));
      expect(tanh).toBeLessThan(atFirst(await run(seed, { scale, activation: 'identity' })));
    }
  },
  quick,
);

claim(
  '“put a loss at every step. The curve looks healthy”: the first step is within a factor of ten of the last',
  async (seed) => {
    expect(holds(atFirst(await run(seed, { loss: 'every' })))).toBe(true);
  },
  quick,
);

claim(
  '“that covers up how little arrives from far away”: less than a hundredth of it comes from the last loss',
  async (seed) => {
    const { networks: every } = await run(seed, { loss: 'every' });
    const { networks: last } = await run(seed);
    const shares = every.map(({ norms }, i) => last[i]!.norms[0]! / LENGTH / norms[0]!).sort((a, b) => a - b);
    expect(shares[Math.floor(shares.length / 2)]).toBeLessThan(0.01);
  },
  quick,
);

claim(
  '“look how far apart the faint curves are”: by more than ten times at the first step',
  async (seed) => {
    const reached = (await run(seed)).networks.map(({ relative }) => relative[0]!);
    expect(Math.max(...reached) / Math.min(...reached)).toBeGreaterThan(10);
  },
  quick,
);

claim(
  '“a gradient that falls below it becomes exactly zero”, “what passes it is lost as well”, and the picture says so',
  async (seed) => {
    const small = await run(seed, { scale: 0.5, length: 300, networks: 1 });
    expect(small.networks[0]!.norms[0]).toBe(0);
    expect(small.networks[0]!.marks[0]).toBe('underflow');
    expect(small.sentence).toContain('underflows to zero');
    const large = await run(seed, { scale: 2, activation: 'identity', length: 300, networks: 1 });
    expect(large.networks[0]!.norms[0]).toBeNull();
    expect(large.networks[0]!.marks[0]).toBe('overflow');
    expect(large.sentence).toContain('overflows');
  },
  quick,
);

claim(
  '“any loss function on top of it would multiply the whole curve by one number”',
  async (seed) => {
    const network = createReadoutRnn(seed, { inputs: 2, units: 8, recurrentScale: 1, activation: 'tanh' });
    const x = randomSequence(seed, 20, 2);
    const measured = hiddenStateGradients(await loadEngine(), network, x, 'last');
    for (const loss of [(y: number) => (y - 3) ** 2, (y: number) => Math.log(1 + Math.exp(-y))]) {
      const norms = byDifferences(network, x, 'last', loss).map(norm);
      for (const [i, value] of norms.entries()) {
        expect(Math.abs(value / norms.at(-1)! - measured[i]! / measured.at(-1)!)).toBeLessThan(1e-4);
      }
    }
  },
  quick,
);

/** The terms of dL/dU, h_{t-1}ᵀ (g_t ⊙ (1 - h_t ⊙ h_t)), with g_t. */
function termsOf(seed: number) {
  const network = createReadoutRnn(seed, { inputs: 2, units: 32, recurrentScale: 1, activation: 'tanh' });
  const x = randomSequence(seed, LENGTH, 2);
  const { h } = states(network, x);
  const gradients = byRecursion(network, x, 'last');
  const terms = gradients.map((g, i) => {
    const behind = g.map((value, j) => value * (1 - h[i + 1]![j]! ** 2));
    return h[i]!.flatMap((before) => behind.map((value) => before * value));
  });
  return { terms, gradients };
}
const sum = (rows: number[][]) => rows[0]!.map((_, j) => rows.reduce((total, row) => total + row[j]!, 0));

claimTogether(
  '“each step back costs about the same share”: the earlier half within a factor of two of the later',
  async (seeds) => {
    const { median } = await run(seeds[0]!, { networks: 100 });
    expect(straightness(median)).toBeGreaterThan(0.97);
    const decades = median.map((value) => Math.log10(value!));
    const middle = LENGTH / 2;
    const ratio = (decades[middle]! - decades[0]!) / (decades.at(-1)! - decades[middle]!);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  },
  quick,
);

claimTogether(
  '“the curve for tanh can stay level at a scale at which the identity runs away”: for half of them, at 1.5',
  async (seeds) => {
    let level = 0;
    for (const seed of seeds) {
      if (holds(atFirst(await run(seed, { scale: 1.5 })))) level++;
      expect(atFirst(await run(seed, { scale: 1.5, activation: 'identity' }))).toBeGreaterThan(1e3);
    }
    expect(level).toBeGreaterThanOrEqual(seeds.length / 2);
  },
  quick,
);

claimTogether(
  'the usual start “neither favours growth nor decay”: the matrix alone makes some grow and some shrink',
  async (seeds) => {
    let grown = 0;
    for (const seed of seeds) {
      if (atFirst(await run(seed, { activation: 'identity', networks: 1 })) > 1) grown++;
    }
    // Of 20 tosses of a fair coin, 5 to 15 are heads in 99 of 100 times.
    expect(grown).toBeGreaterThanOrEqual(5);
    expect(grown).toBeLessThanOrEqual(15);
  },
  quick,
);

claimTogether(
  '“each term is as large as its g_t”, within a factor of ten',
  (seeds) => {
    for (const seed of seeds) {
      const { terms, gradients } = termsOf(seed);
      // The first hidden state has none before it, and no term.
      for (const [i, g] of gradients.entries()) {
        if (i === 0) continue;
        expect(norm(terms[i]!) / norm(g)).toBeGreaterThan(0.1);
        expect(norm(terms[i]!) / norm(g)).toBeLessThan(10);
      }
    }
  },
  quick,
);

claimTogether(
  '“if those shrink towards the past, the sum is ruled by the last few steps”: the first half is below a twentieth',
  (seeds) => {
    let shrunk = 0;
    for (const seed of seeds) {
      const { terms, gradients } = termsOf(seed);
      if (norm(gradients[0]!) > 1e-3 * norm(gradients.at(-1)!)) continue;
      shrunk++;
      expect(norm(sum(terms.slice(0, LENGTH / 2))) / norm(sum(terms))).toBeLessThan(0.05);
    }
    expect(shrunk).toBeGreaterThanOrEqual(seeds.length / 2);
  },
  quick,
);

/** How many times more than the gradient the most that could be kept is, at the first step and in the middle. */
async function moreThanKept(seed: number, length: number) {
  const { median, jacobian } = await run(seed, { jacobian: true, networks: 1, length });
  const at = (i: number) => jacobian![i]! / median[i]!;
  return { first: at(0), middle: at(Math.floor(length / 2)) };
}

claim(
  'the gradient keeps less than the most that any direction could keep: it is one direction of many',
  async (seed) => {
    const { first, middle } = await moreThanKept(seed, LENGTH);
    expect(first).toBeGreaterThan(1.5);
    expect(middle).toBeGreaterThan(1.5);
  },
  quick,
);

claim(
  'far back the two curves run side by side: from the middle to the first step their ratio changes by less than three times',
  async (seed) => {
    for (const length of [LENGTH, 120]) {
      const { first, middle } = await moreThanKept(seed, length);
      expect(first / middle).toBeGreaterThan(1 / 3);
      expect(first / middle).toBeLessThan(3);
    }
  },
  quick,
);

const trained = (seed: number, params: Parameters<typeof run>[1] = {}) =>
  run(seed, { training: 'after-10', ...params });

claim(
  'from the usual start nearly every network learns, in 300 updates, to recall the first of ten numbers: at least 4 of 5',
  async (seed) => expect((await trained(seed)).training!.learned).toBeGreaterThanOrEqual(4),
);

claim(
  'training on ten steps lifts the gradient: over the ten it holds, and over all 60 a hundred times more arrives, and more',
  async (seed) => {
    const { median, training } = await trained(seed);
    expect(median[0]).toBeGreaterThan(100 * training!.before[0]!);
    expect(atFirst(await trained(seed, { length: 10 }))).toBeGreaterThan(0.3);
  },
);

claim(
  'with a quarter of the weights the signal is too faint to learn from: none of 5 networks does, and the error stays near 1',
  async (seed) => {
    const { training } = await trained(seed, { scale: 0.25 });
    expect(training!.learned).toBe(0);
    expect(training!.error).toBeGreaterThan(0.8);
  },
);

claim('with half the weights few networks learn it in as many updates: at most 2 of 5', async (seed) =>
  expect((await trained(seed, { scale: 0.5 })).training!.learned).toBeLessThanOrEqual(2),
);

claim('on forty steps hardly any network learns it in as many updates: at most 1 of 5', async (seed) =>
  expect((await trained(seed, { training: 'after-40' })).training!.learned).toBeLessThanOrEqual(1),
);
