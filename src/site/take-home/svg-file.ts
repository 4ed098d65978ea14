import { element, escapeHtml } from '#src/site/html.ts';

import type { RunLabel } from './run-file.ts';

/** What stands in a part of the page, as SVG that needs nothing beside it. */
export interface Drawing {
  /** Elements, placed from 0, 0 on. */
  content: string;
  /** In pixels. */
  width: number;
  height: number;
  /** The colours of what it is drawn on, and of the words around it. */
  paper: string;
  ink: string;
}

/** A whole SVG file. */
export interface SvgFile {
  svg: string;
  width: number;
  height: number;
}

const MARGIN = 20;
const LINE = 17;
/** About how wide a character of the caption is, of which there are more than fit where it is too small. */
const CHARACTER = 6.4;
const BOLD_CHARACTER = 8.2;
const FONTS = 'Inter, Arial, sans-serif';

/** Nothing that XML cannot have: control characters, and halves of characters. */
const forXml = (text: string) =>
  text.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '�');

export const xmlText = (text: string): string => escapeHtml(forXml(text));

/** Lines of at most so many characters, broken between words, or within one that is longer than a line. */
export function inLines(text: string, longest: number): string[] {
  const pieces = text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${longest}}`, 'gu')) ?? []);
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= longest) lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(piece);
  }
  return lines;
}

/**
 * A drawing with a caption that says which run it is of: the experiment's title, the settings and the address, to be read and,
 * in the file's metadata, to be read by machines.
 * @param name what is drawn, in words
 * @param settings in words
 */
export function pictureFile(drawing: Drawing, label: RunLabel, name: string, settings: string): SvgFile {
  const { content, width: wide, height: high, paper, ink } = drawing;
  const width = Math.ceil(wide) + 2 * MARGIN;
  const longest = Math.max(20, Math.floor(wide / CHARACTER));
  const heading = `${label.title}${label.part ? ' (a run that was not finished)' : ''}`;
  const lines = [
    ...inLines(heading, Math.floor(wide / BOLD_CHARACTER)).map((text) => ({ text, weight: '600', size: '14' })),
    ...[settings, label.address].flatMap((text) =>
      inLines(text, longest).map((text) => ({ text, weight: '400', size: '12' })),
    ),
  ];
  const top = MARGIN + Math.ceil(high) + MARGIN;
  const caption = lines.map(({ text, weight, size }, i) =>
    element(
      'text',
      { x: String(MARGIN), y: String(top + LINE * i + 10), 'font-size': size, 'font-weight': weight },
      xmlText(text),
    ),
  );
  const height = top + LINE * lines.length + MARGIN - 6;
  const inside = [
    element('title', {}, xmlText(`${name}. ${label.title}`)),
    element('desc', {}, xmlText(`${label.sentence} ${settings}. ${label.address}`)),
    element('metadata', {}, xmlText(JSON.stringify(label))),
    element('rect', { width: String(width), height: String(height), fill: paper }, ''),
    element('g', { transform: `translate(${MARGIN} ${MARGIN})` }, content),
    element('g', { 'font-family': FONTS, fill: ink }, caption.join('')),
  ];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: String(width),
    height: String(height),
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
  };
  return { svg: element('svg', root, inside.join('')), width, height };
}
