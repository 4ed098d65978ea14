import type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import type { Cell, Gates } from '#src/recurrent/index.ts';
import { createRandom } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { askedAt, createModel, type Model, type ModelOptions } from '#src/training/model.ts';
import { cells as variants, describeCell } from '#tests/unit/recurrent/problems.ts';
import { tf } from '#tensorflow';

const engine = await loadEngine();
const sizes = { inputs: 3, outputs: 4 };
const [BATCH, TIME, UNITS] = [2, 7, 5];
const cells: Cell[] = [{ kind: 'simpleRnn', activation: 'tanh' }, { kind: 'lstm' }, { kind: 'gru' }];
const random = createRandom(1, 'test');
const sequence = Array.from({ length: BATCH * TIME * sizes.inputs }, () => random.uniform(-1, 1));

const create = (cell: Cell, options: Partial<ModelOptions> = {}) =>
  createModel(engine, sizes, 3, { cell, units: UNITS, ...options });

/** Logits at every step, [batch, time, outputs] as nested lists. */
function answers(model: Model, values: readonly number[]): number[][][] {
  return tf.tidy(() => model.predict(tf.tensor3d([...values], [BATCH, TIME, 3]), 'every').arraySync() as number[][][]);
}

/** The steps, from 0, whose answers differ between two sequences. */
function changedSteps(model: Model, one: readonly number[], other: readonly number[]): number[] {
  const [before, after] = [answers(model, one)[0]!, answers(model, other)[0]!];
  return before.flatMap((logits, t) => (logits.some((value, i) => value !== after[t]![i]) ? [t] : []));
}

/** The sequences with another first input at one step of the first of them. */
const changedAt = (step: number) => sequence.map((value, i) => (i === step * sizes.inputs ? value + 1 : value));

describe.for(cells)('a model of $kind', (cell) => {
  test('answers at the last few steps what it answers there when asked at every one, and learns from no others', () => {
    for (const bidirectional of [false, true]) {
      const model = create(cell, { bidirectional });
      const x = tf.tensor3d(sequence, [BATCH, TIME, 3]);
      const last = tf.tidy(() => model.predict(x, 3).arraySync() as number[][][]);
      expect(last).toEqual(answers(model, sequence).map((steps) => steps.slice(-3)));

      const bySlicing = (): Scalar => tf.sum(tf.square(tf.slice(model.predict(x, 'every'), [0, TIME - 3, 0])));
      const gradientsOf = (loss: () => Scalar) =>
        tf.tidy(() =>
          Object.values(tf.variableGrads(loss, [...model.variables]).grads).map((grad) => grad.arraySync()),
        );
      expect(gradientsOf(() => tf.sum(tf.square(model.predict(x, 3))))).toEqual(gradientsOf(bySlicing));
      tf.dispose(x);
      model.dispose();
    }
  });
});

