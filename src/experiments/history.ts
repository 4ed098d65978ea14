import {
  logisticMap,
  mackeyGlass,
  pendulum,
  predatorAndPrey,
  type NaturalSystem,
} from '#src/sequences/natural-systems.ts';
import { observe, scaleOf, windowsOf, type Observed, type Scale } from '#src/sequences/observations.ts';
import { createRandom } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createForecaster, forecast, freeRun, trainForecaster } from '#src/training/forecaster.ts';
import { createPace, type Pace } from '#src/training/pace.ts';

import { define, type Table } from './definition.ts';
import type { SystemName } from './history-systems.ts';
import { choice, number, type Values } from './parameters.ts';

/** No model sees more values than this. All are trained and judged on values that have at least as many before them. */
const LONGEST = 16;
/** How far a free-running forecast is followed. */
const STEPS = 80;
const TRAINING_COURSES = 20;
/** From each of so many courses that no model was trained on, one forecast starts: an odd number, so that it has a middle. */
const STARTS = 21;
/** A forecast is lost at the first step at which it is off by more than this, in standard deviations. */
export const LOST = 0.5;

const UNITS = 24;
const TRAINING = { updates: 600, batch: 32, learningRate: 0.03 };

const parameters = {
  system: choice({
    label: 'System',
    options: [
      { value: 'pendulum', label: 'pendulum' },
      { value: 'predator-prey', label: 'predator and prey' },
      { value: 'logistic', label: 'logistic map' },
      { value: 'mackey-glass', label: 'Mackey-Glass' },
    ] satisfies { value: SystemName; label: string }[],
    default: 'pendulum',
    help: 'What is forecast. Of the pendulum the models see its angle and not its speed; of predator and prey, the prey only. Mackey-Glass is a model of blood cells that the body replaces after a delay.',
  }),
  longest: number({
    label: 'Longest history',
    unit: 'values',
    min: 2,
    max: LONGEST,
    step: 1,
    default: 10,
    help: 'One model is trained for each length of history, from a single value up to this many.',
  }),
  delay: number({
    label: 'Delay of Mackey-Glass',
    unit: 'values',
    min: 2,
    max: 12,
    step: 1,
    default: 6,
    help: 'How far back the Mackey-Glass system itself reaches, counted in values of six days each. The other systems have no delay.',
  }),
  rate: number({
    label: 'Growth rate of the logistic map',
    min: 3,
    max: 4,
    step: 0.01,
    default: 4,
    help: 'How fast the population of the logistic map grows where there is room. Chaotic for most rates above 3.57. It does nothing to the other systems.',
  }),
  noise: number({
    label: 'Noise',
    unit: 'std dev',
    min: 0,
    max: 0.5,
    step: 0.01,
    default: 0.02,
    help: 'The error of every observation, in standard deviations of what is observed. Forecasts start from noisy values and are judged by the true ones.',
  }),
  shown: number({
    label: 'Values the model sees, k',
    unit: 'values',
    min: 1,
    max: LONGEST,
    step: 1,
    default: 2,
    help: 'Which of the trained models draws the forecast. Nothing is trained again.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

/** How the model that sees the last `k` values did on courses that it was not trained on. */
export interface HistoryModel {
  k: number;
  /** Root mean square error of the next value, in standard deviations. */
  error: number;
  /** What it says, running on its own forecasts, in the course that is shown; in the system's unit. */
  forecast: number[];
  /** The step at which each of the free-running forecasts is lost, the one shown first; null where none is within sight. */
  lostAt: (number | null)[];
  /** The median of those; null where most are not lost within sight. */
  horizon: number | null;
}

export interface HistoryResult {
  /** One standard deviation, in the system's unit. */
  deviation: number;
  /** The error of saying that the next value will be the present one, and that of always saying the mean. */
  sameAsNow: number;
  average: number;
  /** Of the course that is shown: what was seen before the forecast starts, and what truly came then. */
  seen: number[];
  truth: number[];
  /** The models that are trained, by k. */
  models: HistoryModel[];
}

interface Checkpoint {
  models: HistoryModel[];
}

function systemOf({ system, rate, delay }: Params): NaturalSystem {
  switch (system) {
    case 'pendulum':
      return pendulum();
    case 'predator-prey':
      return predatorAndPrey();
    case 'logistic':
      return logisticMap(rate);
    case 'mackey-glass':
      return mackeyGlass(delay);
  }
}

interface Courses {
  scale: Scale;
  training: Observed[];
  heldOut: Observed[];
}

/** The same for every model of a run. The scale is that of the training courses. */
async function observeCourses(params: Params, seed: number, pace: Pace): Promise<Courses> {
  const system = systemOf(params);
  async function courses(name: string, count: number): Promise<Float64Array[]> {
    const random = createRandom(seed, name);
    const made: Float64Array[] = [];
    while (made.length < count) {
      await pace();
      made.push(system.course(random, LONGEST + STEPS));
    }
    return made;
  }
  const training = await courses('training courses', TRAINING_COURSES);
  const heldOut = await courses('held-out courses', STARTS);
  const scale = scaleOf(training);
  const observed = (some: Float64Array[], name: string) => {
    const random = createRandom(seed, name);
    return some.map((course) => observe(course, scale, params.noise, random));
  };
  return { scale, training: observed(training, 'training noise'), heldOut: observed(heldOut, 'held-out noise') };
}

export default define<typeof parameters, HistoryResult, Checkpoint>({
  slug: 'history',
  title: 'How much history is enough',
  question: 'How many of the last values does it take to forecast the next one?',
  live: false,
  parameters,

  async run(params, { seed, signal, onProgress, checkpoint, form, onForm, runParts }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const result = withoutModels(await observeCourses(params, seed, createPace(signal)), params);
    let models = checkpoint?.models ?? [];
    const report = () =>
      onProgress({
        done: models.length,
        total: params.longest,
        unit: 'models',
        partial: () => ({ ...result, models }),
        checkpoint: { models },
      });

    report();
    const known = new Set(models.map(({ k }) => k));
    const missing = Array.from({ length: params.longest }, (_, i) => i + 1).filter((k) => !known.has(k));
    await runParts<HistoryModel>(missing, (_, model) => {
      models = [...models, model].sort((a, b) => a.k - b.k);
      report();
    });
    return { ...result, models };
  },

  async part(params, k, { seed, signal, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const pace = createPace(signal);
    const { scale, training, heldOut } = await observeCourses(params, seed, pace);
    const forecaster = createForecaster(seed, k, UNITS);
    try {
      await trainForecaster(engine, forecaster, windowsOf(training, k, LONGEST), { ...TRAINING, seed }, pace);
      const { inputs, truth } = windowsOf(heldOut, k, LONGEST);
      const error = rootMeanSquare(forecast(forecaster, inputs).map((said, i) => said - truth[i]!));
      const lastSeen = windowsOf(
        heldOut.map(({ seen, truth }) => ({ seen: seen.slice(0, LONGEST + 1), truth: truth.slice(0, LONGEST + 1) })),
        k,
        LONGEST,
      );
      const runs = await freeRun(forecaster, lastSeen.inputs, STEPS, pace);
      const lostAt = runs.map((run, i) => stepLost(run, heldOut[i]!.truth.subarray(LONGEST)));
      return {
        k,
        error: shortened(error),
        forecast: inUnit(runs[0]!, scale),
        lostAt,
        horizon: median(lostAt),
      } satisfies HistoryModel;
    } finally {
      forecaster.dispose();
    }
  },

  tell: tellHistory,

  table: tabulate,
});

/** What can be said before any model is trained. */
function withoutModels({ scale, heldOut }: Courses, { longest }: Params): HistoryResult {
  const { inputs: now, truth: next } = windowsOf(heldOut, 1, LONGEST);
  const [shown] = heldOut;
  return {
    deviation: shortened(scale.deviation),
    sameAsNow: shortened(rootMeanSquare(next.map((value, i) => value - now[i]!))),
    average: shortened(rootMeanSquare(next)),
    seen: inUnit(shown!.seen.subarray(LONGEST - longest, LONGEST), scale),
    truth: inUnit(shown!.truth.subarray(LONGEST), scale),
    models: [],
  };
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** The first step, counted from 1, at which a forecast is off by more than {@link LOST}; null where it never is. */
function stepLost(run: Float32Array, truth: Float32Array): number | null {
  const step = run.findIndex((said, i) => !(Math.abs(said - truth[i]!) <= LOST));
  return step === -1 ? null : step + 1;
}

/** The one in the middle of an odd number of steps, where null is later than any. */
function median(steps: (number | null)[]): number | null {
  const sorted = steps.map((step) => step ?? Infinity).sort((a, b) => a - b);
  const middle = sorted[(sorted.length - 1) / 2]!;
  return middle === Infinity ? null : middle;
}

/** To the digits that a picture or a table shows: a record is read by every reader of the page. */
const shortened = (value: number) => Number(value.toPrecision(4));

function inUnit(values: Float32Array, { mean, deviation }: Scale): number[] {
  return Array.from(values, (value) => shortened(mean + value * deviation));
}

function tabulate({ models, sameAsNow, average }: HistoryResult): Table {
  const step = (lost: number | null) => lost ?? `later than ${STEPS}`;
  return {
    columns: [
      'values seen, k',
      'error of the next value, in standard deviations',
      'error of “same as now”',
      'error of “always the mean”',
      'own forecasts lost at step, median',
      'earliest',
      'latest',
    ],
    rows: models.map(({ k, error, lostAt, horizon }) => {
      const sorted = lostAt.toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity));
      return [k, error, sameAsNow, average, step(horizon), step(sorted[0]!), step(sorted.at(-1)!)];
    }),
  };
}

function tellHistory({ models, sameAsNow }: HistoryResult, params: Params): string {
  const [first] = models;
  const best = bestOf(models);
  if (!first || !best) {
    return `No model is trained yet. To say that the next value will be the present one is off by ${said(sameAsNow)} standard deviations.`;
  }
  return [tellErrors(models, params), tellHorizon(best, models.length)].join(' ');
}

/** The model with the least error: of two, the one that needs less. */
export function bestOf(models: readonly HistoryModel[]): HistoryModel | undefined {
  return models.reduce<HistoryModel | undefined>(
    (best, model) => (best && best.error <= model.error ? best : model),
    undefined,
  );
}

/** The least improvement that is worth a word. */
const WORTH = 1.25;

/** The errors that matter: of one value, of two, on both sides of a delay, and the least. */
function tellErrors(models: readonly HistoryModel[], { system, delay }: Params): string {
  const [first] = models;
  const best = bestOf(models)!;
  const opening = `With ${lastValues(first!.k)} to go by, the forecast of the next is typically off by ${said(first!.error)} standard deviations`;
  if (first!.error < WORTH * best.error) return `${opening}${models.length > 1 ? '; more values hardly help' : ''}.`;
  const turning = system === 'mackey-glass' ? [delay - 1, delay] : [2];
  const others = models.filter((model) => model !== first && (turning.includes(model.k) || model === best));
  const told = others.map(({ k, error }) => {
    const reach = system === 'mackey-glass' && k === delay ? ', which reach back to the delay' : '';
    return `; with ${lastValues(k)}${reach}, by ${said(error)}`;
  });
  return `${opening}${told.join('')}.`;
}

const lastValues = (k: number) => (k === 1 ? 'the last value alone' : `the last ${k}`);

function tellHorizon({ k, horizon }: HistoryModel, models: number): string {
  const which = models === 1 ? 'it' : k === 1 ? 'the one with one value' : `the one with ${k} values`;
  const apart = 'half a standard deviation';
  return horizon === null
    ? `Left to run on its own forecasts, ${which} stays within ${apart} of the truth for all ${STEPS} steps from most starts.`
    : `Left to run on its own forecasts, ${which} is off by more than ${apart} at step ${horizon}, in the median of ${STARTS} starts.`;
}

/** An error to two digits. */
const said = (error: number) => String(Number(error.toPrecision(2)));
