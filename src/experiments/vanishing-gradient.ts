import type { Engine } from '#src/training/engine.ts';
import { createReadoutRnn, hiddenStateGradients, randomSequence } from '#src/training/gradient-probe.ts';

import { define, type Preset, type Table } from './definition.ts';
import {
  comparedWith,
  fateOf,
  gradientOverTime,
  quantilesOf,
  type GradientOverTime,
  type Mark,
  type Quantiles,
} from './gradient-over-time.ts';
import { INPUTS, measureNetworks, unitsParameter, type NetworksCheckpoint } from './measure-networks.ts';
import { choice, number, type Values } from './parameters.ts';

const parameters = {
  length: number({
    label: 'Sequence length',
    unit: 'steps',
    min: 2,
    max: 500,
    step: 1,
    default: 60,
    help: 'How many time steps the network is unrolled over, and how far the gradient has to travel back.',
  }),
  scale: number({
    label: 'Recurrent weight scale',
    min: 0.1,
    max: 3,
    step: 0.05,
    default: 1,
    help: 'Multiplies the recurrent weights. 1 is the usual random start (Glorot), which neither favours growth nor decay.',
  }),
  units: unitsParameter,
  activation: choice({
    label: 'Activation',
    options: [
      { value: 'tanh', label: 'tanh' },
      { value: 'relu', label: 'ReLU' },
      { value: 'identity', label: 'identity' },
    ],
    default: 'tanh',
    help: 'The function that the cell applies to its sum. The identity leaves nothing but the matrix product.',
  }),
  loss: choice({
    label: 'Loss',
    options: [
      { value: 'last', label: 'at the last step' },
      { value: 'every', label: 'at every step' },
    ],
    default: 'last',
    help: 'Whether the network is judged by its last hidden state only, or by the one of every step.',
  }),
  networks: number({
    label: 'Networks',
    min: 1,
    max: 100,
    step: 1,
    default: 5,
    help: 'How many random networks to measure, each with its own weights and inputs; the line is their median.',
  }),
};

type Params = Values<typeof parameters>;

const start = { scale: 1, activation: 'tanh', loss: 'last' } as const;

const presets: readonly Preset<typeof parameters>[] = [
  {
    name: 'Usual start',
    values: start,
    help: 'Random weights as most networks start with. The signal vanishes, slowly.',
  },
  {
    name: 'Half the weights',
    values: { ...start, scale: 0.5 },
    help: 'Every recurrent weight halved. The signal is gone after a few steps.',
  },
  {
    name: 'Holds',
    values: { ...start, scale: 1.5 },
    help: 'Recurrent weights half as large again. In most networks the signal neither dies nor runs away.',
  },
  {
    name: 'Explodes',
    values: { ...start, scale: 2 },
    help: 'Recurrent weights twice as large. The signal grows on its way back.',
  },
  {
    name: 'Identity',
    values: { ...start, activation: 'identity' },
    help: 'No activation: only the matrix product is left, and the scale alone decides.',
  },
];

/** Every network, and over all of them the quantiles of `relative`. */
export interface GradientResult extends Quantiles {
  networks: GradientOverTime[];
}

export default define<typeof parameters, GradientResult, NetworksCheckpoint<GradientOverTime>>({
  slug: 'vanishing-gradient',
  title: 'The vanishing gradient',
  question: 'How much of the training signal reaches the early steps of a sequence?',
  live: true,
  parameters,
  presets,

  run: (params, context) =>
    measureNetworks(
      {
        networks: params.networks,
        unit: 'networks',
        measure: (engine, seed) => measure(engine, seed, params),
        summarise,
      },
      context,
    ),

  tell: tellGradient,

  table: tabulate,
});

function measure(engine: Engine, seed: number, { length, scale, units, activation, loss }: Params): GradientOverTime {
  const network = createReadoutRnn(seed, { inputs: INPUTS, units, recurrentScale: scale, activation });
  return gradientOverTime(hiddenStateGradients(engine, network, randomSequence(seed, length, INPUTS), loss));
}

function summarise(networks: GradientOverTime[]): GradientResult {
  return { networks: [...networks], ...quantilesOf(networks) };
}

/** More networks than this would be more columns than anybody reads: the quantiles stand for them. */
const MOST_COLUMNS = 20;

function tabulate({ networks, median, low, high }: GradientResult): Table {
  const shown = networks.length <= MOST_COLUMNS ? networks : [];
  const which = (index: number) => (networks.length > 1 ? ` of network ${index + 1}` : '');
  return {
    columns: [
      'time step',
      'steps before the last',
      'median relative to the last step',
      ...(networks.length > 1 ? ['10th percentile', '90th percentile'] : []),
      ...shown.flatMap((_, i) => [`gradient norm${which(i)}`, `in float32${which(i)}`]),
    ],
    rows: median.map((relative, i) => [
      i + 1,
      median.length - 1 - i,
      relative,
      ...(networks.length > 1 ? [low[i]!, high[i]!] : []),
      ...shown.flatMap(({ norms, marks }) => [norms[i]!, marks[i]!]),
    ]),
  };
}

function tellGradient({ networks, median }: GradientResult, params: Params): string {
  const last = median.length;
  if (median[last - 1] === null) {
    return `The hidden state itself grows past the largest number that float32 can hold, so that no gradient can be measured: the signal explodes.`;
  }
  const subject = networks.length > 1 ? `In the median of ${networks.length} networks, the` : 'The';
  const sentences = [
    `${subject} gradient at step 1 is ${comparedWith(median[0]!)} the gradient at step ${last}: the signal ${fateOf(median[0]!)}.`,
  ];

  const faintUpTo = lastStepOfStart(median, (relative) => relative !== null && relative < 1e-3);
  if (faintUpTo > 0) sentences.push(`From step ${faintUpTo} back it is less than one thousandth.`);
  sentences.push(...limitsOfFloat32(networks));
  if (params.loss === 'every') {
    sentences.push(
      'Each step has a loss of its own here, so what a step receives comes mostly from the losses close to it.',
    );
  }
  return sentences.join(' ');
}

/** One sentence for each way in which the numbers of the first network, or of some network, ran out. */
function limitsOfFloat32(networks: GradientOverTime[]): string[] {
  const upTo = (mark: Mark) => Math.max(...networks.map(({ marks }) => marks.lastIndexOf(mark) + 1));
  const whose = networks.length > 1 ? 'in at least one network ' : '';
  const told: [Mark, (step: number) => string][] = [
    ['underflow', (step) => `From step ${step} back ${whose}it is too small for float32 and underflows to zero.`],
    ['blocked', (step) => `From step ${step} back ${whose}it is exactly zero: no active unit passes it on.`],
    ['overflow', (step) => `From step ${step} back ${whose}it is too large for float32 and overflows.`],
  ];
  return told.filter(([mark]) => upTo(mark) > 0).map(([mark, sentence]) => sentence(upTo(mark)));
}

/** The last of the steps, counted from 1, up to which all steps satisfy the condition; 0 where step 1 does not. */
function lastStepOfStart<T>(values: T[], condition: (value: T) => boolean): number {
  const end = values.findIndex((value) => !condition(value));
  return end === -1 ? values.length : end;
}
