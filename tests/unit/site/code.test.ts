import { expect, test } from 'vitest';

import { highlight } from '#src/site/code.ts';

test('highlighted code carries classes and no inline style, and keeps every character', async () => {
  const source = `/** Twice. */\nexport const double = (x: number) => 2 * x; // "<&>"\n`;
  const html = await highlight(source.trimEnd());
  expect(html).not.toContain('style=');
  expect(html).toContain('class="token-keyword"');
  expect(html).toContain('class="token-comment"');
  const text = html
    .replace(/<[^>]*>/g, '')
    .replace(/&#x3C;|&lt;/g, '<')
    .replace(/&gt;|&#x3E;/g, '>');
  expect(text.replace(/&#x26;|&amp;/g, '&')).toBe(source.trimEnd());
});
