/** A trained LSTM read out step by step: its gates, its cells, and what they follow. Plain arithmetic on its weights. */
import { lstmForward } from '#src/recurrent/lstm.ts';

import { correlation, mean } from './correlation.ts';
import { materials, type Feature, type Material, type MaterialName, type Stretch } from './gate-materials.ts';

/** What was seen of one network, at each look so far, on a stretch that it never learns from. */
export interface Watched {
  /** Which network it is, from 1. */
  run: number;
  /** The mean of its forget gates where what was kept becomes worthless, and elsewhere. */
  at: number[];
  elsewhere: number[];
  /** The mean square error of its answers, or the share of them that is right. */
  score: number[];
}

/** The feature that one quantity of a unit follows most closely. */
export interface Found {
  /** From 1. */
  unit: number;
  quantity: Quantity;
  feature: string;
  correlation: number;
}

export interface GatesResult {
  /** Updates made at each look, the first before any. */
  looks: number[];
  /** The first network, and all others that are finished. */
  runs: Watched[];
  /** The first network's weights at each look so far, to three digits. */
  snapshots: number[][][];
  /** Its weights as they are now: kernel, recurrent kernel, bias, the readout's kernel and bias. */
  weights: number[][];
  /** What each quantity of each of its units follows now. */
  found: Found[];
}

/** A quarter of a gate's range. */
const FORGETS = 0.25;

/**
 * The first look from which on the forget gates are lower where what was kept becomes worthless than elsewhere, by a quarter of
 * their range; undefined where they are not.
 */
export function learnedToForget(looks: readonly number[], { at, elsewhere }: Watched): number | undefined {
  const before = at.findLastIndex((value, look) => elsewhere[look]! - value < FORGETS);
  return before + 1 < at.length ? looks[before + 1] : undefined;
}

/** What a unit shows at each step, in the order of the picture. */
export const quantities = ['input', 'forget', 'output', 'cell', 'hidden'] as const;
export type Quantity = (typeof quantities)[number];

export const quantityNames: Record<Quantity, string> = {
  input: 'input gate',
  forget: 'forget gate',
  output: 'output gate',
  cell: 'cell state',
  hidden: 'hidden state',
};

/** Flat and row by row: kernel, recurrent kernel, bias; readout's kernel, [units, outputs], and bias. */
export type LstmWeights = readonly ArrayLike<number>[];

/** Of each unit, its value at each step. */
export type Rows = readonly (readonly number[])[];
export type Reading = Record<Quantity, Rows> & {
  /** Logits, or a number, at each step. */
  answers: Rows;
};

/** What an LSTM does while it reads a stretch, from an empty state. */
export function readingOf(weights: LstmWeights, { inputs }: Stretch, { stream }: Material): Reading {
  const [kernel, recurrentKernel, bias, readout, readoutBias] = weights.map((values) => Float32Array.from(values));
  const units = bias!.length / 4;
  const time = inputs.length / stream.inputs;
  const states = lstmForward({
    cell: { kind: 'lstm' },
    sizes: { time, batch: 1, inputs: stream.inputs, units },
    input: inputs,
    weights: { kernel: kernel!, recurrentKernel: recurrentKernel!, bias: bias! },
  });
  const rows = (values: ArrayLike<number>, start = 0) =>
    Array.from({ length: units }, (_, unit) =>
      Array.from({ length: time }, (_, t) => values[start + t * units + unit]!),
    );
  const hidden = rows(states.hidden, units);
  const answers = Array.from({ length: time }, (_, t) =>
    Array.from({ length: stream.outputs }, (_, k) =>
      hidden.reduce((sum, row, unit) => sum + row[t]! * readout![unit * stream.outputs + k]!, readoutBias![k]!),
    ),
  );
  return {
    input: rows(states.gates.input),
    forget: rows(states.gates.forget),
    output: rows(states.gates.output),
    cell: rows(states.cells, units),
    hidden,
    answers,
  };
}

/** How good the answers are: the mean square error of numbers, the share of classes that are right. */
export function scoreOfAnswers({ answers }: Reading, { targets }: Stretch, { stream }: Material): number {
  const judged = answers.map((answer, t) =>
    stream.kind === 'number' ? (answer[0]! - targets[t]!) ** 2 : Number(largest(answer) === targets[t]),
  );
  return mean(judged);
}

const largest = (values: readonly number[]) => values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);

