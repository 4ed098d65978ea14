import { UPDATES } from '#src/training/trained-probe.ts';

import type { Preset } from '#src/experiments/definition.ts';
import { unitsParameter } from '#src/experiments/measure-networks.ts';
import { boolean, choice, number, setting, type Values } from '#src/experiments/parameters.ts';

/** What makes a network, and what is asked of it: two of these can be compared. */
const held = {
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
  training: choice({
    label: 'Trained',
    options: [
      { value: 'before', label: 'not yet' },
      { value: 'after-10', label: 'on 10 steps' },
      { value: 'after-20', label: 'on 20 steps' },
      { value: 'after-40', label: 'on 40 steps' },
    ],
    default: 'before',
    help: `Fresh networks; or the same ones after a short training of at most ${UPDATES} updates, which ends once a network has learned its task: to recall, at the end of so many steps of random numbers, the very first of them. What it is measured on is such a sequence as well.`,
  }),
};

export const parameters = {
  length: number({
    label: 'Sequence length',
    unit: 'steps',
    min: 2,
    max: 500,
    step: 1,
    default: 60,
    help: 'How many time steps the network is unrolled over, and how far the gradient has to travel back.',
  }),
  ...held,
  jacobian: boolean({
    label: 'The most that could be kept',
    default: false,
    help: 'Also draws the norm of ∂hT/∂ht, the product of the Jacobians of all steps in between: the most that any direction keeps on its way back. The gradient is the one direction that the loss asks about, sent through the same product; it keeps less, unless it happens to be the best of all. The product is multiplied out in float64, and its (spectral) norm found by power iteration.',
  }),
  networks: number({
    label: 'Networks',
    min: 1,
    max: 100,
    step: 1,
    default: 5,
    help: 'How many random networks to measure, each with its own weights and inputs; the line is their median.',
  }),
  kept: setting({
    label: 'Compare',
    of: held,
    help: 'Keeps this setting, and draws it beside the one you go on to, for the same length, seed and number of networks.',
  }),
};

export type Params = Values<typeof parameters>;

/** What makes a network, out of the present parameters or out of what is kept. */
export type Setting = Values<typeof held>;

/** The number of steps that a setting's networks are trained on; undefined where they are fresh. */
export function trainedSteps({ training }: Setting): number | undefined {
  return training === 'before' ? undefined : Number(training.slice('after-'.length));
}

const start = { scale: 1, activation: 'tanh', loss: 'last', training: 'before' } as const;

export const presets: readonly Preset<typeof parameters>[] = [
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
    name: 'Trained',
    values: { ...start, training: 'after-10' },
    help: 'The usual start, after a short training on a task that asks for the first of ten steps.',
  },
  {
    name: 'Identity',
    values: { ...start, activation: 'identity' },
    help: 'No activation: only the matrix product is left, and the scale alone decides.',
  },
];
