/**
 * npm run bench:engine: what a training step takes, in milliseconds, by our kernels and by their peers. All are timed in turn,
 * in rounds of shuffled order, so that whatever else the machine does falls on all alike; only ratios within one run mean
 * something. Writes tests/bench/engine.json, and docs/performance.md out of it. Nothing here passes or fails.
 *
 * Two optional numbers: rounds (7 unless given), and milliseconds for one timing (25). PyTorch takes part if python3 has it;
 * UNROLLED_PYTHON names another python.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Page } from '@playwright/test';
import { main as compile } from 'assemblyscript/asc';

import { writePerformance } from '#scripts/performance.ts';
import { createRandom } from '#src/sequences/random.ts';
import { bundle } from '#tests/bundle/bundle.ts';
import { inChromium } from '#tests/bundle/chromium.ts';

import { cases, lengths, nameOf, peers, type Case, type Peer } from './cases.ts';
import { timePeak, timeSteps } from './steps.ts';
import type { Request } from './worker.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const [rounds = 7, milliseconds = 25] = process.argv.slice(2).map(Number);
const blasFolder = '/usr/lib/x86_64-linux-gnu';

/** Times `count` steps of a case, in milliseconds per step. */
type Timer = (timed: Case, count: number) => Promise<number>;

interface Entry {
  place: string;
  peer: string;
  timed: Case;
  run: (count: number) => Promise<number>;
  count: number;
  times: number[];
}

async function compilePeak(features: string[]): Promise<number[]> {
  const file = join(tmpdir(), `unrolled-peak-${process.pid}.wasm`);
  const options = ['--outFile', file, '--optimizeLevel', '1', '--runtime', 'stub', '--enable', 'simd', ...features];
  const { error } = await compile([join(root, 'tests/bench/engine/peak/index.ts'), '--baseDir', '/', ...options]);
  if (error) throw error;
  return [...(await readFile(file))];
}

