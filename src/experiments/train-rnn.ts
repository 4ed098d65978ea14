import { loadEngine, type Engine } from '#src/training/engine.ts';
import { createModel } from '#src/training/model.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import { train, type TrainingState } from '#src/training/train.ts';

import { define, type Preset, type Table } from './definition.ts';
import { choice, number, type Values } from './parameters.ts';
import { textLesson, weatherLesson, type Baseline, type Lesson } from './train-rnn/lesson.ts';
import type { Shown, Snapshot } from './train-rnn/reading.ts';
import { SNAPSHOTS, subjects } from './train-rnn/subjects.ts';

const BATCH = 32;
/** How often the errors are taken, beside the start. */
const LOOKS = 30;
/** The looks, of so many, after which the weights are kept: learning is fastest at its beginning. */
const KEPT = [0, 1, 2, 4, 8, 16, 24, LOOKS];

const parameters = {
  task: choice({
    label: 'To forecast',
    options: [
      { value: 'temperature', label: 'next hour’s temperature' },
      { value: 'text', label: 'next character' },
    ],
    default: 'temperature',
    help: 'Temperatures are made by a rule with clouds, cold fronts and chance in it. The text is prose about a harbour, written for this site.',
  }),
  length: number({
    label: 'Length of the sequences',
    unit: 'steps',
    min: 2,
    max: 60,
    step: 1,
    default: 24,
    help: 'Hours, or characters, in a training sequence: over so many steps the network is unrolled. It is judged on longer ones.',
  }),
  units: number({
    label: 'Hidden units',
    unit: 'units',
    min: 2,
    max: 48,
    step: 1,
    default: 16,
    help: 'How many numbers the hidden state holds.',
  }),
  learningRate: number({
    label: 'Learning rate',
    scale: 'log',
    min: 0.0005,
    max: 0.1,
    step: 0.0005,
    default: 0.005,
    help: 'How large a step each update takes (Adam, with the gradient cut to a norm of 1).',
  }),
  updates: number({
    label: 'Updates',
    min: 50,
    max: 3000,
    step: 50,
    default: 1000,
    help: `How often the weights are changed, each time after a look at ${BATCH} sequences, cut anew out of what there is to train on.`,
  }),
  look: number({
    label: 'State of learning',
    min: 1,
    max: SNAPSHOTS,
    step: 1,
    default: SNAPSHOTS,
    help: 'Which of the networks that were kept on the way is looked into: 1 is the one before training, the last one is trained.',
    forPicture: true,
  }),
  temperature: number({
    label: 'Sampling temperature',
    min: 0.1,
    max: 1.5,
    step: 0.05,
    default: 0.6,
    help: 'How freely characters are drawn. Low: nearly always the likeliest. 1: by the chances that the network gives. It has nothing to do with the weather.',
    forPicture: true,
  }),
  sample: number({
    label: 'Sample',
    min: 1,
    max: 999,
    step: 1,
    default: 1,
    help: 'Which of the texts that this network can be drawn to write.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

const presets: readonly Preset<typeof parameters>[] = [
  {
    name: 'Weather',
    values: { task: 'temperature', length: 24, units: 16, learningRate: 0.005, updates: 1000 },
    help: 'A day in each sequence.',
  },
  {
    name: 'Two hours',
    values: { task: 'temperature', length: 2, units: 16, learningRate: 0.005, updates: 1000 },
    help: 'Weather in sequences so short that there is hardly anything to remember in training.',
  },
  {
    name: 'Text',
    values: { task: 'text', length: 24, units: 32, learningRate: 0.01, updates: 800 },
    help: 'Characters, with twice the units. It takes several times as long.',
  },
];

export interface TrainRnnResult {
  /** Updates made at each look, the first before any. */
  looks: number[];
  /** The error at each look so far, on parts of what is trained on and on what is held out: in °C, or in bits. */
  trained: number[];
  heldOut: number[];
  baselines: Baseline[];
  /** The network before training, on the way, and as it is now. */
  snapshots: Snapshot[];
  shown: Shown;
}

/** Where the training stands. */
interface Checkpoint {
  trained: number[];
  heldOut: number[];
  snapshots: Snapshot[];
  state: TrainingState;
}

export default define<typeof parameters, TrainRnnResult, Checkpoint>({
  slug: 'train-rnn',
  title: 'Training a basic RNN',
  question: 'Can a basic RNN learn what comes next?',
  live: false,
  parameters,
  presets,

  async run(params, { seed, signal, onProgress, checkpoint, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const pace = createPace(signal);
    const lesson = params.task === 'text' ? textLesson(params.length) : weatherLesson(params.length, seed);
    const { baselines, shown } = lesson;
    const looks = looksAt(params.updates);

    let standing = checkpoint;
    const summary = (): TrainRnnResult => {
      const { trained, heldOut, snapshots } = standing!;
      return { looks, trained, heldOut, baselines, snapshots, shown };
    };
    await learn(engine, lesson, params, { seed, pace, from: checkpoint }, (now) => {
      standing = now;
      onProgress({
        done: looks[now.trained.length - 1]!,
        total: params.updates,
        unit: 'updates',
        partial: summary,
        checkpoint: now,
      });
    });
    return summary();
  },

  tell,

  table: tabulate,
});

/** The numbers of updates after which the errors are taken: before the first, evenly, after the last. */
function looksAt(updates: number): number[] {
  return Array.from({ length: LOOKS + 1 }, (_, look) => Math.round((look * updates) / LOOKS));
}

async function learn(
  engine: Engine,
  { task, onTrained, onHeldOut }: Lesson,
  { units, updates, learningRate }: Params,
  { seed, pace, from }: { seed: number; pace: Pace; from?: Checkpoint },
  onLook: (standing: Checkpoint) => void,
): Promise<void> {
  const optimizer = { kind: 'adam', learningRate, clipNorm: 1 } as const;
  const model = createModel(engine, task, seed, { cell: { kind: 'simpleRnn', activation: 'tanh' }, units });
  try {
    let standing = from;
    for (const until of looksAt(updates).slice(from?.trained.length ?? 0)) {
      const options = { updates: until, batch: BATCH, optimizer, seed };
      const state = await train(engine, model, task, options, { pace, state: standing?.state });
      await pace();
      const trained = [...(standing?.trained ?? []), shortened(onTrained(model))];
      await pace();
      const heldOut = [...(standing?.heldOut ?? []), shortened(onHeldOut(model))];
      const snapshots = [
        ...(standing?.snapshots ?? []).filter((_, i) => KEPT[i]! < trained.length - 1),
        { updates: until, weights: state.weights.map((values) => Array.from(values, toFiveDigits)) },
      ];
      standing = { trained, heldOut, snapshots, state };
      onLook(standing);
    }
  } finally {
    model.dispose();
  }
}

const shortened = (error: number) => Number(error.toPrecision(5));

/** As many digits as a look into a network needs: a record is read by every reader of the page. */
const toFiveDigits = (weight: number) => Number(weight.toPrecision(5));

function tell({ looks, trained, heldOut, baselines }: TrainRnnResult, { task, updates }: Params): string {
  const { digits, unit, of } = subjects[task as keyof typeof subjects];
  const done = looks[trained.length - 1]!;
  const count = (number: number) => number.toLocaleString('en');
  const error = (value: number) => `${value.toFixed(digits)} ${unit}`;
  const when =
    done === 0
      ? 'Before any update'
      : done < updates
        ? `So far, after ${count(done)} of ${count(updates)} updates`
        : `After ${count(updates)} updates`;
  const others = baselines.map((baseline) => `${baseline.name} ${error(baseline.error)}`);
  return `${when}, ${of} ${error(heldOut.at(-1)!)} on what was held out, and ${error(trained.at(-1)!)} on what it trains on. For comparison, on what was held out: ${others.join(', ')}.`;
}

function tabulate({ looks, trained, heldOut, baselines }: TrainRnnResult, { task }: Params): Table {
  const { quantity } = subjects[task as keyof typeof subjects];
  return {
    columns: [
      'updates',
      `${quantity}, held out`,
      `${quantity}, on what it trains on`,
      ...baselines.map(({ name }) => `${name}, held out`),
    ],
    rows: looks.map((updates, look) => [
      updates,
      heldOut[look] ?? null,
      trained[look] ?? null,
      ...baselines.map(({ error }) => error),
    ]),
  };
}
