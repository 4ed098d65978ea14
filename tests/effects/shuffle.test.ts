import { describe, expect, test } from 'vitest';

import { perform, type Definition } from '#src/experiments/definition.ts';
import { defaultsOf, type Values } from '#src/experiments/parameters.ts';
import shuffle, { isWorse, kindOf, shufflesOf, type ShuffleResult } from '#src/experiments/shuffle.ts';
import { kindNames } from '#src/experiments/shuffle/kind.ts';
import { harbourProse } from '#src/sequences/harbour-prose.ts';
import { sentencesOf } from '#src/sequences/text.ts';

import { heldOutSentences } from './held-out-sentences.ts';
import { seeds } from './seeds.ts';

/** What chapter 1 says of its experiment. Three of the seeds, or all of them where ALL_SEEDS is set. */
const chosen = process.env['ALL_SEEDS'] ? seeds : seeds.slice(0, 3);

const { parameters } = shuffle;
const defaults = defaultsOf(parameters);

async function run(seed: number, params: Partial<Values<typeof parameters>>): Promise<ShuffleResult> {
  const { signal } = new AbortController();
  const outcome = await perform(shuffle as unknown as Definition, { ...defaults, ...params }, seed, { signal });
  return outcome.result as ShuffleResult;
}

/** How many of the hundred shuffles score worse than the original. */
const worseOf = ({ shuffles, scale, original }: ShuffleResult) =>
  shuffles.filter((score) => isWorse(scale, score, original.score)).length;

/** Every run of so many words in a row. */
const runsOf = (words: string[], length: number) =>
  words.slice(0, Math.max(0, words.length - length + 1)).map((_, i) => words.slice(i, i + length).join(' '));

describe('the sentences that the model is tested on', () => {
  test('are twenty different ones that it was not trained on, nor on six words in a row of any', () => {
    expect(new Set(heldOutSentences).size).toBe(20);
    const read = new Set(sentencesOf(harbourProse).flatMap((words) => runsOf(words, 6)));
    expect(read.size).toBeGreaterThan(500);
    for (const sentence of heldOutSentences) {
      expect(runsOf(sentence.toLowerCase().split(' '), 6).filter((run) => read.has(run))).toEqual([]);
    }
  });

  test('the site’s own sentence was not among what it read either', () => {
    const read = sentencesOf(harbourProse).map((words) => words.join(' '));
    expect(read).not.toContain(defaults.sentence);
  });
});

describe.for(chosen)('seed %i', (seed) => {
  test('surprise rises in at least 99 of 100 shuffles of 20 sentences that the model was not trained on', async () => {
    let worse = 0;
    for (const sentence of heldOutSentences) {
      const result = await run(seed, { sentence });
      expect(result.notes).toEqual([]);
      expect(result.shuffles).toHaveLength(100);
      worse += worseOf(result);
    }
    expect(worse / (100 * heldOutSentences.length)).toBeGreaterThanOrEqual(0.99);
  });

  test.for(kindNames)('of %s, at least 99 of 100 shuffles score worse than the original', async (kind) => {
    expect(worseOf(await run(seed, { kind }))).toBeGreaterThanOrEqual(99);
  });

  test.for(kindNames)('of %s, no shuffle changes what is in the bag', async (kind) => {
    const { bag } = await run(seed, { kind });
    for (const number of [1, 17, 50, 100]) {
      const result = await run(seed, { kind, order: `shuffle-${number}` });
      expect(result.sameBag).toBe(true);
      expect(result.bag).toEqual(bag);
    }
  });

  test('the goal of the visit is lost in at least 99 of 100 shuffles', () => {
    const { items, measure } = kindOf('trail', defaults);
    const reached = shufflesOf(items, seed).filter((order) => measure(order).goal);
    expect(reached.length).toBeLessThanOrEqual(1);
  });
});
