import { createHash } from 'node:crypto';

/** A section of a chapter with the version of its text. */
export interface Section {
  /** Its id in the page. */
  slug: string;
  text: string;
  version: string;
}

interface Heading {
  depth: number;
  slug: string;
  text: string;
}

/** A version of a text: eight hexadecimal digits that change with it. */
export const versionOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** The texts of a chapter's second-level sections, from heading to heading, in Markdown. */
export function sectionTexts(body: string): string[] {
  const lines = body.split('\n');
  const starts: number[] = [];
  let fenced = false;
  lines.forEach((line, i) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced && line.startsWith('## ')) starts.push(i);
  });
  return starts.map((start, i) =>
    lines
      .slice(start, starts[i + 1])
      .join('\n')
      .trimEnd(),
  );
}

/** A chapter's sections. @throws Error where its headings are not those of its text */
export function sectionsOf(body: string, headings: readonly Heading[]): Section[] {
  const texts = sectionTexts(body);
  const found = headings.filter(({ depth }) => depth === 2);
  if (texts.length !== found.length)
    throw new Error(`${found.length} headings, but ${texts.length} sections were found.`);
  return found.map(({ slug, text }, i) => ({ slug, text, version: versionOf(texts[i]!) }));
}
