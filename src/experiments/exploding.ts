import { createRandom, seedOfRun } from '#src/sequences/random.ts';
import { recall } from '#src/sequences/recall.ts';
import type { Task } from '#src/sequences/task.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { createModel, type ModelOptions } from '#src/training/model.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import { lossAlong, wholeGradient } from '#src/training/step-probe.ts';
import { train, type TrainingState } from '#src/training/train.ts';
import { tryOnce } from '#src/training/trials.ts';

import { define } from './definition.ts';
import {
  raises,
  SYMBOLS,
  wayNames,
  ways,
  type ExplodingResult,
  type StartMap,
  type StepProbe,
  type Way,
} from './exploding-data.ts';
import { number, type Values } from './parameters.ts';
import { quantile } from './quantile.ts';
import { rateInWords, rateOf, soFar, trialTable, type TrialsResult } from './rates.ts';
import { runTrials } from './trials.ts';
import { capitalised } from './words.ts';

const BATCH = 16;
const UNITS = 32;
/** The share of right answers, over the last 20 batches, at which a run has solved it. */
const SOLVED_AT = 0.99;
/** Where the gradient at the start is measured, and with how many networks. */
const LENGTHS = [5, 10, 20, 30, 50, 100];
const SCALES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5];
const NETWORKS = 5;
/** Steps are looked at after every so many updates, up to so many. */
const LOOK_EVERY = 5;
const LOOK_UNTIL = 60;
/** Points along the way of a step, and how much further than the longer of the two it goes. */
const POINTS = 48;
const BEYOND = 1.2;

