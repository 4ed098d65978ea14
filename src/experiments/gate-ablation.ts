import type { LstmGates } from '#src/recurrent/index.ts';
import { latch, noteAndShow, parity } from '#src/sequences/streams.ts';
import type { Stream } from '#src/sequences/task.ts';
import { tryOnce } from '#src/training/trials.ts';

import {
  courseNames,
  courses,
  runsOn,
  variantNames,
  variants,
  type AblationResult,
  type AblationSetting,
  type CourseName,
  type Variant,
} from './ablation-facts.ts';
import { define } from './definition.ts';
import { number, type Values } from './parameters.ts';
import { rateInWords, rateOf, soFar, trialTable } from './rates.ts';
import { runTrials } from './trials.ts';
import { capitalised, inList } from './words.ts';

const BATCH = 16;

const streams: Record<CourseName, (time: number) => Stream> = { parity, latch, note: noteAndShow };

const gates: Record<Variant, LstmGates> = {
  full: {},
  noForget: { forget: 1 },
  noInput: { input: 1 },
  noOutput: { output: 1 },
  coupled: { input: 'coupled' },
  noOutputActivation: { outputActivation: 'identity' },
};

const parameters = {
  units: number({
    label: 'Units',
    unit: 'units',
    min: 1,
    max: 24,
    step: 1,
    default: 4,
    help: 'How many cell states there are. With few, each has to do its own work; with many, they can stand in for a gate that is missing.',
  }),
  updates: number({
    label: 'Budget',
    unit: 'updates',
    min: 50,
    max: 3000,
    step: 50,
    default: 500,
    help: `How often weights may be changed, each time after the next stretch of ${BATCH} streams. A run that solves its task ends there.`,
  }),
  chunk: number({
    label: 'Stretch',
    unit: 'steps',
    min: 5,
    max: 60,
    step: 5,
    default: 30,
    help: 'How many steps of the streams an update looks at, and how far the gradient goes back. What the network carries goes on to the next stretch.',
  }),
  forgetBias: number({
    label: 'Forget gate’s bias',
    min: 0,
    max: 6,
    step: 0.5,
    default: 1,
    help: 'What the forget gates start from: 0 leaves them half open, 1 is usual, and more opens them wider.',
  }),
  learningRate: number({
    label: 'Learning rate',
    scale: 'log',
    min: 0.001,
    max: 0.05,
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
    help: 'How often each LSTM is trained on each task, from other first weights and on other streams.',
  }),
};

type Params = Values<typeof parameters>;

const settings: readonly AblationSetting[] = variants.flatMap((variant) =>
  courseNames.map((course) => ({ variant, course })),
);

export default define<typeof parameters, AblationResult, AblationResult>({
  slug: 'gate-ablation',
  title: 'One gate less',
  question: 'Which gate does an LSTM need for what?',
  live: false,
  parameters,
  presets: [
    {
      name: 'Sixteen units',
      values: { units: 16 },
      help: 'With many units, others stand in for a missing output gate, and on the latch for the input gate. Nothing stands in for the forget gate.',
    },
    {
      name: 'A single unit',
      values: { units: 1, updates: 1500, runs: 1 },
      help: 'What one cell state can do alone.',
    },
    {
      name: 'Four times the budget',
      values: { updates: 2000, runs: 1 },
      help: 'What was only slower catches up.',
    },
  ],

  ...runTrials<typeof parameters, AblationSetting>({
    settings: () => settings,
    runs: ({ runs }) => runs,
    cost: () => 1,
    tryOnce: ({ course, variant }, { units, updates, chunk, forgetBias, learningRate }, { engine, seed, pace }) => {
      const trying = {
        task: streams[course](chunk),
        model: { cell: { kind: 'lstm' as const, gates: gates[variant] }, units, forgetBias },
        updates,
        batch: BATCH,
        optimizer: { kind: 'adam' as const, learningRate, clipNorm: 1 },
        solvedAt: courses[course].solvedAt,
      };
      return tryOnce(engine, trying, seed, { pace });
    },
  }),

  tell,
  table: (result) =>
    trialTable(
      result,
      ['LSTM', 'task'],
      ({ variant, course }) => [variantNames[variant], courses[course].name],
      'share right, or mean square error, in the last 20 stretches',
    ),
});

function tell(result: AblationResult, { units, runs }: Params): string {
  const solved = (variant: Variant, course: CourseName) => rateOf(runsOn(result, variant, course));
  const told = (variant: Variant, names: readonly CourseName[]) =>
    inList(
      names.flatMap((course) => {
        const rate = solved(variant, course);
        return rate.of === 0 ? [] : [`${courses[course].name} in ${rateInWords(rate)}`];
      }),
    );
  const whole = told('full', courseNames);
  if (whole === '') return 'So far no training is over.';
  const about = `with ${units} ${units === 1 ? 'unit' : 'units'} the whole LSTM solves ${whole} ${runs === 1 ? 'run' : 'runs'}.`;
  const begin = soFar(result, runs);

  /** The tasks at which a variant does worse than the whole LSTM, as far as both have been tried. */
  const worse = (variant: Variant) =>
    courseNames.filter((course) => solved(variant, course).share < solved('full', course).share);
  const tried = variants.slice(1).filter((variant) => courseNames.some((course) => solved(variant, course).of > 0));
  const hurt = tried.filter((variant) => worse(variant).length > 0);
  const unhurt = tried.filter((variant) => worse(variant).length === 0);
  const sentences = [begin ? `${begin}${about}` : capitalised(about)];
  if (hurt.length > 0) {
    sentences.push(
      `It does worse ${hurt.map((variant) => `${variantNames[variant]} (${told(variant, worse(variant))})`).join(', ')}.`,
    );
  }
  if (unhurt.length > 0) sentences.push(`It does as well ${inList(unhurt.map((variant) => variantNames[variant]))}.`);
  return sentences.join(' ');
}
