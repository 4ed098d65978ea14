import type { Cell } from '#src/recurrent/index.ts';
import { recall } from '#src/sequences/recall.ts';
import { inputSaliency } from '#src/training/saliency.ts';
import { tryOnce, type Trial } from '#src/training/trials.ts';

import { define } from './definition.ts';
import {
  cellNames,
  cells,
  lookedAt,
  recallAt,
  SYMBOLS,
  type CellName,
  type DistractorSetting,
} from './distractors-data.ts';
import { choice, number, type Values } from './parameters.ts';
import { quantile } from './quantile.ts';
import { meanScore, rateOf, ratesInWords, soFar, trialTable, type TrialsResult } from './rates.ts';
import { runTrials } from './trials.ts';
import { capitalised, percent, shareOf } from './words.ts';

const BATCH = 16;
const LEARNING_RATE = 0.005;
const SHORTEST = 5;
const NOISES = [0, 0.25, 0.5, 0.75, 1];
/** Sequences over which saliency is taken. */
const LOOKED_AT = 32;

const parameters = {
  varied: choice({
    label: 'What is varied',
    options: [
      { value: 'gap', label: 'the gap' },
      { value: 'noise', label: 'the noise' },
    ],
    default: 'gap',
    help: 'Either the number of steps between the signal and its use, with the noise as it is set; or how many of those steps have a distractor, with the longest gap.',
  }),
  gap: choice({
    label: 'Longest gap',
    options: [
      { value: '20', label: '20' },
      { value: '40', label: '40' },
      { value: '80', label: '80' },
      { value: '160', label: '160 steps' },
    ],
    default: '80',
    help: `Steps between the signal and its use. Gaps are tried from ${SHORTEST} on, each twice the one before.`,
  }),
  noise: number({
    label: 'Noise',
    min: 0,
    max: 1,
    step: 0.05,
    default: 1,
    help: 'The share of the steps in between that have a distractor. The others are blank. Where the noise is varied, this says nothing.',
  }),
  kind: choice({
    label: 'Distractors',
    options: [
      { value: 'distractors', label: 'of another kind' },
      { value: 'lookalikes', label: 'like the signal' },
    ],
    default: 'distractors',
    help: `Either ${SYMBOLS} symbols that are never a signal, or the same ${SYMBOLS} that a signal may be: then only its place, the first, tells it from them.`,
  }),
  forgetBias: choice({
    label: 'LSTM’s forget bias',
    options: [
      { value: '1', label: '1' },
      { value: '3', label: '3' },
      { value: 'chrono', label: 'for the length' },
    ],
    default: '1',
    help: 'What the biases of the LSTM’s forget gates start at: 1 as usual, 3, or spread over what sequences of this length need (chrono, Tallec and Ollivier 2018), with the input gates’ against them.',
  }),
  updates: number({
    label: 'Budget',
    unit: 'updates',
    min: 100,
    max: 2000,
    step: 50,
    default: 400,
    help: `How often a network’s weights may be changed, each time after a look at ${BATCH} fresh sequences. A run that is right 99% of the time has solved it and ends there.`,
  }),
  units: number({
    label: 'Hidden units',
    unit: 'units',
    min: 4,
    max: 48,
    step: 4,
    default: 16,
    help: 'How many numbers the hidden state has. An LSTM has four times the weights of an RNN of as many units.',
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 20,
    step: 1,
    default: 5,
    help: 'How many networks of either kind are trained at each place, each from first weights and on sequences of its own.',
  }),
};

type Params = Values<typeof parameters>;

/** Where the loss's gradient goes, at the start of a training and at its end. */
export interface Look {
  /** The signal's share of a sequence's saliency, as a mean over the sequences that were looked at; null where all of it is 0. */
  signal: number | null;
  /** The norm of dL/dx_t at each step of the sequence that is shown; of the first run only. */
  steps?: number[];
}

export interface DistractorTrial extends Trial {
  before: Look;
  after: Look;
}

export type DistractorsResult = TrialsResult<DistractorSetting, DistractorTrial>;

function settingsOf({ varied, gap }: Params): DistractorSetting[] {
  const places = varied === 'noise' ? NOISES : [];
  for (let at = SHORTEST; varied === 'gap' && at <= Number(gap); at *= 2) places.push(at);
  return places.flatMap((at) => cells.map((cell) => ({ cell, at })));
}

function modelOf(cell: CellName, time: number, { forgetBias, units }: Params) {
  const kind: Cell = cell === 'lstm' ? { kind: 'lstm' } : { kind: 'simpleRnn', activation: 'tanh' };
  return { cell: kind, units, forgetBias: forgetBias === 'chrono' ? { chrono: time } : Number(forgetBias) };
}

