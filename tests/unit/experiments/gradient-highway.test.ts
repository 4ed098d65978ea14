import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { perform, type Definition, type Outcome, type PerformOptions } from '#src/experiments/definition.ts';
import gradientHighway, { curveNames, type HighwayResult } from '#src/experiments/gradient-highway.ts';
import { defaultsOf, type Values } from '#src/experiments/parameters.ts';
import { seedOfRun } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createReadoutNetwork, hiddenStateGradients, randomSequence } from '#src/training/gradient-probe.ts';
import { lstmGradients } from '#src/training/lstm-gradients.ts';
import { tf } from '#tensorflow';
import { norm } from '#tests/unit/training/float64-rnn.ts';

import { allowedValue } from './arbitraries.ts';

const definition = gradientHighway as unknown as Definition;
const { parameters } = gradientHighway;
type Params = Values<typeof parameters>;
type HighwayOutcome = Outcome<HighwayResult, Params>;
const defaults = defaultsOf(parameters);
const { signal } = new AbortController();

async function run(params: Partial<Params>, seed = 1, options: Partial<PerformOptions> = {}): Promise<HighwayOutcome> {
  return (await perform(definition, { ...defaults, ...params }, seed, { signal, ...options })) as HighwayOutcome;
}

/** Holds what an outcome says in words and in its table against its numbers. */
function expectConsistent({ params, result, sentence, table }: HighwayOutcome): void {
  const { curves, forget, meanForget, meanAlone, networks } = result;
  expect(networks).toBe(params.networks);
  for (const row of [forget, meanAlone, ...curveNames.flatMap((name) => Object.values(curves[name]))]) {
    expect(row).toHaveLength(params.length);
  }
  for (const gate of [...forget, meanForget]) {
    expect(gate).toBeGreaterThan(0);
    expect(gate).toBeLessThanOrEqual(1);
  }
  expect(new Set(table.columns).size).toBe(table.columns.length);
  expect(table.rows).toHaveLength(params.length);
  const column = (name: string) => table.rows.map((row) => row[table.columns.indexOf(name)]);
  expect(column('time step')).toEqual(forget.map((_, i) => i + 1));
  expect(column('LSTM, cell state')).toEqual(curves.lstmCell.median);
  expect(column('RNN, hidden state')).toEqual(curves.rnn.median);
  expect(column('mean forget gate at this step')).toEqual(forget);

  expect(sentence).not.toMatch(/NaN|Infinity|undefined|null|∞/);
  const cell = curves.lstmCell.median[0]!;
  const fate = cell === null || cell > 10 ? 'explodes' : cell < 0.1 ? 'vanishes' : 'holds';
  expect(sentence).toContain(`in the LSTM’s cell state, where it ${fate}`);
  expect(sentence).toContain(`let ${Number(meanForget.toPrecision(3))} through`);
  expect(sentence).toContain(params.start === 'chrono' ? '(chrono)' : `(bias ${params.forgetBias})`);
  expect(sentence.includes('median')).toBe(params.networks > 1);
}

