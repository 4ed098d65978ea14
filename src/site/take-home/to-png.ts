import { pageFonts } from './page-fonts.ts';
import { withPngTexts } from './png-text.ts';
import type { RunLabel } from './run-file.ts';
import type { SvgFile } from './svg-file.ts';

/** A picture of a phone's width is sharp enough for a slide as well. */
const LEAST_WIDTH = 1600;

/** An SVG file as a PNG file, at least twice as large, that says of which run it is. */
export async function toPng({ svg, width, height }: SvgFile, label: RunLabel, settings: string) {
  const image = new Image(width, height);
  // The content policy lets in pictures by data, not by blob.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await pageFonts(svg))}`;
  await image.decode();
  const scale = Math.max(2, Math.ceil(LEAST_WIDTH / width));
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser made no picture of it.');
  return withPngTexts(new Uint8Array(await blob.arrayBuffer()), {
    Title: label.title,
    Description: `${label.sentence} ${settings}.`,
    Source: label.address,
    Software: `Unrolled ${label.versions.unrolled}`,
    Comment: JSON.stringify(label),
  });
}
