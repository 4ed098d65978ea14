import { placedPattern, spreadPlaces } from '#src/sequences/placed-pattern.ts';
import { createRandom, seedOfRun } from '#src/sequences/random.ts';
import { classify } from '#src/training/classify.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { createReadoutRnn, randomSequence } from '#src/training/gradient-probe.ts';
import { createModel, type Trainable } from '#src/training/model.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import { askedAtPattern, createPerPositionModel } from '#src/training/per-position.ts';
import { tapeGradients } from '#src/training/tape-gradients.ts';
import { train } from '#src/training/train.ts';

import { define, type Table } from './definition.ts';
import { choice, number, type Values } from './parameters.ts';
import { shortFloats } from './short-floats.ts';
import {
  CHANCE,
  meanRight,
  models,
  PLACES,
  STEPS,
  type ModelName,
  type PlaceScores,
  type UnrollResult,
} from './unroll/result.ts';
import { INPUTS, inOrder, LONGEST, UNITS, weightNames } from './unroll/shares.ts';
import { percent } from './words.ts';

const BATCH = 32;
const OPTIMIZER = { kind: 'adam', learningRate: 0.01, clipNorm: 1 } as const;
/** Sequences on which a network is tested at each place. */
const TESTED = 200;

const parameters = {
  taught: number({
    label: 'Places taught',
    unit: `of ${PLACES}`,
    min: 1,
    max: PLACES,
    step: 1,
    default: 3,
    help: 'At how many places of the sequence the pattern stands in training, evenly spread. Tested are all.',
  }),
  units: number({
    label: 'Hidden units',
    unit: 'units',
    min: 2,
    max: 32,
    step: 1,
    default: 16,
    help: 'How many numbers the hidden state of the two trained networks holds.',
  }),
  updates: number({
    label: 'Updates',
    min: 20,
    max: 1000,
    step: 10,
    default: 200,
    help: `How often each network’s weights are changed, each time after a look at ${BATCH} fresh sequences. Both see the same ones.`,
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 10,
    step: 1,
    default: 3,
    help: 'How often everything is done anew, each time with other sequences and other first weights.',
  }),
  length: number({
    label: 'Length',
    unit: 'steps',
    min: 1,
    max: LONGEST,
    step: 1,
    default: 12,
    help: 'Over how many time steps the small cell is unrolled.',
    forPicture: true,
  }),
  weight: choice({
    label: 'Weight that is looked at',
    options: weightNames.map((name) => ({ value: name, label: name })),
    default: 'U1.1',
    help: 'A weight of the small cell: W from an input, U from a unit, by row and column, or b, a unit’s bias.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

interface Checkpoint {
  finished: Record<number, PlaceScores>;
}

export default define<typeof parameters, UnrollResult, Checkpoint>({
  slug: 'unroll',
  title: 'Unrolled: many copies, one set of weights',
  question: 'What do the copies of a cell share, and what does sharing buy?',
  live: false,
  parameters,

  async run(params, { seed, signal, onProgress, checkpoint, form, onForm, runParts }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const pace = createPace(signal);
    const unrolled = await unroll(engine, seed, pace);
    const finished: Record<number, PlaceScores> = { ...checkpoint?.finished };
    const taught = spreadPlaces(STEPS, params.taught);
    const summary = (): UnrollResult => ({
      ...unrolled,
      taught: taught.map((place) => place + 1),
      parameters: countOf(params.units),
      runs: Object.values(finished).sort((a, b) => a.run - b.run),
    });
    const report = () =>
      onProgress({
        done: Object.keys(finished).length,
        total: params.runs,
        unit: 'runs',
        partial: summary,
        checkpoint: { finished: { ...finished } },
      });
    report();
    const missing = Array.from({ length: params.runs }, (_, index) => index).filter((index) => !finished[index]);
    await runParts<PlaceScores>(missing, (index, scores) => {
      finished[index] = scores;
      report();
    });
    return summary();
  },

  async part(params, index, { seed, signal, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    return { run: index + 1, right: await trainBoth(engine, params, seedOfRun(seed, index), createPace(signal)) };
  },

  tell,

  table: tabulate,
});

/** A small cell with fresh weights, and its gradient by the tape at every length. */
async function unroll(engine: Engine, seed: number, pace: Pace): Promise<Pick<UnrollResult, 'cell' | 'tape'>> {
  const network = createReadoutRnn(seed, { inputs: INPUTS, units: UNITS, activation: 'tanh' });
  const sequence = randomSequence(seed, LONGEST, INPUTS);
  const tape: number[][] = [];
  for (let length = 1; length <= LONGEST; length++) {
    await pace();
    const gradients = tapeGradients(engine, network, sequence.slice(0, INPUTS * length));
    tape.push(shortFloats(inOrder(gradients)));
  }
  const { kernel, recurrentKernel, bias } = network.weights;
  const [W, U, b] = [kernel, recurrentKernel, bias].map(shortFloats);
  return { cell: { W: W!, U: U!, b: b!, v: shortFloats(network.readout), x: shortFloats(sequence) }, tape };
}

/** Trains both networks on the same sequences, from the same first weights, and tests them at every place. */
async function trainBoth(engine: Engine, { taught, units, updates }: Params, seed: number, pace: Pace) {
  const task = placedPattern(STEPS, spreadPlaces(STEPS, taught));
  const model = createModel(engine, task, seed, { cell: { kind: 'simpleRnn', activation: 'tanh' }, units });
  const own = createPerPositionModel(engine, task, model);
  try {
    const networks: Record<ModelName, Trainable> = { shared: askedAtPattern(model), own };
    const right: Record<ModelName, number[]> = { shared: [], own: [] };
    for (const name of models) {
      await train(engine, networks[name], task, { updates, batch: BATCH, optimizer: OPTIMIZER, seed }, { pace });
      for (let place = 0; place < PLACES; place++) {
        right[name].push(await rightAt(networks[name], place, seed, pace));
      }
    }
    return right;
  } finally {
    model.dispose();
    own.dispose();
  }
}

/** The share of fresh sequences with their pattern at a place that a network tells right. */
async function rightAt(network: Trainable, place: number, seed: number, pace: Pace): Promise<number> {
  const task = placedPattern(STEPS, [place]);
  const { inputs, targets } = task.batch(createRandom(seed, `tested at place ${place}`), TESTED);
  const said = await classify(network, task, inputs, pace);
  return said.filter((pattern, i) => pattern === targets[i]).length / TESTED;
}

/** W, U and b, and the readout's; all of it once, or once for each step. */
function countOf(units: number): Record<ModelName, number> {
  const { inputs, outputs } = placedPattern(STEPS, [0]);
  const shared = inputs * units + units * units + units + units * outputs + outputs;
  return { shared, own: STEPS * shared };
}

function tell(result: UnrollResult, { runs }: Params): string {
  const { taught, parameters } = result;
  const cell = `The small cell has ${weightNames.length} weights, at any length.`;
  const finished = result.runs.length;
  if (finished === 0) return `${cell} So far no run is finished.`;
  const when = finished < runs ? `So far, after ${finished} of ${runs} runs, patterns` : 'Patterns';
  const [shared, own] = models.map((name) => meanRight(result, name, 'taught')!);
  const places = taught.length === 1 ? 'the one place' : `the ${taught.length} places`;
  const atTaught = `at ${places} where they stood in training ${percent(shared!)} of the time by the network with shared weights, and ${percent(own!)} by the one with its own for each step`;
  const [sharedOther, ownOther] = models.map((name) => meanRight(result, name, 'other'));
  const atOthers =
    sharedOther === undefined
      ? ''
      : ` At the other ${PLACES - taught.length} places it is ${percent(sharedOther)} and ${percent(ownOther!)}, where guessing gets ${percent(CHANCE)}.`;
  return `${cell} ${when} are told right ${atTaught}.${atOthers} The one learns ${parameters.shared.toLocaleString('en')} numbers, the other ${parameters.own.toLocaleString('en')}.`;
}

function tabulate({ runs, taught }: UnrollResult): Table {
  const which = (run: number) => (runs.length > 1 ? `, run ${run}` : '');
  const columns = runs.flatMap(({ run }) => [
    `shared weights: share right${which(run)}`,
    `own weights: share right${which(run)}`,
  ]);
  return {
    columns: ['place of the pattern', 'in training', ...columns],
    rows: Array.from({ length: PLACES }, (_, place) => [
      place + 1,
      taught.includes(place + 1) ? 'yes' : 'no',
      ...runs.flatMap(({ right }) => models.map((name) => right[name][place]!)),
    ]),
  };
}
