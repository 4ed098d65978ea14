import fc from 'fast-check';
import { expect, test } from 'vitest';

import { alphabetOf, characters, inLines, oneHotCharacters } from '#src/sequences/characters.ts';
import { harbourTalk } from '#src/sequences/harbour-talk.ts';
import { createRandom } from '#src/sequences/random.ts';

const text = 'a boat, a bell';
const alphabet = alphabetOf(text);

test('an alphabet has each character once', () => {
  expect(alphabet.join('')).toBe(' ,abelot');
});

test('lines keep every word, in lower case, and are no longer than they may be', () => {
  const lines = inLines(harbourTalk, 40);
  expect(Math.max(...lines.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines.split(/\s+/)).toEqual(harbourTalk.trim().toLowerCase().split(/\s+/));
});

test('every quotation of the talk is opened and closed by turns', () => {
  const marks = harbourTalk.replace(/[^“”]/g, '');
  expect(marks).toBe('“”'.repeat(marks.length / 2));
  expect(marks.length).toBeGreaterThan(100);
});

test('asks at each step for the character that comes next, around the end, over the ends of chunks', () => {
  const steps = fc.record({
    time: fc.integer({ min: 1, max: 20 }),
    size: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(1e6),
  });
  fc.assert(
    fc.property(steps, ({ time, size, seed }) => {
      const next = characters(text, alphabet, time).begin(createRandom(seed, 'test'), size);
      const read = Array.from({ length: size }, () => '');
      const wanted = Array.from({ length: size }, () => '');
      for (let chunk = 0; chunk < 4; chunk++) {
        const { inputs, targets } = next();
        targets.forEach((target, i) => {
          const row = inputs.subarray(i * alphabet.length, (i + 1) * alphabet.length);
          expect(row.reduce((sum, value) => sum + value)).toBe(1);
          read[Math.floor(i / time)] += alphabet[row.indexOf(1)]!;
          wanted[Math.floor(i / time)] += alphabet[target]!;
        });
      }
      read.forEach((characters, i) => {
        expect(text.repeat(20)).toContain(characters);
        expect(wanted[i]!.slice(0, -1)).toBe(characters.slice(1));
      });
    }),
  );
});

test('refuses a character that is not of the alphabet', () => {
  expect(() => oneHotCharacters('xylophone', alphabet)).toThrow('“x” is not of the alphabet');
});
