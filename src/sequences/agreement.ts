import type { Random } from './random.ts';
import type { Task } from './task.ts';

const singular = ['key', 'letter', 'boat', 'lamp', 'bird', 'wheel'];
const nouns = [singular, singular.map((noun) => `${noun}s`)] as const;
const links = ['near', 'behind', 'under', 'beside'];
const adjectives = ['old', 'red', 'small'];

const words = ['the', ...nouns[0], ...nouns[1], ...links, ...adjectives];

/** The verb that a subject of each number takes: the classes of {@link agreement}. */
export const verbs = ['is', 'are'] as const;

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[random.integer(items.length)]!;

/**
 * The beginning of a sentence up to its verb: "the keys near the old boat beside the lamps". The subject is the second word,
 * and `distance` words stand between it and the verb, with nouns of either number among them.
 * @throws RangeError unless the distance is at least 3 words
 */
export function beginningOf(random: Random, distance: number): { words: string[]; verb: number } {
  if (!(distance >= 3)) throw new RangeError(`a distance of ${distance} words: there must be at least 3`);
  const verb = random.integer(2);
  const beginning = ['the', pick(random, nouns[verb]!)];
  for (let left = distance; left > 0;) {
    // "near the boat", with up to two adjectives; what is left must be enough for another, or nothing.
    const lengths = [3, 4, 5].filter((length) => left === length || left - length >= 3);
    const length = pick(random, lengths);
    beginning.push(pick(random, links), 'the');
    for (let i = 3; i < length; i++) beginning.push(pick(random, adjectives));
    beginning.push(pick(random, nouns[random.integer(2)]!));
    left -= length;
  }
  return { words: beginning, verb };
}

/**
 * Agreement of subject and verb, after Linzen et al. (2016): read a sentence word by word, up to its verb, and say whether
 * that is "is" or "are". One-hot words; the subject alone decides, and `distance` words come after it.
 */
export function agreement(distance: number): Task {
  const time = distance + 2;
  const inputs = words.length;
  return {
    time,
    inputs,
    outputs: verbs.length,
    kind: 'class',
    at: 'last',
    batch(random, size) {
      const batch = { inputs: new Float32Array(size * time * inputs), targets: new Int32Array(size) };
      for (let b = 0; b < size; b++) {
        const beginning = beginningOf(random, distance);
        batch.targets[b] = beginning.verb;
        beginning.words.forEach((word, t) => (batch.inputs[(b * time + t) * inputs + words.indexOf(word)] = 1));
      }
      return batch;
    },
  };
}
