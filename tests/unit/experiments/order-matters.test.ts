import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { perform, type Definition, type Outcome, type PerformOptions } from '#src/experiments/definition.ts';
import {
  judge,
  orderFor,
  shuffledOrder,
  swapDecisive,
  verdict,
  visitorByRule,
  wholeOrder,
} from '#src/experiments/order-matters-judges.ts';
import orderMatters, { type OrderMattersResult } from '#src/experiments/order-matters.ts';
import { defaultsOf, isAllowed, type Values } from '#src/experiments/parameters.ts';
import { percent } from '#src/experiments/words.ts';
import { batchOf, clickTrails, visitorOf } from '#src/sequences/click-trails.ts';
import { createRandom, seedOfRun, shuffled } from '#src/sequences/random.ts';
import { classify } from '#src/training/classify.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel } from '#src/training/model.ts';
import { createOrderBlindModel } from '#src/training/order-blind.ts';
import { inputTensor } from '#src/training/train.ts';
import { tf } from '#tensorflow';

const definition = orderMatters as unknown as Definition;
const { parameters } = orderMatters;
type Params = Values<typeof parameters>;
type OrderMattersOutcome = Outcome<OrderMattersResult, Params>;
const { signal } = new AbortController();

/** Small enough to be run many times. */
const small: Params = { ...defaultsOf(parameters), length: 6, units: 4, updates: 60, runs: 2 };

async function run(params: Partial<Params>, seed = 1, options: Partial<PerformOptions> = {}) {
  return (await perform(definition, { ...small, ...params }, seed, { signal, ...options })) as OrderMattersOutcome;
}

/** Holds what an outcome says in words and in its table against its numbers. */
function expectConsistent({ params, result, sentence, table, ...rest }: OrderMattersOutcome): void {
  const { looks, runs, heldOut, trails, weights } = result;
  expect(looks[0]).toBe(0);
  expect(looks.at(-1)).toBe(params.updates);
  expect([...new Set(looks)].sort((a, b) => a - b)).toEqual(looks);
  expect(looks.length).toBeLessThanOrEqual(32);
  expect(trails).toHaveLength(8);
  for (const trail of trails) expect(trail).toHaveLength(params.length);
  expect(weights.orderBlind.map((values) => values.length)).toEqual([
    8 * params.units,
    params.units,
    2 * params.units,
    2,
  ]);
  expect(weights.recurrent).toHaveLength(5);

  for (const { recurrent, orderBlind } of runs) {
    expect(recurrent.accuracy).toHaveLength(orderBlind.accuracy.length);
    for (const { accuracy, confusion } of [recurrent, orderBlind]) {
      for (const kind of confusion) expect(kind[0] + kind[1]).toBe(heldOut / 2);
      expect(accuracy.at(-1)).toBe((confusion[0][0] + confusion[1][1]) / heldOut);
    }
  }

  const first = runs[0]!;
  const done = looks[first.recurrent.accuracy.length - 1]!;
  expect(
    sentence.startsWith(done < params.updates ? `So far, after ${done} of` : `After ${params.updates} updates`),
  ).toBe(true);
  expect(sentence).toContain(`on ${heldOut.toLocaleString('en')} trails`);
  expect(sentence).toContain(`the recurrent model judges ${percent(first.recurrent.accuracy.at(-1)!)} right`);
  expect(sentence).toContain(`the order-blind model ${percent(first.orderBlind.accuracy.at(-1)!)}`);
  expect(sentence.includes(`Over ${runs.length} runs`)).toBe(runs.length > 1);
  const coin = 2.58 * Math.sqrt(0.25 / heldOut);
  const nearCoin = (share: number) => Math.abs(share - 0.5) <= coin;
  expect(sentence.includes('tossed coin')).toBe(nearCoin(first.orderBlind.accuracy.at(-1)!));
  expect(sentence).not.toMatch(/NaN|Infinity|undefined|null/);

  expect(new Set(table.columns).size).toBe(table.columns.length);
  expect(table.columns).toHaveLength(1 + 2 * runs.length);
  expect(table.rows.map((row) => row[0])).toEqual(looks);
  runs.forEach(({ run, recurrent, orderBlind }, i) => {
    const which = runs.length > 1 ? ` in run ${run}` : '';
    for (const [name, { accuracy }] of Object.entries({ 'order-blind': orderBlind, recurrent })) {
      const column = table.columns.indexOf(`${name}: share right${which}`);
      expect(column, `${name} of run ${i + 1}`).toBeGreaterThan(0);
      expect(table.rows.map((row) => row[column])).toEqual(looks.map((_, look) => accuracy[look] ?? null));
    }
  });

  const whole = { params, result, sentence, table, ...rest };
  expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
}

