import { element } from './html.ts';

/** A link that is marked to be printed, and the button that may belong to it. */
const MARKED = /<a\b([^>]*\bdata-footnote\b[^>]*)>[^]*?<\/a>(?:<button[^>]*class="back[^>]*>[^]*?<\/button>)?/g;

/**
 * Numbers the marked links of a page for paper, where nothing can be clicked: the same number for the same address. The numbers
 * are there before any script is, and hidden on screens.
 * @param addressOf what a link's `href` leads to, as it is printed
 * @returns the page, and the addresses by their numbers, the first one's being 1
 */
export function withFootnotes(html: string, addressOf: (href: string) => string) {
  const addresses: string[] = [];
  const numbered = html.replace(MARKED, (link, attributes: string) => {
    const href = /\bhref="([^"]*)"/.exec(attributes)?.[1];
    if (!href) return link;
    const address = addressOf(unescaped(href));
    if (!addresses.includes(address)) addresses.push(address);
    const number = String(addresses.indexOf(address) + 1);
    return link + element('sup', { class: 'footnote', 'data-pagefind-ignore': true }, number);
  });
  return { html: numbered, addresses };
}

function unescaped(attribute: string): string {
  const characters: Record<string, string> = { '&amp;': '&', '&#38;': '&', '&quot;': '"', '&lt;': '<', '&gt;': '>' };
  return attribute.replaceAll(/&(?:amp|#38|quot|lt|gt);/g, (name) => characters[name]!);
}
