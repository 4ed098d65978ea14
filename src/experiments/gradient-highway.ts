import type { Cell } from '#src/recurrent/index.ts';
import type { Engine } from '#src/training/engine.ts';
import { createReadoutNetwork, hiddenStateGradients, normsOf, randomSequence } from '#src/training/gradient-probe.ts';
import { lstmGradients } from '#src/training/lstm-gradients.ts';
import { Memory } from '#src/training/memory.ts';

import { define, type Preset, type Table } from './definition.ts';
import {
  fateOf,
  quantileOverNetworks,
  quantilesOf,
  withinFloat32,
  type OverTime,
  type Quantiles,
} from './gradient-over-time.ts';
import { INPUTS, measureNetworks, unitsParameter, type NetworksCheckpoint } from './measure-networks.ts';
import { choice, number, type Values } from './parameters.ts';
import { inTimes, shareOf, timesAsLarge } from './words.ts';

const parameters = {
  length: number({
    label: 'Sequence length',
    unit: 'steps',
    min: 2,
    max: 500,
    step: 1,
    default: 100,
    help: 'How many time steps each network reads, and how far the gradient has to travel back.',
  }),
  start: choice({
    label: 'Forget gates start',
    options: [
      { value: 'bias', label: 'with one bias' },
      { value: 'chrono', label: 'chrono' },
    ],
    default: 'bias',
    help: 'One bias for all units, set by the slider; or “chrono” (Tallec and Ollivier 2018), which gives each unit a bias of its own, so that together they remember for all spans up to this length, and shuts the input gate by as much as it opens the forget gate.',
  }),
  forgetBias: number({
    label: 'Forget gate’s bias',
    min: 0,
    max: 6,
    step: 0.25,
    default: 1,
    help: 'What the LSTM’s forget gates start from: 0 leaves them half open, 1 is usual, and more opens them wider. It has no say with chrono. RNN and GRU are at their own usual start.',
  }),
  units: unitsParameter,
  networks: number({
    label: 'Networks of each kind',
    min: 1,
    max: 50,
    step: 1,
    default: 5,
    help: 'How many random networks of each kind to measure, each with its own weights and inputs; a line is their median, and the shade what eight in ten lie between.',
  }),
  show: choice({
    label: 'Show',
    options: [
      { value: 'cells', label: 'the three kinds' },
      { value: 'belt', label: 'why: the gates alone' },
    ],
    default: 'cells',
    help: 'The gradients of RNN, GRU and LSTM; or the LSTM’s beside what its forget gates alone would leave of it.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

const presets: readonly Preset<typeof parameters>[] = [
  {
    name: 'Bias 0',
    values: { start: 'bias', forgetBias: 0 },
    help: 'Forget gates half open. The cell state forgets even faster than a simple network.',
  },
  {
    name: 'Bias 1',
    values: { start: 'bias', forgetBias: 1 },
    help: 'The usual start. The signal fades more slowly, and fades all the same.',
  },
  { name: 'Bias 3', values: { start: 'bias', forgetBias: 3 }, help: 'Forget gates almost fully open.' },
  {
    name: 'Chrono',
    values: { start: 'chrono' },
    help: 'Biases made for this length: some units forget soon, some hardly at all.',
  },
];

/** What is measured of each network. All are relative to the gradient for the last hidden state, ‖dL/dh_T‖. */
export const curveNames = ['rnn', 'gru', 'lstmHidden', 'lstmCell', 'belt'] as const;
export type CurveName = (typeof curveNames)[number];

interface Measured {
  curves: Record<CurveName, OverTime>;
  /** The mean of the LSTM's forget gates at each step. */
  forget: number[];
}

export interface HighwayResult {
  /** How many networks of each kind were measured. */
  networks: number;
  /** Over the networks, step by step from the first. */
  curves: Record<CurveName, Quantiles>;
  /** The mean of the LSTM's forget gates at each step, in the median of the networks. */
  forget: number[];
  /** The mean over all the steps that the gradient travels through. */
  meanForget: number;
  /** What that mean, multiplied step by step, would leave of the last step's dL/dc. */
  meanAlone: number[];
}

export default define<typeof parameters, HighwayResult, NetworksCheckpoint<Measured>>({
  slug: 'gradient-highway',
  title: 'The gradient highway',
  question: 'Does the LSTM’s cell state carry the training signal further back?',
  live: true,
  parameters,
  presets,

  run: (params, context) =>
    measureNetworks(
      {
        networks: params.networks,
        unit: 'networks of each kind',
        measure: (engine, seed) => measure(engine, seed, params),
        summarise,
      },
      context,
    ),

  tell: tellHighway,

  table: tabulate,
});

/** What the RNN and the GRU give does not hang on the LSTM's gates: it is kept while a reader opens and shuts those. */
const withoutGates = new Memory<Record<'rnn' | 'gru', OverTime>>(60);

/** One network of each kind, of the same seed, reading the same sequence, and read out by the same weights. */
function measure(engine: Engine, seed: number, { length, start, forgetBias, units }: Params): Measured {
  const sizes = { inputs: INPUTS, units };
  const sequence = randomSequence(seed, length, INPUTS);
  const lstm = createReadoutNetwork(
    seed,
    { kind: 'lstm' },
    { ...sizes, forgetBias: start === 'chrono' ? { chrono: length } : forgetBias },
  );
  const { hidden, cells, belt, forget } = lstmGradients(engine, lstm, sequence);
  // With a loss at the last step alone, the gradient for the last hidden state is the readout.
  const [last] = normsOf(lstm.readout, units);
  const relative = (norms: Float64Array): OverTime => ({
    relative: withinFloat32(norms).map((norm) => norm && norm / last!),
  });
  const gradientOf = (cell: Cell) =>
    relative(hiddenStateGradients(engine, createReadoutNetwork(seed, cell, sizes), sequence, 'last'));
  const key = JSON.stringify([engine.kernels.form, seed, length, units]);
  const others =
    withoutGates.get(key) ??
    withoutGates.keep(key, {
      rnn: gradientOf({ kind: 'simpleRnn', activation: 'tanh' }),
      gru: gradientOf({ kind: 'gru' }),
    });
  return {
    curves: { ...others, lstmHidden: relative(hidden), lstmCell: relative(cells), belt: relative(belt) },
    forget: Array.from(forget),
  };
}

/** Four digits are more than a picture shows, and a third of what they take. */
const shortened = (value: number | null) => value && Number(value.toPrecision(4));

function summarise(networks: Measured[]): HighwayResult {
  const quantiles = (name: CurveName): Quantiles => {
    const { median, low, high } = quantilesOf(networks.map(({ curves }) => curves[name]));
    return { median: median.map(shortened), low: low.map(shortened), high: high.map(shortened) };
  };
  const curves = Object.fromEntries(curveNames.map((name) => [name, quantiles(name)])) as HighwayResult['curves'];
  const medianOf = (rows: number[][]) =>
    quantileOverNetworks(
      rows.map((relative) => ({ relative })),
      0.5,
    ) as number[];
  // The gate of the first step lies before the first hidden state: the gradient does not travel through it.
  const [meanForget] = medianOf(networks.map(({ forget }) => [meanOf(forget.slice(1))]));
  return {
    networks: networks.length,
    curves,
    forget: medianOf(networks.map(({ forget }) => forget)).map((value) => shortened(value)!),
    meanForget: shortened(meanForget!)!,
    meanAlone: powersBack(meanForget!, curves.lstmCell.median),
  };
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The last of the values, multiplied by the mean once for each step back. */
function powersBack(mean: number, values: (number | null)[]): number[] {
  const powers: number[] = [];
  let left = values.at(-1)!;
  for (let back = 0; back < values.length; back++, left *= mean) powers.push(shortened(left)!);
  return powers.reverse();
}

function tellHighway({ networks, curves, meanForget, meanAlone }: HighwayResult, params: Params): string {
  const first = (name: CurveName) => curves[name].median[0] ?? null;
  const cell = first('lstmCell');
  const back = params.length - 1;
  const left = (values: (number | null)[]) => values[0]! / values.at(-1)!;
  const start = params.start === 'chrono' ? 'chrono' : `bias ${params.forgetBias}`;
  return [
    `${back === 1 ? 'One step' : `${back} steps`} before the last, the gradient is ${amount(first('rnn'))} in the RNN, ${amount(first('gru'))} in the GRU, and ${amount(cell)} in the LSTM’s cell state, where it ${fateOf(cell)}${ofWhat(networks, params.networks)}.`,
    `The forget gates (${start}) let ${Number(meanForget.toPrecision(3))} through on average. Multiplied, that mean would leave ${shareOf(left(meanAlone))} the signal, and each unit’s own gates ${shareOf(left(curves.belt.median))} it.`,
    ...(cell ? [`The whole gradient is ${besideBelt(cell / first('belt')!)}.`] : []),
  ].join(' ');
}

function ofWhat(measured: number, asked: number): string {
  if (measured < asked) return ` (so far, in ${measured} of ${asked} networks)`;
  return measured > 1 ? ` (medians of ${measured} networks)` : '';
}

/** All but what went along the belt went through a hidden state on its way. */
function besideBelt(ratio: number): string {
  const compared = `${timesAsLarge(ratio)} that`;
  if (ratio >= 1.25) return `${compared}: the rest came by way of the hidden states`;
  return ratio > 0.8
    ? `${compared}: next to nothing came by way of the hidden states`
    : `${compared}: what came by way of the hidden states worked against it`;
}

function amount(relative: number | null): string {
  if (relative === null) return 'too large for float32';
  return relative === 0 ? 'zero in float32' : inTimes(relative);
}

const columnNames: Record<CurveName, string> = {
  rnn: 'RNN, hidden state',
  gru: 'GRU, hidden state',
  lstmHidden: 'LSTM, hidden state',
  lstmCell: 'LSTM, cell state',
  belt: 'LSTM, forget gates alone',
};

function tabulate({ networks, curves, forget, meanAlone }: HighwayResult): Table {
  const spread = networks > 1 ? (['median', 'low', 'high'] as const) : (['median'] as const);
  const heads = { median: '', low: ', 10th percentile', high: ', 90th percentile' };
  const columns = curveNames.flatMap((name) => spread.map((which) => ({ name, which })));
  return {
    columns: [
      'time step',
      'steps before the last',
      ...columns.map(({ name, which }) => columnNames[name] + heads[which]),
      'LSTM, mean forget gate, multiplied',
      'mean forget gate at this step',
    ],
    rows: forget.map((gate, i) => [
      i + 1,
      forget.length - 1 - i,
      ...columns.map(({ name, which }) => curves[name][which][i]!),
      meanAlone[i]!,
      gate,
    ]),
  };
}
