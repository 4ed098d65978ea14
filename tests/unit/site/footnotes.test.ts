import { expect, test } from 'vitest';

import { withFootnotes } from '#src/site/footnotes.ts';

const absolute = (href: string) => new URL(href, 'https://example.org/here/').href;
const link = (href: string, words = 'words') => `<a href="${href}" data-footnote>${words}</a>`;

test('links that are marked get numbers in their order, and the same for the same address', () => {
  const { html, addresses } = withFootnotes(
    `<p>${link('/a/')}, ${link('https://b.org/?x=1&amp;y=2')} and ${link('/a/')}.</p>`,
    absolute,
  );
  expect(addresses).toEqual(['https://example.org/a/', 'https://b.org/?x=1&y=2']);
  expect(html.match(/<sup[^>]*>\d<\/sup>/g)!.map((mark) => mark.at(-7))).toEqual(['1', '2', '1']);
  expect(html.replaceAll(/<sup.*?<\/sup>/g, '')).toBe(
    `<p>${link('/a/')}, ${link('https://b.org/?x=1&amp;y=2')} and ${link('/a/')}.</p>`,
  );
});

test('a number stands behind the button that belongs to its link', () => {
  const button = '<button type="button" class="back needs-script" hidden>back</button>';
  expect(withFootnotes(`${link('?a=1#b')}${button}.`, absolute).html).toMatch(/<\/button><sup.*>1<\/sup>\.$/);
});

test('links that are not marked, and all else, stay as they are', () => {
  const html = '<a href="#here">here</a> <a data-footnote>nowhere</a><script>"<a>"</script>';
  expect(withFootnotes(html, absolute)).toEqual({ html, addresses: [] });
});
