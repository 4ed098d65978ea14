import { tryOnce } from '#src/training/trials.ts';

import { define } from './definition.ts';
import { choice, number, type Values } from './parameters.ts';
import { materials } from './fading-memory-materials.ts';
import { meanScore, rateOf, ratesInWords, soFar, trialTable, type TrialsResult } from './rates.ts';
import { runTrials } from './trials.ts';
import { capitalised, percent } from './words.ts';

const BATCH = 16;
const SHORTEST = 5;
/** The share of right answers, over the last 20 batches, at which a run has solved it. */
export const SOLVED_AT = 0.99;

const parameters = {
  material: choice({
    label: 'What to remember',
    options: [
      { value: 'symbols', label: 'one of 8 symbols' },
      { value: 'sentences', label: 'a subject, for its verb' },
    ],
    default: 'symbols',
    help: 'Either a symbol, past symbols of other kinds; or whether the subject of a sentence is one or many, past words of all kinds, so that its verb can be “is” or “are”.',
  }),
  longest: choice({
    label: 'Longest delay',
    options: [
      { value: '80', label: '80' },
      { value: '160', label: '160' },
      { value: '320', label: '320' },
      { value: '640', label: '640 steps' },
    ],
    default: '160',
    help: `Delays are tried from ${SHORTEST} steps on, each twice the one before. A long one takes as long as all the shorter ones together.`,
  }),
  updates: number({
    label: 'Budget',
    unit: 'updates',
    min: 100,
    max: 3000,
    step: 50,
    default: 500,
    help: `How often a network’s weights may be changed, each time after a look at ${BATCH} fresh sequences. A run that is right ${100 * SOLVED_AT}% of the time has solved it and ends there.`,
  }),
  recurrentScale: number({
    label: 'Recurrent scale',
    min: 0.5,
    max: 1.5,
    step: 0.05,
    default: 1,
    help: 'What the recurrent weights are multiplied by before the first update. Below 1 the network forgets faster to begin with.',
  }),
  units: number({
    label: 'Hidden units',
    unit: 'units',
    min: 8,
    max: 64,
    step: 8,
    default: 32,
    help: 'How many numbers the hidden state has.',
  }),
  learningRate: number({
    label: 'Learning rate',
    scale: 'log',
    min: 0.0003,
    max: 0.03,
    step: 0.0001,
    default: 0.003,
    help: 'How large a step each update takes (Adam, with the gradient cut to a norm of 1).',
  }),
  runs: number({
    label: 'Runs',
    min: 1,
    max: 20,
    step: 1,
    default: 5,
    help: 'How many networks are trained at each delay, each from first weights and on sequences of its own.',
  }),
};

type Params = Values<typeof parameters>;

/** One series of runs for each delay, in steps. */
export type FadingMemoryResult = TrialsResult<number>;

function delaysUpTo(longest: number): number[] {
  const delays = [];
  for (let delay = SHORTEST; delay <= longest; delay *= 2) delays.push(delay);
  return delays;
}

export default define<typeof parameters, FadingMemoryResult, FadingMemoryResult>({
  slug: 'fading-memory',
  title: 'Fading memory',
  question: 'Over how many steps can a simple recurrent network learn to remember?',
  live: false,
  parameters,
  presets: [
    {
      name: 'More time',
      values: { updates: 1500 },
      help: 'Three times the budget: see how far the wall moves.',
    },
    {
      name: 'Forgetful from the start',
      values: { recurrentScale: 0.7 },
      help: 'Recurrent weights of 0.7 times the usual size: see the wall come nearer.',
    },
    {
      name: 'A subject and its verb',
      values: { material: 'sentences' },
      help: 'The same in sentences, in which a subject and its verb drift apart.',
    },
  ],

  ...runTrials<typeof parameters, number>({
    settings: ({ longest }) => delaysUpTo(Number(longest)),
    runs: ({ runs }) => runs,
    cost: (delay) => delay + 10,
    tryOnce: (delay, { material, updates, units, recurrentScale, learningRate }, { engine, seed, pace }) =>
      tryOnce(
        engine,
        {
          task: materials[material].task(delay),
          model: { cell: { kind: 'simpleRnn', activation: 'tanh' }, units, recurrentScale },
          updates,
          batch: BATCH,
          optimizer: { kind: 'adam', learningRate, clipNorm: 1 },
          solvedAt: SOLVED_AT,
        },
        seed,
        { pace },
      ),
  }),

  tell,

  table: (result) => trialTable(result, ['delay'], (delay) => [delay]),
});

function tell(result: FadingMemoryResult, { material, updates, runs }: Params): string {
  const { chance, toLearn, unit } = materials[material];
  const tried = result.series.filter((series) => series.runs.length > 0);
  const rates = ratesInWords(
    tried.map(({ setting, runs }) => ({ at: String(setting), rate: rateOf(runs) })),
    unit,
  );
  const first = `${soFar(result, runs)}runs that learned to ${toLearn} within ${updates} updates: ${rates}.`;
  const longest = tried.at(-1)!;
  const last = `At ${longest.setting} ${unit} the answers end up right in ${percent(meanScore(longest.runs))} of the cases; guessing gets ${percent(chance)}.`;
  return `${capitalised(first)} ${last}`;
}
