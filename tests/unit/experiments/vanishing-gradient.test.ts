import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { perform, type Definition, type Outcome, type PerformOptions } from '#src/experiments/definition.ts';
import type { GradientOverTime } from '#src/experiments/gradient-over-time.ts';
import { defaultsOf, writeSetting, type Values } from '#src/experiments/parameters.ts';
import vanishingGradient, { type GradientResult } from '#src/experiments/vanishing-gradient.ts';
import { approximately } from '#src/experiments/words.ts';
import { tableToCsv } from '#src/site/csv.ts';
import { seedOfRun } from '#src/sequences/random.ts';
import { tf } from '#tensorflow';

import { allowedValues } from './arbitraries.ts';

const definition = vanishingGradient as unknown as Definition;
const { parameters } = vanishingGradient;
type Params = Values<typeof parameters>;
type GradientOutcome = Outcome<GradientResult, Params>;
const defaults = defaultsOf(parameters);
const { signal } = new AbortController();

async function run(params: Partial<Params>, seed = 1, options: Partial<PerformOptions> = {}): Promise<GradientOutcome> {
  return (await perform(definition, { ...defaults, ...params }, seed, { signal, ...options })) as GradientOutcome;
}

/** Holds what an outcome says in words and in its table against its numbers. */
function expectConsistent(outcome: GradientOutcome): void {
  const { params, result, table } = outcome;
  for (const row of [result.median, result.low, result.high]) expect(row).toHaveLength(params.length);
  expect(result.networks).toHaveLength(params.networks);
  for (const { norms, relative, marks } of result.networks) {
    for (const row of [norms, relative, marks]) expect(row).toHaveLength(params.length);
  }
  const { training, jacobian, kept } = result;
  expect([training, jacobian, kept].map((part) => part !== undefined)).toEqual([
    params.training !== 'before',
    params.jacobian,
    params.kept !== '',
  ]);
  for (const row of [training?.before, jacobian, kept?.median]) if (row) expect(row).toHaveLength(params.length);
  expectTableConsistent(outcome);
  expectSentenceConsistent(outcome);
  expect(tableToCsv(table).split('\r\n')).toHaveLength(params.length + 2);
  expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
}

function expectTableConsistent({ params, result, table }: GradientOutcome): void {
  const { networks, median } = result;
  expect(new Set(table.columns).size).toBe(table.columns.length);
  expect(table.rows).toHaveLength(params.length);
  for (const [i, row] of table.rows.entries()) {
    expect(row).toHaveLength(table.columns.length);
    expect(row.slice(0, 3)).toEqual([i + 1, params.length - 1 - i, median[i]]);
  }
  const column = (name: string) => table.rows.map((row) => row[table.columns.indexOf(name)]);
  if (result.training) expect(column('median before training')).toEqual(result.training.before);
  if (result.jacobian) expect(column('norm of ∂hT/∂ht, median')).toEqual(result.jacobian);
  if (result.kept) expect(column('kept setting, median')).toEqual(result.kept.median);
  if (networks.length > 20) return;
  for (const [i, { norms, marks }] of networks.entries()) {
    const which = networks.length > 1 ? ` of network ${i + 1}` : '';
    const column = table.columns.indexOf(`gradient norm${which}`);
    expect(table.rows.map((row) => row[column])).toEqual(norms);
    expect(table.rows.map((row) => row[column + 1])).toEqual(marks);
  }
}

function expectSentenceConsistent({ params, result, sentence }: GradientOutcome): void {
  const { networks, median } = result;
  expect(sentence).not.toMatch(/NaN|Infinity|undefined|null|∞/);
  if (median.at(-1) === null) {
    expect(sentence).toMatch(
      /^The hidden state itself grows past .* no gradient can be measured: the signal explodes\.$/,
    );
    return;
  }
  const first = median[0]!;
  const fate = first === null || first > 10 ? 'explodes' : first < 0.1 ? 'vanishes' : 'holds';
  const subject = networks.length > 1 ? `In the median of ${networks.length} networks, the` : 'The';
  expect(sentence.startsWith(`${subject} gradient at step 1 is `)).toBe(true);
  expect(sentence).toContain(`the gradient at step ${params.length}: the signal ${fate}.`);
  if (first !== null && first > 0 && first < 0.8) {
    expect(sentence).toContain(`${approximately(1 / first)} times smaller`);
  }
  if (first !== null && first > 1.25) expect(sentence).toContain(`${approximately(first)} times larger`);

  const faint = Number(/From step (\d+) back it is less than one thousandth/.exec(sentence)?.[1] ?? 0);
  const isFaint = (i: number) => median[i] !== null && median[i]! < 1e-3;
  expect(median.slice(0, faint).every((_, i) => isFaint(i))).toBe(true);
  expect(isFaint(faint)).toBe(false);

  for (const [mark, words] of [
    ['underflow', 'underflows to zero'],
    ['blocked', 'no active unit passes it on'],
    ['overflow', 'too large for float32 and overflows'],
  ] as const) {
    const step = Math.max(...networks.map(({ marks }) => marks.lastIndexOf(mark) + 1));
    const said = new RegExp(`From step (\\d+) back[^.]*${words}`).exec(sentence);
    expect(Number(said?.[1] ?? 0), words).toBe(step);
  }
  expect(sentence.includes('a loss of its own')).toBe(params.loss === 'every');
  expect(sentence.includes('Before training it was')).toBe(params.training !== 'before');
  expect(sentence.includes('kept to compare')).toBe(params.kept !== '');
}

