/**
 * The picture that goes with a link to a chapter, where links are shown with one: its title, and the curves of a recorded run.
 * Drawn when the site is built, as SVG, and turned into PNG with the site's own fonts.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import subsetFont from 'subset-font';
import { Resvg } from '@resvg/resvg-js';

import type { Table } from '#src/experiments/definition.ts';

import { element, escapeHtml } from './html.ts';
import { SHARE_SIZE } from './share-size.ts';

/** Which columns of an experiment's table are drawn. */
export interface SharedCurves {
  table: Table;
  x: string;
  y: readonly string[];
  /** Whether the y axis is one of powers of ten. */
  log: boolean;
  /** What is drawn, in a line under the curves. */
  caption: string;
}

const paper = '#fcfbf7';
const ink = '#1d1c1a';
const soft = '#5a5751';
const tones = ['#b8155a', '#2456b8', '#b03c08', '#00766c', '#6a3fa8', '#735a00'];
const plot = { left: 90, right: 1110, top: 290, bottom: 530 };

/** The lines of a table's columns within the plot, as SVG paths; values that there are not, or that a log axis cannot show, are gaps. */
export function pathsOf({ table, x, y, log }: Omit<SharedCurves, 'caption'>): string[] {
  const column = (name: string) => {
    const place = table.columns.indexOf(name);
    if (place === -1) throw new Error(`The table has no column “${name}”. It has: ${table.columns.join(', ')}.`);
    return table.rows.map((row) => row[place]);
  };
  const shown = (value: unknown): value is number =>
    typeof value === 'number' && Number.isFinite(value) && (!log || value > 0);
  const xs = column(x).map(Number);
  const ys = y.map((name) => column(name));
  const all = ys.flat().filter(shown);
  const domain = [Math.min(...all), Math.max(...all)];
  const across = scaleLinear([Math.min(...xs), Math.max(...xs)], [plot.left, plot.right]);
  const up = (log ? scaleLog() : scaleLinear()).domain(domain).range([plot.bottom, plot.top]);
  const path = line<[number, unknown]>()
    .defined(([, value]) => shown(value))
    .x(([at]) => across(at))
    .y(([, value]) => up(value as number));
  return ys.map((values) => path(values.map((value, i) => [xs[i]!, value])) ?? '');
}

/** @returns SVG of the size that share-size.ts says */
export function sharePicture(kicker: string, title: string, curves: SharedCurves): string {
  const text = (y: number, size: number, weight: number, fill: string, words: string) =>
    element(
      'text',
      { x: '90', y: String(y), 'font-family': 'Inter', 'font-size': String(size), 'font-weight': String(weight), fill },
      escapeHtml(words),
    );
  const baseline = `M${plot.left} ${plot.bottom}H${plot.right}`;
  const drawn = pathsOf(curves).map((d, i) =>
    element(
      'path',
      { d, fill: 'none', stroke: tones[i % tones.length], 'stroke-width': '5', 'stroke-linejoin': 'round' },
      '',
    ),
  );
  const inside = [
    element('rect', { width: '100%', height: '100%', fill: paper }, ''),
    text(120, 34, 500, soft, kicker),
    text(205, 68, 700, ink, title),
    element('path', { d: baseline, stroke: '#8a867d', 'stroke-width': '2' }, ''),
    ...drawn,
    text(585, 26, 400, soft, curves.caption),
  ];
  const { width, height } = SHARE_SIZE;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: String(width),
      height: String(height),
      viewBox: `0 0 ${width} ${height}`,
    },
    inside.join(''),
  );
}

const inter = 'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';
const cache = '.cache/share-fonts';
const weights = [400, 500, 700];
const letters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('') + '·–—“”’…‖∂';

let fonts: Promise<string[]> | undefined;

/** The weights that the pictures use, as files in the format that the renderer reads. */
function fontFiles(): Promise<string[]> {
  fonts ??= (async () => {
    const font = await readFile(inter);
    await mkdir(cache, { recursive: true });
    return Promise.all(
      weights.map(async (wght) => {
        const path = join(cache, `inter-${wght}.ttf`);
        await writeFile(path, await subsetFont(font, letters, { targetFormat: 'truetype', variationAxes: { wght } }));
        return path;
      }),
    );
  })();
  return fonts;
}

/** @returns a PNG file */
export async function toPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const font = { loadSystemFonts: false, fontFiles: await fontFiles(), defaultFontFamily: 'Inter' };
  return new Uint8Array(new Resvg(svg, { font }).render().asPng());
}
