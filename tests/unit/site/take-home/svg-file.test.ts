import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fontNames, svgPaint, systemFonts } from '#src/site/take-home/resolved-styles.ts';
import type { RunLabel } from '#src/site/take-home/run-file.ts';
import { inLines, pictureFile, type Drawing } from '#src/site/take-home/svg-file.ts';
import { hostileText } from '#tests/unit/experiments/arbitraries.ts';

const withoutFonts = { font: { loadSystemFonts: false } };

const drawing: Drawing = {
  content: '<path d="M0 0H300" stroke="#000000"/>',
  width: 300.4,
  height: 100,
  paper: '#ffffff',
  ink: '#1d1c1a',
};
const label: RunLabel = {
  format: 'unrolled-run',
  version: 1,
  slug: 'race',
  title: 'A race of memories',
  question: 'Which one remembers?',
  address: 'https://example.org/lstm/?race.seed=7#race',
  parameters: { length: 100 },
  seed: 7,
  versions: { unrolled: '1.2.3', tensorflow: '4.22.0' },
  sentence: 'The LSTM did.',
};

test('a picture has a caption to read, and the same for programs', () => {
  const { svg, width, height } = pictureFile(drawing, label, 'Learning curves', 'Length: 100 steps · Seed: 7');
  for (const said of [label.title, 'Length: 100 steps · Seed: 7', label.address])
    expect(svg).toContain(`>${said}</text>`);
  expect(svg).toContain('<title>Learning curves. A race of memories</title>');
  const metadata = /<metadata>(.*)<\/metadata>/.exec(svg)![1]!.replaceAll('&quot;', '"');
  expect(JSON.parse(metadata)).toEqual(label);
  const drawn = new Resvg(svg, withoutFonts);
  expect([drawn.width, drawn.height]).toEqual([width, height]);
  expect(width).toBe(341);
});

test('a run that was not finished says so on its picture', () => {
  expect(pictureFile({ ...drawing, width: 600 }, { ...label, part: true }, '', '').svg).toContain(
    '(a run that was not finished)',
  );
});

test('no text makes the file anything but XML, or stands in it as markup', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (title, settings) => {
      const { svg } = pictureFile(drawing, { ...label, title, sentence: settings }, title, settings);
      // The renderer refuses what is not well formed.
      expect(new Resvg(svg, withoutFonts).width).toBe(341);
      expect([...new Set(svg.match(/<[a-z]+/g))].sort()).toEqual(
        ['<desc', '<g', '<metadata', '<path', '<rect', '<svg', '<text', '<title'].filter(
          (name) => svg.includes(`${name} `) || svg.includes(`${name}>`),
        ),
      );
    }),
  );
});

test('lines are broken between words, or within one that is too long, and lose nothing', () => {
  expect(inLines('one two three', 7)).toEqual(['one two', 'three']);
  expect(inLines('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, longest) => {
      const bare = (words: string) => words.replaceAll(/[ \n\r\u2028\u2029]/g, '');
      expect(bare(inLines(text, longest).join(''))).toBe(bare(text));
    }),
  );
});

test('fonts are named as a system has them', () => {
  const computed = '"Source Serif 4-0c8a53f1", "Source Serif 4-0c8a53f1 fallback: Georgia", Georgia, serif';
  expect(fontNames(computed)).toEqual(['Source Serif 4', 'Georgia', 'serif']);
  expect(systemFonts(computed)).toBe("'Source Serif 4', Georgia, serif");
});

test('paints are written as SVG has them everywhere', () => {
  expect(svgPaint('rgb(184, 21, 90)')).toEqual({ paint: '#b8155a', opacity: 1 });
  expect(svgPaint('rgba(0, 0, 0, 0.25)')).toEqual({ paint: '#000000', opacity: 0.25 });
  expect(svgPaint('none').paint).toBe('none');
  expect(svgPaint('url("#c1-hatch")').paint).toBe('url(#c1-hatch)');
});
