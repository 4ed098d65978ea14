import { initialWeights, type Cell, type Floats } from '#src/recurrent/index.ts';
import { createRandom } from '#src/sequences/random.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { createPace } from '#src/training/pace.ts';

import { define, type Table } from './definition.ts';
import { choice, number, type Values } from './parameters.ts';
import { forms, numbers, takeIn, workOf, type FormName } from './sequential-cost-forms.ts';
import {
  lineThrough,
  withWorkers,
  writeTime,
  type FormResult,
  type SequentialCostResult,
} from './sequential-cost-times.ts';
import { coresHere, spreadOf, tickOf, timeByTurns, type Spread, type Timings } from './stopwatch.ts';

/** How many lengths are timed, evenly up to the longest. */
const LENGTHS = 8;
/** Sequences that are read at once, and how long they are. */
const BATCHES = [1, 2, 4, 8, 16, 32];
const BATCH_LENGTH = 64;
/** Of the usual size a linear recurrence may grow without end. */
const RECURRENT_SCALE = 0.8;

const parameters = {
  longest: choice({
    label: 'Longest sequence',
    options: [
      { value: '256', label: '256' },
      { value: '512', label: '512' },
      { value: '1024', label: '1,024 steps' },
    ],
    default: '512',
    help: `Sequences of ${LENGTHS} lengths are timed, evenly spaced up to this one.`,
  }),
  cell: choice({
    label: 'Cell',
    options: [
      { value: 'simpleRnn', label: 'basic RNN' },
      { value: 'gru', label: 'GRU' },
      { value: 'lstm', label: 'LSTM' },
    ],
    default: 'simpleRnn',
    help: 'What the chain and the convolution are made of. The scan is always one of a linear cell, since it works for no other.',
  }),
  units: number({
    label: 'Units',
    unit: 'units',
    min: 16,
    max: 64,
    step: 16,
    default: 64,
    help: 'How many numbers a state has, and an input: the work of a step grows with their square.',
  }),
  rounds: number({
    label: 'Rounds',
    min: 5,
    max: 60,
    step: 5,
    default: 25,
    help: 'How often everything is timed, each time in another order. More rounds make up for a machine that is busy with other things.',
  }),
};

type Params = Values<typeof parameters>;

interface Checkpoint {
  timings: Timings;
}

export default define<typeof parameters, SequentialCostResult, Checkpoint>({
  slug: 'sequential-cost',
  title: 'The cost of going step by step',
  question: 'What would more processors buy a recurrent network?',
  live: false,
  parameters,

  async run(params, { seed, signal, onProgress, checkpoint, form, onForm }) {
    const engine = await loadEngine(form);
    onForm?.(engine.kernels.form);
    const pace = createPace(signal);
    const lengths = lengthsUpTo(Number(params.longest));
    const { works, read } = piecesOfWork(engine, params, seed, lengths);
    const tick = tickOf(() => performance.now());
    const resultOf = (timings: Timings): SequentialCostResult => ({
      cores: coresHere(),
      tick,
      rounds: timings[0]!.length,
      lengths,
      ...read(timings.map((times) => shortened(spreadOf(times)))),
    });

    const timings = await timeByTurns(works, {
      rounds: params.rounds,
      random: createRandom(seed, 'rounds'),
      pace,
      timings: checkpoint?.timings,
      onRound: (timings, done) =>
        onProgress({
          done,
          total: params.rounds,
          unit: 'rounds',
          partial: () => resultOf(timings),
          checkpoint: { timings },
        }),
    });
    return resultOf(timings);
  },

  tell,

  table: tabulate,

  untimed: ({ lengths, forms: measured, batches: { length, sizes } }) => ({
    lengths,
    work: forms.map((form) => measured[form].work),
    batches: { length, sizes },
  }),
});

function lengthsUpTo(longest: number): number[] {
  return Array.from({ length: LENGTHS }, (_, i) => ((i + 1) * longest) / LENGTHS);
}

