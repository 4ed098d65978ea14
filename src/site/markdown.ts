import { createMarkdownProcessor, type RehypePlugins, type RemarkPlugins } from '@astrojs/markdown-remark';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';

import { symbolMacros } from './symbols.ts';

/** A formula that cannot be read ends the build: KaTeX would show its source in red instead. */
function refuseBadFormulas() {
  return (_tree: unknown, file: { messages: { source?: string; cause?: unknown }[]; fail(reason: string): never }) => {
    const message = file.messages.find(({ source }) => source === 'rehype-katex');
    if (message) file.fail(`A formula cannot be read. ${String(message.cause)}`);
  };
}

export const remarkPlugins: RemarkPlugins = [remarkMath];

export const rehypePlugins: RehypePlugins = [
  // MathML needs no style attributes, which the content policy forbids, and no fonts.
  [rehypeKatex, { output: 'mathml', strict: true, macros: symbolMacros }],
  refuseBadFormulas,
];

let processor: ReturnType<typeof createMarkdownProcessor> | undefined;

/** A line of Markdown, formulas and all, as HTML without a paragraph around it. For use while the site is built. */
export async function inlineMarkdown(text: string): Promise<string> {
  processor ??= createMarkdownProcessor({ remarkPlugins, rehypePlugins, syntaxHighlight: false });
  const { code } = await (await processor).render(text);
  return withoutParagraph(code);
}

/** The content of HTML that is one paragraph. */
export function withoutParagraph(html: string): string {
  const inside = /^\s*<p>([^]*)<\/p>\s*$/.exec(html)?.[1];
  if (inside === undefined || inside.includes('<p>')) throw new Error(`One paragraph was expected, not: ${html}`);
  return inside;
}
