/** What is told of many trainings, in numbers, in words and as a table: see trials.ts. */
import type { Trial } from '#src/training/trials.ts';

import type { Cell, Table } from './definition.ts';
import { inList, percent } from './words.ts';

/** One run of one setting. */
export type Tried<T extends Trial = Trial> = T & {
  /** Which run it is, from 1. Runs of the same number have the same seed in every setting. */
  run: number;
};

/** The finished runs of one setting, by number. */
export interface Series<Setting, T extends Trial = Trial> {
  setting: Setting;
  runs: Tried<T>[];
}

/** What came out so far, in the order of the settings. Plain data. */
export interface TrialsResult<Setting, T extends Trial = Trial> {
  series: Series<Setting, T>[];
}

/** How many of several runs solved their task. */
export interface Rate {
  solved: number;
  of: number;
  /** solved / of; NaN where there is no run yet. */
  share: number;
  /**
   * Wilson's interval (1927): the rates at which, over endless runs, so few or so many would still not be odd (95 %).
   */
  low: number;
  high: number;
}

/** For a two-sided error of 5 %. */
const Z = 1.96;

export function rateOf(trials: readonly Pick<Trial, 'solvedAfter'>[]): Rate {
  const of = trials.length;
  const solved = trials.filter(({ solvedAfter }) => solvedAfter !== null).length;
  if (of === 0) return { solved, of, share: NaN, low: 0, high: 1 };
  const share = solved / of;
  const middle = share + (Z * Z) / (2 * of);
  const reach = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  const whole = 1 + (Z * Z) / of;
  return {
    solved,
    of,
    share,
    low: solved === 0 ? 0 : (middle - reach) / whole,
    high: solved === of ? 1 : (middle + reach) / whole,
  };
}

/** The mean of the runs' last scores; NaN where there is none. */
export function meanScore(trials: readonly Pick<Trial, 'score'>[]): number {
  return trials.reduce((sum, { score }) => sum + score, 0) / trials.length;
}

/** "4 of 5", "all 5", "none of 5". */
export function rateInWords({ solved, of }: Pick<Rate, 'solved' | 'of'>): string {
  if (solved === of && of > 1) return `all ${of}`;
  return `${solved === 0 ? 'none' : solved} of ${of}`;
}

/** How a score is told. */
export interface Judged {
  write(score: number): string;
  /** What became of runs that did not solve their task: "ended with 23.8% right". */
  ended(scores: string): string;
}

export const byShareRight: Judged = { write: percent, ended: (scores) => `ended with ${scores} right` };

export const bySquareError: Judged = {
  write: (score) => String(Number(score.toPrecision(2))),
  ended: (scores) => `ended with a mean square error of ${scores}`,
};

/** "4 of 5 runs solved it, after 88, 114, 124, and 164 updates; the other ended with 23.8% right." */
export function outcomesInWords(runs: readonly Trial[], { write, ended }: Judged = byShareRight): string {
  const solved = runs.flatMap(({ solvedAfter }) => solvedAfter ?? []).sort((a, b) => a - b);
  const others = runs.flatMap(({ solvedAfter, score }) => (solvedAfter === null ? score : [])).sort((a, b) => a - b);
  const after = solved.length > 0 ? `, after ${someOf(solved, String)} updates` : '';
  const rest =
    others.length > 0
      ? `; ${solved.length === 0 ? 'they' : others.length === 1 ? 'the other' : 'the others'} ${ended(someOf(others, write))}`
      : '';
  const of = runs.length === 1 ? 'run' : 'runs';
  return `${rateInWords({ solved: solved.length, of: runs.length })} ${of} solved it${after}${rest}.`;
}

/** A few values one by one, in a list; more of them by their ends. */
function someOf(rising: readonly number[], write: (value: number) => string): string {
  const [first, last] = [write(rising[0]!), write(rising.at(-1)!)];
  if (first === last) return first;
  return rising.length <= 5 ? inList(rising.map(write)) : `${first} to ${last}`;
}

/**
 * Rates of neighbours that are alike are said once: "all 5 at 5 and 10 steps, 4 of 5 at 20, none of 5 at 40, 80, and 160". Where
 * there is no run yet, nothing is said.
 */
export function ratesInWords(
  rates: readonly { at: string; rate: Pick<Rate, 'solved' | 'of'> }[],
  unit: string,
): string {
  const groups: { said: string; at: string[] }[] = [];
  for (const { at, rate } of rates) {
    if (rate.of === 0) continue;
    const said = rateInWords(rate);
    if (groups.at(-1)?.said === said) groups.at(-1)!.at.push(at);
    else groups.push({ said, at: [at] });
  }
  return groups.map(({ said, at }, i) => `${said} at ${inList(at)}${i === 0 ? ` ${unit}` : ''}`).join(', ');
}

/** "So far, after 7 of 30 trainings, " where a stopped or running experiment has more to do; else nothing. */
export function soFar({ series }: TrialsResult<unknown>, runs: number): string {
  const done = series.reduce((sum, { runs }) => sum + runs.length, 0);
  const total = series.length * runs;
  return done < total ? `So far, after ${done} of ${total} trainings, ` : '';
}

/** A row for each run of each setting; `cells` says which setting it is, under the `columns` given. */
export function trialTable<Setting>(
  { series }: TrialsResult<Setting>,
  columns: readonly string[],
  cells: (setting: Setting) => readonly Cell[],
  score = 'share right in the last 20 batches',
): Table {
  return {
    columns: [...columns, 'run', 'solved after (updates)', 'updates made', score],
    rows: series.flatMap(({ setting, runs }) =>
      runs.map(({ run, solvedAfter, updates, score }) => [...cells(setting), run, solvedAfter, updates, score]),
    ),
  };
}
