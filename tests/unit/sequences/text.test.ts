import { describe, expect, test } from 'vitest';

import { codeLines } from '#src/sequences/code-lines.ts';
import { harbourProse } from '#src/sequences/harbour-prose.ts';
import { plainWord, sentencesOf, tokensOf } from '#src/sequences/text.ts';

test.for([
  ['Dog,', 'dog'],
  ['“Hello!”', 'hello'],
  ['don’t', 'don’t'],
  ['Über', 'über'],
  ['7th', '7th'],
  ['—', ''],
])('%s is read as %s', ([written, word]) => {
  expect(plainWord(written!)).toBe(word);
});

test('a text falls into sentences, and they into words', () => {
  expect(sentencesOf('The dog ran. Where to? Home,\nwe think!')).toEqual([
    ['the', 'dog', 'ran'],
    ['where', 'to'],
    ['home', 'we', 'think'],
  ]);
  expect(sentencesOf(' . ')).toEqual([]);
});

test('code falls into lines, and they into tokens', () => {
  expect(tokensOf('\nlet a = 1 ;\nprint ( a ) ;\n')).toEqual([
    ['let', 'a', '=', '1', ';'],
    ['print', '(', 'a', ')', ';'],
  ]);
});

describe('the texts that the models read', () => {
  test('are whole sentences of plain letters', () => {
    const sentences = sentencesOf(harbourProse);
    expect(sentences.length).toBeGreaterThan(150);
    for (const word of sentences.flat()) expect(word).toMatch(/^[a-z]+$/);
  });

  test('are lines whose brackets close', () => {
    const lines = tokensOf(codeLines);
    expect(lines.length).toBeGreaterThan(80);
    const pairs: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
    for (const line of lines) {
      const open: string[] = [];
      for (const token of line) {
        if (Object.values(pairs).includes(token)) open.push(token);
        else if (pairs[token]) expect(open.pop(), line.join(' ')).toBe(pairs[token]);
        expect(token).not.toBe('');
      }
      expect(open, line.join(' ')).toEqual([]);
    }
  });
});
