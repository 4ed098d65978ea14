import type { Cell } from '#src/recurrent/index.ts';
import { adding } from '#src/sequences/adding.ts';
import { seedOfRun } from '#src/sequences/random.ts';
import { recall } from '#src/sequences/recall.ts';
import type { Task } from '#src/sequences/task.ts';
import { temporalOrder } from '#src/sequences/temporal-order.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { unitsFor, weightsIn } from '#src/training/model-size.ts';
import { createModel } from '#src/training/model.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import { SOLVED_WINDOW, train } from '#src/training/train.ts';

import { define, type Preset, type Table } from './definition.ts';
import { choice, number, type Values } from './parameters.ts';
import {
  BATCH,
  courses,
  lastScore,
  modelNames,
  models,
  successOf,
  trialsOf,
  SYMBOLS,
  writeScore,
  type ModelName,
  type RaceResult,
  type TaskName,
  type Trial,
} from './race-trials.ts';
import { capitalised, inList } from './words.ts';

/** Points of a learning curve, at most. */
const LOOKS = 50;

const kinds: Record<ModelName, Cell> = {
  rnn: { kind: 'simpleRnn', activation: 'tanh' },
  gru: { kind: 'gru' },
  lstm: { kind: 'lstm' },
};

interface Setting {
  task(length: number): Task;
  /** The best of a few that were tried, for each. */
  learningRates: Record<ModelName, number>;
}

const settings: Record<TaskName, Setting> = {
  recall: {
    task: (time) => recall({ time, symbols: SYMBOLS, filler: 'distractors' }),
    learningRates: { rnn: 0.005, gru: 0.005, lstm: 0.005 },
  },
  adding: { task: adding, learningRates: { rnn: 0.003, gru: 0.01, lstm: 0.01 } },
  order: { task: temporalOrder, learningRates: { rnn: 0.003, gru: 0.005, lstm: 0.005 } },
};

const parameters = {
  task: choice({
    label: 'Task',
    options: [
      { value: 'recall', label: 'delayed recall' },
      { value: 'adding', label: 'adding' },
      { value: 'order', label: 'temporal order' },
    ],
    default: 'recall',
    help: `Recall which of ${SYMBOLS} symbols came first, after many others; add the two numbers that are marked among many; or tell in which order two kinds of symbol came, far apart. The answer is wanted after the last step.`,
  }),
  length: number({
    label: 'Length',
    unit: 'steps',
    min: 10,
    max: 300,
    step: 10,
    default: 100,
    help: 'How many steps each sequence has, and so how long what matters has to be remembered.',
  }),
  equal: choice({
    label: 'Equal in',
    options: [
      { value: 'units', label: 'units' },
      { value: 'weights', label: 'weights' },
    ],
    default: 'units',
    help: 'What the three have alike. With as many units an LSTM has four times the weights of an RNN; with as many weights the RNN has about twice the units.',
  }),
  units: number({
    label: 'Units of the LSTM',
    unit: 'units',
    min: 4,
    max: 48,
    step: 4,
    default: 32,
    help: 'How many numbers its hidden state holds, and its cell state. The other two follow.',
  }),
  start: choice({
    label: 'Keeping gates start',
    options: [
      { value: 'bias', label: 'with one bias' },
      { value: 'chrono', label: 'chrono' },
    ],
    default: 'chrono',
    help: 'How the gates start that decide what is kept: the LSTM’s forget gate and the GRU’s update gate. One bias for all units, set by the slider; or “chrono” (Tallec and Ollivier 2018), which is told the length and gives each unit a bias of its own, for spans up to it.',
  }),
  forgetBias: number({
    label: 'Their bias',
    min: 0,
    max: 6,
    step: 0.5,
    default: 1,
    help: 'What those gates start from: 0 leaves them half open, 1 is usual, and more opens them wider. It has no say with chrono.',
  }),
  updates: number({
    label: 'Budget',
    unit: 'updates',
    min: 100,
    max: 3000,
    step: 50,
    default: 600,
    help: `How often weights may be changed, each time after a look at ${BATCH} fresh sequences. A model that solves the task stops sooner.`,
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 10,
    step: 1,
    default: 5,
    help: 'How often each of the three starts anew, with other first weights and other sequences.',
  }),
};

type Params = Values<typeof parameters>;

const presets: readonly Preset<typeof parameters>[] = [
  {
    name: 'The usual bias',
    values: { task: 'recall', length: 100, start: 'bias', forgetBias: 1 },
    help: 'Forget gates that start at 1, as most libraries have them, and are not told how long to remember.',
  },
  {
    name: 'Short',
    values: { task: 'recall', length: 10, start: 'bias', forgetBias: 1 },
    help: 'Ten steps: all three can do that.',
  },
  {
    name: 'Twice as long',
    values: { task: 'recall', length: 200, start: 'chrono' },
    help: 'Two hundred steps. It takes twice the time.',
  },
  {
    name: 'As many weights',
    values: { equal: 'weights' },
    help: 'The RNN gets more units, so that it has as many weights as the LSTM.',
  },
];

/** The trials that are over, by index. */
interface Checkpoint {
  trials: Record<number, Trial>;
}

