import { codeToHtml, createCssVariablesTheme, type ShikiTransformer } from 'shiki';

/** Names every kind of token by a CSS variable; {@link tokensToClasses} makes classes of them. */
export const codeTheme = createCssVariablesTheme({ name: 'tokens', variablePrefix: '--', fontStyle: false });

const variable = /^color:var\(--token-([a-z-]+)\)$/;

/** The content policy forbids style attributes: `style="color:var(--token-keyword)"` becomes `class="token-keyword"`. */
export const tokensToClasses: ShikiTransformer = {
  name: 'tokens-to-classes',
  pre(node) {
    delete node.properties['style'];
  },
  span(node) {
    const kind = variable.exec(String(node.properties['style'] ?? ''))?.[1];
    delete node.properties['style'];
    if (kind && kind !== 'foreground') node.properties['class'] = `token-${kind}`;
  },
};

/** Highlighted HTML of code, by classes. However long it takes: Shiki's own limit leaves half of a file plain on a busy machine. */
export function highlight(code: string, lang: 'ts' | 'html' = 'ts'): Promise<string> {
  return codeToHtml(code, { lang, theme: codeTheme, transformers: [tokensToClasses], tokenizeTimeLimit: 0 });
}
