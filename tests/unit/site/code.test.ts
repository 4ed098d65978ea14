import { codeToHtml } from 'shiki';
import { expect, test } from 'vitest';

import { codeTheme, tokensToClasses } from '#src/site/code.ts';

test('highlighted code carries classes and no inline style, and keeps every character', async () => {
  const source = `/** Twice. */\nexport const double = (x: number) => 2 * x; // "<&>"\n`;
  const html = await codeToHtml(source, { lang: 'ts', theme: codeTheme, transformers: [tokensToClasses] });
  expect(html).not.toContain('style=');
  expect(html).toContain('class="token-keyword"');
  expect(html).toContain('class="token-comment"');
  const text = html
    .replace(/<[^>]*>/g, '')
    .replace(/&#x3C;|&lt;/g, '<')
    .replace(/&gt;|&#x3E;/g, '>');
  expect(text.replace(/&#x26;|&amp;/g, '&')).toBe(source);
});