/** The worker's answer to a request. */
function ask(page: Page, request: Request): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.answer));
    worker.postMessage(${JSON.stringify(request)});
  })`);
}

const python = process.env['UNROLLED_PYTHON'] ?? '/usr/bin/python3';

const environmentWith = (blas: string) => ({
  ...process.env,
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  LD_LIBRARY_PATH: join(blasFolder, blas),
});

/** Which processor's routines OpenBLAS chooses here; undefined where it does not say. */
function openblasCore(): string | undefined {
  const env = { ...environmentWith('openblas-pthread'), OPENBLAS_VERBOSE: '2' };
  const { stderr } = spawnSync(python, ['-c', 'import torch'], { env, encoding: 'utf8' });
  return /^Core: (\w+)/m.exec(stderr ?? '')?.[1];
}

/** PyTorch in a process of its own, with the BLAS of a folder; undefined where it is not to be had. */
function startPyTorch(blas: string): { timer: Timer; version: Promise<string>; stop(): void } | undefined {
  const env = environmentWith(blas);
  if (spawnSync(python, ['-c', 'import torch'], { env }).status !== 0) return undefined;
  const child = spawn(python, [join(root, 'tests/bench/engine/pytorch.py')], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as unknown;
  return {
    version: next().then((answer) => (answer as { torch: string }).torch),
    timer: (timed, count) => {
      child.stdin.write(`${JSON.stringify({ timed, count })}\n`);
      return next() as Promise<number>;
    },
    stop: () => child.kill(),
  };
}

function shuffle<T>(items: T[], random: ReturnType<typeof createRandom>): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const round = (value: number) => Number(value.toPrecision(3));

async function timeAll(entries: Entry[]): Promise<void> {
  const random = createRandom(1, 'rounds');
  for (const entry of entries) {
    const once = await entry.run(1);
    const settled = once > milliseconds ? once : await entry.run(3);
    entry.count = Math.max(1, Math.round(milliseconds / settled));
  }
  for (let i = 0; i < rounds; i++) {
    shuffle(entries, random);
    for (const entry of entries) entry.times.push(await entry.run(entry.count));
    console.error(`round ${i + 1} of ${rounds}`);
  }
}

/** Median milliseconds by place, case and peer. */
function table(entries: readonly Entry[]): Record<string, Record<string, Record<string, number>>> {
  const result: Record<string, Record<string, Record<string, number>>> = {};
  for (const { place, timed, peer, times } of entries) {
    ((result[place] ??= {})[nameOf(timed)] ??= {})[peer] = round(median(times));
  }
  const order = (a: [string, unknown], b: [string, unknown]) => keys.indexOf(a[0]) - keys.indexOf(b[0]);
  const keys = [...cases, ...lengths].map(nameOf);
  return Object.fromEntries(
    Object.entries(result).map(([place, byCase]) => [place, Object.fromEntries(Object.entries(byCase).sort(order))]),
  );
}

/** Each entry's time as a multiple of another's of the same round, place and case: the median over rounds. */
function ratios(
  entries: readonly Entry[],
  peer: string,
  place: string,
  to: { peer: string; place: string },
): Record<string, number> {
  const find = (timed: Case, wanted: { peer: string; place: string }) =>
    entries.find((entry) => entry.timed === timed && entry.peer === wanted.peer && entry.place === wanted.place);
  const result: Record<string, number> = {};
  for (const timed of cases) {
    const [over, under] = [find(timed, { peer, place }), find(timed, to)];
    if (over && under) result[nameOf(timed)] = round(median(over.times.map((time, i) => time / under.times[i]!)));
  }
  return result;
}

async function measure(page: Page) {
  const peaks = { simd128: await compilePeak([]), 'relaxed-simd': await compilePeak(['--enable', 'relaxed-simd']) };
  const pyTorches = {
    'PyTorch reference BLAS': startPyTorch('blas'),
    'PyTorch OpenBLAS': startPyTorch('openblas-pthread'),
  };
  const entry = (place: string, peer: string, timed: Case, run: Entry['run']): Entry => ({
    place,
    peer,
    timed,
    run,
    count: 1,
    times: [],
  });
  const inWorker = (peer: Peer, timed: Case) =>
    entry('Chromium', peer, timed, (count) => ask(page, { peer, timed, count }));
  const inNode = (peer: Peer, timed: Case) => entry('Node', peer, timed, (count) => timeSteps(peer, timed, count));
  const entries = cases.flatMap((timed) => peers.flatMap((peer) => [inWorker(peer, timed), inNode(peer, timed)]));
  for (const timed of lengths) {
    const known = cases.some((other) => nameOf(other) === nameOf(timed));
    if (known) continue;
    for (const peer of ['simd128', 'simd128 bare'] as const) entries.push(inWorker(peer, timed), inNode(peer, timed));
  }
  for (const [peer, pyTorch] of Object.entries(pyTorches)) {
    if (pyTorch)
      entries.push(...cases.map((timed) => entry('Python', peer, timed, (count) => pyTorch.timer(timed, count))));
  }
  await timeAll(entries);

  const peakOf = async (run: (bytes: number[]) => Promise<number>, bytes: number[]) => {
    const values: number[] = [];
    for (let i = 0; i < rounds; i++) values.push(await run(bytes));
    return round(Math.max(...values));
  };
  const chromiumPeak = (bytes: number[]) => ask(page, { peak: bytes });
  const nodePeak = (bytes: number[]) => timePeak(new Uint8Array(bytes));
  const result = {
    torch: await pyTorches['PyTorch OpenBLAS']?.version,
    openblasCore: openblasCore(),
    peakGigaflops: {
      Chromium: {
        simd128: await peakOf(chromiumPeak, peaks.simd128),
        'relaxed-simd': await peakOf(chromiumPeak, peaks['relaxed-simd']),
      },
      Node: {
        simd128: await peakOf(nodePeak, peaks.simd128),
        'relaxed-simd': await peakOf(nodePeak, peaks['relaxed-simd']),
      },
    },
    milliseconds: table(entries),
    timesSimd128: Object.fromEntries(
      ['Chromium', 'Node'].map((place) => [
        place,
        Object.fromEntries(
          [...new Set(entries.map(({ peer }) => peer))]
            .filter((peer) => peer !== 'simd128')
            .map((peer) => [
              peer,
              ratios(entries, peer, peer.startsWith('PyTorch') ? 'Python' : place, { peer: 'simd128', place }),
            ]),
        ),
      ]),
    ),
  };
  for (const pyTorch of Object.values(pyTorches)) pyTorch?.stop();
  return result;
}

/** Milliseconds from the script's arrival in a fresh worker to the end of its first training step. */
async function coldStarts(): Promise<{ median: number; sinceCreation: number }> {
  const built = await bundle('tests/bench/engine/cold-worker.ts');
  const starts = await inChromium(built.folder, async (page) => {
    const results: { answer: number; sinceCreation: number }[] = [];
    for (let i = 0; i < rounds; i++) {
      results.push(
        await page.evaluate(`new Promise((resolve) => {
          const worker = new Worker('/entry.js', { type: 'module' });
          worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
        })`),
      );
    }
    return results;
  });
  await built.remove();
  return {
    median: round(median(starts.map(({ answer }) => answer))),
    sinceCreation: round(median(starts.map(({ sinceCreation }) => sinceCreation))),
  };
}

setWasmPaths(join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
const built = await bundle('tests/bench/engine/worker.ts');
await cp(join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist'), join(built.folder, 'tfjs'), {
  recursive: true,
  filter: (path) => !/\.\w+$/.test(path) || path.endsWith('.wasm'),
});
const measured = await inChromium(built.folder, async (page) => {
  await page.evaluate(`globalThis.worker = new Worker('/entry.js', { type: 'module' }), undefined`);
  return { chromium: page.context().browser()?.version(), ...(await measure(page)) };
});
await built.remove();
const record = {
  command: `npm run bench:engine -- ${rounds} ${milliseconds}`,
  machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores`,
  node: process.version,
  rounds,
  ...measured,
  coldStartMilliseconds: await coldStarts(),
};
await writeFile(join(root, 'tests/bench/engine.json'), `${JSON.stringify(record, undefined, 2)}\n`);
console.log('Wrote tests/bench/engine.json.');
await writePerformance();
process.exit(0);
