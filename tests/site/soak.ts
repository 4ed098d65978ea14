import type { Held } from './memory.ts';

const given = (name: string, usual: number) => Number(process.env[name] ?? usual);

/** How long each experiment is tried: a little in `npm test`, long in `npm run soak`, which sets these variables. */
export const soak = {
  /** Runs in a row at the smallest settings. */
  runs: given('SOAK_RUNS', 10),
  /** Seconds with a monkey. */
  seconds: given('SOAK_SECONDS', 3),
  seed: given('MONKEY_SEED', 1),
  /** Where each experiment's outcome is written. */
  folder: '.cache/soak',
};

/** What came of trying one experiment. */
export interface Steadiness {
  slug: string;
  runs: number;
  /** What page and workers held before those runs, and after. */
  before: Held;
  after: Held;
  /** What the monkey did. */
  actions: number;
  /** What they held after each half of the monkey's time. */
  halves: Held[];
}