export default define<typeof parameters, DistractorsResult, DistractorsResult>({
  slug: 'distractors',
  title: 'Distractors',
  question: 'What does clutter between a signal and its use do to it?',
  live: false,
  parameters,
  presets: [
    {
      name: 'A silent gap',
      values: { varied: 'gap', noise: 0 },
      help: 'The same gaps with nothing in them.',
    },
    {
      name: 'More and more noise',
      values: { varied: 'noise', gap: '40' },
      help: 'One gap of 40 steps, and more and more distractors in it.',
    },
    {
      name: 'Lookalikes',
      values: { varied: 'gap', gap: '40', noise: 1, kind: 'lookalikes' },
      help: 'Distractors that could each be the signal.',
    },
  ],

  ...runTrials<typeof parameters, DistractorSetting, DistractorTrial>({
    settings: settingsOf,
    runs: ({ runs }) => runs,
    cost: ({ cell, at }, params) => (cell === 'lstm' ? 2 : 1) * (recallAt(at, params).time + 15),
    async tryOnce({ cell, at }, params, { engine, seed, run, pace }) {
      const options = recallAt(at, params);
      const task = recall(options);
      const examples = task.batch(lookedAt(seed), LOOKED_AT);
      const looks: Look[] = [];
      const trial = await tryOnce(
        engine,
        {
          task,
          model: modelOf(cell, options.time, params),
          updates: params.updates,
          batch: BATCH,
          optimizer: { kind: 'adam', learningRate: LEARNING_RATE, clipNorm: 1 },
          solvedAt: 0.99,
        },
        seed,
        {
          pace,
          onStart: (model) => looks.push(lookOf(inputSaliency(model, task, examples, LOOKED_AT), run)),
          onEnd: (model) => looks.push(lookOf(inputSaliency(model, task, examples, LOOKED_AT), run)),
        },
      );
      return { ...trial, before: looks[0]!, after: looks[1]! };
    },
  }),

  tell,

  table(result) {
    const { columns, rows } = trialTable(result, ['cell', 'at'], ({ cell, at }) => [cellNames[cell], at]);
    const looks = result.series.flatMap(({ runs }) => runs.map(({ before, after }) => [before.signal, after.signal]));
    return {
      columns: [...columns, 'signal’s share of the saliency before training', 'after training'],
      rows: rows.map((row, i) => [...row, ...looks[i]!]),
    };
  },
});

function lookOf(saliency: readonly number[][], run: number): Look {
  const shares = saliency.flatMap((steps) => {
    const sum = steps.reduce((sum, norm) => sum + norm, 0);
    return sum > 0 ? steps[0]! / sum : [];
  });
  const signal = shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return {
    signal: signal === null ? null : Number(signal.toPrecision(4)),
    ...(run === 1 && { steps: saliency[0]!.map((norm) => Number(norm.toPrecision(3))) }),
  };
}

function tell(result: DistractorsResult, params: Params): string {
  const { varied, updates, runs } = params;
  const unit = varied === 'gap' ? 'steps' : 'noise';
  const seriesOf = (cell: CellName) => result.series.filter((s) => s.setting.cell === cell && s.runs.length > 0);
  const solved = (cell: CellName) => {
    const rates = seriesOf(cell).map(({ setting: { at }, runs }) => ({ at: nameOf(at, varied), rate: rateOf(runs) }));
    return rates.length > 0 ? [`${cellNames[cell]} ${ratesInWords(rates, unit)}`] : [];
  };
  const first = `${soFar(result, runs)}runs that learned to recall the signal within ${updates} updates: ${cells.flatMap(solved).join('; ')}.`;
  const ends = cells.flatMap((cell) => {
    const last = seriesOf(cell).at(-1);
    return last ? [`${percent(meanScore(last.runs))} (${cellNames[cell]} at ${nameOf(last.setting.at, varied)})`] : [];
  });
  return [
    capitalised(first),
    `At the far end ${ends.join(' and ')} of the answers are right; guessing gets ${percent(1 / SYMBOLS)}.`,
    ...saliencyInWords(result.series.flatMap((series) => series.runs)),
  ].join(' ');
}

const nameOf = (at: number, varied: Params['varied']) => (varied === 'gap' ? String(at) : percent(at));

/** What share of the saliency the signal ends with, as the median of the runs that solved it and of those that did not. */
function saliencyInWords(runs: readonly DistractorTrial[]): string[] {
  const median = (solved: boolean) => {
    const shares = runs.filter((run) => (run.solvedAfter !== null) === solved).flatMap((run) => run.after.signal ?? []);
    return shares.length > 0 ? shareOf(quantile(shares, 0.5)) : undefined;
  };
  const [solved, failed] = [median(true), median(false)];
  const told = [
    ...(solved ? [`in the median run that solved it the signal ends with ${solved} the saliency`] : []),
    ...(failed ? [`in the median run that did not, with ${failed} it`] : []),
  ];
  return told.length > 0 ? [capitalised(`${told.join('; ')}.`)] : [];
}
