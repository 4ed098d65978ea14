import type { Cell } from '#src/recurrent/index.ts';
import { copying } from '#src/sequences/copying.ts';
import { tryOnce } from '#src/training/trials.ts';

import { define } from './definition.ts';
import { choice, number, type Values } from './parameters.ts';
import { meanScore, soFar, trialTable, type TrialsResult } from './rates.ts';
import { runTrials } from './trials.ts';
import { capitalised, inList, percent } from './words.ts';

const BATCH = 16;
const ALPHABET = 4;
const FEWEST_UNITS = 2;
/** From this share of right answers on, a sequence is said to be copied. */
const COPIED = 0.95;

const parameters = {
  cell: choice({
    label: 'Network',
    options: [
      { value: 'rnn', label: 'RNN' },
      { value: 'lstm', label: 'LSTM' },
    ],
    default: 'rnn',
    help: 'An LSTM has two numbers for each of its units, its hidden state and its cell state, and four times the weights.',
  }),
  longest: number({
    label: 'Most symbols',
    unit: 'symbols',
    min: 2,
    max: 12,
    step: 1,
    default: 8,
    help: `Sequences of 1 symbol to so many are copied. Each symbol is one of ${ALPHABET}.`,
  }),
  largest: choice({
    label: 'Most units',
    options: [
      { value: '8', label: '8' },
      { value: '16', label: '16' },
      { value: '32', label: '32' },
      { value: '64', label: '64 units' },
    ],
    default: '16',
    help: `States of ${FEWEST_UNITS} units to so many are tried, each twice the one before.`,
  }),
  updates: number({
    label: 'Budget',
    unit: 'updates',
    min: 100,
    max: 5000,
    step: 100,
    default: 400,
    help: `How often a network’s weights may be changed, each time after a look at ${BATCH} fresh sequences. A run that is right 99% of the time ends there.`,
  }),
  learningRate: number({
    label: 'Learning rate',
    scale: 'log',
    min: 0.001,
    max: 0.1,
    step: 0.001,
    default: 0.02,
    help: 'How large a step each update takes (Adam, with the gradient cut to a norm of 1).',
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 10,
    step: 1,
    default: 3,
    help: 'How many networks are trained for each cell of the map, each from first weights and on sequences of its own. The map shows their mean.',
  }),
};

type Params = Values<typeof parameters>;

/** One cell of the map: so many symbols through so many units. */
export interface BottleneckSetting {
  symbols: number;
  units: number;
}

export type BottleneckResult = TrialsResult<BottleneckSetting>;

function unitsUpTo(largest: number): number[] {
  const units = [];
  for (let size = FEWEST_UNITS; size <= largest; size *= 2) units.push(size);
  return units;
}

/** Column by column, the shortest sequences first. */
function settingsOf({ longest, largest }: Params): BottleneckSetting[] {
  const lengths = Array.from({ length: longest }, (_, i) => i + 1);
  return lengths.flatMap((symbols) => unitsUpTo(Number(largest)).map((units) => ({ symbols, units })));
}

export default define<typeof parameters, BottleneckResult, BottleneckResult>({
  slug: 'bottleneck',
  title: 'The bottleneck',
  question: 'How many symbols can a network carry in a state of so many numbers?',
  live: false,
  parameters,
  presets: [
    {
      name: 'Five times the budget',
      values: { updates: 2000, runs: 1 },
      help: 'The same map after 2,000 updates: what becomes better was a matter of the budget.',
    },
    {
      name: 'An LSTM',
      values: { cell: 'lstm' },
      help: 'The same map for a network with a cell state.',
    },
  ],

  ...runTrials<typeof parameters, BottleneckSetting>({
    settings: settingsOf,
    runs: ({ runs }) => runs,
    cost: ({ symbols, units }) => (symbols + 4) * (units + 24),
    tryOnce: ({ symbols, units }, { cell, updates, learningRate }, { engine, seed, pace }) =>
      tryOnce(
        engine,
        {
          task: copying({ count: symbols, alphabet: ALPHABET }),
          model: { cell: cellOf(cell), units },
          updates,
          batch: BATCH,
          optimizer: { kind: 'adam', learningRate, clipNorm: 1 },
          solvedAt: 0.99,
        },
        seed,
        { pace },
      ),
  }),

  tell,

  table: (result) => trialTable(result, ['symbols', 'units'], ({ symbols, units }) => [symbols, units]),
});

const cellOf = (cell: Params['cell']): Cell =>
  cell === 'lstm' ? { kind: 'lstm' } : { kind: 'simpleRnn', activation: 'tanh' };

/** The longest sequence up to which the mean of the runs is good enough; 0 where not even one symbol is copied. */
export function longestCopied({ series }: BottleneckResult, units: number): number {
  const tried = series.filter(({ setting, runs }) => setting.units === units && runs.length > 0);
  const failed = tried.find(({ runs }) => meanScore(runs) < COPIED);
  return failed ? failed.setting.symbols - 1 : (tried.at(-1)?.setting.symbols ?? 0);
}

function tell(result: BottleneckResult, params: Params): string {
  const { updates, runs, largest } = params;
  const sizes = unitsUpTo(Number(largest)).filter((units) =>
    result.series.some((series) => series.setting.units === units && series.runs.length > 0),
  );
  const reached = sizes.map((units) => ({ units, symbols: longestCopied(result, units) }));
  const copied = reached
    .filter(({ symbols }) => symbols > 0)
    .map(({ units, symbols }, i) =>
      i === 0
        ? `${symbols} ${symbols === 1 ? 'symbol' : 'symbols'} through ${units} units`
        : `${symbols} through ${units}`,
    );
  const none = reached.filter(({ symbols }) => symbols === 0).map(({ units }) => String(units));
  const told = [
    ...(copied.length > 0 ? [`up to ${inList(copied)}`] : []),
    ...(none.length > 0 ? [`not even 1 through ${inList(none)}`] : []),
  ];
  const first = `${soFar(result, runs)}copied with at least ${percent(COPIED)} right: ${told.join('; ')}.`;
  const worst = result.series
    .filter(({ runs }) => runs.length > 0)
    .reduce((least, series) => (meanScore(series.runs) < meanScore(least.runs) ? series : least));
  return [
    capitalised(first),
    `The worst cell, ${worst.setting.symbols} through ${worst.setting.units}, has ${percent(meanScore(worst.runs))} right; guessing gets ${percent(1 / ALPHABET)}.`,
    `This is what training finds in ${updates} updates, and not all that so many units could hold.`,
  ].join(' ');
}
