import { seedOfRun } from '#src/sequences/random.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import { learnStream } from '#src/training/read-stream.ts';
import type { TrainingState } from '#src/training/train.ts';

import { define, type Preset, type Table } from './definition.ts';
import { materials } from './gate-materials.ts';
import {
  bestFollowed,
  correlationInWords,
  forgettingOf,
  learnedToForget,
  quantities,
  quantityNames,
  readingOf,
  scoreInWords,
  scoreOfAnswers,
  type Followed,
  type Found,
  type GatesResult,
  type Watched,
} from './gate-readings.ts';
import { choice, number, type Values } from './parameters.ts';
import { shortFloats } from './short-floats.ts';

/** How often the network is looked at, beside the start. */
const LOOKS = 15;
/** Of the stretch that is shown; longer ones are shown in part. */
const SHOWN = 400;
const MOST_UNITS = 32;

const parameters = {
  material: choice({
    label: 'It reads',
    options: [
      { value: 'note', label: 'numbers to note' },
      { value: 'latch', label: 'a latch' },
      { value: 'text', label: 'a text' },
    ],
    default: 'note',
    help: 'Numbers of which some are marked, to be noted and shown when asked; symbols of which the last marked one is to be held; or talk in a harbour town, letter by letter, where the next letter is to be foretold. None of them ends, and the network is never set back.',
  }),
  units: number({
    label: 'Units',
    unit: 'units',
    min: 2,
    max: MOST_UNITS,
    step: 1,
    default: 6,
    help: 'How many cell states there are, each with three gates of its own. A text needs more than the others.',
  }),
  updates: number({
    label: 'Updates',
    min: 60,
    max: 3000,
    step: 60,
    default: 600,
    help: 'How often its weights are changed, each time after the next stretch of 16 streams.',
  }),
  runs: number({
    label: 'Networks',
    min: 1,
    max: 10,
    step: 1,
    default: 5,
    help: 'How many are trained, each from other weights on other streams. The first is the one that you look into; the others tell whether it is an odd one.',
  }),
  unit: number({
    label: 'Unit',
    min: 0,
    max: MOST_UNITS,
    step: 1,
    default: 0,
    help: 'The unit that is pinned: what it does is told below the picture. 0 is the one whose cell state follows a feature most closely.',
    forPicture: true,
  }),
  step: number({
    label: 'Step',
    min: 1,
    max: SHOWN,
    step: 1,
    default: 14,
    help: 'The step of the stretch that is looked at.',
    forPicture: true,
  }),
  follow: number({
    label: 'Units sorted by',
    min: 0,
    max: 10,
    step: 1,
    default: 1,
    help: 'The feature by which units are sorted, from the one that follows it most closely; 0 leaves them in their order.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

const presets: readonly Preset<typeof parameters>[] = [
  {
    name: 'Note and show',
    values: { material: 'note', units: 6, updates: 600, runs: 5 },
    help: 'Six units and a stream of numbers: every gate has something to do.',
  },
  {
    name: 'Latch',
    values: { material: 'latch', units: 6, updates: 480, runs: 5 },
    help: 'Six units that hold one of four symbols until the next mark.',
  },
  {
    name: 'Read a text',
    values: { material: 'text', units: 24, updates: 900, runs: 1 },
    help: 'Twenty-four units and the talk of a harbour town. It takes longer, and its units are harder to read.',
  },
];

/** Where the training of the first network stands. */
interface Standing {
  watched: Watched;
  snapshots: number[][][];
  found: Found[];
  state: TrainingState;
}

interface Checkpoint {
  first?: Standing;
  /** The other networks that are finished, by index. */
  others: Record<number, Watched>;
}

export default define<typeof parameters, GatesResult, Checkpoint>({
  slug: 'gates-at-work',
  title: 'Gates at work',
  question: 'What do the gates of a trained LSTM do, step by step?',
  live: false,
  parameters,
  presets,

  async run(params, { seed, signal, onProgress, checkpoint, form, onForm, runParts }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const others = { ...checkpoint?.others };
    let first = checkpoint?.first;
    const looks = looksAt(params.updates);
    const summary = (): GatesResult => ({
      looks,
      runs: [first!.watched, ...Object.values(others)],
      snapshots: first!.snapshots,
      found: first!.found,
      weights: first!.state.weights.map(shortFloats),
    });
    const report = () =>
      onProgress({
        done: looks[first!.watched.at.length - 1]! + params.updates * Object.keys(others).length,
        total: params.updates * params.runs,
        unit: 'updates',
        partial: summary,
        checkpoint: { first, others: { ...others } },
      });

    await watch(engine, params, { seed, run: 1 }, createPace(signal), first, (standing) => {
      first = standing;
      report();
    });
    const missing = Array.from({ length: params.runs - 1 }, (_, i) => i + 1).filter((index) => !others[index]);
    await runParts<Watched>(missing, (index, watched) => {
      others[index] = watched;
      report();
    });
    return summary();
  },

  async part(params, index, { seed, signal, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    let watched: Watched | undefined;
    const which = { seed: seedOfRun(seed, index), run: index + 1 };
    await watch(engine, params, which, createPace(signal), undefined, (standing) => ({ watched } = standing));
    return watched;
  },

  tell,
  table: tabulate,
});

/** The numbers of updates after which the network is looked at: before the first, evenly, after the last. */
function looksAt(updates: number): number[] {
  return Array.from({ length: LOOKS + 1 }, (_, look) => Math.round((look * updates) / LOOKS));
}

/** Trains one network, and looks at what it does on a stretch that it never learns from. */
async function watch(
  engine: Engine,
  { material: name, units, updates }: Params,
  { seed, run }: { seed: number; run: number },
  pace: Pace,
  from: Standing | undefined,
  onLook: (standing: Standing) => void,
): Promise<void> {
  const material = materials[name];
  const stretch = material.heldOut(seed);
  const looks = looksAt(updates);
  let { watched, snapshots } = from ?? { watched: { run, at: [], elsewhere: [], score: [] }, snapshots: [] };

  await learnStream(
    engine,
    material.stream,
    { units, updates, seed },
    {
      pace,
      state: from?.state,
      onUpdate(made, stateNow) {
        if (made !== looks[watched.at.length]) return;
        const state = stateNow();
        const reading = readingOf(state.weights, stretch, material);
        const { at, elsewhere } = forgettingOf(reading, stretch, material);
        watched = {
          run,
          at: [...watched.at, shown(at)],
          elsewhere: [...watched.elsewhere, shown(elsewhere)],
          score: [...watched.score, shown(scoreOfAnswers(reading, stretch, material))],
        };
        snapshots = [...snapshots, state.weights.map((values) => Array.from(values, shown))];
        const found = reading.cell.flatMap((_, unit) =>
          quantities.map((quantity) => foundIn(bestFollowed(reading, unit, quantity, stretch.features), unit)),
        );
        onLook({ watched, snapshots, found, state });
      },
    },
  );
}

/** Three digits after the point: as much as a picture shows. JSON has no negative zero. */
const shown = (value: number) => Number(value.toFixed(3)) + 0;

function foundIn({ quantity, feature, correlation }: Followed, unit: number): Found {
  return { unit: unit + 1, quantity, feature: feature.name, correlation: shown(correlation) };
}

function tell({ looks, runs, found }: GatesResult, { material: name, updates, runs: wanted }: Params): string {
  const material = materials[name];
  const [first] = runs as [Watched];
  const done = looks[first.at.length - 1]!;
  const when = done < updates ? `So far, after ${done} of ${updates} updates` : `After ${updates} updates`;
  const closest = found.filter(({ quantity }) => quantity === 'cell').reduce((a, b) => (nearer(b, a) ? b : a));
  const sentences = [
    `${when}, on a stretch that it never learned from, the network ${scoreInWords(name, first.score.at(-1)!)}.`,
    `Its forget gates are at ${first.at.at(-1)!.toFixed(2)} at ${material.turn} and at ${first.elsewhere.at(-1)!.toFixed(2)} elsewhere${forgettingInWords(looks, first)}.`,
    `Of its cell states that of unit ${closest.unit} follows a plain feature most closely: ${closest.feature}, ${correlationInWords(closest.correlation)}.`,
  ];
  const finished = runs.filter(({ at }) => at.length === looks.length);
  if (wanted > 1 && finished.length > 1) sentences.push(othersInWords(looks, finished, wanted, material.turn));
  return sentences.join(' ');
}

const nearer = (a: Found, b: Found) => Math.abs(a.correlation) > Math.abs(b.correlation);

function forgettingInWords(looks: readonly number[], watched: Watched): string {
  const learned = learnedToForget(looks, watched);
  return learned === undefined ? '' : `: it had learned to forget there by update ${learned}`;
}

function othersInWords(looks: readonly number[], finished: readonly Watched[], wanted: number, turn: string): string {
  const learned = finished.flatMap((watched) => learnedToForget(looks, watched) ?? []);
  const [soonest, latest] = [Math.min(...learned), Math.max(...learned)];
  const span =
    learned.length === 0
      ? ''
      : soonest === latest
        ? `, by update ${latest}`
        : `, between updates ${soonest} and ${latest}`;
  const missing = finished.length < wanted ? `; ${wanted - finished.length} are still to come` : '';
  return `Of ${finished.length} networks ${learned.length} learned to forget at ${turn}${span}${missing}.`;
}

function tabulate({ found }: GatesResult): Table {
  return {
    columns: ['unit', 'what', 'follows most closely', 'correlation'],
    rows: found.map(({ unit, quantity, feature, correlation }) => [
      unit,
      quantityNames[quantity],
      feature,
      correlation,
    ]),
  };
}