describe.for(cells)('a bidirectional model of $kind', (cell) => {
  test('sees later steps in its answer; one that reads forwards sees only earlier ones', () => {
    const [forward, both] = [create(cell), create(cell, { bidirectional: true })];
    expect(changedSteps(forward, sequence, changedAt(3))).toEqual([3, 4, 5, 6]);
    expect(changedSteps(both, sequence, changedAt(3))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const model of [forward, both]) model.dispose();
  });

  test('has twice the recurrent weights and twice the inputs of the readout, and the same layer forwards', () => {
    const [forward, both] = [create(cell), create(cell, { bidirectional: true })];
    const layer = forward.variables.slice(0, 3).map(({ shape }) => shape);
    const shapes = both.variables.map(({ shape }) => shape);
    expect(shapes).toEqual([...layer, ...layer, [2 * UNITS, sizes.outputs], [sizes.outputs]]);
    expect(both.weights().slice(0, 3)).toEqual(forward.weights().slice(0, 3));
    expect(both.weights()[3]).not.toEqual(both.weights()[0]);
    for (const model of [forward, both]) model.dispose();
  });

  test('answers as two layers and a readout do that are put together by hand', () => {
    const both = create(cell, { bidirectional: true });
    const mirrored = create(cell, { bidirectional: true });
    const weights = both.weights();
    const readout = weights[6]!;
    const half = UNITS * sizes.outputs;
    mirrored.restore([
      ...weights.slice(3, 6),
      ...weights.slice(0, 3),
      Float32Array.from([...readout.subarray(half), ...readout.subarray(0, half)]),
      weights[7]!,
    ]);
    const backwards = Array.from({ length: BATCH * TIME }, (_, i) => {
      const [b, t] = [Math.floor(i / TIME), i % TIME];
      const at = (b * TIME + TIME - 1 - t) * sizes.inputs;
      return sequence.slice(at, at + sizes.inputs);
    }).flat();
    const there = answers(both, sequence);
    const back = answers(mirrored, backwards);
    there.forEach((steps, b) =>
      steps.forEach((logits, t) =>
        logits.forEach((value, i) => expect(back[b]![TIME - 1 - t]![i]).toBeCloseTo(value, 5)),
      ),
    );
    for (const model of [both, mirrored]) model.dispose();
  });

  test('answers once by both last states: at the last step forwards, at the first step from the end', () => {
    const both = create(cell, { bidirectional: true });
    const logits = tf.tidy(
      () => both.predict(tf.tensor3d(sequence, [BATCH, TIME, 3]), 'last').arraySync() as number[][],
    );
    expect(logits).toHaveLength(BATCH);
    const every = answers(both, sequence);
    expect(logits[0]).not.toEqual(every[0]!.at(-1));
    both.dispose();
  });

  test('learns: every variable has a gradient', () => {
    const both = create(cell, { bidirectional: true });
    const norms = tf.tidy(() => {
      const { grads } = tf.variableGrads(
        () => tf.sum(tf.square(both.predict(tf.tensor3d(sequence, [BATCH, TIME, 3]), 'every'))),
        [...both.variables],
      );
      return Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)).dataSync()[0]!);
    });
    expect(norms).toHaveLength(8);
    for (const norm of norms) expect(norm).toBeGreaterThan(0);
    both.dispose();
  });
});

const inputs = (batch: number, time: number) =>
  tf.tensor3d(random.uniformArray(batch * time * 3, -1, 1), [batch, time, 3]);
const numbers = (tensor: Tensor) => Array.from(tensor.dataSync());