export default define<typeof parameters, RaceResult, Checkpoint>({
  slug: 'race',
  title: 'A race of memories',
  question: 'Which of the three remembers over a long distance, and how reliably?',
  live: false,
  parameters,
  presets,

  async run(params, { onProgress, checkpoint, form, onForm, runParts }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const trials = { ...checkpoint?.trials };
    const total = params.runs * models.length;
    const sizes = sizesOf(params);
    const summary = (): RaceResult => ({ trials: Object.values(trials), sizes });
    const missing = [...Array(total).keys()].filter((index) => !trials[index]);
    await runParts<Trial>(missing, (index, trial) => {
      trials[index] = trial;
      const done = Object.keys(trials).length;
      onProgress({ done, total, unit: 'trainings', partial: summary, checkpoint: { trials: { ...trials } } });
    });
    return summary();
  },

  /** Parts go run by run, so that all three are seen side by side as soon as can be. */
  async part(params, index, { seed, signal, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const run = Math.floor(index / models.length);
    const model = models[index % models.length]!;
    return { model, run: run + 1, ...(await compete(engine, params, model, seedOfRun(seed, run), createPace(signal))) };
  },

  tell,
  table: tabulate,
});

/** Units and weights of the three, equal in the one or in the other. */
function sizesOf({ task, length, equal, units }: Params): RaceResult['sizes'] {
  const { inputs } = settings[task].task(length);
  const most = weightsIn('lstm', { inputs, units });
  const sizeOf = (model: ModelName) => {
    const { kind } = kinds[model];
    const own = equal === 'units' ? units : unitsFor(kind, inputs, most);
    return { units: own, weights: weightsIn(kind, { inputs, units: own }) };
  };
  return { rnn: sizeOf('rnn'), gru: sizeOf('gru'), lstm: sizeOf('lstm') };
}

/** One training, from fresh weights to a solved task or the end of the budget. */
async function compete(
  engine: Engine,
  params: Params,
  name: ModelName,
  seed: number,
  pace: Pace,
): Promise<Pick<Trial, 'solvedAfter' | 'looks' | 'scores'>> {
  const { solvedAt } = courses[params.task];
  const { learningRates, ...setting } = settings[params.task];
  const task = setting.task(params.length);
  const keeping = params.start === 'chrono' ? { chrono: params.length } : params.forgetBias;
  const { units } = sizesOf(params)[name];
  const model = createModel(engine, task, seed, {
    cell: kinds[name],
    units,
    forgetBias: keeping,
    updateBias: keeping,
  });
  try {
    const optimizer = { kind: 'adam', learningRate: learningRates[name], clipNorm: 1 } as const;
    const options = { updates: params.updates, batch: BATCH, optimizer, seed, solvedAt };
    const { scores, solvedAfter = null } = await train(engine, model, task, options, { pace });
    const looks = looksAt(scores.length, Math.ceil(params.updates / LOOKS));
    return { solvedAfter, looks, scores: looks.map((look) => recentMean(scores, look)) };
  } finally {
    model.dispose();
  }
}

/** Every so many updates, and after the last. */
function looksAt(updates: number, every: number): number[] {
  const looks = Array.from({ length: Math.ceil(updates / every) - 1 }, (_, i) => (i + 1) * every);
  return [...looks, updates];
}

/** The mean score of the last batches before a look, to four digits, for it is only drawn and told. */
function recentMean(scores: readonly number[], look: number): number {
  const recent = scores.slice(Math.max(0, look - SOLVED_WINDOW), look);
  return Number((recent.reduce((sum, score) => sum + score, 0) / recent.length).toPrecision(4));
}

function tell(result: RaceResult, { task, length, runs }: Params): string {
  const total = runs * models.length;
  const done = result.trials.length;
  const about = `${courses[task].name} over ${length} steps was solved`;
  const begin = done < total ? `So far, after ${done} of ${total} trainings, ${about}` : capitalised(about);
  const records = models.flatMap((model) => recordOf(result, model));
  return [`${begin} ${inList(records)}.`, unsolvedInWords(result, task)].filter(Boolean).join(' ');
}

function recordOf(result: RaceResult, model: ModelName): string[] {
  const { of, solved, median } = successOf(result, model);
  if (of === 0) return [];
  const after = solved > 0 ? ` (after ${Math.round(median)} updates in the median)` : '';
  return [`by the ${modelNames[model]} in ${solved} of ${of} ${of === 1 ? 'run' : 'runs'}${after}`];
}

/** What the best of a model's trainings reached, where none of them solved it, beside what can be had without looking. */
function unsolvedInWords(result: RaceResult, task: TaskName): string {
  const better = task === 'adding' ? Math.min : Math.max;
  const bests = models.flatMap((model) => {
    const { trials, of, solved } = successOf(result, model);
    if (of === 0 || solved > 0) return [];
    const best = writeScore(task, better(...trials.map(lastScore)));
    return [
      `the best ${modelNames[model]} ended ${task === 'adding' ? `at an error of ${best}` : `with ${best} right`}`,
    ];
  });
  if (bests.length === 0) return '';
  const { blind, blindly } = courses[task];
  return `${capitalised(inList(bests))}; ${blindly} ${task === 'adding' ? 'has' : 'gets'} ${writeScore(task, blind)}.`;
}

function tabulate(result: RaceResult, { task }: Params): Table {
  return {
    columns: [
      'model',
      'run',
      'units',
      'weights in the layer',
      'updates made',
      'solved after',
      `last ${task === 'adding' ? 'mean square error' : 'share right'}`,
    ],
    rows: models.flatMap((model) =>
      trialsOf(result, model).map((trial) => [
        modelNames[model],
        trial.run,
        result.sizes[model].units,
        result.sizes[model].weights,
        trial.looks.at(-1)!,
        trial.solvedAfter,
        lastScore(trial),
      ]),
    ),
  };
}
