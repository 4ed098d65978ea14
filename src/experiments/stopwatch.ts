import { shuffled, type Random } from '#src/sequences/random.ts';
import type { Pace } from '#src/training/pace.ts';

import { quantile } from './quantile.ts';

/** A timing lasts at least this, in milliseconds, and so many ticks of the clock, but no longer than pace allows. */
const SHORTEST = 2;
const TICKS = 20;
const LONGEST = 16;
/** A clock that has not moved after so many times never will. */
const MOST_TIMES = 1e5;

/** In milliseconds since some moment, as performance.now. */
export type Clock = () => number;

/** What many timings of one piece of work gave, in milliseconds for doing it once. */
export interface Spread {
  /** Whatever else a machine does can only add to a time. */
  fastest: number;
  /** A quarter of the timings were below the one, a quarter above the other. */
  lower: number;
  median: number;
  upper: number;
}

/** Milliseconds for doing each piece of work once: by piece, then by round. Timing goes on from them. Plain data. */
export type Timings = number[][];

interface Options {
  rounds: number;
  /** Decides the order in each round. */
  random: Random;
  pace: Pace;
  timings?: Timings;
  clock?: Clock;
  onRound?(timings: Timings, rounds: number): void;
}

/**
 * Times pieces of work by turns: in every round each of them once, in a new order, so that whatever else the machine does falls
 * on all alike. A browser's clock is coarse, so each is repeated until that hardly matters.
 */
export async function timeByTurns(
  works: readonly (() => void)[],
  { rounds, random, pace, timings, clock = () => performance.now(), onRound }: Options,
): Promise<Timings> {
  const enough = Math.min(LONGEST, Math.max(SHORTEST, TICKS * tickOf(clock)));
  for (const work of works) {
    await pace();
    // What has never run is yet to be compiled.
    work();
  }
  const times = works.map((_, i) => [...(timings?.[i] ?? [])]);
  for (let round = times[0]?.length ?? 0; round < rounds; round++) {
    for (const i of shuffled(random, [...works.keys()])) {
      await pace();
      times[i]!.push(timeOf(works[i]!, enough, clock));
    }
    onRound?.(
      times.map((some) => [...some]),
      round + 1,
    );
  }
  return times;
}

export function spreadOf(times: readonly number[]): Spread {
  const [fastest, lower, median, upper] = [0, 0.25, 0.5, 0.75].map((share) => quantile(times, share));
  return { fastest: fastest!, lower: lower!, median: median!, upper: upper! };
}

/** How far apart the clock's readings are, in milliseconds: the least of a few steps. Gives up on a clock that stands still. */
export function tickOf(clock: Clock): number {
  let least = LONGEST;
  for (let tries = 0; tries < 3; tries++) {
    const start = clock();
    let now = start;
    for (let looks = 0; now === start && looks < 1e5; looks++) now = clock();
    if (now > start) least = Math.min(least, now - start);
  }
  return least;
}

/** Milliseconds for once, from as many times as make up a timing that is long enough. */
function timeOf(work: () => void, enough: number, clock: Clock): number {
  const start = clock();
  let done = 0;
  let elapsed = 0;
  while (elapsed < enough && done < MOST_TIMES) {
    const missing = elapsed > 0 ? Math.ceil((done * (enough - elapsed)) / elapsed) : Infinity;
    const next = Math.min(missing, Math.max(1, done));
    for (let i = 0; i < next; i++) work();
    done += next;
    elapsed = clock() - start;
  }
  return elapsed / done;
}

/** How many cores the machine says that it has; null where it does not say. Workers know it as pages do. */
export const coresHere = (): number | null => globalThis.navigator?.hardwareConcurrency ?? null;
