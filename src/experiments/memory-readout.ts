import { echo, randomNumbers } from '#src/sequences/echo.ts';
import { createRandom, seedOfRun } from '#src/sequences/random.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { memoryOf, recordStates } from '#src/training/memory-probe.ts';
import { createModel } from '#src/training/model.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import { train } from '#src/training/train.ts';

import { define, type Table } from './definition.ts';
import {
  capacity,
  capacityOf,
  LONGEST_LAG,
  overNetworks,
  toFourDigits,
  type Memory,
  type MemoryResult,
} from './memory-measures.ts';
import { choice, number, type Values } from './parameters.ts';
import { quantile } from './quantile.ts';

/** Of the sequence that is read: steps that only lead in, steps to fit the readout on, and steps held out to judge it by. */
const STEPS = { leadIn: 100, fitted: 2000, heldOut: 1000 };
/** What the readout pays for its weights: so little that it keeps the arithmetic safe, and is not felt. */
const PENALTY = 1e-6;

const TRAINING = { batch: 16, optimizer: { kind: 'adam', learningRate: 0.005, clipNorm: 1 } } as const;
/** Steps of a training sequence after the first one that has an answer. */
const ANSWERS = 20;

const SMALLEST = 4;

const parameters = {
  largest: choice({
    label: 'Largest network',
    options: [
      { value: '16', label: '16 units' },
      { value: '32', label: '32 units' },
      { value: '64', label: '64 units' },
    ],
    default: '32',
    help: `Networks of ${SMALLEST} hidden units and of twice as many, again and again, up to this size.`,
  }),
  scale: number({
    label: 'Recurrent weight scale',
    unit: '×',
    min: 0.2,
    max: 1.6,
    step: 0.1,
    default: 1,
    help: 'Multiplies the recurrent weights that a network starts with. At 1, their usual size, it neither adds to what it holds nor takes much away.',
  }),
  recall: number({
    label: 'Trained to recall',
    unit: 'steps back',
    min: 1,
    max: 20,
    step: 1,
    default: 10,
    help: 'In training, a network has to say at every step what the input was this many steps before.',
  }),
  updates: number({
    label: 'Updates',
    min: 50,
    max: 1000,
    step: 50,
    default: 400,
    help: `How often each network's weights are changed in training, each time after ${TRAINING.batch} fresh sequences.`,
  }),
  networks: number({
    label: 'Networks of each size',
    min: 1,
    max: 10,
    step: 1,
    default: 5,
    help: 'Each has weights and inputs of its own. Lines are their median, bands reach from the lowest to the highest.',
  }),
};

type Params = Values<typeof parameters>;

/** What is measured so far, by the index of the network. */
interface Checkpoint {
  before: number[][];
  after: Record<number, number[]>;
}

