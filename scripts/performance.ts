/**
 * node scripts/performance.ts: writes docs/performance.md out of tests/bench/engine.json and tests/bench/site.json. Both
 * benchmarks call it when they are done, so that no number in it is typed by hand.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { formatted } from './write-formatted.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/performance.md`;

type Place = 'Chromium' | 'Node';
type ByCase = Record<string, number>;

/** What tests/bench/engine/run.ts writes. */
export interface EngineRecord {
  command: string;
  machine: string;
  node: string;
  chromium?: string;
  torch?: string;
  /** Which processor's routines OpenBLAS chose. */
  openblasCore?: string;
  rounds: number;
  peakGigaflops: Record<Place, { simd128: number; 'relaxed-simd': number }>;
  /** Medians by place, case and peer. */
  milliseconds: Record<Place | 'Python', Record<string, ByCase>>;
  /** A peer's time as a multiple of our SIMD128 form's in the same round, by place, peer and case: the median over rounds. */
  timesSimd128: Record<Place, Record<string, ByCase>>;
  coldStartMilliseconds: { median: number };
}

/** What scripts/bench.ts writes. */
export interface SiteRecord {
  command: string;
  workerAtLength500: { median: number };
  highwayWorkerAtLength500: { median: number };
  highwayWorkerForgetBiasAtLength500: { median: number };
}

const PLACES: readonly Place[] = ['Chromium', 'Node'];
const PEERS = [
  'tf.layers cpu',
  'tf.layers wasm',
  'PyTorch reference BLAS',
  'PyTorch OpenBLAS',
  'typescript',
  'simd128',
  'relaxed-simd',
];

const digits = (value: number | undefined) => (value === undefined ? '' : String(Number(value.toPrecision(3))));
const percent = (share: number) => `${Math.round(100 * share)} %`;
const times = (value: number | undefined) => (value === undefined ? '' : `${digits(value)} ×`);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** One wanted number beside what came out. */
interface Goal {
  what: string;
  floor: string;
  aim: string;
  /** As it came out in each place, and whether it is good enough; undefined where it was not measured. */
  reached: readonly ({ told: string; good: boolean } | undefined)[];
}

function ratioGoal({ timesSimd128 }: EngineRecord, name: string, peer: string, floor: number, aim: number | undefined) {
  const reached = PLACES.map((place) => timesSimd128[place][peer]?.[name]);
  return {
    what: `LSTM ${name.replace('lstm ', '')}: as fast as ${peer}`,
    floor: `${floor} ×`,
    aim: aim ? `${aim} ×` : '',
    reached: reached.map((value) => (value === undefined ? undefined : { told: times(value), good: value >= floor })),
  };
}

/** How far the time per time step at some length is from the median over lengths. */
function unevenness(byCase: Record<string, ByCase>): number {
  const perStep = Object.entries(byCase)
    .filter(
      ([name, peers]) => /^lstm \d+,32,32$/.test(name) && Number(name.split(/[ ,]/)[1]) >= 50 && 'simd128' in peers,
    )
    .map(([name, peers]) => peers['simd128']! / Number(name.split(/[ ,]/)[1]));
  return Math.max(...perStep.map((value) => Math.abs(value / median(perStep) - 1)));
}

