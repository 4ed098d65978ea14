import { seedOfRun } from '#src/sequences/random.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createReadoutRnn, hiddenStateGradients, randomSequence } from '#src/training/gradient-probe.ts';
import { createPace } from '#src/training/pace.ts';

import { define, type Preset, type Table } from './definition.ts';
import { gradientOverTime, quantileOverNetworks, type GradientOverTime, type Mark } from './gradient-over-time.ts';
import { choice, number, type Values } from './parameters.ts';
import { timesAsLarge } from './words.ts';

const INPUTS = 2;

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
  units: number({
    label: 'Hidden units',
    unit: 'units',
    min: 1,
    max: 64,
    step: 1,
    default: 32,
    help: 'How many numbers the hidden state holds.',
  }),
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

export interface GradientResult {
  networks: GradientOverTime[];
  /** Of `relative` over the networks, step by step: the median, and what nine in ten are above and below. */
  median: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

interface Checkpoint {
  finished: GradientOverTime[];
}

export default define<typeof parameters, GradientResult, Checkpoint>({
  slug: 'vanishing-gradient',
  title: 'The vanishing gradient',
  question: 'How much of the training signal reaches the early steps of a sequence?',
  live: true,
  parameters,
  presets,

  async run(params, { seed, signal, onProgress, checkpoint, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const pace = createPace(signal);
    const finished = [...(checkpoint?.finished ?? [])];

    while (finished.length < params.networks) {
      await pace();
      const networkSeed = seedOfRun(seed, finished.length);
      const network = createReadoutRnn(networkSeed, {
        inputs: INPUTS,
        units: params.units,
        recurrentScale: params.scale,
        activation: params.activation,
      });
      const sequence = randomSequence(networkSeed, params.length, INPUTS);
      const norms = hiddenStateGradients(engine, network, sequence, params.loss);
      finished.push(gradientOverTime(norms));
      onProgress({
        done: finished.length,
        total: params.networks,
        unit: 'networks',
        partial: () => summarise(finished),
        checkpoint: { finished: [...finished] },
      });
    }
    return summarise(finished);
  },

  tell: tellGradient,

  table: tabulate,
});

function summarise(networks: GradientOverTime[]): GradientResult {
  return {
    networks: [...networks],
    median: quantileOverNetworks(networks, 0.5),
    low: quantileOverNetworks(networks, 0.1),
    high: quantileOverNetworks(networks, 0.9),
  };
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
    `${subject} gradient at step 1 is ${compare(median[0]!)} the gradient at step ${last}: the signal ${fate(median[0]!)}.`,
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

function fate(relative: number | null): string {
  if (relative === null || relative > 10) return 'explodes';
  return relative < 0.1 ? 'vanishes' : 'holds';
}

function compare(relative: number | null): string {
  if (relative === null) return 'past the largest number that float32 can hold, and so far larger than';
  if (relative === 0) return 'zero in float32, unlike';
  return timesAsLarge(relative);
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