/** The means of a row where a feature is 1, and where it is not. */
export function meansAt(row: readonly number[], { values }: Feature): { at: number; elsewhere: number } {
  return {
    at: mean(row.filter((_, t) => values[t] === 1)),
    elsewhere: mean(row.filter((_, t) => values[t] !== 1)),
  };
}

/** The forget gates of all units together, where what was kept becomes worthless and elsewhere. */
export function forgettingOf({ forget }: Reading, { features }: Stretch, { turn }: Material) {
  const feature = features.find(({ name }) => name === turn)!;
  const means = forget.map((row) => meansAt(row, feature));
  return { at: mean(means.map(({ at }) => at)), elsewhere: mean(means.map(({ elsewhere }) => elsewhere)) };
}

/** What something follows most closely. */
export interface Followed {
  quantity: Quantity;
  feature: Feature;
  correlation: number;
}

/** For each feature, the quantity of a unit that follows it most closely. */
export function followedBy(reading: Reading, unit: number, features: readonly Feature[]): Followed[] {
  return features.map((feature) =>
    quantities
      .map((quantity) => ({ quantity, feature, correlation: correlation(reading[quantity][unit]!, feature.values) }))
      .reduce((best, one) => (Math.abs(one.correlation) > Math.abs(best.correlation) ? one : best)),
  );
}

/** The feature that one quantity of a unit follows most closely. */
export function bestFollowed(
  reading: Reading,
  unit: number,
  quantity: Quantity,
  features: readonly Feature[],
): Followed {
  return features
    .map((feature) => ({ quantity, feature, correlation: correlation(reading[quantity][unit]!, feature.values) }))
    .reduce((best, one) => (Math.abs(one.correlation) > Math.abs(best.correlation) ? one : best));
}

/** Units from the one that follows a feature most closely, with any of its quantities, to the one that follows it least. */
export function unitsBy(reading: Reading, feature: Feature): (Followed & { unit: number })[] {
  return reading.cell
    .map((_, unit) => ({ unit, ...followedBy(reading, unit, [feature])[0]! }))
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || a.unit - b.unit);
}

const written = (value: number) => value.toFixed(2).replace('-', '−');

export const correlationInWords = (correlation: number): string => `correlation ${written(correlation)}`;

/** To follow "the network". */
export function scoreInWords(name: MaterialName, score: number): string {
  const { blind } = materials[name];
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  switch (name) {
    case 'note':
      return `answers with a mean square error of ${score.toFixed(3)} (${blind.says} has ${blind.score})`;
    case 'latch':
      return `names the symbol that is held at ${percent(score)} of the steps (${blind.says}: ${percent(blind.score)})`;
    case 'text':
      return `foretells ${percent(score)} of the characters (${blind.says}: ${percent(blind.score)})`;
  }
}

/** Below this a unit follows nothing that was asked for. */
const LOOSE = 0.3;

/** What a unit does, as measured: "Unit 2. Its cell state follows the number noted last (correlation 0.97). …" */
export function unitInWords(reading: Reading, unit: number, features: readonly Feature[]): string {
  const state = bestFollowed(reading, unit, 'cell', features);
  const gates = (['input', 'forget', 'output'] as const).map((gate) => bestFollowed(reading, unit, gate, features));
  return [`Unit ${unit + 1}.`, stateInWords(state), ...gates.map((gate) => gateInWords(reading, unit, gate))].join(' ');
}

function stateInWords({ feature, correlation }: Followed): string {
  if (Math.abs(correlation) < LOOSE) {
    return `Its cell state follows none of the features asked for (closest is ${feature.name}, ${correlationInWords(correlation)}).`;
  }
  return `Its cell state follows ${feature.name} (${correlationInWords(correlation)}).`;
}

function gateInWords(reading: Reading, unit: number, { quantity, feature, correlation }: Followed): string {
  const name = `Its ${quantityNames[quantity]}`;
  if (Math.abs(correlation) < LOOSE) return `${name} follows none of them.`;
  if (!feature.at) return `${name} follows ${feature.name} (${correlationInWords(correlation)}).`;
  const { at, elsewhere } = meansAt(reading[quantity][unit]!, feature);
  return `${name} ${at > elsewhere ? 'opens' : 'closes'} at ${feature.at}: ${written(at)} there, ${written(elsewhere)} elsewhere (${correlationInWords(correlation)}).`;
}
