import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { probability, surprises, trainNgram, trainWordModel } from '#src/training/ngram.ts';

const EDGE = '\n';
const lines = (texts: string[]) => texts.map((text) => [...text]);
const symbol = fc.constantFrom('a', 'b', 'c');
const corpus = fc.array(fc.array(symbol, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });

describe('an n-gram model', () => {
  test('interpolates as Witten and Bell do: two lines, counted by hand', () => {
    const model = trainNgram(lines(['ab', 'aa']), 1);
    // Seen: a three times, b once, the edge twice; four symbols with the one that stands for all others.
    const base = 1 / 4;
    const a = (3 + 3 * base) / (6 + 3);
    const b = (1 + 3 * base) / (6 + 3);
    expect(probability(model, [], 'a')).toBeCloseTo(a, 14);
    expect(probability(model, [], 'b')).toBeCloseTo(b, 14);
    expect(probability(model, [], 'z')).toBeCloseTo((0 + 3 * base) / 9, 14);
    // After a: b once, a once, the edge once.
    expect(probability(model, ['a'], 'b')).toBeCloseTo((1 + 3 * b) / (3 + 3), 14);
    // A context that was never seen says nothing: what is left is the shorter one.
    expect(probability(model, ['z'], 'b')).toBeCloseTo(b, 14);
  });

  test('shares out all of the probability, whatever it has read and whatever came before', () => {
    fc.assert(
      fc.property(
        corpus,
        fc.array(symbol, { maxLength: 5 }),
        fc.integer({ min: 0, max: 4 }),
        (read, context, order) => {
          const model = trainNgram(read, order);
          const seen = new Set([...read.flat(), EDGE]);
          const sum = [...seen, 'never seen'].reduce((sum, next) => sum + probability(model, context, next), 0);
          expect(sum).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  test('is surprised in bits, once for each symbol and once for the end', () => {
    const model = trainNgram(lines(['abc']), 2);
    const bits = surprises(model, ['a', 'b', 'c']);
    expect(bits).toHaveLength(4);
    expect(bits[0]).toBeCloseTo(-Math.log2(probability(model, [EDGE], 'a')), 12);
    expect(bits[2]).toBeCloseTo(-Math.log2(probability(model, ['a', 'b'], 'c')), 12);
    expect(bits[3]).toBeCloseTo(-Math.log2(probability(model, ['b', 'c'], EDGE)), 12);
  });

  test('looks back as far as its order and no further', () => {
    const read = lines(['xab', 'yac', 'xab', 'yac']);
    const far = trainNgram(read, 2);
    const near = trainNgram(read, 1);
    expect(probability(far, ['x', 'a'], 'b')).toBeGreaterThan(probability(far, ['y', 'a'], 'b'));
    expect(probability(near, ['x', 'a'], 'b')).toBe(probability(near, ['y', 'a'], 'b'));
  });

  test('of order 0 does not see order at all', () => {
    const model = trainNgram(lines(['abca', 'ccb']), 0);
    const sum = (line: string) => surprises(model, [...line]).reduce((sum, bits) => sum + bits, 0);
    expect(sum('abc')).toBeCloseTo(sum('cba'), 12);
  });
});

describe('a model of words', () => {
  const model = trainWordModel([
    ['the', 'dog', 'ran'],
    ['the', 'cat', 'ran'],
    ['a', 'dog', 'slept'],
  ]);

  test('expects what it has read, and can read what it has not', () => {
    const bits = (...line: string[]) => surprises(model, line).reduce((sum, bits) => sum + bits, 0);
    expect(bits('the', 'dog', 'slept')).toBeLessThan(bits('slept', 'dog', 'the'));
    const strange = bits('the', 'xylophone', 'ran');
    expect(strange).toBeGreaterThan(bits('the', 'dog', 'ran'));
    expect(strange).toBeLessThan(500);
  });

  test('finds an unknown word that is spelled like known ones less strange', () => {
    expect(probability(model, ['the'], 'cog')).toBeGreaterThan(probability(model, ['the'], 'qzx'));
  });

  test('gives all words that can be spelled together no more than all of the probability', () => {
    const letters = [...new Set('thedogcatranaslept')];
    const short = [EDGE, ...letters, ...letters.flatMap((a) => letters.map((b) => a + b))];
    const whole = ['the', 'dog', 'cat', 'ran', 'slept'];
    const sum = [...short, ...whole].reduce((sum, word) => sum + probability(model, ['the'], word), 0);
    expect(sum).toBeLessThan(1);
    expect(sum).toBeGreaterThan(0.5);
  });
});
