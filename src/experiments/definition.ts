import type { Form } from '#src/recurrent/index.ts';
import { LARGEST_SEED } from '#src/sequences/random.ts';

import { choice, number, type ChoiceParameter, type NumberParameter, type Schema, type Values } from './parameters.ts';

/** What a run says of itself while it works. */
export interface Progress<Result, Checkpoint> {
  /** Units of work done, from 0 to `total`. */
  done: number;
  total: number;
  /** What one unit of work is, as in "12 of 20 networks". */
  unit: string;
  /** The share of the work that is done, from 0 to 1, where units differ in how long they take: `done / total` unless given. */
  share?: number;
  /** Makes what can be shown already: the same shape as the result, with less in it. Called only when it will be shown. */
  partial?(): Result;
  /** Plain data from which `run` can go on later, in this worker or in a new one. */
  checkpoint?: Checkpoint;
}

export interface RunContext<Result, Checkpoint = unknown> {
  seed: number;
  /** Aborting it makes `run` reject with the signal's reason, within about 50 ms. */
  signal: AbortSignal;
  onProgress(progress: Progress<Result, Checkpoint>): void;
  /** What an earlier, stopped run of the same parameters and seed last handed to `onProgress`. */
  checkpoint?: Checkpoint;
  /** The form of the recurrent kernels to run on, where that is asked for: 'simd128' unless given. */
  form?: Form;
  /** To be told the form that runs. */
  onForm?(form: Form): void;
  /**
   * Runs the definition's `part` for each of the indices, side by side where there are workers for it, and hands over what
   * comes out as it comes. What that is does not depend on how many workers there are.
   */
  runParts<Part>(indices: readonly number[], onPart: (index: number, part: Part) => void): Promise<void>;
}

/** What a part of a run gets. A part has no progress and no checkpoint of its own: it is the unit of both. */
export type PartContext = Pick<RunContext<never>, 'seed' | 'signal' | 'form' | 'onForm'>;

export type Cell = number | string | null;

