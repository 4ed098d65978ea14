import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

import { cos, log } from '#src/recurrent/math.ts';

/** A stream of chance that is the same for the same seed on every machine: integer arithmetic, + and * only. */
export interface Random {
  /** A number in [low, high), with 32 random bits. */
  uniform(low: number, high: number): number;
  /** A whole number from 0 to count - 1. @throws RangeError unless count is a whole number from 1 to 2^32 */
  integer(count: number): number;
  /** `length` numbers in [low, high), as float32. */
  uniformArray(length: number, low: number, high: number): Float32Array<ArrayBuffer>;
}

/** Seeds are whole numbers from 0 to this, so that they fit a link, a spin box and 32 bits. */
export const LARGEST_SEED = 999_999_999;

/** The seed of the run `index` (from 0) of several that share a seed; the first is the seed itself. */
export function seedOfRun(seed: number, index: number): number {
  return index === 0 ? seed : createRandom(seed, `run ${index}`).integer(LARGEST_SEED + 1);
}

/** MurmurHash3's finaliser: neighbouring seeds must not start neighbouring streams. */
function scramble(bits: number): number {
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/**
 * The random stream `name` of a seed. Streams of different names are independent, so that a change to one source of
 * chance (the weights' size, say) leaves the others (the inputs) as they were.
 * @throws RangeError unless seed is a whole number from 0 to {@link LARGEST_SEED}
 */
export function createRandom(seed: number, name: string): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED) {
    throw new RangeError(`seed is ${seed}; allowed is a whole number from 0 to ${LARGEST_SEED}`);
  }
  let mixed = scramble(seed);
  for (const character of name) mixed = scramble(mixed + (character.codePointAt(0) ?? 0));
  const generator = xoroshiro128plus(mixed);
  for (let warmUp = 0; warmUp < 16; warmUp++) generator.next();

  const unit = () => (generator.next() >>> 0) / 2 ** 32;
  const uniform = (low: number, high: number) => low + (high - low) * unit();
  return {
    uniform,
    integer(count) {
      if (!Number.isInteger(count) || count < 1 || count > 2 ** 32) {
        throw new RangeError(`count is ${count}; allowed is a whole number from 1 to 2^32`);
      }
      return Math.floor(unit() * count);
    },
    uniformArray(length, low, high) {
      const values = new Float32Array(length);
      for (let i = 0; i < length; i++) {
        let value = Math.fround(uniform(low, high));
        // An empty range, low to low, holds nothing below its end.
        while (value >= high && high > low) value = Math.fround(uniform(low, high));
        values[i] = value;
      }
      return values;
    },
  };
}

/** The same items in a random order, each order as likely as any other (Fisher and Yates). */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/** A number of the normal distribution with mean 0 and variance 1 (Box and Muller 1958). */
export function normal(random: Random): number {
  // 1 less [0, 1) is never 0, whose logarithm would be infinite.
  const radius = Math.sqrt(-2 * log(1 - random.uniform(0, 1)));
  return radius * cos(random.uniform(0, 2 * Math.PI));
}