describe('a model', () => {
  test.each(variants.map((cell) => [describeCell(cell), cell] as const))(
    'of %s goes on from a state where one look at the whole sequence would be, gradients too',
    (_, cell) => {
      const model = create(cell);
      const x = inputs(2, 9);
      const loss = (inChunks: boolean) => (input: Tensor) => {
        const chunk = (start: number, time: number) => tf.slice(input as Tensor3D, [0, start, 0], [2, time, 3]);
        if (!inChunks) return tf.sum(tf.square(model.predict(input as Tensor3D, 'every')));
        const first = model.read(chunk(0, 4), 'every');
        const second = model.read(chunk(4, 5), 'every', { state: first.state });
        return tf.sum(tf.square(tf.concat([first.answers, second.answers], 1)));
      };
      const [whole, parts] = [false, true].map((inChunks) => tf.valueAndGrads(loss(inChunks))([x]));
      expect(parts!.value.dataSync()[0]).toBeCloseTo(whole!.value.dataSync()[0]!, 4);
      const expected = numbers(whole!.grads[0]!);
      const largest = Math.max(...expected.map(Math.abs));
      numbers(parts!.grads[0]!).forEach((value, i) =>
        expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5 * largest),
      );
      model.dispose();
    },
  );

  test.each<[string, Cell, Gates]>([
    ['without its forget gate', { kind: 'lstm', gates: { forget: 1 } }, { forget: Float32Array.of(1) }],
    ['without its input gate', { kind: 'lstm', gates: { input: 1 } }, { input: Float32Array.of(1) }],
    ['without its output gate', { kind: 'lstm', gates: { output: 1 } }, { output: Float32Array.of(1) }],
    ['with its update gate held', { kind: 'gru', gates: { update: 0.5 } }, { update: Float32Array.of(0.5) }],
    ['without its reset gate', { kind: 'gru', gates: { reset: 1 } }, { reset: Float32Array.of(1) }],
  ])('%s has it at one value, and no gradient for it', (_, cell, pinned) => {
    const model = create(cell);
    let gates: Gates = {};
    const { grads } = tf.variableGrads(
      () =>
        tf.sum(
          model.read(inputs(2, 4), 'last', { observer: { onForward: (pass) => void (gates = pass.gates()) } }).answers,
        ),
      [...model.variables],
    );
    const [name, value] = Object.entries(pinned)[0]!;
    expect(new Set(gates[name as keyof Gates])).toEqual(new Set([value[0]]));
    const at = { input: 0, forget: 1, candidate: 2, output: 3, update: 0, reset: 1 }[name]!;
    const dKernel = grads[model.variables[0]!.name]!;
    const ofGate = numbers(tf.slice(dKernel as Tensor2D, [0, 5 * at], [3, 5]));
    expect(ofGate.every((gradient) => gradient === 0)).toBe(true);
    expect(numbers(dKernel).some((gradient) => gradient !== 0)).toBe(true);
    model.dispose();
  });

  test('couples the input gate to the forget gate', () => {
    const model = create({ kind: 'lstm', gates: { input: 'coupled' } });
    let gates: Gates = {};
    model.read(inputs(2, 4), 'last', { observer: { onForward: (pass) => void (gates = pass.gates()) } });
    gates.input!.forEach((value, i) => expect(value).toBeCloseTo(1 - gates.forget![i]!, 6));
    model.dispose();
  });

  test('hands out gates, states and their gradients of every step', () => {
    const model = create({ kind: 'lstm' });
    const lengths: Record<string, number> = {};
    const x = inputs(2, 6);
    tf.grad((input: Tensor) => {
      const { answers } = model.read(input as Tensor3D, 'last', {
        observer: {
          onForward(pass) {
            for (const [name, values] of Object.entries(pass.gates())) lengths[name] = values.length;
            lengths['h'] = pass.hidden().length;
            lengths['c'] = pass.cells().length;
          },
          onBackward(gradients) {
            lengths['dh'] = gradients.hidden().length;
            lengths['dc'] = gradients.cells().length;
          },
        },
      });
      return tf.sum(answers);
    })(x);
    const every = 6 * 2 * 5;
    expect(lengths).toEqual(
      Object.fromEntries(['input', 'forget', 'candidate', 'output', 'h', 'c', 'dh', 'dc'].map((name) => [name, every])),
    );
    model.dispose();
  });
});

test('a bidirectional model goes on from no state', () => {
  const model = create({ kind: 'gru' }, { bidirectional: true });
  const { state } = model.read(inputs(2, 3), 'last');
  expect(() => model.read(inputs(2, 3), 'last', { state })).toThrow('cannot go on from a state');
  model.dispose();
});

describe('a model that is asked at some steps', () => {
  test('answers there what it answers there when asked at every one, and is the same model', () => {
    for (const bidirectional of [false, true]) {
      const model = create({ kind: 'lstm' }, { bidirectional });
      const asked = askedAt(model, 2, 3);
      const x = tf.tensor3d(sequence, [BATCH, TIME, 3]);
      const some = tf.tidy(() => asked.predict(x, 'every').arraySync() as number[][][]);
      expect(some).toEqual(answers(model, sequence).map((steps) => steps.slice(2, 5)));
      expect(asked.variables).toBe(model.variables);
      tf.dispose(x);
      model.dispose();
    }
  });

  test('learns from those alone: of a layer that reads forwards, what comes later has no gradient', () => {
    const model = create({ kind: 'simpleRnn', activation: 'tanh' });
    const x = tf.tensor3d(sequence, [BATCH, TIME, 3]);
    const gradient = tf.tidy(() =>
      tf
        .grad((input) => tf.sum(tf.square(askedAt(model, 2, 3).predict(input as Tensor3D, 'every'))))(x)
        .arraySync(),
    ) as number[][][];
    const strength = gradient[0]!.map((step) => Math.hypot(...step));
    for (const early of strength.slice(0, 5)) expect(early).toBeGreaterThan(0);
    expect(strength.slice(5)).toEqual([0, 0]);
    tf.dispose(x);
    model.dispose();
  });
});
