import { expect, test } from 'vitest';

import { perform, type Definition } from '#src/experiments/definition.ts';
import { defaultsOf, type Schema, type Values } from '#src/experiments/parameters.ts';

import { seeds } from './seeds.ts';

/** What became of a claim: kept with its test, and written to content/recorded/effects.json by `npm run effects`. */
export interface ClaimOutcome {
  says: string;
  /** How many seeds it was tried with, or the seeds that were taken together. */
  tried: number;
  /** With how many of them it held; where they were taken together, all or none. */
  held: number;
  /** With how many of them it has to hold. */
  needed: number;
  /** The seeds with which it did not hold. */
  missed: number[];
}

declare module 'vitest' {
  interface TaskMeta {
    claim?: ClaimOutcome;
  }
}

interface ClaimOptions {
  /** The share of the seeds with which it has to hold: all unless given. */
  share?: number;
  /** True for what is so quick that `npm test` tries it with every seed. */
  quick?: boolean;
}

const FEW = 3;

/** True where every seed is tried: `npm run effects`. */
const everySeed = process.env['ALL_SEEDS'] !== undefined;

/** The seeds that are tried in this run, but for what is quick. Claims that say so many "of ten" are tried with ten of them. */
export const triedSeeds = everySeed ? seeds.slice(0, 10) : seeds.slice(0, FEW);

/** How many of the seeds a claim may miss: with few of them as many as with all, for the misses may come first. */
function allowedMisses(share: number, tried: readonly number[]): number {
  return Math.min(tried.length - 1, Math.round((1 - share) * Math.max(tried.length, 10)));
}

/** A claim of the text that has to hold for single seeds. `holds` throws, as `expect` does, for a seed with which it does not. */
export function claim(says: string, holds: (seed: number) => Promise<void> | void, options: ClaimOptions = {}): void {
  const { share = 1, quick = false } = options;
  const tried = quick ? seeds : triedSeeds;
  test(says, async ({ task }) => {
    const misses: { seed: number; error: unknown }[] = [];
    for (const seed of tried) {
      try {
        await holds(seed);
      } catch (error) {
        misses.push({ seed, error });
      }
    }
    const needed = tried.length - allowedMisses(share, tried);
    const held = tried.length - misses.length;
    task.meta.claim = { says, tried: tried.length, held, needed, missed: misses.map(({ seed }) => seed) };
    const told = misses.map(({ seed, error }) => `seed ${seed}: ${(error as Error).message}`).join('\n');
    expect(held, `${says}\n${told}`).toBeGreaterThanOrEqual(needed);
  });
}

/** A claim about what several seeds give together: their mean, say. */
export function claimTogether(
  says: string,
  holds: (seeds: readonly number[]) => Promise<void> | void,
  { quick = false }: Pick<ClaimOptions, 'quick'> = {},
): void {
  const together = quick ? seeds : triedSeeds;
  test(says, async ({ task }) => {
    await holds(together);
    const tried = together.length;
    task.meta.claim = { says, tried, held: tried, needed: tried, missed: [] };
  });
}

/** Runs of an experiment at its defaults but for what is given, each made once however often it is asked for. */
export function runsOf<S extends Schema, Result, Checkpoint>(definition: Definition<S, Result, Checkpoint>) {
  const made = new Map<string, Promise<Result & { sentence: string }>>();
  return (seed: number, params: Partial<Values<S>> = {}): Promise<Result & { sentence: string }> => {
    const key = JSON.stringify([seed, params]);
    const run = async () => {
      const all = { ...defaultsOf(definition.parameters), ...params };
      const signal = new AbortController().signal;
      const { result, sentence } = await perform(definition as unknown as Definition, all, seed, { signal });
      return { ...(result as Result), sentence };
    };
    if (!made.has(key)) made.set(key, run());
    return made.get(key)!;
  };
}

/** A part of a run at the defaults but for what is given, each made once: the first run of a setting has the run's own seed. */
export function partsOf<S extends Schema, Result, Checkpoint, Part>(definition: Definition<S, Result, Checkpoint>) {
  const made = new Map<string, Promise<Part>>();
  return (seed: number, index: number, params: Partial<Values<S>> = {}): Promise<Part> => {
    const key = JSON.stringify([seed, index, params]);
    const all = { ...defaultsOf(definition.parameters), ...params };
    const { signal } = new AbortController();
    if (!made.has(key)) made.set(key, definition.part!(all, index, { seed, signal }) as Promise<Part>);
    return made.get(key)!;
  };
}

/** The mean of what each seed gives. */
export async function meanOver(seeds: readonly number[], of: (seed: number) => Promise<number>): Promise<number> {
  let sum = 0;
  for (const seed of seeds) sum += await of(seed);
  return sum / seeds.length;
}