function goals(engine: EngineRecord, site: SiteRecord): Goal[] {
  const small = 'lstm 100,32,32';
  const large = 'lstm 100,64,64';
  return [
    ratioGoal(engine, small, 'tf.layers cpu', 60, 100),
    ratioGoal(engine, small, 'tf.layers wasm', 22, 40),
    ratioGoal(engine, small, 'PyTorch OpenBLAS', 4, 6),
    ratioGoal(engine, large, 'tf.layers cpu', 40, undefined),
    ratioGoal(engine, large, 'tf.layers wasm', 10, undefined),
    ratioGoal(engine, large, 'PyTorch OpenBLAS', 1.2, undefined),
    {
      what: `through TensorFlow.js, as a multiple of the bare kernel, LSTM 100,32,32`,
      floor: 'at most 1.3 ×',
      aim: '',
      reached: PLACES.map((place) => {
        const cost = 1 / engine.timesSimd128[place]['simd128 bare']![small]!;
        return { told: times(cost), good: cost <= 1.3 };
      }),
    },
    {
      what: 'time per time step, LSTM of 50 to 1,000 steps, 32,32: farthest from its median',
      floor: 'within 15 %',
      aim: '',
      reached: PLACES.map((place) => {
        const far = unevenness(engine.milliseconds[place]);
        return { told: percent(far), good: far <= 0.15 };
      }),
    },
    {
      what: 'first training step in a cold worker, from its script’s arrival',
      floor: 'under 150 ms',
      aim: '',
      reached: [
        {
          told: `${digits(engine.coldStartMilliseconds.median)} ms`,
          good: engine.coldStartMilliseconds.median < 150,
        },
        undefined,
      ],
    },
    withinFrame('`vanishing-gradient` at length 500, 32 units, five networks: the length', site.workerAtLength500),
    withinFrame(
      '`gradient-highway` at length 500, 32 units, five networks of each kind: the length',
      site.highwayWorkerAtLength500,
    ),
    withinFrame('`gradient-highway` likewise: the forget bias', site.highwayWorkerForgetBiasAtLength500),
  ];
}

function withinFrame(what: string, { median }: { median: number }): Goal {
  return {
    what: `the worker’s time for a change of a slider, ${what}`,
    floor: 'at most 16 ms',
    aim: '',
    reached: [{ told: `${digits(median)} ms`, good: median <= 16 }, undefined],
  };
}

function goalRows(all: readonly Goal[]): string[][] {
  return all.map(({ what, floor, aim, reached }) => [
    what,
    floor,
    aim,
    ...reached.map((place) => (place ? `${place.told}${place.good ? '' : ' **(missed)**'}` : '')),
  ]);
}

const COLUMNS: Record<string, number> = { lstm: 4, gru: 3, simpleRnn: 1 };

/** Multiplications and additions of a step's matrix products: z from (h, 1, x), and the gradients of the weights and of h. */
function operationsOf(name: string): number {
  const [cell, time, batch, units] = name.split(/[ ,]/) as [string, string, string, string];
  const [T, B, H, I] = [Number(time), Number(batch), Number(units), 2];
  const perRow = COLUMNS[cell]! * H * (2 * (H + 1 + I) + H);
  return 2 * T * B * perRow;
}

/** What the core reaches in either place: it is the same core. */
const peakOf = ({ peakGigaflops }: EngineRecord, form: 'simd128' | 'relaxed-simd') =>
  Math.max(...PLACES.map((place) => peakGigaflops[place][form]));

function shareRows(engine: EngineRecord): string[][] {
  return Object.keys(engine.milliseconds.Chromium)
    .filter((name) => 'simd128 bare' in engine.milliseconds.Chromium[name]!)
    .map((name) => [
      name,
      ...PLACES.flatMap((place) =>
        (['simd128', 'relaxed-simd'] as const).map((form) => {
          const ms = engine.milliseconds[place][name]?.[`${form} bare`];
          return ms ? percent(operationsOf(name) / ms / 1e6 / peakOf(engine, form)) : '';
        }),
      ),
    ]);
}

/** Every peer that was timed, by case. */
function millisecondRows(engine: EngineRecord, place: Place, columns: readonly string[]): string[][] {
  return Object.entries(engine.milliseconds[place]).map(([name, byPeer]) => [
    name,
    ...columns.map((peer) => digits(byPeer[peer] ?? engine.milliseconds.Python?.[name]?.[peer])),
  ]);
}

function ratioRows(engine: EngineRecord, place: Place, columns: readonly string[]): string[][] {
  const ratios = engine.timesSimd128[place];
  return Object.keys(ratios[columns[0]!]!).map((name) => [name, ...columns.map((peer) => times(ratios[peer]?.[name]))]);
}

function missed(all: readonly Goal[]): string {
  const open = all.filter(({ reached }) => reached.some((place) => place && !place.good));
  if (open.length === 0) return 'Every floor holds in this run.';
  return `Missed in this run: ${open.map(({ what }) => what).join('; ')}.`;
}

