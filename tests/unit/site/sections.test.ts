import { expect, test } from 'vitest';

import { sectionsOf, sectionTexts } from '#src/site/sections.ts';

const body = ['Opening.', '## One', 'Text.', '### Part', '```', '## no heading', '```', '## Two', 'More.', ''].join(
  '\n',
);
const headings = [
  { depth: 2, slug: 'one', text: 'One' },
  { depth: 3, slug: 'part', text: 'Part' },
  { depth: 2, slug: 'two', text: 'Two' },
];

test('a section goes from its heading to the next of its kind; code is no heading', () => {
  expect(sectionTexts(body)).toEqual(['## One\nText.\n### Part\n```\n## no heading\n```', '## Two\nMore.']);
});

test('a section’s version changes with its own text, and with no other', () => {
  const [one, two] = sectionsOf(body, headings);
  const [otherOne, otherTwo] = sectionsOf(body.replace('Text.', 'Texts.'), headings);
  expect(otherOne!.version).not.toBe(one!.version);
  expect(otherTwo).toEqual(two);
  expect(one!.version).toMatch(/^[0-9a-f]{8}$/);
});

test('headings that are not those of the text end the build', () => {
  expect(() => sectionsOf(body, headings.slice(0, 1))).toThrow('1 headings, but 2 sections');
});