/** Everything that is timed, and how to find the times of each in a list of them. */
function piecesOfWork({ kernels }: Engine, { cell: kind, units }: Params, seed: number, lengths: readonly number[]) {
  const cell: Cell = kind === 'simpleRnn' ? { kind, activation: 'tanh' } : { kind };
  const linear: Cell = { kind: 'simpleRnn', activation: 'identity' };
  const weightsOf = (kind: Cell['kind']) =>
    initialWeights(kind, { inputs: units, units }, createRandom(seed, 'weights'), { recurrentScale: RECURRENT_SCALE });
  const [weights, linearWeights] = [weightsOf(kind), weightsOf('simpleRnn')];
  const rows = numbers(kernels, cell, weights, units);
  const linearRows = numbers(kernels, linear, linearWeights, units);
  const inputs = createRandom(seed, 'inputs').uniformArray(
    Math.max(...lengths, Math.max(...BATCHES) * BATCH_LENGTH) * units,
    -1,
    1,
  );
  const first = (count: number) => inputs.slice(0, count * units);

  const works: (() => void)[] = [];
  const add = (work: () => void) => works.push(work) - 1;
  const inForms = lengths.map((length) => {
    const x = first(length);
    const timed = (form: FormName) =>
      add(() => takeIn[form](form === 'scan' ? linearRows : rows, x, linearWeights.recurrentKernel));
    return Object.fromEntries(forms.map((form) => [form, timed(form)])) as Record<FormName, number>;
  });
  const inBatches = BATCHES.map((size) => {
    const x = first(size * BATCH_LENGTH);
    return {
      chain: add(() => readTogether(x, size)),
      convolution: add(() => takeIn.convolution(rows, x, weights.recurrentKernel)),
    };
  });

  function readTogether(input: Floats, batch: number): void {
    const sizes = { time: BATCH_LENGTH, batch, inputs: units, units };
    const pass = kernels.run({ cell, sizes, input, weights });
    pass.hidden();
    pass.release();
  }

  function read(spreads: readonly Spread[]): Pick<SequentialCostResult, 'forms' | 'batches'> {
    const formOf = (form: FormName): FormResult => ({
      work: lengths.map((length) => workOf(form, length, units)),
      times: inForms.map((places) => spreads[places[form]]!),
    });
    const each = (form: 'chain' | 'convolution') =>
      inBatches.map((places, i) => shortened(spreads[places[form]]!, BATCHES[i]));
    return {
      forms: { chain: formOf('chain'), convolution: formOf('convolution'), scan: formOf('scan') },
      batches: { length: BATCH_LENGTH, sizes: BATCHES, chain: each('chain'), convolution: each('convolution') },
    };
  }
  return { works, read };
}

/** A time has no more digits than these. */
function shortened({ fastest, lower, median, upper }: Spread, dividedBy = 1): Spread {
  const short = (time: number) => Number((time / dividedBy).toPrecision(4));
  return { fastest: short(fastest), lower: short(lower), median: short(median), upper: short(upper) };
}

/** From here on times lie on a line. */
const STRAIGHT = 0.98;

function tell(result: SequentialCostResult, params: Params): string {
  const { lengths, forms: measured, batches, cores, rounds } = result;
  const time = (form: FormName) => writeTime(measured[form].times.at(-1)!.fastest);
  const inARow = (form: FormName) => measured[form].work.at(-1)!.inARow.toLocaleString('en');
  const later = (form: FormName) => writeTime(withWorkers(result, form, 64).atMost);
  const { r2 } = lineThrough(lengths, measured.chain.times);
  const fit = `r² ${r2 > 0.9999 ? 'over 0.9999' : r2.toFixed(4)}`;
  const proportion =
    r2 >= STRAIGHT
      ? `in proportion to their number (${fit})`
      : `in no clear proportion to their number so far (${fit}: the machine is busy, and more rounds would help)`;
  const machine = cores === null ? 'one machine' : `a machine of ${cores} ${cores === 1 ? 'core' : 'cores'}`;
  const where =
    rounds < params.rounds
      ? `So far, after ${rounds} of ${params.rounds} rounds, on ${machine}`
      : `On ${machine}, by the fastest of ${rounds} rounds`;
  const gain = batches.chain[0]!.fastest / batches.chain.at(-1)!.fastest;
  return [
    `${where}, the chain takes ${time('chain')} for ${lengths.at(-1)!.toLocaleString('en')} steps, ${proportion}, and the convolution, with the same multiplications, ${time('convolution')}.`,
    `But the chain’s steps wait for each other, ${inARow('chain')} in a row; the convolution’s do not. So with 64 workers the chain would still take ${later('chain')} and the convolution at most ${later('convolution')}; the scan, ${inARow('scan')} in a row but with more to do, would come down from ${time('scan')} to at most ${later('scan')}.`,
    `Of ${batches.sizes.at(-1)} sequences read at once, each takes the chain ${Number(gain.toPrecision(2))} times less than one alone.`,
  ].join(' ');
}

const spreadColumns = ['fastest (ms)', 'quarter below (ms)', 'median (ms)', 'quarter above (ms)'];
const spreadCells = ({ fastest, lower, median, upper }: Spread) => [fastest, lower, median, upper];

function tabulate({ lengths, forms: measured, batches }: SequentialCostResult): Table {
  return {
    columns: ['what', 'steps', 'sequences at once', 'applications of the cell', 'of them in a row', ...spreadColumns],
    rows: [
      ...forms.flatMap((form) =>
        measured[form].times.map((times, i) => {
          const { total, inARow } = measured[form].work[i]!;
          return [form, lengths[i]!, 1, total, inARow, ...spreadCells(times)];
        }),
      ),
      ...(['chain', 'convolution'] as const).flatMap((form) =>
        batches[form].map((times, i) => {
          const inARow = form === 'chain' ? batches.length : 1;
          return [
            `${form}, each sequence`,
            batches.length,
            batches.sizes[i]!,
            batches.length,
            inARow,
            ...spreadCells(times),
          ];
        }),
      ),
    ],
  };
}