describe('a run', () => {
  test('is the same for the same parameters and seed, and another for another seed', async () => {
    expect(await run({}, 42)).toEqual(await run({}, 42));
    expect((await run({}, 42)).result.curves).not.toEqual((await run({}, 43)).result.curves);
  });

  test('measures three networks of one seed on one sequence, beside the gradient for the last hidden state', async () => {
    const engine = await loadEngine();
    const { result } = await run({ networks: 1, length: 40, units: 8, forgetBias: 2 }, 7);
    const sizes = { inputs: 2, units: 8 };
    const x = randomSequence(7, 40, 2);
    const rnn = createReadoutNetwork(7, { kind: 'simpleRnn', activation: 'tanh' }, sizes);
    const gru = createReadoutNetwork(7, { kind: 'gru' }, sizes);
    const lstm = createReadoutNetwork(7, { kind: 'lstm' }, { ...sizes, forgetBias: 2 });
    const { hidden, cells, belt } = lstmGradients(engine, lstm, x);
    const expected = {
      rnn: hiddenStateGradients(engine, rnn, x, 'last'),
      gru: hiddenStateGradients(engine, gru, x, 'last'),
      lstmHidden: hidden,
      lstmCell: cells,
      belt,
    };
    const last = norm(Array.from(rnn.readout));
    for (const name of curveNames) {
      for (const [i, value] of result.curves[name].median.entries()) {
        expect(value! / (expected[name][i]! / last)).toBeCloseTo(1, 3);
      }
    }
    for (const name of ['rnn', 'gru', 'lstmHidden'] as const) expect(result.curves[name].median.at(-1)).toBe(1);
  });

  test('of several networks takes each from a seed of its own, and puts the median between them', async () => {
    const { result } = await run({ networks: 3, length: 30 }, 9);
    const singles: HighwayResult[] = [];
    for (let i = 0; i < 3; i++) singles.push((await run({ networks: 1, length: 30 }, seedOfRun(9, i))).result);
    for (const name of curveNames) {
      for (const [i, value] of result.curves[name].median.entries()) {
        expect(singles.map(({ curves }) => curves[name].median[i]).sort((a, b) => a! - b!)[1]).toBe(value);
        expect(result.curves[name].low[i]!).toBeLessThanOrEqual(value!);
        expect(result.curves[name].high[i]!).toBeGreaterThanOrEqual(value!);
      }
    }
  });

  test('multiplies the mean gate once for each step back', async () => {
    const { result } = await run({ forgetBias: 3 });
    const last = result.curves.lstmCell.median.at(-1)!;
    expect(result.meanAlone.at(-1)).toBe(last);
    expect(result.meanAlone[0]! / (last * result.meanForget ** 99)).toBeCloseTo(1, 1);
  });

  test('does not hear of what only the picture shows, and with chrono not of the bias', async () => {
    const { result } = await run({});
    expect((await run({ show: 'belt' })).result).toEqual(result);
    const chrono = await run({ start: 'chrono' });
    expect((await run({ start: 'chrono', forgetBias: 5 })).result).toEqual(chrono.result);
  });

  test('leaves no tensor behind, whether it ends or is stopped', async () => {
    await run({});
    const { numTensors } = tf.memory();
    await run({ networks: 2 });
    await expect(run({}, 1, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test('goes on from any of its checkpoints to the same result, bit by bit', async () => {
    const checkpoints: unknown[] = [];
    const said: string[] = [];
    const params = { networks: 4, length: 45 };
    const whole = await run(params, 3, {
      onProgress({ checkpoint }, outcome) {
        checkpoints.push(structuredClone(checkpoint));
        said.push(/\(.*?networks\)/.exec(outcome()!.sentence)![0]);
      },
    });
    expect(said).toEqual([...[1, 2, 3].map((done) => `(so far, in ${done} of 4 networks)`), '(medians of 4 networks)']);
    for (const [i, checkpoint] of checkpoints.entries()) {
      let parts = 0;
      expect(await run(params, 3, { checkpoint, onProgress: () => parts++ })).toEqual(whole);
      expect(parts, 'only what is missing is computed').toBe(3 - i);
    }
  });
});

describe('words and table agree with the numbers', () => {
  test.for<[string, Partial<Params>, RegExp]>([
    [
      'at the defaults',
      {},
      /where it vanishes \(medians of 5 networks\).*times larger than that: the rest came by way/,
    ],
    ['with chrono', { start: 'chrono' }, /where it holds .*next to nothing came by way of the hidden states\.$/],
    ['where float32 has nothing left', { forgetBias: 0, length: 500 }, /zero in float32 in the LSTM’s cell state/],
    ['one step back', { length: 2 }, /^One step before the last/],
    ['where paths cancel', { length: 2, units: 1, networks: 1 }, /worked against it\.$/],
    ['of one unit', { units: 1, networks: 1 }, /./],
  ])('%s', async ([, params, said]) => {
    const outcome = await run(params);
    expectConsistent(outcome);
    expect(outcome.sentence).toMatch(said);
  });

  test('wherever the parameters are', async () => {
    const { length, networks, ...others } = parameters;
    const params = fc.record({
      ...Object.fromEntries(Object.entries(others).map(([name, parameter]) => [name, allowedValue(parameter)])),
      length: fc.integer({ min: length.min, max: 120 }),
      networks: fc.integer({ min: networks.min, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(params, fc.integer({ min: 0, max: 999_999_999 }), async (params, seed) => {
        expectConsistent(await run(params as Partial<Params>, seed));
      }),
      { numRuns: 60 },
    );
  });
});