describe('a run', () => {
  test('is the same for the same parameters and seed, to the last digit, and another for another seed', async () => {
    const outcome = await run({}, 42);
    expectConsistent(outcome);
    expect(await run({}, 42)).toEqual(outcome);
    expect((await run({}, 43)).result.runs).not.toEqual(outcome.result.runs);
  });

  test('is the same with the plain kernels, up to a few trails on the border', async () => {
    const [fast, plain] = [await run({ runs: 1 }), await run({ runs: 1 }, 1, { form: 'typescript' })];
    expect(plain.form).toBe('typescript');
    fast.result.runs[0]!.recurrent.accuracy.forEach((share, i) =>
      expect(Math.abs(share - plain.result.runs[0]!.recurrent.accuracy[i]!)).toBeLessThan(0.01),
    );
  });

  test('has its runs with the seeds of their own, the first the seed itself', async () => {
    const { result } = await run({ runs: 3 }, 9);
    expect(result.runs.map(({ run }) => run)).toEqual([1, 2, 3]);
    for (const index of [0, 1, 2]) {
      const single = await run({ runs: 1 }, seedOfRun(9, index));
      expect({ ...single.result.runs[0], run: index + 1 }).toEqual(result.runs[index]);
    }
  });

  test('does not depend on what only the picture reads', async () => {
    const { result } = await run({ runs: 1 });
    const other = await run({ runs: 1, trail: 5, order: [...parameters.order.default].reverse() });
    expect(other.result).toEqual(result);
  });

  test('goes on from any checkpoint to the very result of a run that was not stopped, and tells the truth on the way', async () => {
    const checkpoints: unknown[] = [];
    const partial: OrderMattersOutcome[] = [];
    const told: number[] = [];
    const whole = await run({ runs: 3 }, 5, {
      onProgress({ checkpoint, done, total, unit }, outcome) {
        checkpoints.push(structuredClone(checkpoint));
        partial.push(structuredClone(outcome()) as OrderMattersOutcome);
        told.push(done);
        expect({ total, unit }).toEqual({ total: 180, unit: 'updates' });
      },
    });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(180);
    for (const outcome of partial) expectConsistent(outcome);
    expect(partial.map(({ sentence }) => sentence).at(-1)).toBe(whole.sentence);
    expect(checkpoints.length).toBeGreaterThan(30);
    for (const checkpoint of checkpoints.filter((_, i) => i % 5 === 0 || i > 28)) {
      expect(await run({ runs: 3 }, 5, { checkpoint })).toEqual(whole);
    }
  });

  test('does not depend on where and in which order its parts are run', async () => {
    const here = await run({ runs: 3 }, 5);
    const waiting: (() => void)[] = [];
    const elsewhere = run({ runs: 3 }, 5, {
      runPart: (index) =>
        new Promise((resolve, reject) => {
          waiting.push(() => void definition.part!(here.params, index, { seed: 5, signal }).then(resolve, reject));
          if (waiting.length === 2) for (const start of waiting.reverse()) start();
        }),
    });
    expect((await elsewhere).result).toEqual(here.result);
  });

  test('rejects when it is stopped, and leaves no tensor behind', async () => {
    const stopper = new AbortController();
    const before = tf.memory().numTensors;
    const stopped = run({}, 1, {
      signal: stopper.signal,
      onProgress: ({ done }) => done > 10 && stopper.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
  });

  const extremes: [string, Partial<Params>][] = [
    ['the shortest trails', { length: 4 }],
    ['the longest trails', { length: 30, runs: 1 }],
    ['a single unit', { units: 1 }],
    ['the most units', { units: 32, runs: 1 }],
    ['the fewest updates', { updates: 50 }],
    ['the most updates', { updates: 1000, runs: 1 }],
    ['the lowest learning rate', { learningRate: parameters.learningRate.min }],
    ['the highest learning rate', { learningRate: parameters.learningRate.max }],
    ['one run', { runs: 1 }],
    ['the most runs', { runs: 10, updates: 50 }],
  ];
  test.for(extremes)('works at its extremes: %s', async ([, params]) => {
    for (const [name, value] of Object.entries(params)) {
      expect(isAllowed(parameters[name as keyof typeof parameters], value)).toBe(true);
    }
    const outcome = await run(params, 2);
    expectConsistent(outcome);
    expect(outcome.result.runs).toHaveLength(outcome.params.runs);
  });
});

describe('the judges', () => {
  test('say of every held-out trail what the trained models say, and are as sure, up to rounding', async () => {
    const { result, params } = await run({ length: 12, units: 16, updates: 150, runs: 1 });
    const engine = await loadEngine();
    const task = clickTrails(params.length, 1);
    const inputs = batchOf(task.heldOut);
    const models = {
      orderBlind: createOrderBlindModel(task, 1, params.units),
      recurrent: createModel(engine, task, 1, { cell: { kind: 'simpleRnn', activation: 'tanh' }, units: params.units }),
    };
    for (const [name, model] of Object.entries(models)) {
      const key = name as keyof typeof models;
      model.restore(result.weights[key].map((values) => Float32Array.from(values)));
      const judged = task.heldOut.map((trail) => judge(result.weights, trail)[key]);
      const said = await classify(model, task, inputs.inputs, async () => undefined);
      expect(judged.map((buyer) => (buyer > 0.5 ? 1 : 0))).toEqual(said);
      const sure = tf.tidy(() =>
        tf.softmax(model.predict(inputTensor(task, inputs, task.heldOut.length), 'last')).dataSync(),
      );
      judged.forEach((buyer, i) => expect(Math.abs(buyer - sure[2 * i + 1]!)).toBeLessThan(1e-5));
      // And those are the models whose scores the run tells.
      const right = said.filter((kind, i) => kind === inputs.targets[i]).length;
      expect(right / said.length).toBe(result.runs[0]![key].accuracy.at(-1));
      model.dispose();
    }
  });

  test('have exactly one answer for all arrangements of the same pages, where they are blind to order', async () => {
    const { result } = await run({ runs: 1 });
    const random = createRandom(1, 'test');
    for (const trail of result.trails) {
      const { orderBlind, recurrent } = judge(result.weights, trail);
      const others = Array.from({ length: 30 }, () => judge(result.weights, shuffled(random, trail)));
      expect(new Set(others.map((other) => other.orderBlind))).toEqual(new Set([orderBlind]));
      expect(new Set([recurrent, ...others.map((other) => other.recurrent)]).size).toBeGreaterThan(10);
    }
  });

  test('put their verdict into words', () => {
    expect(verdict(0.972)).toBe('buyer, 97.2% sure');
    expect(verdict(0.25)).toBe('browser, 75% sure');
    expect(verdict(0.99999)).toBe('buyer, over 99.9% sure');
    expect(verdict(1e-9)).toBe('browser, over 99.9% sure');
  });
});

describe('an order', () => {
  const size = parameters.order.default.length;
  const length = fc.integer({ min: 4, max: size });
  const order = fc.shuffledSubarray([...parameters.order.default], { minLength: size });

  test('of the longest trail gives one of every shorter trail, and that one comes back', () => {
    fc.assert(
      fc.property(order, length, (order, length) => {
        const part = orderFor(order, length);
        expect([...part].sort((a, b) => a - b)).toEqual([...Array(length).keys()]);
        const whole = wholeOrder(part, size);
        expect(isAllowed(parameters.order, whole)).toBe(true);
        expect(orderFor(whole, length)).toEqual(part);
      }),
    );
  });

  test('that is untouched is the default, for any length', () => {
    for (let length = 4; length <= size; length++) {
      expect(wholeOrder(orderFor(parameters.order.default, length), size)).toEqual(parameters.order.default);
    }
  });

  test('that is shuffled is the same for the same seed and count, and another for the next', () => {
    const first = shuffledOrder(3, 1, 12);
    expect([...first].sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
    expect(shuffledOrder(3, 1, 12)).toEqual(first);
    expect(shuffledOrder(3, 2, 12)).not.toEqual(first);
    expect(shuffledOrder(4, 1, 12)).not.toEqual(first);
  });

  test('in which the two deciding pages change places makes a browser of a buyer, and nothing else moves', () => {
    fc.assert(
      fc.property(fc.nat(1000), length, (seed, length) => {
        const trail = clickTrails(length, seed).heldOut[seed % 8]!;
        const order = shuffledOrder(seed, 1, length);
        const swapped = swapDecisive(order, trail);
        const arranged = (order: readonly number[]) => order.map((index) => trail[index]!);
        expect(visitorOf(arranged(swapped))).toBe(1 - visitorOf(arranged(order)));
        expect(visitorByRule(arranged(swapped))).not.toBe(visitorByRule(arranged(order)));
        expect(order.filter((index, place) => index !== swapped[place])).toHaveLength(2);
      }),
      { numRuns: 20 },
    );
  });
});
