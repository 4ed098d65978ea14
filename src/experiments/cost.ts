import { initialWeights, type Cell, type Floats } from '#src/recurrent/index.ts';
import { createRandom } from '#src/sequences/random.ts';
import { recall } from '#src/sequences/recall.ts';
import { parity } from '#src/sequences/streams.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import type { Model } from '#src/training/model.ts';
import { createPace } from '#src/training/pace.ts';
import { tryOnce } from '#src/training/trials.ts';

import { correlation } from './correlation.ts';
import {
  BATCH,
  counted,
  forEachModel,
  INPUTS,
  learningOf,
  meanExplained,
  modelNames,
  models,
  states,
  STEPS,
  timeAt,
  type CostResult,
  type CostSetting,
  type CostTrial,
  type ModelName,
} from './cost-counts.ts';
import { define, type Cell as TableCell, type Table } from './definition.ts';
import { choice, number, type Values } from './parameters.ts';
import { rateInWords, soFar, type TrialsResult } from './rates.ts';
import { spreadOf, timeByTurns, type Spread, type Timings } from './stopwatch.ts';
import { runTrials } from './trials.ts';
import { capitalised, inList } from './words.ts';

const SMALLEST = 8;
const LEARNING_RATES = [0.001, 0.003, 0.01, 0.03, 0.1];
const SYMBOLS = 4;
/** Parity, where units are looked into. */
const PARITY = { learningRate: 0.01, chunk: 30, heldOut: 600 };
/** It takes longer than recall, and all three should have learned it before one looks into them. */
const PARITY_BUDGETS = 2;

const cells: Record<ModelName, Cell> = {
  rnn: { kind: 'simpleRnn', activation: 'tanh' },
  gru: { kind: 'gru' },
  lstm: { kind: 'lstm' },
};

const parameters = {
  largest: choice({
    label: 'Largest layer',
    options: [
      { value: '32', label: '32' },
      { value: '64', label: '64' },
      { value: '128', label: '128 units' },
    ],
    default: '64',
    help: `Layers from ${SMALLEST} units to so many are counted and timed, each twice the one before, and the one that is trained.`,
  }),
  rounds: number({
    label: 'Rounds of timing',
    min: 5,
    max: 60,
    step: 5,
    default: 25,
    help: 'How often each layer is timed, each time in another order. More rounds make up for a machine that is busy with other things.',
  }),
  units: number({
    label: 'Units to train',
    unit: 'units',
    min: 4,
    max: 32,
    step: 4,
    default: 16,
    help: 'The size of the networks that are trained.',
  }),
  length: number({
    label: 'Delay',
    unit: 'steps',
    min: 5,
    max: 40,
    step: 1,
    default: 10,
    help: 'How long a symbol has to be kept. A short delay is one at which all three can learn.',
  }),
  updates: number({
    label: 'Budget',
    unit: 'updates',
    min: 50,
    max: 2000,
    step: 50,
    default: 400,
    help: `How often weights may be changed, each time after a look at ${BATCH} fresh sequences. A run that solves its task ends there.`,
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 10,
    step: 1,
    default: 5,
    help: 'How often each is trained at each learning rate, from other first weights and on other sequences.',
  }),
};

type Params = Values<typeof parameters>;

const settings: readonly CostSetting[] = [
  ...LEARNING_RATES.flatMap((learningRate) =>
    models.map((model) => ({ model, task: 'recall' as const, learningRate })),
  ),
  ...models.map((model) => ({ model, task: 'parity' as const, learningRate: PARITY.learningRate })),
];

const trials = runTrials<typeof parameters, CostSetting, CostTrial>({
  settings: () => settings,
  runs: ({ runs }) => runs,
  cost: ({ task }, { length, updates }) =>
    task === 'recall' ? updates * (length + 10) : PARITY_BUDGETS * updates * PARITY.chunk,
  async tryOnce({ model: name, task, learningRate }, { units, length, updates }, { engine, seed, pace }) {
    const onRecall = task === 'recall';
    const trying = {
      task: onRecall ? recall({ time: length, symbols: SYMBOLS, filler: 'distractors' }) : parity(PARITY.chunk),
      model: { cell: cells[name], units },
      updates: onRecall ? updates : PARITY_BUDGETS * updates,
      batch: BATCH,
      optimizer: { kind: 'adam' as const, learningRate, clipNorm: 1 },
      solvedAt: 0.99,
    };
    if (onRecall) return tryOnce(engine, trying, seed, { pace });
    let explained: CostTrial['explained'];
    const onEnd = (model: Model) => (explained = explainedBy(engine, model, seed));
    return { ...(await tryOnce(engine, trying, seed, { pace, onEnd })), explained };
  },
});

