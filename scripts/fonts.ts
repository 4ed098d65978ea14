/** npm run fonts: cuts STIX Two Math, 400 kB with all its alphabets, down to what the formulas of this site use. */
import { readFileSync, writeFileSync } from 'node:fs';

import subsetFont from 'subset-font';

const source = 'node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2';
const target = 'src/fonts/stix-two-math-subset.woff2';

/** Where the mathematical italic letters begin in Unicode; italic h has a place of its own. */
const [ITALIC_CAPITAL_A, ITALIC_SMALL_A, ITALIC_H] = [0x1d434, 0x1d44e, 'ℎ'];
const [ITALIC_ALPHA, ITALIC_OMEGA] = [0x1d6fc, 0x1d714];

const range = (from: number, count: number) =>
  String.fromCodePoint(...Array.from({ length: count }, (_, i) => from + i));

const glyphs = [
  range(0x20, 95),
  range(ITALIC_CAPITAL_A, 26),
  range(ITALIC_SMALL_A, 7) + ITALIC_H + range(ITALIC_SMALL_A + 8, 18),
  range(ITALIC_ALPHA, ITALIC_OMEGA - ITALIC_ALPHA + 1),
  'ΓΔΘΛΣΦΨΩαβγδεηθλμσφω',
  '−×÷±·⊙∘⊤∂∇∑∏∫√∞∈→←↑↓↦≤≥≠≈∝‖′…⋯⌊⌋⌈⌉⟨⟩\u2061\u2062\u00a0',
].join('');

const subset = await subsetFont(readFileSync(source), glyphs, { targetFormat: 'woff2' });
writeFileSync(target, subset);
console.log(`${target}: ${(subset.length / 1000).toFixed(1)} kB`);
