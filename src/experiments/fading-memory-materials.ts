import { agreement, beginningOf, verbs } from '#src/sequences/agreement.ts';
import { createRandom } from '#src/sequences/random.ts';
import { recall, recallSequence } from '#src/sequences/recall.ts';
import type { Task } from '#src/sequences/task.ts';

const SYMBOLS = 8;
const recallOver = (delay: number) => ({ time: delay + 1, symbols: SYMBOLS, filler: 'distractors' as const });

/** What is read, item by item, and what is wanted after the last. */
export interface Example {
  items: string[];
  /** The place, from 0, of the item that decides. */
  decisive: number;
  answer: string;
}

/** What there is to remember. */
export interface Material {
  /** The delay is what stands between what decides and the answer. */
  task(delay: number): Task;
  /** What an answer that is only guessed gets. */
  chance: number;
  /** What a network has to learn, to follow "learned to". */
  toLearn: string;
  /** What the delay is counted in. */
  unit: string;
  example(seed: number, delay: number): Example;
}

const symbolOf = (seen: number | null) =>
  seen === null ? '·' : seen < SYMBOLS ? 'ABCDEFGH'[seen]! : String(seen - SYMBOLS + 1);

export const materials = {
  symbols: {
    task: (delay) => recall(recallOver(delay)),
    chance: 1 / SYMBOLS,
    toLearn: 'recall the symbol',
    unit: 'steps',
    example(seed, delay) {
      const items = recallSequence(createRandom(seed, 'example'), recallOver(delay)).map(symbolOf);
      return { items, decisive: 0, answer: items[0]! };
    },
  },
  sentences: {
    task: agreement,
    chance: 1 / verbs.length,
    toLearn: 'tell “is” from “are”',
    unit: 'words',
    example(seed, delay) {
      const { words, verb } = beginningOf(createRandom(seed, 'example'), delay);
      return { items: words, decisive: 1, answer: verbs[verb]! };
    },
  },
} satisfies Record<string, Material>;

export type MaterialName = keyof typeof materials;
