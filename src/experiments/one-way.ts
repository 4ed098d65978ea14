import { answersIn, bestShare, lookAhead, type LookAheadOptions, type Question } from '#src/sequences/look-ahead.ts';
import { createRandom, seedOfRun } from '#src/sequences/random.ts';
import { classify } from '#src/training/classify.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { askedAt, createModel, type Trainable } from '#src/training/model.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import { train, type TrainingState } from '#src/training/train.ts';

import { define, type Table } from './definition.ts';
import { directions, type Direction, type Example, type OneWayResult, type OneWayRun } from './one-way-reading.ts';
import { choice, number, type Values } from './parameters.ts';
import { percent } from './words.ts';

const BATCH = 16;
const LEARNING_RATE = 0.005;
/** How often held-out accuracy is taken, beside the start. */
const LOOKS = 20;
const HELD_OUT = 200;
/** Steps that ask, in the sequence that is shown. */
const SHOWN = 10;
const LONGEST_WAIT = 5;

const parameters = {
  question: choice<Question>({
    label: 'Asked about the next symbols',
    options: [
      { value: 'majority', label: 'majority' },
      { value: 'parity', label: 'odd or even' },
      { value: 'copy', label: 'all of them' },
    ],
    default: 'majority',
    help: 'What both models shall say, at each step, of the symbols that follow it: which of the two comes most often, whether the ones are odd in number, or which they are.',
  }),
  ahead: number({
    label: 'Look-ahead',
    unit: 'symbols',
    min: 1,
    max: 5,
    step: 2,
    default: 3,
    help: 'How many of the symbols after a step decide its answer.',
  }),
  wait: number({
    label: 'Forward waits',
    unit: 'steps',
    min: 0,
    max: LONGEST_WAIT,
    step: 1,
    default: 0,
    help: 'How many more symbols the forward model may read before it has to answer.',
  }),
  cell: choice({
    label: 'Cell',
    options: [
      { value: 'simpleRnn', label: 'basic RNN' },
      { value: 'lstm', label: 'LSTM' },
    ],
    default: 'simpleRnn',
    help: 'What both models are made of.',
  }),
  length: number({
    label: 'Sequence length',
    unit: 'steps',
    min: 5,
    max: 40,
    step: 1,
    default: 20,
    help: 'How many steps of each sequence ask their question.',
  }),
  units: number({
    label: 'Hidden units',
    unit: 'units',
    min: 2,
    max: 32,
    step: 1,
    default: 16,
    help: 'How many numbers a hidden state holds. The bidirectional model has two, one for each way.',
  }),
  updates: number({
    label: 'Updates',
    min: 60,
    max: 600,
    step: 20,
    default: 200,
    help: `How often each model's weights are changed, each time after a look at ${BATCH} fresh sequences. Both see the same ones.`,
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 10,
    step: 1,
    default: 10,
    help: 'How often everything is done anew, each time with other sequences and other first weights.',
  }),
  read: number({
    label: 'Symbols read so far',
    min: 1,
    max: SHOWN + LONGEST_WAIT,
    step: 1,
    default: 7,
    help: 'How far the sequence that is shown has been read.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

interface Checkpoint {
  /** By index. */
  finished: Record<number, OneWayRun>;
}

export default define<typeof parameters, OneWayResult, Checkpoint>({
  slug: 'one-way',
  title: 'One way only',
  question: 'Can a network use what comes later?',
  live: false,
  parameters,

  async run(params, { onProgress, checkpoint, runParts, form, onForm }) {
    onForm?.((await loadEngine(form)).kernels.form);
    const finished = { ...checkpoint?.finished };
    const summary = () => summarise(Object.values(finished), params);
    const all = Array.from({ length: params.runs }, (_, index) => index);
    await runParts<OneWayRun>(
      all.filter((index) => !finished[index]),
      (index, outcome) => {
        finished[index] = outcome;
        onProgress({
          done: Object.keys(finished).length,
          total: params.runs,
          unit: 'runs',
          partial: summary,
          checkpoint: { finished: { ...finished } },
        });
      },
    );
    return summary();
  },

  async part(params, index, { seed, signal, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    return trainBoth(engine, params, { seed: seedOfRun(seed, index), run: index + 1 }, createPace(signal));
  },

  tell,

  table: tabulate,
});

/** The numbers of updates after which held-out accuracy is taken: before the first, evenly, after the last. */
function looksAt(updates: number): number[] {
  return Array.from({ length: LOOKS + 1 }, (_, i) => Math.round((i * updates) / LOOKS));
}

function taskOf({ question, ahead, wait }: Params, asked: number): LookAheadOptions {
  return { question, asked, ahead, further: Math.max(0, wait - ahead) };
}

/** Trains both models on the same batches, some updates of the one and then as many of the other. */
async function trainBoth(
  engine: Engine,
  params: Params,
  { seed, run }: { seed: number; run: number },
  pace: Pace,
): Promise<OneWayRun> {
  const { length, units, updates, wait } = params;
  const cell = params.cell === 'lstm' ? { kind: params.cell } : { kind: params.cell, activation: 'tanh' as const };
  const task = lookAhead(taskOf(params, length));
  const heldOut = task.batch(createRandom(seed, 'held out'), HELD_OUT);
  const optimizer = { kind: 'adam', learningRate: LEARNING_RATE, clipNorm: 1 } as const;
  const models = {
    forward: createModel(engine, task, seed, { cell, units }),
    bidirectional: createModel(engine, task, seed, { cell, units, bidirectional: true }),
  };
  /** A question is asked at its own step; the forward model may answer it some steps later. */
  const asked = (direction: Direction, steps: number) =>
    askedAt(models[direction], direction === 'forward' ? wait : 0, steps);

  const accuracy: OneWayRun['accuracy'] = { forward: [], bidirectional: [] };
  const states: Partial<Record<Direction, TrainingState>> = {};
  try {
    for (const until of looksAt(updates)) {
      for (const direction of directions) {
        const model = asked(direction, length);
        const options = { updates: until, batch: BATCH, optimizer, seed };
        states[direction] = await train(engine, model, task, options, { pace, state: states[direction] });
        const said = await classify(model, task, heldOut.inputs, pace);
        accuracy[direction].push(said.filter((answer, i) => answer === heldOut.targets[i]).length / said.length);
      }
    }
    return {
      run,
      accuracy,
      weights: { forward: countWeights(models.forward), bidirectional: countWeights(models.bidirectional) },
      example: await exampleFor(asked, params, seed, pace),
    };
  } finally {
    for (const model of Object.values(models)) model.dispose();
  }
}

const countWeights = (model: Trainable) => model.variables.reduce((sum, { size }) => sum + size, 0);

async function exampleFor(
  asked: (direction: Direction, steps: number) => Trainable,
  params: Params,
  seed: number,
  pace: Pace,
): Promise<Example> {
  const options = taskOf(params, SHOWN);
  const task = lookAhead(options);
  const { inputs } = task.batch(createRandom(seed, 'shown'), 1);
  const symbols = Array.from({ length: task.time }, (_, t) => inputs[2 * t + 1]!);
  return {
    symbols,
    right: answersIn(symbols, options),
    forward: await classify(asked('forward', SHOWN), task, inputs, pace),
    bidirectional: await classify(asked('bidirectional', SHOWN), task, inputs, pace),
  };
}

function summarise(finished: OneWayRun[], { question, ahead, wait, length, updates }: Params): OneWayResult {
  const { weights, example } = finished[0]!;
  return {
    looks: looksAt(updates),
    runs: finished.map(({ run, accuracy }) => ({ run, accuracy })),
    weights,
    example,
    heldOut: HELD_OUT * length,
    best: bestShare(question, ahead, wait),
  };
}

const cellNames: Record<Params['cell'], string> = { simpleRnn: 'RNN', lstm: 'LSTM' };

function tell({ runs, heldOut, weights, best }: OneWayResult, params: Params): string {
  const last = (direction: Direction) => runs.map(({ accuracy }) => accuracy[direction].at(-1)!);
  const spread = (direction: Direction) => {
    const [least, most] = [Math.min(...last(direction)), Math.max(...last(direction))].map(percent);
    return least === most ? `${least}` : `between ${least} and ${most}`;
  };
  const done =
    runs.length < params.runs
      ? `So far, in ${runs.length} of ${params.runs} runs`
      : runs.length > 1
        ? `In each of ${runs.length} runs`
        : 'In this run';
  const patience = params.wait === 0 ? 'at once' : `after ${params.wait} more ${params.wait === 1 ? 'step' : 'steps'}`;
  return [
    `${done}, on ${heldOut.toLocaleString('en')} questions kept out of training, the forward ${cellNames[params.cell]}, which answers ${patience}, gets ${spread('forward')} right: nobody who has read no further can expect more than ${percent(best)}.`,
    `The bidirectional one gets ${spread('bidirectional')}, with ${weights.bidirectional.toLocaleString('en')} weights for ${weights.forward.toLocaleString('en')}, and with no answer before the last symbol.`,
  ].join(' ');
}

function tabulate({ looks, runs }: OneWayResult): Table {
  const which = (run: number) => (runs.length > 1 ? ` in run ${run}` : '');
  return {
    columns: [
      'updates',
      ...runs.flatMap(({ run }) => directions.map((direction) => `${direction}: share right${which(run)}`)),
    ],
    rows: looks.map((updates, look) => [
      updates,
      ...runs.flatMap(({ accuracy }) => directions.map((direction) => accuracy[direction][look]!)),
    ]),
  };
}
