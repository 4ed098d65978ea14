/**
 * HTML as text, for parts that stand in the middle of a sentence: markup on lines of its own would put white space before
 * the comma that follows.
 */

export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => names[character]!);
}

/** An attribute's value; true for one that needs none; undefined or false for one that is left out. */
type Attributes = Record<string, string | boolean | undefined>;

/** @param content HTML */
export function element(name: string, attributes: Attributes, content: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value))}"`));
  return `<${name}${written.join('')}>${content}</${name}>`;
}

/** A note that the word right before it, marked `data-note`, shows on demand: see notes.ts. @param content HTML for a sentence */
export function note(content: string): string {
  return element('span', { class: 'note', popover: 'manual' }, content);
}

/** JSON for a script element of data: nothing in it can end the element. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
