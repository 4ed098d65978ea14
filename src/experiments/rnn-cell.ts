import { LONGEST_SEQUENCE, sequence } from './cell-sequences.ts';
import { define, type Table } from './definition.ts';
import { LONGEST_EDITS, tellRefused } from './hand-edits.ts';
import { choice, number, text, type Values } from './parameters.ts';
import { handMadeWeights } from './rnn-cell/hand-made.ts';
import { plainNetwork } from './plain-network.ts';
import { CELL, FRESH_STEPS, isRight, look, type Readout, type RnnCellResult } from './rnn-cell/look.ts';
import { trainedByRecipe, type RecipeCheckpoint } from './trained-by-recipe.ts';
import { percent, signed } from './words.ts';

const MOST_UNITS = 4;

const parameters = {
  weights: choice({
    label: 'Weights',
    options: [
      { value: 'trained', label: 'trained' },
      { value: 'delay', label: 'by hand: pass it on' },
      { value: 'traces', label: 'by hand: fading traces' },
      { value: 'turn', label: 'by hand: turning' },
      { value: 'empty', label: 'all zero' },
    ],
    default: 'trained',
    help: 'Trained: to keep the value that came with the last mark, from fresh weights, here and now. By hand: thought of, to show one thing that the cell can do. Each weight can then be changed.',
  }),
  updates: number({
    label: 'Training',
    unit: 'updates',
    min: 0,
    max: 600,
    step: 10,
    default: 400,
    help: 'How often training has changed the weights; 0 leaves them as they start, at random. Weights set by hand have no training.',
  }),
  units: number({
    label: 'Hidden units',
    unit: 'units',
    min: 1,
    max: MOST_UNITS,
    step: 1,
    default: 3,
    help: 'How many numbers the hidden state holds. Every one of them is shown.',
  }),
  sequence,
  length: number({
    label: 'Length',
    unit: 'steps',
    min: 1,
    max: LONGEST_SEQUENCE,
    step: 1,
    default: 8,
    help: 'How many time steps the cell reads.',
  }),
  edits: text({
    label: 'Changes by hand',
    maxLength: LONGEST_EDITS,
    default: '',
    help: 'Numbers that were changed by hand: W1.2*0.5 sets row 1, column 2 of W to 0.5; x is the input, [step, input], and h the hidden state at the start. Several are joined by _.',
  }),
  step: number({
    label: 'Time step that is looked at',
    min: 1,
    max: LONGEST_SEQUENCE,
    step: 1,
    default: 2,
    help: 'Which step of the sequence the cell is shown at.',
    forPicture: true,
  }),
  unit: number({
    label: 'Unit that is looked at',
    min: 1,
    max: MOST_UNITS,
    step: 1,
    default: 1,
    help: 'Which unit’s sum is written out.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

export default define<typeof parameters, RnnCellResult, RecipeCheckpoint>({
  slug: 'rnn-cell',
  title: 'One cell, number by number',
  question: 'What does the cell do with its numbers, step by step?',
  live: true,
  parameters,

  async run(params, context) {
    const { weights, units, updates } = params;
    const network =
      weights === 'trained'
        ? await trainedByRecipe({ cell: CELL, units, updates, seed: context.seed }, followSmallRecipe, context)
        : { weights: handMadeWeights(weights, units) };
    return look(plainNetwork(network), params, context.seed);
  },

  tell,

  table: tabulate,
});

const followSmallRecipe = async () => (await import('#src/training/small-recipe.ts')).followRecipe;

function tell(result: RnnCellResult, params: Params): string {
  const { hidden, changed, readout, refused, units } = result;
  const weightsChanged = changed.W.length + changed.U.length + changed.b.length;
  const last = hidden
    .at(-1)!
    .map((value) => signed(value))
    .join(', ');
  const state = `After step ${hidden.length} its hidden state is (${last}).`;
  return [
    tellWeights(params, weightsChanged),
    readout && tellReadout(readout, weightsChanged),
    state,
    tellRefused(refused),
  ]
    .filter(Boolean)
    .join(' ')
    .replace('This cell', units === 1 ? 'This cell of one unit' : `This cell of ${units} units`);
}

function tellWeights({ weights, updates }: Params, changed: number): string {
  const by = changed === 0 ? '' : `, ${changed === 1 ? 'one of them' : `${changed} of them`} then changed by hand`;
  if (weights !== 'trained') {
    const { label } = parameters.weights.options.find(({ value }) => value === weights)!;
    return `This cell has weights that nobody trained (${label})${by}.`;
  }
  return updates === 0
    ? `This cell has fresh weights, before any training${by}.`
    : `This cell has weights from ${updates} updates of training to keep the value that came with the last mark${by}.`;
}

function tellReadout({ answers, wanted, right, rightAsTrained }: Readout, changed: number): string {
  const asked = wanted.flatMap((value, step) => (value === null ? [] : [isRight(answers[step]!, value)]));
  const shown = asked.length > 0 ? `at ${asked.filter(Boolean).length} of the ${asked.length} steps shown, and ` : '';
  const before = changed > 0 ? `, where, as trained, it was ${percent(rightAsTrained)}` : '';
  return `What it reads out has the right sign ${shown}at ${percent(right)} of ${FRESH_STEPS.toLocaleString('en')} fresh ones${before}.`;
}

function tabulate({ x, hidden, readout, units }: RnnCellResult): Table {
  return {
    columns: [
      'time step',
      'x1: value',
      'x2: mark',
      ...Array.from({ length: units }, (_, unit) => `h${unit + 1}`),
      ...(readout ? ['read out', 'wanted'] : []),
    ],
    rows: hidden.map((h, step) => [
      step + 1,
      ...x[step]!,
      ...h,
      ...(readout ? [readout.answers[step]!, readout.wanted[step]!] : []),
    ]),
  };
}
