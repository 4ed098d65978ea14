import { LEARNED_BELOW, UPDATES } from '#src/training/trained-probe.ts';

import type { Cell, Table } from '#src/experiments/definition.ts';
import { comparedWith, fateOf, type GradientOverTime, type Mark } from '#src/experiments/gradient-over-time.ts';
import { keptInWords } from '#src/experiments/value-words.ts';
import type { GradientResult } from '#src/experiments/vanishing-gradient.ts';
import { approximately, inTimes, shareOf } from '#src/experiments/words.ts';
import { parameters, trainedSteps, type Params } from './parameters.ts';

/** More networks than this would be more columns than anybody reads: the quantiles stand for them. */
const MOST_COLUMNS = 20;

export function tabulate({ networks, median, low, high, training, jacobian, kept }: GradientResult): Table {
  const several = networks.length > 1;
  const columns: [string, readonly Cell[]][] = [
    ['time step', median.map((_, i) => i + 1)],
    ['steps before the last', median.map((_, i) => median.length - 1 - i)],
    ['median relative to the last step', median],
    ...(several ? columnsOf({ '10th percentile': low, '90th percentile': high }) : []),
    ...(training ? columnsOf({ 'median before training': training.before }) : []),
    ...(jacobian ? columnsOf({ 'norm of ∂hT/∂ht, median': jacobian }) : []),
    ...(kept ? columnsOf({ 'kept setting, median': kept.median }) : []),
    ...(networks.length <= MOST_COLUMNS ? networks : []).flatMap(({ norms, marks }, i) => {
      const which = several ? ` of network ${i + 1}` : '';
      return columnsOf({ [`gradient norm${which}`]: norms, [`in float32${which}`]: marks });
    }),
  ];
  return {
    columns: columns.map(([name]) => name),
    rows: median.map((_, i) => columns.map(([, cells]) => cells[i]!)),
  };
}

const columnsOf = (columns: Record<string, readonly Cell[]>) => Object.entries(columns);

export function tellGradient(result: GradientResult, params: Params): string {
  const { networks, median, training, jacobian } = result;
  const last = median.length;
  if (median[last - 1] === null) {
    return `The hidden state itself grows past the largest number that float32 can hold, so that no gradient can be measured: the signal explodes.`;
  }
  const sentences = [
    `${subjectOf(networks.length, params.networks)} gradient at step 1 is ${comparedWith(median[0]!)} the gradient at step ${last}: the signal ${fateOf(median[0]!)}.`,
  ];

  const faintUpTo = lastStepOfStart(median, (relative) => relative !== null && relative < 1e-3);
  if (faintUpTo > 0) sentences.push(`From step ${faintUpTo} back it is less than one thousandth.`);
  sentences.push(...limitsOfFloat32(networks));
  if (params.loss === 'every') {
    sentences.push(
      'Each step has a loss of its own here, so what a step receives comes mostly from the losses close to it.',
    );
  }
  if (training) sentences.push(tellTraining(training, networks.length, params));
  if (jacobian) sentences.push(...tellJacobian(jacobian[0]!, median[0]!, params));
  if (result.kept) sentences.push(tellKept(result.kept.median, median[0]!, params));
  return sentences.join(' ');
}

function subjectOf(measured: number, asked: number): string {
  const median = `the median of ${measured} networks, the`;
  if (measured < asked) return measured > 1 ? `So far, in ${median}` : 'So far, in the first network, the';
  return measured > 1 ? `In ${median}` : 'The';
}

/** What became of the training, and what there was before it. */
function tellTraining(
  { before, learned, error }: NonNullable<GradientResult['training']>,
  networks: number,
  params: Params,
) {
  const task = `to recall the first number of ${trainedSteps(params)} steps`;
  const who = networks === 1 ? 'the network' : `${learned} of ${networks} networks`;
  const fate =
    learned > 0
      ? `in at most ${UPDATES} updates, ${who} learned ${task}`
      : `${UPDATES} updates did not teach ${networks === 1 ? 'the network' : `any of ${networks} networks`} ${task}`;
  const left = learned === networks ? `less than ${LEARNED_BELOW}` : String(Number(error.toPrecision(2)));
  return `Before training it was ${comparedWith(before[0]!)} at step ${before.length}; ${fate} (error ${left}, where 1 is knowing nothing).`;
}

function tellJacobian(most: number | null, gradient: number | null, { length, loss }: Params): string[] {
  if (!most || !gradient) return [];
  const norm = `the norm of ∂h${length}/∂h1`;
  if (loss === 'every')
    return [`Of what comes from the last step, no direction keeps more than ${norm}: ${shareOf(most)} it.`];
  return [
    `The most that any direction keeps, ${norm}, is ${inTimes(most / gradient)}: the gradient is one direction of many.`,
  ];
}

function tellKept(kept: (number | null)[], present: number | null, params: Params): string {
  const first = kept[0]!;
  const setting = keptInWords(parameters.kept, params.kept, params);
  const fate = `With what is kept to compare (${setting}), it is ${comparedWith(first)} at step ${kept.length}, and ${fateOf(first)}`;
  return first && present ? `${fate}: that is ${beside(first / present)}.` : `${fate}.`;
}

function beside(ratio: number): string {
  if (ratio > 0.8 && ratio < 1.25) return 'about as much as here';
  return ratio < 1
    ? `about ${approximately(1 / ratio)} times less than here`
    : `about ${approximately(ratio)} times more than here`;
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
