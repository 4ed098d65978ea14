import { clickTrails, batchOf, type Trail } from '#src/sequences/click-trails.ts';
import { seedOfRun } from '#src/sequences/random.ts';
import { classify } from '#src/training/classify.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { createModel, type Trainable } from '#src/training/model.ts';
import { createOrderBlindModel } from '#src/training/order-blind.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import { train, type TrainingState } from '#src/training/train.ts';

import { define, type Table } from './definition.ts';
import { modelNames, models, type JudgeWeights, type ModelName } from './order-matters-judges.ts';
import { number, permutation, type Values } from './parameters.ts';
import { shortFloats } from './short-floats.ts';
import { percent } from './words.ts';

const BATCH = 32;
const LONGEST = 30;
/** How often held-out accuracy is taken, beside the start. */
const LOOKS = 30;
/** Held-out trails that the reader can rearrange. */
const SHOWN_TRAILS = 8;

const parameters = {
  length: number({
    label: 'Trail length',
    unit: 'pages',
    min: 4,
    max: LONGEST,
    step: 1,
    default: 12,
    help: 'How many pages each visitor opens. Two of them decide, wherever they are; the others are clutter.',
  }),
  updates: number({
    label: 'Updates',
    min: 50,
    max: 1000,
    step: 10,
    default: 500,
    help: `How often each model's weights are changed, each time after a look at ${BATCH} fresh trails. Both see the same ones.`,
  }),
  units: number({
    label: 'Hidden units',
    unit: 'units',
    min: 1,
    max: 32,
    step: 1,
    default: 16,
    help: 'How many numbers each of the two models works with inside.',
  }),
  learningRate: number({
    label: 'Learning rate',
    scale: 'log',
    min: 0.0005,
    max: 0.05,
    step: 0.0005,
    default: 0.005,
    help: 'How large a step each update takes (Adam, with the gradient cut to a norm of 1), for both models.',
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 10,
    step: 1,
    default: 3,
    help: 'How often everything is done anew, each time with other trails and other first weights.',
  }),
  trail: number({
    label: 'Trail to rearrange',
    min: 1,
    max: SHOWN_TRAILS,
    step: 1,
    default: 1,
    help: 'Which of the held-out trails is judged.',
    forPicture: true,
  }),
  order: permutation({
    label: 'Order of its pages',
    default: Array.from({ length: LONGEST }, (_, i) => i),
    help: 'Where each page of that trail now stands.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

/** What one model did in one run. */
export interface Scores {
  /** The share of the held-out trails that it judges right, at each look so far. */
  accuracy: number[];
  /** Held-out trails by what they are, and by what the model says at the last look: [browser, buyer] each. */
  confusion: [[number, number], [number, number]];
}

export interface RunScores extends Record<ModelName, Scores> {
  /** Which run it is, from 1. */
  run: number;
}

export interface OrderMattersResult {
  /** Updates made at each look, the first before any. */
  looks: number[];
  /** The first run, and all others that are finished. */
  runs: RunScores[];
  /** Of the first run, as they are now. */
  weights: JudgeWeights;
  /** How many trails were kept out of the first run's training, and a few of them. */
  heldOut: number;
  trails: Trail[];
}

/** Where the training of both models stands. */
interface Standing {
  scores: RunScores;
  states: Record<ModelName, TrainingState>;
}

interface Checkpoint {
  first?: Standing;
  /** The other runs that are finished, by index. */
  others: Record<number, RunScores>;
}

export default define<typeof parameters, OrderMattersResult, Checkpoint>({
  slug: 'order-matters',
  title: 'Order matters',
  question: 'Can a model tell buyers from browsers without seeing the order of their clicks?',
  live: false,
  parameters,

  async run(params, { seed, signal, onProgress, checkpoint, form, onForm, runParts }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const { heldOut } = clickTrails(params.length, seed);
    const looks = looksAt(params.updates);
    const others = { ...checkpoint?.others };
    let first = checkpoint?.first;

    const summary = (): OrderMattersResult => ({
      looks,
      runs: [first!.scores, ...Object.values(others)],
      weights: weightsOf(first!),
      heldOut: heldOut.length,
      trails: heldOut.slice(0, SHOWN_TRAILS),
    });
    const report = () =>
      onProgress({
        done: looks[first!.scores.recurrent.accuracy.length - 1]! + params.updates * Object.keys(others).length,
        total: params.updates * params.runs,
        unit: 'updates',
        partial: summary,
        checkpoint: { first, others: { ...others } },
      });

    await trainBoth(engine, params, { seed, run: 1 }, createPace(signal), first, (standing) => {
      first = standing;
      report();
    });
    const missing = Array.from({ length: params.runs - 1 }, (_, i) => i + 1).filter((index) => !others[index]);
    await runParts<RunScores>(missing, (index, scores) => {
      others[index] = scores;
      report();
    });
    return summary();
  },

  async part(params, index, { seed, signal, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    let scores: RunScores | undefined;
    const which = { seed: seedOfRun(seed, index), run: index + 1 };
    await trainBoth(engine, params, which, createPace(signal), undefined, (standing) => {
      ({ scores } = standing);
    });
    return scores;
  },

  tell,

  table: tabulate,
});

/** The numbers of updates after which held-out accuracy is taken: before the first, evenly, after the last. */
function looksAt(updates: number): number[] {
  const every = Math.ceil(updates / LOOKS);
  const inner = Array.from({ length: Math.ceil(updates / every) }, (_, i) => i * every);
  return [...inner, updates];
}

/** Trains both models on the same batches, some updates of the one and then as many of the other. */
async function trainBoth(
  engine: Engine,
  { length, units, updates, learningRate }: Params,
  { seed, run }: { seed: number; run: number },
  pace: Pace,
  from: Standing | undefined,
  onLook: (standing: Standing) => void,
): Promise<void> {
  const task = clickTrails(length, seed);
  const examples = batchOf(task.heldOut);
  const optimizer = { kind: 'adam', learningRate, clipNorm: 1 } as const;
  const trained: Record<ModelName, Trainable> = {
    orderBlind: createOrderBlindModel(task, seed, units),
    recurrent: createModel(engine, task, seed, { cell: { kind: 'simpleRnn', activation: 'tanh' }, units }),
  };

  async function goOn(name: ModelName, until: number, standing: Standing | undefined) {
    const options = { updates: until, batch: BATCH, optimizer, seed };
    const state = await train(engine, trained[name], task, options, { pace, state: standing?.states[name] });
    const said = await classify(trained[name], task, examples.inputs, pace);
    return { state, scores: scored(standing?.scores[name].accuracy ?? [], examples.targets, said) };
  }

  try {
    let standing = from;
    for (const until of looksAt(updates).slice(from?.scores.recurrent.accuracy.length ?? 0)) {
      const orderBlind = await goOn('orderBlind', until, standing);
      const recurrent = await goOn('recurrent', until, standing);
      standing = {
        scores: { run, orderBlind: orderBlind.scores, recurrent: recurrent.scores },
        states: { orderBlind: orderBlind.state, recurrent: recurrent.state },
      };
      onLook(standing);
    }
  } finally {
    for (const model of Object.values(trained)) model.dispose();
  }
}

/** The scores so far, with one look more. */
function scored(before: readonly number[], classes: ArrayLike<number>, said: readonly number[]): Scores {
  const confusion: Scores['confusion'] = [
    [0, 0],
    [0, 0],
  ];
  said.forEach((answer, i) => confusion[classes[i] as 0 | 1][answer as 0 | 1]++);
  return { accuracy: [...before, (confusion[0][0] + confusion[1][1]) / said.length], confusion };
}

function weightsOf({ states }: Standing): JudgeWeights {
  return {
    orderBlind: states.orderBlind.weights.map(shortFloats),
    recurrent: states.recurrent.weights.map(shortFloats),
  };
}

/** How far from one half the score of a tossed coin on so many trails is in 99 of 100 times. */
const coinSpread = (trails: number) => 2.58 * Math.sqrt(0.25 / trails);

function tell({ looks, runs, heldOut }: OrderMattersResult, { updates }: Params): string {
  const last = (run: RunScores, name: ModelName) => run[name].accuracy.at(-1)!;
  const first = runs[0]!;
  const done = looks[first.recurrent.accuracy.length - 1]!;
  const when = done < updates ? `So far, after ${done} of ${updates} updates` : `After ${updates} updates`;
  const [recurrent, orderBlind] = [last(first, 'recurrent'), last(first, 'orderBlind')];
  const sentences = [
    `${when}, on ${heldOut.toLocaleString('en')} trails kept out of training, the recurrent model judges ${percent(recurrent)} right, and the order-blind model ${percent(orderBlind)}${besideCoin(recurrent, orderBlind, heldOut)}.`,
  ];
  if (runs.length > 1) {
    const spread = (name: ModelName) => {
      const shares = runs.map((run) => last(run, name));
      return `from ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`;
    };
    sentences.push(
      `Over ${runs.length} runs the recurrent model ends ${spread('recurrent')}, the order-blind one ${spread('orderBlind')}.`,
    );
  }
  return sentences.join(' ');
}

function besideCoin(recurrent: number, orderBlind: number, trails: number): string {
  const [one, other] = [recurrent, orderBlind].map((share) => Math.abs(share - 0.5) <= coinSpread(trails));
  if (one && other) return ': a tossed coin could match both';
  return other ? ', which a tossed coin could match' : '';
}

function tabulate({ looks, runs }: OrderMattersResult): Table {
  const which = (run: number) => (runs.length > 1 ? ` in run ${run}` : '');
  return {
    columns: [
      'updates',
      ...runs.flatMap(({ run }) => models.map((name) => `${modelNames[name]}: share right${which(run)}`)),
    ],
    rows: looks.map((updates, look) => [
      updates,
      ...runs.flatMap((scores) => models.map((name) => scores[name].accuracy[look] ?? null)),
    ]),
  };
}