describe('a run', () => {
  test('is the same for the same parameters and seed, to the last digit', async () => {
    expect(await run({}, 42)).toEqual(await run({}, 42));
  });

  test('is another one for another seed', async () => {
    expect((await run({}, 42)).result.median).not.toEqual((await run({}, 43)).result.median);
  });

  test('of one network is the first of several, and the others are those of their own seeds', async () => {
    const { result } = await run({ networks: 4, length: 30 }, 9);
    for (let index = 0; index < 4; index++) {
      const single = await run({ networks: 1, length: 30 }, seedOfRun(9, index));
      expect(result.networks[index]).toEqual(single.result.networks[0]);
    }
    expect(new Set(result.networks.map(({ norms }) => norms[0])).size).toBe(4);
  });

  test('of one network has that one as its median', async () => {
    const { result } = await run({ networks: 1 });
    expect(result.median).toEqual(result.networks[0]!.relative);
    expect(result.median.at(-1)).toBe(1);
  });

  test('gives the quantiles in their order', async () => {
    const { median, low, high } = (await run({ networks: 11 })).result;
    for (const [i, middle] of median.entries()) {
      expect(low[i]!).toBeLessThanOrEqual(middle!);
      expect(high[i]!).toBeGreaterThanOrEqual(middle!);
    }
  });

  test('says which form of the kernels ran, and the plain TypeScript one agrees with it', async () => {
    const fast = await run({});
    const plain = await run({}, 1, { form: 'typescript' });
    expect([fast.form, plain.form]).toEqual(['simd128', 'typescript']);
    for (const [i, value] of plain.result.median.entries()) {
      // 60 steps of float32, added up in another order.
      expect(Math.abs(value! / fast.result.median[i]! - 1)).toBeLessThan(1e-3);
    }
  });

  test('leaves no tensor behind', async () => {
    await run({});
    const { numTensors } = tf.memory();
    await run({ loss: 'every', networks: 3 });
    await expect(run({}, 1, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe('what a run says on its way', () => {
  test('rises from network to network to the whole, and the last part is the result', async () => {
    const told: { done: number; total: number; unit: string; partial: GradientOutcome | undefined }[] = [];
    const { result } = await run({ networks: 5, length: 20 }, 1, {
      onProgress: ({ done, total, unit }, outcome) =>
        told.push({ done, total, unit, partial: outcome() as GradientOutcome | undefined }),
    });
    expect(told.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(told.map(({ total, unit }) => `${total} ${unit}`))).toEqual(new Set(['5 networks']));
    for (const [i, { partial }] of told.entries()) {
      expect(partial!.result.networks).toEqual(result.networks.slice(0, i + 1));
    }
    expect(told.at(-1)!.partial!.result).toEqual(result);
    expect(told.map(({ partial }) => /^.*?networks?, the|^The/.exec(partial!.sentence)![0])).toEqual([
      'So far, in the first network, the',
      ...[2, 3, 4].map((done) => `So far, in the median of ${done} networks, the`),
      'In the median of 5 networks, the',
    ]);
  });

  test('is a checkpoint from which a run goes on to the same result, bit by bit', async () => {
    const checkpoints: unknown[] = [];
    const params = { networks: 5, length: 45, scale: 1.3 };
    const whole = await run(params, 3, {
      onProgress: ({ checkpoint }) => checkpoints.push(structuredClone(checkpoint)),
    });
    expect(checkpoints).toHaveLength(5);
    for (const [i, checkpoint] of checkpoints.entries()) {
      let parts = 0;
      const resumed = await run(params, 3, { checkpoint, onProgress: () => parts++ });
      expect(resumed).toEqual(whole);
      expect(parts, 'only what is missing is computed').toBe(4 - i);
    }
  });
});

describe('a run of trained networks', () => {
  const trained = { training: 'after-10', networks: 3, length: 30 } as const;

  test('measures before and after on the same sequences', async () => {
    const before = await run({ ...trained, training: 'before' }, 2);
    const after = await run(trained, 2);
    expect(after.result.training!.before).toEqual(before.result.median);
    expect(after.result.median).not.toEqual(before.result.median);
  });

  test('is the same when its networks were trained before, and when it goes on from a checkpoint', async () => {
    const checkpoints: unknown[] = [];
    const shares: number[] = [];
    const first = await run(trained, 3, {
      onProgress({ done, checkpoint }) {
        shares.push(done);
        checkpoints.push(structuredClone(checkpoint));
      },
    });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.some((done) => done > 0 && done < 1)).toBe(true);
    expect(shares.at(-1)).toBe(3);
    expect(await run(trained, 3)).toEqual(first);
    expect(await run(trained, 3, { checkpoint: checkpoints.at(-2) })).toEqual(first);
  });

  test('does not train anew for what training does not hang on', async () => {
    const before = await run(trained, 4);
    let shares = 0;
    const onProgress = () => shares++;
    const longer = await run({ ...trained, length: 50, loss: 'every', jacobian: true }, 4, { onProgress });
    expect(shares, 'one report a network').toBe(3);
    expect(longer.result.training!.learned).toBe(before.result.training!.learned);
  });

  test('stops in the middle of a training', async () => {
    const stopper = new AbortController();
    const reason = new Error('Stopped.');
    const stopped = run({ ...trained, training: 'after-40' }, 5, {
      signal: stopper.signal,
      onProgress: ({ done }) => void (done > 0.1 && stopper.abort(reason)),
    });
    await expect(stopped).rejects.toBe(reason);
  });

  test('trains what is kept to compare as well, and tells of half the work at a time', async () => {
    const kept = 'scale.0.75_units.32_activation.tanh_loss.last_training.after-10';
    const shares: number[] = [];
    const onProgress = ({ done }: { done: number }) => void shares.push(done);
    const { result } = await run({ ...trained, networks: 1, kept }, 6, { onProgress });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const alone = await run({ ...trained, networks: 1, scale: 0.75 }, 6);
    expect(result.kept!.median).toEqual(alone.result.median);
  });
});

test('the gradient never keeps more than the most that can be kept, network by network', async () => {
  const { scale, units, activation } = parameters;
  await fc.assert(
    fc.asyncProperty(allowedValues({ scale, units, activation }), fc.nat(1e6), async (values, seed) => {
      const fixed = { jacobian: true, networks: 1, length: 40 };
      const { jacobian, median } = (await run({ ...values, ...fixed }, seed)).result;
      for (const [i, most] of jacobian!.entries()) {
        // Where float32 lost it, or nearly, its digits say nothing of the most that there is.
        if (median[i] === null || most === null || median[i]! < 1e-30) continue;
        expect(median[i]!).toBeLessThanOrEqual(most * (1 + 1e-3));
      }
    }),
    { numRuns: 60 },
  );
});

describe('a run that is stopped', () => {
  test('before it starts rejects with the reason of the signal', async () => {
    const reason = new Error('Stopped.');
    await expect(run({}, 1, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('in the middle rejects with it as well, and leaves what was done', async () => {
    const stopper = new AbortController();
    const reason = new Error('Stopped.');
    let done = 0;
    const stopped = run({ networks: 100 }, 1, {
      signal: stopper.signal,
      onProgress(progress) {
        done = progress.done;
        if (done === 3) stopper.abort(reason);
      },
    });
    await expect(stopped).rejects.toBe(reason);
    expect(done).toBe(3);
  });
});

describe('words and table agree with the numbers', () => {
  test('at the defaults', async () => {
    expectConsistent(await run({}));
  });

  test.for<[string, Partial<Params>, RegExp]>([
    ['where the signal vanishes', { scale: 0.5 }, /vanishes\. From step \d+ back it is less than one thousandth/],
    ['where it underflows', { scale: 0.5, length: 300 }, /zero in float32.*underflows to zero/],
    ['where it explodes', { scale: 1.5, activation: 'identity', networks: 1 }, /times larger than .* explodes\.$/],
    ['where it overflows', { scale: 3, activation: 'identity', length: 200 }, /past the largest number.*overflows/],
    ['where units block it', { activation: 'relu', units: 1, networks: 9 }, /no active unit passes it on/],
    ['with a loss at every step', { loss: 'every' }, /holds\. .*a loss of its own/],
    ['beside the most that could be kept', { jacobian: true }, /the norm of ∂h60\/∂h1, is about .* times larger: /],
    [
      'beside it, with a loss at every step',
      { jacobian: true, loss: 'every' },
      /Of what comes from the last step, no direction keeps more than the norm of ∂h60\/∂h1: one part in /,
    ],
    [
      'beside what is kept',
      { kept: 'scale.0.5_units.32_activation.tanh_loss.last_training.before' },
      /With what is kept to compare \(recurrent weight scale 0\.5\), it is .* at step 60, and vanishes: that is .* times less than here\.$/,
    ],
    [
      'beside the same setting',
      { kept: 'scale.1_units.32_activation.tanh_loss.last_training.before' },
      /kept to compare \(this same setting\), .*: that is about as much as here\.$/,
    ],
    [
      'beside what has nothing left',
      { kept: 'scale.0.5_units.32_activation.tanh_loss.last_training.before', length: 300 },
      /it is zero in float32, unlike at step 300, and vanishes\.$/,
    ],
    [
      'after training that was learned',
      { training: 'after-10', networks: 2 },
      /holds\..* Before training it was .*; in at most 300 updates, 2 of 2 networks learned to recall the first number of 10 steps \(error less than 0\.05/,
    ],
    [
      'after training that one network did not learn',
      { training: 'after-40', networks: 1, scale: 0.25 },
      /300 updates did not teach the network to recall the first number of 40 steps \(error (0\.9\d*|1(\.\d)?), where 1/,
    ],
    [
      'after training, beside other networks that were trained',
      { training: 'after-10', networks: 2, kept: 'scale.0.5_units.32_activation.tanh_loss.last_training.after-10' },
      /kept to compare \(recurrent weight scale 0\.5\)/,
    ],
  ])('%s', async ([, params, said]) => {
    const outcome = await run(params);
    expectConsistent(outcome);
    expect(outcome.sentence).toMatch(said);
  });

  test('wherever the parameters are', async () => {
    const { length, networks, kept, ...others } = parameters;
    const fresh = { training: 'before' };
    const held = allowedValues(kept.of).map((values) => writeSetting(kept, { ...values, ...fresh }));
    const params = fc
      .record({
        values: allowedValues(others),
        length: fc.integer({ min: length.min, max: 120 }),
        networks: fc.integer({ min: networks.min, max: 3 }),
        kept: fc.oneof(fc.constant(''), held),
      })
      .map(({ values, ...rest }) => ({ ...values, ...fresh, ...rest }));
    await fc.assert(
      fc.asyncProperty(params, fc.integer({ min: 0, max: 999_999_999 }), async (params, seed) => {
        expectConsistent(await run(params as Partial<Params>, seed));
      }),
      { numRuns: 100 },
    );
  });

  test('where the parameters are at their ends', async () => {
    const ends = (name: 'length' | 'scale' | 'units') => [parameters[name].min, parameters[name].max];
    for (const length of ends('length')) {
      for (const scale of ends('scale')) {
        for (const units of ends('units')) {
          for (const { value: activation } of parameters.activation.options) {
            for (const { value: loss } of parameters.loss.options) {
              expectConsistent(await run({ length, scale, units, activation, loss, networks: 2 }));
            }
          }
        }
      }
    }
    expectConsistent(await run({ networks: parameters.networks.max, length: 30 }));
  });

  test('and where the hidden state itself overflows, no signal is said to hold or to vanish', async () => {
    const outcome = await run({ activation: 'relu', scale: 3, length: 300, networks: 1, units: 16 });
    expect(outcome.sentence).not.toMatch(/vanishes|holds|no active unit/);
    expect(outcome.sentence).toMatch(/largest number that float32 can hold/);
  });

  test('in the table of more networks than anybody reads, by their quantiles alone', async () => {
    const { table } = await run({ networks: 21, length: 5 });
    expect(table.columns).toEqual([
      'time step',
      'steps before the last',
      'median relative to the last step',
      '10th percentile',
      '90th percentile',
    ]);
  });
});

describe('the sentence', () => {
  const made = (relative: (number | null)[], marks: GradientOverTime['marks']) => {
    const networks = [{ norms: relative, relative, marks }];
    const result = { networks, median: relative, low: relative, high: relative };
    return vanishingGradient.tell(result, { ...defaults, length: relative.length, networks: 1 });
  };

  test('counts steps from the first, and names the last of those that are faint', () => {
    expect(made([1e-6, 5e-4, 1e-3, 0.5, 1], Array(5).fill('fine'))).toBe(
      'The gradient at step 1 is about 1 million times smaller than the gradient at step 5: the signal vanishes. From step 2 back it is less than one thousandth.',
    );
  });

  test('says so where no gradient can be measured at all', () => {
    const sentence = made([null, null], ['overflow', 'overflow']);
    expect(sentence).toMatch(/^The hidden state itself grows past the largest number that float32 can hold/);
    expect(sentence).toContain('the signal explodes');
  });

  test('tells what holds from what vanishes and what explodes by a factor of ten', () => {
    for (const [first, fate] of [
      [0.099, 'vanishes'],
      [0.1, 'holds'],
      [10, 'holds'],
      [10.1, 'explodes'],
    ] as const) {
      expect(made([first, 1], ['fine', 'fine'])).toContain(`the signal ${fate}.`);
    }
  });
});
