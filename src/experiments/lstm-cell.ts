import { NOTE_BLIND } from '#src/sequences/streams.ts';
import type { StreamRecipe } from '#src/training/read-stream.ts';
import type { SmallNetwork } from '#src/training/small-recipe.ts';

import { define, type Preset, type RunContext, type Table } from './definition.ts';
import { LONGEST_EDITS, tellRefused } from './hand-edits.ts';
import { CELL_INPUTS, inputNames, judgementInWords, STEPS } from './lstm-cell/challenge.ts';
import { handMadeNetwork } from './lstm-cell/hand-made.ts';
import { look, weightArrays, type GateName, type LstmCellResult } from './lstm-cell/look.ts';
import { heldIn, longestValves } from './lstm-cell/valves.ts';
import { noteStream } from './note-stream.ts';
import { choice, number, text, type Values } from './parameters.ts';
import { plainNetwork, type PlainNetwork } from './plain-network.ts';
import { trainedByRecipe, type Follow, type RecipeCheckpoint } from './trained-by-recipe.ts';

const MOST_UNITS = 8;

const parameters = {
  weights: choice({
    label: 'Weights',
    options: [
      { value: 'half', label: 'by hand: gates half open' },
      { value: 'listen', label: 'by hand: gates that listen' },
      { value: 'trained', label: 'trained' },
    ],
    default: 'half',
    help: 'By hand: one unit whose candidate takes the number. Its gates have no weights and wait for your valves; or they have weights, thought of and not trained, that listen to the mark and the question. Trained: the very weights that “Gates at work” arrives at with the same units, updates and seed, trained here and now. Each weight can then be changed.',
  }),
  units: number({
    label: 'Units',
    unit: 'units',
    min: 1,
    max: MOST_UNITS,
    step: 1,
    default: 6,
    help: 'How many numbers the belt of the trained cell carries, each with three gates of its own. A cell by hand has one.',
  }),
  updates: number({
    label: 'Training',
    unit: 'updates',
    min: 0,
    max: 3000,
    step: 4,
    default: 600,
    help: 'How often training has changed the weights; 0 leaves them as they start, at random. Weights set by hand have no training.',
  }),
  valves: text({
    label: 'Valves',
    maxLength: longestValves(STEPS),
    default: '',
    help: 'Gates held by hand: f110_i-01 holds the forget gate open at steps 1 and 2 and shut at step 3, and the input gate shut at step 2 and open at step 3; o is the output gate. All others are released, and follow their weights.',
  }),
  edits: text({
    label: 'Changes by hand',
    maxLength: LONGEST_EDITS,
    default: '',
    help: 'Numbers that were changed by hand: Wf2.1*0.5 sets row 2, column 1 of the forget gate’s W to 0.5; Wi, Wc and Wo are those of the input gate, the candidate and the output gate, U and b likewise; x is the input, [step, input]; c and h lie on the belt, and are shown, at the start. Several are joined by _.',
  }),
  step: number({
    label: 'Time step that is looked at',
    min: 1,
    max: STEPS,
    step: 1,
    default: 2,
    help: 'Which step of the sequence the belt is shown at.',
    forPicture: true,
  }),
  unit: number({
    label: 'Unit that is looked at',
    min: 1,
    max: MOST_UNITS,
    step: 1,
    default: 1,
    help: 'Which unit’s place on the belt is shown.',
    forPicture: true,
  }),
};

type Params = Values<typeof parameters>;

/** A row of valves, all alike. */
const all = (sign: 0 | 1) => String(sign).repeat(STEPS);
/** Something on the belt, from before the first step. */
const LADEN = 'c1*0.5';
const FORGET_AT = 4;

const presets: readonly Preset<typeof parameters>[] = [
  {
    name: 'Remember',
    values: { weights: 'half', valves: `f${all(1)}_i${all(0)}_o${all(1)}`, edits: LADEN, step: 2 },
    help: 'Something lies on the belt. Nothing is taken off and nothing put on: it stays, whatever comes in.',
  },
  {
    name: 'Forget now',
    values: {
      weights: 'half',
      valves: `f${all(1).slice(0, FORGET_AT - 1)}0${all(1).slice(FORGET_AT)}_i${all(0)}_o${all(1)}`,
      edits: LADEN,
      step: FORGET_AT,
    },
    help: `The same, but for one step, the ${FORGET_AT}th, at which the forget gate is shut.`,
  },
  {
    name: 'Write only on the marker',
    values: { weights: 'listen', valves: `o${all(1)}`, edits: '', step: 2 },
    help: 'Input and forget gate are released, and have weights that listen to the mark. The output gate is held open, so that you see the belt.',
  },
  {
    name: 'Show nothing',
    values: { weights: 'listen', valves: `o${all(0)}`, edits: '', step: 2 },
    help: 'The same belt behind an output gate that is shut at every step.',
  },
];

