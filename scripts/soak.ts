/**
 * npm run soak: runs every experiment of the built site fifty times in a row and lets a monkey at it for a minute, by the same
 * tests as npm test, which has less time (tests/site/steady.spec.ts). What came of it goes into tests/bench/soak.json.
 * MONKEY_SEED=… does again what was done; SOAK_RUNS=… and SOAK_SECONDS=… make it shorter or longer.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

import { soak, type Steadiness } from '#tests/site/soak.ts';

import { BROWSER_VARIABLE, provideBrowser } from './browser.ts';

/** What came of the last long try, by experiment. */
export interface SoakRecord {
  command: string;
  date: string;
  machine: string;
  /** By which the monkey's doings can be done again. */
  seed: number;
  /** Seconds with the monkey, for each experiment. */
  seconds: number;
  experiments: Steadiness[];
}

const today = new Date().toISOString().slice(0, 10);
const env = {
  SOAK_RUNS: '50',
  SOAK_SECONDS: '60',
  MONKEY_SEED: today.replaceAll('-', ''),
  [BROWSER_VARIABLE]: provideBrowser(),
  ...process.env,
};

function run(...words: string[]): number {
  return spawnSync(process.execPath, words, { stdio: 'inherit', env }).status ?? 1;
}

rmSync(soak.folder, { recursive: true, force: true });
const failed =
  run('scripts/build-for-tests.ts') ||
  run('node_modules/@playwright/test/cli.js', 'test', 'tests/site/steady.spec.ts', ...process.argv.slice(2));
if (failed) process.exit(failed);

const record: SoakRecord = {
  command: `MONKEY_SEED=${env.MONKEY_SEED} npm run soak`,
  date: today,
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
  seed: Number(env.MONKEY_SEED),
  seconds: Number(env.SOAK_SECONDS),
  experiments: globSync(`${soak.folder}/*.json`)
    .sort()
    .map((path) => JSON.parse(readFileSync(path, 'utf8')) as Steadiness),
};
writeFileSync('tests/bench/soak.json', `${JSON.stringify(record, null, 2)}\n`);
console.log('Wrote tests/bench/soak.json.');
