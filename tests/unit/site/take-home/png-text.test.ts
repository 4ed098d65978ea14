import { crc32 } from 'node:zlib';

import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';

import { withPngTexts } from '#src/site/take-home/png-text.ts';
import { pngChunks } from '#tests/unit/site/take-home/png-chunks.ts';

const png = new Uint8Array(
  new Resvg('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><rect width="3" height="2"/></svg>')
    .render()
    .asPng(),
);

test('texts are chunks of their own after the header, each with its checksum, and the rest is as it was', () => {
  const before = pngChunks(png);
  const after = pngChunks(withPngTexts(png, { Title: 'Ein Wort: “Größe”', Source: 'https://example.org/?a=1' }));
  expect(after.map(({ kind }) => kind)).toEqual(['IHDR', 'iTXt', 'iTXt', ...before.slice(1).map(({ kind }) => kind)]);
  expect(after.filter(({ kind }) => kind !== 'iTXt')).toEqual(before);
  for (const { kind, content, checksum } of after) expect(checksum).toBe(crc32(content, crc32(kind)));
  const texts = after.filter(({ kind }) => kind === 'iTXt').map(({ content }) => content.toString('utf8').split('\0'));
  expect(texts).toEqual([
    ['Title', '', '', '', '', 'Ein Wort: “Größe”'],
    ['Source', '', '', '', '', 'https://example.org/?a=1'],
  ]);
});