export default define<typeof parameters, MemoryResult, Checkpoint>({
  slug: 'memory-readout',
  title: 'Reading the memory',
  question: 'How far back can the past be read out of the hidden state?',
  live: false,
  parameters,

  async run(params, { seed, signal, onProgress, checkpoint, form, onForm, runParts }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const pace = createPace(signal);
    const sizes = sizesUpTo(params.largest);
    const total = sizes.length * params.networks;
    const before = [...(checkpoint?.before ?? [])];
    const after = { ...checkpoint?.after };

    const summary = (): MemoryResult => ({
      sizes: sizes.map((units, size) => ({
        units,
        before: before.filter((_, index) => index % sizes.length === size),
        after: Object.keys(after)
          .map(Number)
          .filter((index) => index % sizes.length === size)
          .map((index) => after[index]!),
      })),
    });
    const report = () =>
      onProgress({
        done: Object.keys(after).length,
        total,
        unit: 'networks trained',
        partial: summary,
        checkpoint: { before: [...before], after: { ...after } },
      });

    while (before.length < total) {
      for (let size = 0; size < sizes.length; size++) {
        before.push(await measure(engine, params, seed, before.length, pace, { trained: false }));
      }
      report();
    }
    const missing = before.map((_, index) => index).filter((index) => !after[index]);
    await runParts<number[]>(missing, (index, memory) => {
      after[index] = memory;
      report();
    });
    return summary();
  },

  async part(params, index, { seed, signal, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    return measure(engine, params, seed, index, createPace(signal), { trained: true });
  },

  tell,

  table: tabulate,
});

function sizesUpTo(largest: string): number[] {
  const sizes = [];
  for (let units = SMALLEST; units <= Number(largest); units *= 2) sizes.push(units);
  return sizes;
}

/** The memory of one network, fresh or trained. Networks are counted size by size, and then anew with other weights and inputs. */
async function measure(
  engine: Engine,
  { largest, scale, recall, updates }: Params,
  seed: number,
  index: number,
  pace: Pace,
  { trained }: { trained: boolean },
): Promise<number[]> {
  const sizes = sizesUpTo(largest);
  const networkSeed = seedOfRun(seed, Math.floor(index / sizes.length));
  const units = sizes[index % sizes.length]!;
  const task = echo(recall + ANSWERS, recall);
  const cell = { kind: 'simpleRnn', activation: 'tanh' } as const;
  const model = createModel(engine, task, networkSeed, { cell, units, recurrentScale: scale });
  try {
    if (trained) await train(engine, model, task, { ...TRAINING, updates, seed: networkSeed }, { pace });
    await pace();
    const { leadIn, fitted, heldOut } = STEPS;
    const inputs = randomNumbers(createRandom(networkSeed, 'inputs to remember'), leadIn + fitted + heldOut);
    const options = { longest: LONGEST_LAG, leadIn, fitted, penalty: PENALTY };
    const memory = await memoryOf(recordStates(engine, model, inputs), options, pace);
    return memory.map(toFourDigits);
  } finally {
    model.dispose();
  }
}

function tell({ sizes }: MemoryResult, { recall, networks }: Params): string {
  const [small, large] = [sizes[0]!, sizes.at(-1)!];
  const measured = large.before.length;
  const trained = sizes.reduce((sum, { after }) => sum + after.length, 0);
  const all = sizes.length * networks;
  const done = trained > 0 && small.after.length > 0 && large.after.length > 0;

  const at = (memory: Memory) => overNetworks(memory)[recall]!.toFixed(2);
  const held = (memory: Memory) => capacity(memory).toFixed(1);
  const back = recall === 1 ? 'one step' : `${recall} steps`;
  const sentences = [
    `${networks > 1 ? `In the median of ${measured} fresh networks` : 'In a fresh network'}, R² for the input ${back} back is ${at(large.before)} with ${large.units} units and ${at(small.before)} with ${small.units}${done ? `; ${trained < all ? `so far, with ${trained} of ${all} networks trained,` : 'once trained'} to recall just that, ${at(large.after)} and ${at(small.after)}` : ''}.`,
    done
      ? `Over all lags, ${large.units} units hold as much as ${held(large.before)} whole inputs before training and ${held(large.after)} after; ${small.units} units, ${held(small.before)} and ${held(small.after)}.`
      : `Over all lags, ${large.units} units hold as much as ${held(large.before)} whole inputs, and ${small.units} units ${held(small.before)}.`,
  ];
  if (!done)
    sentences.push(trained === 0 ? 'None is trained yet.' : `So far, ${trained} of ${all} networks are trained.`);
  return sentences.join(' ');
}

function tabulate({ sizes }: MemoryResult): Table {
  const measured = sizes.flatMap(({ units, before, after }) => [
    { name: `${units} units before training`, memory: before },
    { name: `${units} units after`, memory: after },
  ]);
  const figures = [
    { name: 'median', of: 0.5 },
    { name: 'lowest', of: 0 },
    { name: 'highest', of: 1 },
  ];
  const columns = measured.flatMap(({ name, memory }) =>
    figures.map((figure) => ({
      name: `R², ${name}, ${figure.name}`,
      values: overNetworks(memory, figure.of),
      capacity: memory.length > 0 ? quantile(memory.map(capacityOf), figure.of) : null,
    })),
  );
  return {
    columns: ['lag, in steps', ...columns.map(({ name }) => name)],
    rows: [
      ...Array.from({ length: LONGEST_LAG + 1 }, (_, lag) => [
        lag,
        ...columns.map(({ values }) => values[lag] ?? null),
      ]),
      [`sum of lags 1 to ${LONGEST_LAG}`, ...columns.map(({ capacity }) => capacity)],
    ],
  };
}
