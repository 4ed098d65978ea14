import { globSync, readFileSync } from 'node:fs';

import { createProcessor } from '@mdx-js/mdx';
import remarkMath from 'remark-math';
import { describe, expect, test } from 'vitest';

/** A node of a chapter's tree, as far as is read here. */
interface Node {
  type: string;
  name?: string | null;
  value?: string;
  children?: Node[];
  position?: { start: { line: number } };
}

/** What may be written in digits: what was neither measured nor published, but is so by definition. */
const allowed = [/\b32 bits\b/g];

const frontMatter = /^---\n[^]*?\n---\n/;

/** Digits in a chapter's running text, each with its line: not in formulas, code, addresses or attributes. */
function digitsIn(source: string): string[] {
  const found: string[] = [];
  const look = ({ type, name, value = '', children = [], position }: Node): void => {
    // A link that sets an experiment says what it sets.
    if (name === 'TryLink') return;
    const rest = allowed.reduce((text, pattern) => text.replaceAll(pattern, ''), value);
    if (type === 'text' && /\d/.test(rest)) found.push(`line ${position?.start.line}: ${value.trim()}`);
    children.forEach(look);
  };
  // As many lines as there were, so that what is found is where it says.
  const body = source.replace(frontMatter, (matter) => matter.replaceAll(/[^\n]/g, ''));
  look(createProcessor({ remarkPlugins: [remarkMath] }).parse(body) as Node);
  return found;
}

test('digits are found in running text and nowhere else', () => {
  const source = `---\nnumber: 1\n---\n\nIt took 7 steps of $2^3$, \`4\` and <Term of="lstm" n="5">{6}</Term>, in numbers of 32 bits.\n\n$$\n8\n$$\n`;
  expect(digitsIn(source)).toEqual(['line 5: It took 7 steps of']);
  expect(digitsIn('See [the text](/page-9/).\n')).toEqual([]);
});

describe.for(globSync('content/chapters/*.mdx').sort())('%s', (path) => {
  test('has no number that was typed by hand: each is recorded or cited', () => {
    expect(digitsIn(readFileSync(path, 'utf8'))).toEqual([]);
  });
});