export default define<typeof parameters, LstmCellResult, RecipeCheckpoint>({
  slug: 'lstm-cell',
  title: 'The belt and its valves',
  question: 'What do the gates do with the numbers on the belt, step by step?',
  live: true,
  parameters,
  presets,

  async run(params, context) {
    return look(await networkOf(params, context), params, context.seed);
  },

  tell,
  table: tabulate,
});

/** The network of “Gates at work” that reads numbers to note, or one made by hand. */
async function networkOf(
  { weights, units, updates }: Params,
  context: RunContext<LstmCellResult, RecipeCheckpoint>,
): Promise<PlainNetwork> {
  if (weights !== 'trained') return handMadeNetwork(weights);
  const recipe: NoteRecipe = { stream: 'note', units, updates, seed: context.seed };
  return plainNetwork(await trainedByRecipe(recipe, loadFollow, context));
}

interface NoteRecipe extends StreamRecipe {
  stream: 'note';
}

const loadFollow = async (): Promise<Follow<NoteRecipe, SmallNetwork>> => {
  const { learnStream } = await import('#src/training/read-stream.ts');
  const { networkOf } = await import('#src/training/small-recipe.ts');
  return async (engine, recipe, hooks) => networkOf(await learnStream(engine, noteStream, recipe, hooks));
};

function tell(result: LstmCellResult, params: Params): string {
  return [tellWeights(result, params), judgementInWords(result.right), tellError(result), tellRefused(result.refused)]
    .filter(Boolean)
    .join(' ');
}

function tellWeights({ units, valves, changed }: LstmCellResult, { weights, updates }: Params): string {
  const edited = weightArrays.reduce((sum, array) => sum + changed[array].length, 0);
  const by = edited === 0 ? '' : `, ${edited === 1 ? 'one of them' : `${edited} of them`} then changed by hand`;
  const held = heldIn(valves);
  const valvesHeld = held === 0 ? 'No valve is held.' : `${held === 1 ? 'One valve is' : `${held} valves are`} held.`;
  return `${weightsInWords(weights, units, updates)}${by}. ${valvesHeld}`;
}

function weightsInWords(weights: Params['weights'], units: number, updates: number): string {
  if (weights === 'half') return 'This cell of one unit has weights by hand: its gates have none, and are half open';
  if (weights === 'listen') {
    return 'This cell of one unit has weights by hand: its gates listen to the mark and to the question';
  }
  const of = units === 1 ? 'of one unit' : `of ${units} units`;
  if (updates === 0) return `This cell ${of} has fresh weights, before any training`;
  return `This cell ${of} has the weights that “Gates at work” has after ${updates} updates`;
}

function tellError({ error, errorAsTrained }: LstmCellResult): string {
  const before = error === errorAsTrained ? '' : `; before those changes it was ${errorAsTrained.toFixed(3)}`;
  return `On a long stretch of other numbers, all valves released, its mean square error is ${error.toFixed(3)} (always answering 0 has ${NOTE_BLIND}${before}).`;
}

/** Gates in the order in which the belt meets them. */
const alongTheBelt: readonly GateName[] = ['forget', 'input', 'candidate', 'output'];

function tabulate({ x, gates, cells, hidden, answers, wanted, right, units }: LstmCellResult): Table {
  const each = (name: string) => Array.from({ length: units }, (_, unit) => `${name} ${unit + 1}`);
  const nameOf = (gate: GateName) => (gate === 'candidate' ? gate : `${gate} gate`);
  return {
    columns: [
      'time step',
      ...inputNames,
      ...alongTheBelt.flatMap((gate) => each(nameOf(gate))),
      ...each('cell state'),
      ...each('hidden state'),
      'answer',
      'wanted',
      'right',
    ],
    rows: x.map((inputs, step) => [
      step + 1,
      ...inputs.slice(0, CELL_INPUTS),
      ...alongTheBelt.flatMap((gate) => gates[gate][step]!),
      ...cells[step]!,
      ...hidden[step]!,
      answers[step]!,
      wanted[step]!,
      right[step] ? 'yes' : 'no',
    ]),
  };
}