type Trained = TrialsResult<CostSetting, CostTrial>;

interface Checkpoint {
  timings: Timings;
  trials?: Trained;
}

export default define<typeof parameters, CostResult, Checkpoint>({
  slug: 'cost',
  title: 'The cost of a memory',
  question: 'What does each kind of memory cost, and what does it buy?',
  live: false,
  parameters,

  async run(params, context) {
    const { seed, signal, onProgress, checkpoint, form, onForm } = context;
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const sizes = sizesUpTo(Number(params.largest), params.units);
    const resultOf = (timings: Timings, { series }: Trained): CostResult => ({
      sizes,
      times: timesOf(timings, sizes.length),
      rounds: timings[0]!.length,
      series,
    });

    const untrained: Trained = { series: settings.map((setting) => ({ setting, runs: [] })) };
    const timings = await timeByTurns(worksFor(engine, sizes, seed), {
      rounds: params.rounds,
      random: createRandom(seed, 'rounds'),
      pace: createPace(signal),
      timings: checkpoint?.timings,
      onRound: (timings) =>
        onProgress({
          done: 0,
          total: settings.length * params.runs,
          unit: 'trainings',
          share: 0,
          partial: () => resultOf(timings, untrained),
          checkpoint: { timings },
        }),
    });
    const trained = await trials.run(params, {
      ...context,
      checkpoint: checkpoint?.trials,
      onProgress: ({ partial, checkpoint, ...progress }) =>
        onProgress({
          ...progress,
          partial: () => resultOf(timings, partial!()),
          checkpoint: { timings, trials: checkpoint },
        }),
    });
    return resultOf(timings, trained);
  },

  part: trials.part,

  tell,
  table: tabulate,

  untimed: ({ sizes, series }) => ({ sizes, series }),
});

/** Each size twice the one before, and that of the networks that are trained. */
function sizesUpTo(largest: number, trained: number): number[] {
  const sizes = new Set([trained]);
  for (let units = SMALLEST; units <= largest; units *= 2) sizes.add(units);
  return [...sizes].sort((a, b) => a - b);
}

/** A batch of sequences read and gone back through by each kind of layer at each size, all sizes of the first kind first. */
function worksFor({ kernels }: Engine, sizes: readonly number[], seed: number): (() => void)[] {
  const input = createRandom(seed, 'inputs').uniformArray(STEPS * BATCH * INPUTS, -1, 1);
  return models.flatMap((model) =>
    sizes.map((units) => {
      const cell = cells[model];
      const weights = initialWeights(cell.kind, { inputs: INPUTS, units }, createRandom(seed, 'weights'));
      const lastHidden = new Float32Array(BATCH * units).fill(1);
      const dimensions = { time: STEPS, batch: BATCH, inputs: INPUTS, units };
      return () => {
        const pass = kernels.run({ cell, sizes: dimensions, input, weights });
        pass.backward({ lastHidden }, { withInput: false }).weights();
        pass.release();
      };
    }),
  );
}

/** The times of one step out of those of a whole pass, with no more digits than they are good for. */
function timesOf(timings: Timings, sizes: number): CostResult['times'] {
  const short = (time: number) => Number((time / STEPS).toPrecision(4));
  const spread = (times: readonly number[]): Spread => {
    const { fastest, lower, median, upper } = spreadOf(times);
    return { fastest: short(fastest), lower: short(lower), median: short(median), upper: short(upper) };
  };
  return forEachModel((model) => {
    const from = models.indexOf(model) * sizes;
    return timings.slice(from, from + sizes).map(spread);
  });
}