/** The result as a table: what the page shows under "Data", and the CSV file. */
export interface Table {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** Settings with a name, for the reader to start from: a button that sets several parameters at once. */
export interface Preset<S extends Schema = Schema> {
  name: string;
  /** What it does not name stays as it is. */
  values: Partial<Values<S>>;
  /** What there is to see, in a sentence. */
  help: string;
}

/**
 * One experiment. Everything else is made from it: the controls, the live run, the recorded run, the link, the command
 * line, the exports and the tests. It knows no DOM, and the same file runs in a worker, in Node and in tests.
 */
export interface Definition<S extends Schema = Schema, Result = unknown, Checkpoint = unknown> {
  slug: string;
  title: string;
  /** The question that it answers, in one line. */
  question: string;
  /** True where a change of a parameter starts the run by itself; false where the reader asks for it. */
  live: boolean;
  parameters: S;
  presets?: readonly Preset<S>[];
  /** Runs real models, deterministic in `params` and seed, and resolves to a plain, serialisable result. */
  run(params: Values<S>, context: RunContext<Result, Checkpoint>): Promise<Result>;
  /** One of many equal parts of a run, of one seed each, say: deterministic in `params`, seed and index, and plain data. */
  part?(params: Values<S>, index: number, context: PartContext): Promise<unknown>;
  /** What is seen, in a sentence or two of words. */
  tell(result: Result, params: Values<S>): string;
  table(result: Result, params: Values<S>): Table;
  /**
   * Only of what measures times, which no two runs have alike: the result without them, which every run of the same parameters
   * and seed has alike.
   */
  untimed?(result: Result): unknown;
}

/** The part of a definition that a page needs before anything runs: plain data. */
export type Card = Pick<Definition, 'slug' | 'title' | 'question' | 'live' | 'parameters' | 'presets'>;

/** Everything that one run, or a part of it, has to show. Plain data; what is recorded, posted and exported. */
export interface Outcome<Result = unknown, Params = Values> {
  params: Params;
  seed: number;
  result: Result;
  sentence: string;
  table: Table;
  /** The form of the recurrent kernels that computed it, where any did. */
  form?: Form;
  /** Only where the run was not finished, and this is what it had until then. */
  part?: true;
}

/** The seed is the same parameter in every experiment. */
export const seedParameter: NumberParameter = number({
  label: 'Seed',
  min: 0,
  max: LARGEST_SEED,
  step: 1,
  default: 1,
  help: 'Decides every random number. The same seed gives the same result.',
});

export type { Form };

/**
 * The form of the recurrent kernels, as links (`?engine=typescript`) and the command line force it. No experiment's result
 * depends on it by more than rounding, so it is not one of their parameters.
 */
export const engineParameter: ChoiceParameter<Form> = choice({
  label: 'Engine',
  options: [
    { value: 'simd128', label: 'WebAssembly with SIMD' },
    { value: 'relaxed-simd', label: 'WebAssembly with relaxed SIMD' },
    { value: 'typescript', label: 'plain TypeScript' },
  ],
  default: 'simd128',
  help: 'Which form of the recurrent kernels computes. Where one does not run, the next one does.',
});

export function define<S extends Schema, Result, Checkpoint>(
  definition: Definition<S, Result, Checkpoint>,
): Definition<S, Result, Checkpoint> {
  return definition;
}

export function cardOf({ slug, title, question, live, parameters, presets }: Card): Card {
  return { slug, title, question, live, parameters, ...(presets && { presets }) };
}

/** What a caller of {@link perform} hears, beside what `run` itself hears. */
export interface PerformOptions {
  signal: AbortSignal;
  checkpoint?: unknown;
  form?: Form;
  /** `outcome` puts the partial result into words and a table when it is called: that costs more than most can use. */
  onProgress?(progress: Omit<Progress<unknown, unknown>, 'partial'>, outcome: () => Outcome | undefined): void;
  /** Runs one part elsewhere; unless given, parts are run here, one after the other. */
  runPart?(index: number): Promise<unknown>;
}

/** Runs one part of an experiment. @throws Error where the experiment has no parts */
export function performPart(definition: Definition, params: Values, index: number, context: PartContext) {
  if (!definition.part) throw new Error(`${definition.slug} has no parts`);
  return definition.part(params, index, context);
}

/** Runs an experiment and puts what comes out into words and a table. Rejects as `run` does. */
export async function perform(
  definition: Definition,
  params: Values,
  seed: number,
  { signal, checkpoint, form, onProgress, runPart }: PerformOptions,
): Promise<Outcome> {
  let ran: Form | undefined;
  const outcomeOf = (result: unknown): Outcome => ({
    params,
    seed,
    result,
    sentence: definition.tell(result, params),
    table: definition.table(result, params),
    ...(ran && { form: ran }),
  });
  const onForm = (used: Form) => (ran = used);
  const runHere = (index: number) => performPart(definition, params, index, { seed, signal, form, onForm });
  const result = await definition.run(params, {
    seed,
    signal,
    checkpoint,
    form,
    onForm,
    runParts: (indices, onPart) => runEach(indices, runPart, runHere, onPart as (index: number, part: unknown) => void),
    onProgress: ({ partial, ...progress }) =>
      onProgress?.(progress, () => partial && { ...outcomeOf(partial()), part: true }),
  });
  return outcomeOf(result);
}

/** All at once where there is somebody else to run them, for that one queues them; else one after the other. */
async function runEach(
  indices: readonly number[],
  elsewhere: ((index: number) => Promise<unknown>) | undefined,
  here: (index: number) => Promise<unknown>,
  onPart: (index: number, part: unknown) => void,
): Promise<void> {
  if (elsewhere) {
    await Promise.all(indices.map(async (index) => onPart(index, await elsewhere(index))));
  } else {
    for (const index of indices) onPart(index, await here(index));
  }
}

/** The outcome in a recording, without the recording's own particulars. */
export function shownPart(recording: Omit<Outcome, 'form'> & { form?: string }): Outcome {
  const { params, seed, result, sentence, table, form } = recording;
  return { params, seed, result, sentence, table, form: form as Form | undefined };
}