/** The page's Markdown. */
export async function performancePage(engine: EngineRecord, site: SiteRecord): Promise<string> {
  const all = goals(engine, site);
  const peers = PEERS.filter((peer) => peer !== 'simd128');
  const timed = [...PEERS, 'simd128 bare', 'relaxed-simd bare'];
  const pyTorch = engine.torch
    ? `PyTorch ${engine.torch} from Debian on one thread, with the reference BLAS and with OpenBLAS${
        engine.openblasCore ? ` (its ${engine.openblasCore} routines)` : ''
      }`
    : 'PyTorch was not there';
  const text = `# How fast the recurrent layers are

What is timed is a whole training step, as the site makes it: a recurrent layer over 2 inputs, forwards and backwards through time, a
dense layer on its last hidden state, the mean square error, and Adam. “LSTM 100,32,32” is 100 time steps, a batch of 32
sequences, 32 units.

- Machine: ${engine.machine}; one thread. Chromium ${engine.chromium} (in a worker), Node ${engine.node}. ${pyTorch}.
- Command: \`${engine.command}\`. All are timed in turn, in ${engine.rounds} rounds of shuffled order; times are medians, and ratios are
  medians of the ratios within a round, for only those mean something on a machine that does other things as well.
- This page is written by the benchmark (\`scripts/performance.ts\`), out of \`tests/bench/engine.json\` and \`tests/bench/site.json\`.

## What was asked, and what was reached

Ours is the form that the site runs on, SIMD128, through its TensorFlow.js operation, with the site's loss and the fused optimiser;
the loss and the optimiser of tf.layers are TensorFlow.js's own.

${table(['', 'floor', 'aim', ...PLACES], goalRows(all))}

${missed(all)}

## Times as long as ours

${PLACES.map(
  (place) => `### In ${place}${place === 'Chromium' ? ', in a worker' : ''}

${table(['', ...peers], ratioRows(engine, place, peers))}`,
).join('\n\n')}

## Milliseconds for a training step

“Bare” is without TensorFlow.js: the kernels and the optimiser, called directly.

${PLACES.map(
  (place) => `### In ${place}${place === 'Chromium' ? ', in a worker' : ''}

${table(['', ...timed], millisecondRows(engine, place, timed))}`,
).join('\n\n')}

## What is left to the limit

A loop that does nothing but multiply and add four numbers at a time in registers reaches ${peakOf(engine, 'simd128')} billion
operations a second on this core, and ${peakOf(engine, 'relaxed-simd')} with fused multiply-adds. The share of that which a bare
step reaches, counting only the operations of its matrix products:

${table(['', ...PLACES.flatMap((place) => [`${place} simd128`, `${place} relaxed-simd`])], shareRows(engine))}

- The products themselves run at nearly nine tenths of that loop's speed: of every four rows by eight columns, a step of the inner
  loop multiplies 32 pairs and loads 12 numbers, two products and two sums in turns. WebAssembly's 16 registers, one of which the
  engine keeps, allow no larger block. The last tenth goes to addresses, to the engine's own checks in every loop, and to beginning
  and ending blocks.
- The rest goes to the exponentials and quotients of gates: for every unit of an LSTM three logistic functions and two hyperbolic
  tangents, which are not counted as operations above. They weigh less the more units there are.
- A single sequence leaves nothing to share a load among: each weight is read for one product. Small cells leave nothing to
  hide the fixed cost of a step behind: through TensorFlow.js, a few tenths of a millisecond.
- 256-bit registers would double the limit. WebAssembly has none; PyTorch's OpenBLAS uses them, or wider ones, which is why its
  distance shrinks as the matrices grow.
`;
  return formatted(page, text);
}

const read = async <T>(name: string) => JSON.parse(await readFile(`${root}tests/bench/${name}.json`, 'utf8')) as T;

export const performancePageOfRecords = async () =>
  performancePage(await read<EngineRecord>('engine'), await read<SiteRecord>('site'));

export async function writePerformance(): Promise<void> {
  await writeFile(page, await performancePageOfRecords());
  console.log('Wrote docs/performance.md.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writePerformance();
