import { shuffled, type Random } from '#src/sequences/random.ts';
import type { Pace } from '#src/training/pace.ts';

import { quantile } from './quantile.ts';

/** A timing lasts at least this, in milliseconds, and so many ticks of the clock, but no longer than pace allows. */
const SHORTEST = 2;
const TICKS = 40;
const LONGEST = 16;

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

/** Everything from which timing goes on. Plain data. */
export interface Timings {
  /** How often each piece of work is done in one timing. */
  counts: number[];
  /** Milliseconds for once, by piece of work and then round. */
  times: number[][];
}

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
 * on all alike. A browser's clock is coarse, so each is repeated until that no longer matters.
 */
export async function timeByTurns(
  works: readonly (() => void)[],
  { rounds, random, pace, timings, clock = () => performance.now(), onRound }: Options,
): Promise<Timings> {
  const counts = timings?.counts ?? (await countsFor(works, pace, clock));
  const times = works.map((_, i) => [...(timings?.times[i] ?? [])]);
  for (let round = times[0]?.length ?? 0; round < rounds; round++) {
    for (const i of shuffled(random, [...works.keys()])) {
      await pace();
      times[i]!.push(timeOf(works[i]!, counts[i]!, clock) / counts[i]!);
    }
    onRound?.({ counts, times: times.map((some) => [...some]) }, round + 1);
  }
  return { counts, times };
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

/** How often each piece of work has to be done for a timing to last long enough. It is done for the first time here, too. */
async function countsFor(works: readonly (() => void)[], pace: Pace, clock: Clock): Promise<number[]> {
  const enough = Math.min(LONGEST, Math.max(SHORTEST, TICKS * tickOf(clock)));
  const counts: number[] = [];
  for (const work of works) {
    let count = 1;
    for (;;) {
      await pace();
      const took = timeOf(work, count, clock);
      if (took >= enough || count > 1e6) break;
      // A first time is slower than those to come, so it says little; and a clock may not have ticked yet.
      count = Math.ceil(count * Math.min(4, Math.max(1.5, (1.1 * enough) / Math.max(took, 1e-6))));
    }
    counts.push(count);
  }
  return counts;
}

function timeOf(work: () => void, count: number, clock: Clock): number {
  const start = clock();
  for (let i = 0; i < count; i++) work();
  return clock() - start;
}
