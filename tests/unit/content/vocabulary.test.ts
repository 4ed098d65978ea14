import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { keysIn } from '#src/site/chapter-parts.ts';
import { readBibtex } from '#src/site/references.ts';

const namesIn = (folder: string, end: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, -end.length));

const terms = namesIn('content/glossary', '.md');
const quizzes = namesIn('content/quizzes', '.yaml');
const works = readBibtex(readFileSync('content/references.bib', 'utf8')).map(({ id }) => id);
const entryOf = (term: string) => readFileSync(`content/glossary/${term}.md`, 'utf8');

/** The values of an attribute wherever a component stands in a text. */
function valuesOf(text: string, component: string, attribute: string): string[] {
  const tags = text.match(new RegExp(`<${component}\\b[^>]*`, 'g')) ?? [];
  return tags.map(
    (tag) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(tag)?.[1] ?? `${component} without ${attribute}`,
  );
}

describe.each(namesIn('content/chapters', '.mdx'))('chapter %s', (name) => {
  const text = readFileSync(`content/chapters/${name}.mdx`, 'utf8');

  test('uses only terms that the glossary has', () => {
    expect(terms).toEqual(expect.arrayContaining(valuesOf(text, 'Term', 'of')));
  });

  test('cites only works that the references have', () => {
    expect(works).toEqual(expect.arrayContaining(valuesOf(text, 'Cite', 'of').flatMap(keysIn)));
  });

  test('asks only quizzes that there are', () => {
    expect(quizzes).toEqual(expect.arrayContaining(valuesOf(text, 'Quiz', 'of')));
  });

  test('colours its formulas by the symbols’ own commands', () => {
    expect(text).not.toContain('\\textcolor');
  });
});

describe.each(terms)('glossary entry %s', (term) => {
  const [, front = '', body = ''] = /^---\n([^]*?)\n---\n([^]*)$/.exec(entryOf(term)) ?? [];

  test('leads on only to entries that there are, and not to itself', () => {
    const see = /^see: \[(.*)\]$/m.exec(front)?.[1]?.split(', ') ?? [];
    expect(terms).toEqual(expect.arrayContaining(see));
    expect(see).not.toContain(term);
  });

  test('begins with a paragraph of one to three sentences, without a link', () => {
    const first = body.trim().split('\n\n')[0]!;
    expect(first).toMatch(/^[A-Z].*[.?]$/s);
    expect(first.split(/[.?!] (?=[A-Z])/).length).toBeLessThanOrEqual(3);
    expect(first.length).toBeLessThan(320);
    expect(first).not.toMatch(/\]\(/);
  });
});

test('no work has its key twice', () => {
  expect(new Set(works).size).toBe(works.length);
});
