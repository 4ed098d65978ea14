import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { embedMarkup, embedQuery, readEmbed } from '#src/site/embed.ts';

describe('what an address asks of an embedded experiment', () => {
  test('is nothing unless it says so', () => {
    expect(readEmbed('?length=80')).toEqual({ values: { theme: 'system', hide: 'nothing' }, notes: [] });
  });

  test('is done where it can be', () => {
    expect(readEmbed('?theme=dark&hide=both').values).toEqual({ theme: 'dark', hide: 'both' });
  });

  test('gives way to the default, with a note that says what is allowed, where it cannot', () => {
    const { values, notes } = readEmbed('?theme=pink&hide=data&hide=both');
    expect(values).toEqual({ theme: 'system', hide: 'nothing' });
    expect(notes).toEqual([
      'theme can be one of system, light, dark, given once; system is used.',
      'hide can be one of nothing, controls, details, both, given once; nothing is used.',
    ]);
  });

  test('never has more to it than the schema knows, however it is written', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        const { values } = readEmbed(`?${query}`);
        expect(['system', 'light', 'dark']).toContain(values.theme);
        expect(['nothing', 'controls', 'details', 'both']).toContain(values.hide);
      }),
    );
  });
});

test('an embedded page’s query is that of the experiment in a chapter, without its name', () => {
  const query = '?history.k=3&vanishing-gradient.length=80&vanishing-gradient.seed=7&engine=typescript';
  expect(embedQuery(query, 'vanishing-gradient')).toBe('?length=80&seed=7');
  expect(embedQuery(query, 'shuffle')).toBe('');
});

test('the markup holds whatever is in an address or a title', () => {
  const markup = embedMarkup('https://example.org/embed/a/?b=1&c="2', 'A <b> & "c"');
  expect(markup).toContain('src="https://example.org/embed/a/?b=1&amp;c=&quot;2"');
  expect(markup).toContain('title="A &lt;b> &amp; &quot;c&quot;"');
});
