import { describe, expect, test } from 'vitest';

import { defaultsOf } from '#src/experiments/parameters.ts';
import shuffle, { isWorse, kindOf, shufflesOf, type ShuffleResult } from '#src/experiments/shuffle.ts';
import { kindNames } from '#src/experiments/shuffle/kind.ts';
import { harbourProse } from '#src/sequences/harbour-prose.ts';
import { sentencesOf } from '#src/sequences/text.ts';

import { claim, runsOf } from './claims.ts';
import { heldOutSentences } from './held-out-sentences.ts';

/** What chapter 1 says of its experiment. */

const defaults = defaultsOf(shuffle.parameters);

const run = runsOf(shuffle);

/** How many of the hundred shuffles score worse than the original. */
const worseOf = ({ shuffles, scale, original }: ShuffleResult) =>
  shuffles.filter((score) => isWorse(scale, score, original.score)).length;

/** Every phrase of so many words in a row. */
const phrasesOf = (words: string[], length: number) =>
  words.slice(0, Math.max(0, words.length - length + 1)).map((_, i) => words.slice(i, i + length).join(' '));

describe('the sentences that the model is tested on', () => {
  test('are twenty different ones that it was not trained on, nor on six words in a row of any', () => {
    expect(new Set(heldOutSentences).size).toBe(20);
    const read = new Set(sentencesOf(harbourProse).flatMap((words) => phrasesOf(words, 6)));
    expect(read.size).toBeGreaterThan(500);
    for (const sentence of heldOutSentences) {
      expect(phrasesOf(sentence.toLowerCase().split(' '), 6).filter((phrase) => read.has(phrase))).toEqual([]);
    }
  });

  test('the site’s own sentence was not among what it read either', () => {
    const read = sentencesOf(harbourProse).map((words) => words.join(' '));
    expect(read).not.toContain(defaults.sentence);
  });
});

claim(
  'surprise rises in at least 99 of 100 shuffles of 20 sentences that the model was not trained on',
  async (seed) => {
    let worse = 0;
    for (const sentence of heldOutSentences) {
      const result = await run(seed, { sentence });
      expect(result.notes).toEqual([]);
      expect(result.shuffles).toHaveLength(100);
      worse += worseOf(result);
    }
    expect(worse / (100 * heldOutSentences.length)).toBeGreaterThanOrEqual(0.99);
  },
);

for (const kind of kindNames) {
  claim(`of ${kind}, at least 99 of 100 shuffles score worse than the original`, async (seed) => {
    expect(worseOf(await run(seed, { kind }))).toBeGreaterThanOrEqual(99);
  });
}

for (const kind of kindNames) {
  claim(`of ${kind}, no shuffle changes what is in the bag`, async (seed) => {
    const { bag } = await run(seed, { kind });
    for (const number of [1, 17, 50, 100]) {
      const result = await run(seed, { kind, order: `shuffle-${number}` });
      expect(result.sameBag).toBe(true);
      expect(result.bag).toEqual(bag);
    }
  });
}

claim('the goal of the visit is lost in at least 99 of 100 shuffles', (seed) => {
  const { items, measure } = kindOf('trail', defaults);
  const reached = shufflesOf(items, seed).filter((order) => measure(order).goal);
  expect(reached.length).toBeLessThanOrEqual(1);
});
