import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { allAuthors, compareReferences, readBibtex, referenceHtml, shortName } from '#src/site/references.ts';

const shipped = readBibtex(readFileSync('content/references.bib', 'utf8'));
const work = (id: string) => shipped.find((one) => one.id === id)!;

describe('the short name of a work', () => {
  test.each([
    ['Elman, Jeffrey L.', 'Elman, 2001'],
    ['Hochreiter, Sepp and Schmidhuber, J{\\"u}rgen', 'Hochreiter and Schmidhuber, 2001'],
    ['Bengio, Yoshua and Simard, Patrice and Frasconi, Paolo', 'Bengio et al., 2001'],
    ['van Merri{\\"e}nboer, Bart', 'van Merriënboer, 2001'],
  ])('by %s is “%s”', (author, name) => {
    const source = `@article{key, author = {${author}}, title = {A title}, year = {2001}, note = {Why.}}`;
    expect(shortName(readBibtex(source)[0]!)).toBe(name);
  });

  test('is different for any two works of the site', () => {
    const names = shipped.map(shortName);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the full entry', () => {
  test('of an article has authors, year, linked title, journal, volume, issue and pages', () => {
    expect(referenceHtml(work('hochreiter-1997'))).toBe(
      'Sepp Hochreiter and Jürgen Schmidhuber (1997). ' +
        '<cite><a href="https://doi.org/10.1162/neco.1997.9.8.1735">Long short-term memory</a></cite>. ' +
        'Neural Computation, 9 (8), pages 1735–1780.',
    );
  });

  test('of a thesis says what it is; its title is marked as German and leads nowhere', () => {
    expect(referenceHtml(work('hochreiter-1991'))).toBe(
      'Sepp Hochreiter (1991). <cite lang="de">Untersuchungen zu dynamischen neuronalen Netzen</cite>. ' +
        'Diploma thesis, Technische Universität München.',
    );
  });

  test('of a title that ends with a question mark has no full stop behind it', () => {
    expect(referenceHtml(work('tallec-2018'))).toContain('warp time?</a></cite> 6th');
  });

  test('is text, whatever is in it', () => {
    const html = referenceHtml({ ...work('elman-1990'), title: 'a <b> & "c"', container: '<script>' });
    expect(html).toContain('a &lt;b&gt; &amp; &quot;c&quot;');
    expect(html).toContain('&lt;script&gt;');
  });

  test('names all authors', () => {
    expect(allAuthors(work('greff-2017'))).toBe(
      'Klaus Greff, Rupesh K. Srivastava, Jan Koutník, Bas R. Steunebrink and Jürgen Schmidhuber',
    );
  });
});

test('works are listed by their first author, then by year', () => {
  const ids = shipped
    .toReversed()
    .sort(compareReferences)
    .map(({ id }) => id);
  expect(ids[0]).toBe('arjovsky-2016');
  expect(ids.at(-1)).toBe('werbos-1990');
  expect(ids.indexOf('hochreiter-1997')).toBe(ids.indexOf('hochreiter-1991') + 1);
});

test.each(['author', 'year', 'title', 'note'])('a work without %s is refused by its key', (missing) => {
  const fields = { author: '{Elman, Jeffrey}', year: '{1990}', title: '{A title}', note: '{Why.}' };
  const kept = Object.entries(fields).filter(([name]) => name !== missing);
  const source = `@article{some-key, ${kept.map(([name, value]) => `${name} = ${value}`).join(', ')}}`;
  expect(() => readBibtex(source)).toThrow(/some-key/);
});

test('every work of the site has an address or says where it was handed in', () => {
  for (const { id, address, details } of shipped) expect(address ?? details, id).toMatch(/^https:\/\/|thesis/);
});
