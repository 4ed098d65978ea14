import type { Engine } from '#src/training/engine.ts';
import {
  createReadoutRnn,
  hiddenStateGradients,
  randomSequence,
  type ReadoutRnn,
} from '#src/training/gradient-probe.ts';
import { jacobianNorms } from '#src/training/jacobian-norms.ts';
import type { Pace } from '#src/training/pace.ts';
import { trainReadoutRnn } from '#src/training/trained-probe.ts';

import { define } from './definition.ts';
import {
  gradientOverTime,
  quantileOverNetworks,
  quantilesOf,
  type GradientOverTime,
  type OverTime,
  type Quantiles,
} from './gradient-over-time.ts';
import { INPUTS, measureNetworks, type NetworksCheckpoint } from './measure-networks.ts';
import { readSetting } from './parameters.ts';
import { parameters, presets, trainedSteps, type Params, type Setting } from './vanishing-gradient/parameters.ts';
import { tabulate, tellGradient } from './vanishing-gradient/words.ts';

/** What is measured of one network, relative to the last step. */
interface Measured {
  gradient: GradientOverTime;
  /** Where it was trained. */
  training?: Training;
  /** The norm of dh_T/dh_t, where it is asked for. */
  jacobian?: OverTime;
  /** The gradient of the network of the same seed in the setting that is kept, where one is. */
  kept?: OverTime;
}

interface Training {
  before: OverTime;
  learned: boolean;
  error: number;
}

/** Every network, and over all of them the quantiles of `relative`. */
export interface GradientResult extends Quantiles {
  networks: GradientOverTime[];
  /** Where they were trained: the median before that, how many learned the task, and the median of their errors. */
  training?: { before: (number | null)[]; learned: number; error: number };
  /** The median of the norm of dh_T/dh_t, where it was asked for. */
  jacobian?: (number | null)[];
  /** In the setting that is kept, where one is. */
  kept?: Quantiles;
}

export default define<typeof parameters, GradientResult, NetworksCheckpoint<Measured>>({
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
        measure: (engine, seed, pace, onShare) => measure(engine, seed, params, pace, onShare),
        summarise,
      },
      context,
    ),

  tell: tellGradient,

  table: tabulate,
});

async function measure(
  engine: Engine,
  seed: number,
  params: Params,
  pace: Pace,
  onShare: (share: number) => void,
): Promise<Measured> {
  const sequence = randomSequence(seed, params.length, INPUTS);
  const gradientOf = (network: ReadoutRnn, { loss }: Setting) =>
    gradientOverTime(hiddenStateGradients(engine, network, sequence, loss));
  const other = readSetting(parameters.kept, params.kept);
  const share = other && trainedSteps(other) && trainedSteps(params) ? 0.5 : 1;

  const { network, training } = await networkIn(params, engine, seed, {
    pace,
    onShare: (done) => onShare(share * done),
  });
  const measured: Measured = { gradient: gradientOf(network, params) };
  if (training) {
    const { relative } = gradientOf(freshNetwork(params, seed), params);
    measured.training = { before: { relative }, ...training };
  }
  if (params.jacobian) {
    const norms = await jacobianNorms(engine, network, sequence, pace);
    measured.jacobian = { relative: Array.from(norms, (norm) => (Number.isFinite(norm) ? norm : null)) };
  }
  if (other) {
    const onShareOfOther = (done: number) => onShare(1 - share + share * done);
    const kept = await networkIn(other, engine, seed, { pace, onShare: onShareOfOther });
    measured.kept = { relative: gradientOf(kept.network, other).relative };
  }
  return measured;
}

const startOf = ({ units, scale, activation }: Setting) => ({ units, recurrentScale: scale, activation });

function freshNetwork(setting: Setting, seed: number): ReadoutRnn {
  return createReadoutRnn(seed, { inputs: INPUTS, ...startOf(setting) });
}

/** The network of a seed as a setting has it: fresh, or trained from there. */
async function networkIn(
  setting: Setting,
  engine: Engine,
  seed: number,
  hooks: { pace: Pace; onShare(share: number): void },
): Promise<{ network: ReadoutRnn; training?: { learned: boolean; error: number } }> {
  const steps = trainedSteps(setting);
  if (steps === undefined) return { network: freshNetwork(setting, seed) };
  const { network, learned, error } = await trainReadoutRnn(engine, seed, startOf(setting), steps, hooks);
  return { network, training: { learned, error } };
}

function summarise(networks: Measured[]): GradientResult {
  const gradients = networks.map(({ gradient }) => gradient);
  const trained = all(networks.map(({ training }) => training));
  const jacobians = all(networks.map(({ jacobian }) => jacobian));
  const kept = all(networks.map(({ kept }) => kept));
  const median = (rows: OverTime[]) => quantileOverNetworks(rows, 0.5);
  return {
    networks: gradients,
    ...quantilesOf(gradients),
    ...(trained && {
      training: {
        before: median(trained.map(({ before }) => before)),
        learned: trained.filter(({ learned }) => learned).length,
        error: median(trained.map(({ error }) => ({ relative: [error] })))[0]!,
      },
    }),
    ...(jacobians && { jacobian: median(jacobians) }),
    ...(kept && { kept: quantilesOf(kept) }),
  };
}

/** Of what either all networks have or none: all of it, or nothing. */
function all<T>(parts: (T | undefined)[]): T[] | undefined {
  return parts.every((part) => part !== undefined) ? parts : undefined;
}
