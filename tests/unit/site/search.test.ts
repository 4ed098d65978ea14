import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { piecesOf, placesIn } from '#src/site/search.ts';

describe('an excerpt', () => {
  test('is cut into what matches and what does not', () => {
    expect(piecesOf('the <mark>cell</mark> state')).toEqual([
      { text: 'the ', marked: false },
      { text: 'cell', marked: true },
      { text: ' state', marked: false },
    ]);
  });

  test('keeps whatever looks like markup as the text that it is', () => {
    expect(piecesOf('&lt;img src=x&gt; &amp;lt; <b>').map(({ text }) => text)).toEqual(['<img src=x> &lt; <b>']);
  });

  test('loses no text', () => {
    const plain = fc.string().filter((text) => !/[&<>]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, fc.boolean())), (parts) => {
        const excerpt = parts.map(([text, marked]) => (marked ? `<mark>${text}</mark>` : text)).join('');
        const pieces = piecesOf(excerpt);
        expect(pieces.map(({ text }) => text).join('')).toBe(parts.map(([text]) => text).join(''));
      }),
    );
  });
});

describe('the places of an answer', () => {
  const section = (name: string, score = 1) => ({
    url: `/a/#${name}`,
    title: name,
    excerpt: name,
    weighted_locations: [{ balanced_score: score }],
  });

  test('are a page’s best sections, with the page beside each', () => {
    const sections = [section('one', 2), section('two', 4), section('three', 1), section('four', 3)];
    const places = placesIn([{ url: '/a/', meta: { title: 'A' }, excerpt: '', sub_results: sections }]);
    expect(places.map(({ url, page }) => [url, page])).toEqual([
      ['/a/#two', 'A'],
      ['/a/#four', 'A'],
      ['/a/#one', 'A'],
    ]);
  });

  test('are the glossary’s entries themselves', () => {
    const entry = {
      url: '/glossary/#cell',
      meta: { title: 'cell', page: 'Glossary' },
      excerpt: '',
      sub_results: [section('x')],
    };
    expect(placesIn([entry])).toEqual([{ url: '/glossary/#cell', title: 'cell', page: 'Glossary', excerpt: [] }]);
  });
});
