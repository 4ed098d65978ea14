import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { inlineMarkdown, withoutParagraph } from '#src/site/markdown.ts';
import { colourName, quantities, symbols } from '#src/site/symbols.ts';

const css = readFileSync('src/styles/base.css', 'utf8');
const tokens = readFileSync('src/styles/tokens.css', 'utf8');

describe.each(quantities)('%s', (quantity) => {
  test('has a colour, in formulas and in the text', () => {
    expect(tokens).toContain(`--${quantity}: light-dark(`);
    expect(css).toContain(`[mathcolor='${colourName(quantity)}'] {\n  color: var(--${quantity});`);
    expect(css).toContain(`[data-quantity='${quantity}'] {\n  --quantity: var(--${quantity});`);
  });
});

/** The MathML of a formula, without the TeX that is kept in it. */
async function mathml(tex: string): Promise<string> {
  return (await inlineMarkdown(`$${tex}$`)).replace(/<annotation[^]*?<\/annotation>/, '');
}

describe('a symbol', () => {
  test.each(symbols)('$command takes its indices into the colour of its quantity', async ({ command, quantity }) => {
    for (const indices of ['', '_t', '_{t-1}', '^2', '_t^{\\top}', '^{\\top}_{t-1}']) {
      const html = await mathml(`\\${command}${indices}`);
      expect(html).toMatch(
        new RegExp(
          `^<span class="katex"><math[^>]*><semantics><mrow>(<mstyle|<m\\w+) mathcolor="${colourName(quantity)}">`,
        ),
      );
      expect(html).not.toContain('style=');
    }
  });

  test('leaves alone what stands behind it', async () => {
    const [coloured, rest] = (await mathml('\\h_t U')).split('<mi>U</mi>');
    expect(coloured).toContain('mathcolor="hidden"');
    expect(rest).not.toContain('mathcolor');
  });

  test('takes any index, commands in it kept apart from letters', async () => {
    expect(await mathml('\\h_{\\alpha t}')).toContain('<mi>α</mi><mi>t</mi>');
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z0-9]{1,4}$/), async (index) => {
        expect(await mathml(`\\grad_{${index}}`)).toContain('mathcolor="gradient"');
      }),
      { numRuns: 20 },
    );
  });
});

test('a formula that cannot be read ends the build', async () => {
  await expect(inlineMarkdown('$\\nonsense{$')).rejects.toThrow(/formula/);
});

test('a line of Markdown has no paragraph around it, and more than a line is refused', async () => {
  expect(await inlineMarkdown('an *old* one')).toBe('an <em>old</em> one');
  await expect(inlineMarkdown('one\n\ntwo')).rejects.toThrow(/One paragraph/);
  expect(() => withoutParagraph('<ul></ul>')).toThrow(/One paragraph/);
});