const parameters = {
  length: number({
    label: 'Sequence length',
    unit: 'steps',
    min: 5,
    max: 100,
    step: 5,
    default: 30,
    help: `The network reads one of ${SYMBOLS} symbols and then nothing, and has to say at the last step which it was.`,
  }),
  scale: number({
    label: 'Recurrent scale',
    min: 0.5,
    max: 2.5,
    step: 0.25,
    default: 1.5,
    help: 'What the recurrent weights are multiplied by before the first update. Above 1 most signals grow on their way back.',
  }),
  learningRate: number({
    label: 'Learning rate',
    scale: 'log',
    min: 0.001,
    max: 0.5,
    step: 0.001,
    default: 0.05,
    help: 'A step is so many times as long as the gradient: plain gradient descent, without an optimiser that evens its steps out.',
  }),
  threshold: number({
    label: 'Clip above',
    scale: 'log',
    min: 0.01,
    max: 100,
    step: 0.01,
    default: 1,
    help: 'A gradient whose norm is larger is made shorter until it is that large. It goes on pointing where it did (Pascanu et al. 2013).',
  }),
  updates: number({
    label: 'Budget',
    unit: 'updates',
    min: 100,
    max: 2000,
    step: 100,
    default: 1000,
    help: `How often a network’s weights may be changed, each time after a look at ${BATCH} fresh sequences. A run that is right ${100 * SOLVED_AT}% of the time has solved it and ends there.`,
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 20,
    step: 1,
    default: 10,
    help: 'How many networks are trained with clipping and without, each pair from the same first weights and on the same sequences.',
  }),
  at: number({
    label: 'Step taken after',
    unit: 'updates',
    min: 0,
    max: LOOK_UNTIL,
    step: LOOK_EVERY,
    default: 20,
    help: 'At which moment of the first run, trained with clipping, the two steps are compared.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

type Beginning = Pick<ExplodingResult, 'start' | 'probes'>;

interface Checkpoint {
  beginning: Beginning;
  trials?: TrialsResult<Way>;
}

const trials = runTrials<typeof parameters, Way>({
  settings: () => ways,
  runs: ({ runs }) => runs,
  cost: (way) => (way === 'clipped' ? 1 : 4),
  tryOnce: (way, params, { engine, seed, pace }) =>
    tryOnce(
      engine,
      {
        task: taskOf(params.length),
        model: modelOf(params.scale),
        ...trainingOf(way, params),
        updates: params.updates,
        solvedAt: SOLVED_AT,
      },
      seed,
      { pace },
    ),
});

export default define<typeof parameters, ExplodingResult, Checkpoint>({
  slug: 'exploding',
  title: 'The exploding gradient',
  question: 'What does a gradient that explodes do to training, and what does clipping it?',
  live: false,
  parameters,
  presets: [
    {
      name: 'A smaller step',
      values: { learningRate: 0.005, threshold: 1 },
      help: 'A tenth of the learning rate: see whether clipping is still needed.',
    },
    {
      name: 'A high threshold',
      values: { learningRate: 0.05, threshold: 10 },
      help: 'Only the largest gradients are cut.',
    },
    {
      name: 'Usual weights',
      values: { scale: 1, learningRate: 0.05, threshold: 1 },
      help: 'Recurrent weights of the usual size.',
    },
  ],

  async run(params, context) {
    const { seed, signal, onProgress, checkpoint, form } = context;
    const engine = await loadEngine(form);
    const beginning = checkpoint?.beginning ?? (await begin(engine, params, seed, createPace(signal)));
    const none: TrialsResult<Way> = { series: ways.map((setting) => ({ setting, runs: [] })) };
    if (!checkpoint) {
      onProgress({
        done: 0,
        total: ways.length * params.runs,
        unit: 'trainings',
        partial: () => ({ ...none, ...beginning }),
        checkpoint: { beginning },
      });
    }
    const { series } = await trials.run(params, {
      ...context,
      checkpoint: checkpoint?.trials,
      onProgress: ({ partial, checkpoint, ...progress }) =>
        onProgress({
          ...progress,
          partial: () => ({ ...partial!(), ...beginning }),
          checkpoint: { beginning, trials: checkpoint },
        }),
    });
    return { series, ...beginning };
  },

  part: trials.part,

  tell,

  table: (result) => trialTable(result, ['training'], (way) => [wayNames[way]]),
});

const taskOf = (length: number): Task => recall({ time: length, symbols: SYMBOLS, filler: 'blank' });

function modelOf(recurrentScale: number): ModelOptions {
  return { cell: { kind: 'simpleRnn', activation: 'tanh' }, units: UNITS, recurrentScale };
}

function trainingOf(way: Way, { learningRate, threshold }: Params) {
  const clipNorm = way === 'clipped' ? threshold : undefined;
  return { batch: BATCH, optimizer: { kind: 'sgd', learningRate, clipNorm } as const };
}

async function begin(engine: Engine, params: Params, seed: number, pace: Pace): Promise<Beginning> {
  return {
    start: await startMap(engine, params, seed, pace),
    probes: await probeSteps(engine, params, seed, pace),
  };
}

/** Rounded to what a picture shows; null for what float32 has no number for. */
const shortened = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : null);

async function startMap(engine: Engine, { length, scale }: Params, seed: number, pace: Pace): Promise<StartMap> {
  async function median(length: number, scale: number) {
    const norms = [];
    for (let network = 0; network < NETWORKS; network++) {
      await pace();
      norms.push(normAtStart(engine, seedOfRun(seed, network), taskOf(length), scale));
    }
    return shortened(
      quantile(
        norms.map((norm) => (Number.isNaN(norm) ? Infinity : norm)),
        0.5,
      ),
    );
  }
  const norms = [];
  for (const scale of SCALES) {
    const row = [];
    for (const length of LENGTHS) row.push(await median(length, scale));
    norms.push(row);
  }
  return { lengths: LENGTHS, scales: SCALES, norms, here: await median(length, scale), networks: NETWORKS };
}

/** Of the batch that the first update of a training would be made by. */
function normAtStart(engine: Engine, seed: number, task: Task, scale: number): number {
  const model = createModel(engine, task, seed, modelOf(scale));
  try {
    return wholeGradient(model, task, batchBefore(task, seed, 0), BATCH).norm;
  } finally {
    model.dispose();
  }
}

/** What the update after so many others is made by. */
const batchBefore = (task: Task, seed: number, updates: number) =>
  task.batch(createRandom(seed, `batch ${updates}`), BATCH);

/** Goes along the first run with clipping, and looks now and then where the next step would lead, cut and not. */
async function probeSteps(engine: Engine, params: Params, seed: number, pace: Pace): Promise<StepProbe[]> {
  const task = taskOf(params.length);
  const model = createModel(engine, task, seed, modelOf(params.scale));
  const probes: StepProbe[] = [];
  let state: TrainingState | undefined;
  try {
    for (let update = 0; update <= LOOK_UNTIL; update += LOOK_EVERY) {
      const options = { ...trainingOf('clipped', params), updates: update, seed };
      state = await train(engine, model, task, options, { pace, state });
      const examples = batchBefore(task, seed, update);
      const gradient = wholeGradient(model, task, examples, BATCH);
      if (!Number.isFinite(gradient.norm)) {
        probes.push({ update, norm: null, lengths: [], losses: [], steps: { clipped: 0, unclipped: 0 } });
        continue;
      }
      const steps = {
        clipped: params.learningRate * Math.min(gradient.norm, params.threshold),
        unclipped: params.learningRate * gradient.norm,
      };
      const lengths = lengthsTo(steps);
      const losses: number[] = [];
      for (const length of lengths) {
        await pace();
        losses.push(...lossAlong(gradient, [length], model, task, examples, BATCH));
      }
      probes.push({ update, norm: shortened(gradient.norm), lengths, losses: losses.map(shortened), steps });
    }
    return probes;
  } finally {
    model.dispose();
  }
}

/** From 0 to beyond the longer step, closer together at the start, with both steps among them. */
function lengthsTo({ clipped, unclipped }: Record<Way, number>): number[] {
  const end = BEYOND * Math.max(clipped, unclipped);
  const along = Array.from({ length: POINTS + 1 }, (_, i) => Number((end * (i / POINTS) ** 2).toPrecision(4)));
  return [...new Set([...along, clipped, unclipped])].sort((a, b) => a - b);
}

function tell(result: ExplodingResult, { length, scale, threshold, updates, runs }: Params): string {
  const { start, probes, series } = result;
  const norm = start.here === null ? 'too large for float32' : String(Number(start.here.toPrecision(2)));
  const rates = series.flatMap(({ setting, runs }) => {
    if (runs.length === 0) return [];
    const after = runs.flatMap(({ solvedAfter }) => solvedAfter ?? []);
    const [first, last] = [Math.min(...after), Math.max(...after)];
    const when = after.length === 0 ? '' : first === last ? `, after ${first}` : `, after ${first} to ${last}`;
    return [`${wayNames[setting]} ${rateInWords(rateOf(runs))}${when}`];
  });
  const trained =
    rates.length === 0
      ? `no training is over yet.`
      : `${soFar(result, runs)}runs that learned to recall a symbol over ${length} steps within ${updates.toLocaleString('en')} updates: ${rates.join('; ')}.`;
  const begun = `Before training, at a scale of ${scale}, the gradient’s norm is ${norm} in the median of ${start.networks} networks; clipping cuts it above ${threshold}.`;
  const walls = `In the first run, of ${probes.length} steps, ${raises(probes, 'clipped')} raise the loss with clipping, and ${raises(probes, 'unclipped')} would without.`;
  return `${capitalised(trained)} ${begun} ${walls}`;
}
