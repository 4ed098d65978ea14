/**
 * npm run fonts: cuts the fonts down to what this site uses of them, into src/fonts: letters, weights and features that never
 * show would hold up what does. A character that is in none of them comes from the reader's own fonts.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import subsetFont from 'subset-font';

const range = (from: number, count: number) =>
  String.fromCodePoint(...Array.from({ length: count }, (_, i) => from + i));

const ascii = range(0x20, 95);
const text = `${ascii}\u00a0äëéíöü°¹²µ·×–—‘’“”…−`;
/** From the first weight that is used to the last. */
const weights = { wght: { min: 400, max: 700 } };
const spacing = ['kern', 'mark', 'mkmk', 'ccmp'];

/** Where the mathematical italic letters begin in Unicode; italic h has a place of its own. */
const [ITALIC_CAPITAL_A, ITALIC_SMALL_A, ITALIC_H] = [0x1d434, 0x1d44e, 'ℎ'];
const ITALIC_ALPHA = 0x1d6fc;

const greek = 'αδεηθλσω';
const italic = (letter: string) => String.fromCodePoint(ITALIC_ALPHA + letter.codePointAt(0)! - 'α'.codePointAt(0)!);
/** What the formulas are made of. Signs that grow, as sums, roots and brackets do, bring a dozen sizes each. */
const formulas = [
  ascii.replaceAll(/["#$%&'*:;?@\\^_`{}]/g, ''),
  range(ITALIC_CAPITAL_A, 26),
  range(ITALIC_SMALL_A, 7) + ITALIC_H + range(ITALIC_SMALL_A + 8, 18),
  greek + [...greek].map(italic).join(''),
  '−×±·⊙⊤∂∑→≤≥≠≈‖∥′…\u2061\u2062\u00a0',
].join('');

const ofText = (source: string, ...more: string[]) => ({
  source: `@fontsource-variable/${source}`,
  glyphs: text,
  options: { variationAxes: weights, keepFeatures: [...spacing, ...more] },
});

const subsets = {
  'serif-normal': ofText('source-serif-4/files/source-serif-4-latin-wght-normal'),
  'serif-italic': ofText('source-serif-4/files/source-serif-4-latin-wght-italic'),
  'sans-normal': ofText('inter/files/inter-latin-wght-normal', 'tnum'),
  'mono-normal': ofText('jetbrains-mono/files/jetbrains-mono-latin-wght-normal'),
  'math-normal': {
    source: '@fontsource/stix-two-math/files/stix-two-math-latin-400-normal',
    glyphs: formulas,
    options: {},
  },
};

for (const [name, { source, glyphs, options }] of Object.entries(subsets)) {
  const whole = readFileSync(`node_modules/${source}.woff2`);
  const subset = await subsetFont(whole, glyphs, { targetFormat: 'woff2', ...options });
  const target = `src/fonts/${name}.woff2`;
  writeFileSync(target, subset);
  console.log(`${target}: ${(subset.length / 1000).toFixed(1)} kB of ${(whole.length / 1000).toFixed(1)} kB`);
}