/** How much of each unit's variance the best of a few plain features of the stream explains. */
function explainedBy({ kernels }: Engine, { cell, units, weights }: Model, seed: number): CostTrial['explained'] {
  const stream = parity(PARITY.heldOut);
  const { inputs, targets } = stream.begin(createRandom(seed, 'held-out stretch'), 1)();
  const features = featuresOf(inputs, targets);
  const [kernel, recurrentKernel, bias] = weights() as [Floats, Floats, Floats];
  const pass = kernels.run({
    cell,
    sizes: { time: stream.time, batch: 1, inputs: stream.inputs, units },
    input: inputs,
    weights: { kernel, recurrentKernel, bias },
  });
  const best = (values: Floats) =>
    Array.from({ length: units }, (_, unit) => {
      const row = Array.from({ length: stream.time }, (_, t) => values[t * units + unit]!);
      return Number(Math.max(...features.map((feature) => correlation(row, feature) ** 2)).toFixed(3));
    });
  const explained = { hidden: best(pass.hidden()), ...(cell.kind === 'lstm' && { cell: best(pass.cells()) }) };
  pass.release();
  return explained;
}

/** Reset now, tick now, the answer, ticks since the reset, steps since the reset, steps since the last tick. */
function featuresOf(inputs: ArrayLike<number>, targets: ArrayLike<number>): number[][] {
  const rows: number[][] = [[], [], [], [], [], []];
  let [ticks, sinceReset, sinceTick] = [0, 0, 0];
  for (let t = 0; t < targets.length; t++) {
    const [reset, tick] = [inputs[2 * t]!, inputs[2 * t + 1]!];
    ticks = reset === 1 ? 0 : ticks + tick;
    sinceReset = reset === 1 ? 0 : sinceReset + 1;
    sinceTick = tick === 1 ? 0 : sinceTick + 1;
    [reset, tick, targets[t]!, ticks, sinceReset, sinceTick].forEach((value, i) => rows[i]!.push(value));
  }
  return rows;
}

function tell(result: CostResult, { units, length, runs }: Params): string {
  const times = (ratio: number) => `${ratio.toFixed(1)} times`;
  const costs = (name: string, model: ModelName) => {
    const weights = counted(model, units).weights / counted('rnn', units).weights;
    const time = timeAt(result, model, units) / timeAt(result, 'rnn', units);
    return `${name} has ${times(weights)} the weights of an RNN and takes ${times(time)} as long for a step`;
  };
  const sentences = [
    `${soFar(result, runs)}with ${units} units ${costs('a GRU', 'gru')}, and ${costs('an LSTM', 'lstm')}.`,
  ];

  const learned = models.flatMap((model) => {
    const { reliable, tried, solved, of, best } = learningOf(result, model);
    if (of === 0) return [];
    const soonest = best ? `, at its best after ${best.median} updates in the middle run` : '';
    return [
      `the ${modelNames[model]} in ${rateInWords({ solved, of })} (every time at ${reliable} of ${tried} learning rates${soonest})`,
    ];
  });
  if (learned.length > 0) sentences.push(`Recall over ${length} steps was learned by ${inList(learned)}.`);

  const explained = states.flatMap(({ model, state, name }) => {
    const share = meanExplained(result, model, state);
    return share === undefined ? [] : [`${Math.round(100 * share)}% (${name})`];
  });
  if (explained.length > 0) {
    sentences.push(`Of a unit’s activity one plain feature explains, in the mean, ${inList(explained)}.`);
  }
  return sentences.map(capitalised).join(' ');
}

function tabulate(result: CostResult): Table {
  const empty = (count: number) => Array<TableCell>(count).fill(null);
  return {
    columns: [
      'model',
      'units',
      'weights',
      'multiply-adds a step',
      'training memory (bytes)',
      'fastest step (ms)',
      'median step (ms)',
      'learning rate',
      'run',
      'solved after (updates)',
      'mean share of a unit explained',
    ],
    rows: [
      ...models.flatMap((model) =>
        result.sizes.map((units, i) => {
          const { weights, multiplyAdds, bytes } = counted(model, units);
          const { fastest, median } = result.times[model][i]!;
          return [modelNames[model], units, weights, multiplyAdds, bytes, fastest, median, ...empty(4)];
        }),
      ),
      ...result.series
        .filter(({ setting }) => setting.task === 'recall')
        .flatMap(({ setting, runs }) =>
          runs.map(({ run, solvedAfter }) => [
            modelNames[setting.model],
            ...empty(6),
            setting.learningRate,
            run,
            solvedAfter,
            null,
          ]),
        ),
      ...states.map(({ model, state, name }) => [name, ...empty(9), meanExplained(result, model, state) ?? null]),
    ],
  };
}
