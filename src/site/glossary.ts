import { getCollection, getEntry, type CollectionEntry } from 'astro:content';

import { withoutParagraph } from './markdown.ts';

/** A glossary entry, ready to be shown. */
export interface GlossaryEntry {
  id: string;
  data: CollectionEntry<'glossary'>['data'];
  /** The entry in short, as HTML of phrasing content. */
  short: string;
  /** What the glossary says beyond that, as HTML. */
  more: string;
}

/** @throws if there is no such entry */
export async function glossaryEntry(id: string): Promise<GlossaryEntry> {
  const entry = await getEntry('glossary', id);
  if (!entry) throw new Error(`There is no content/glossary/${id}.md, which a text refers to.`);
  return shown(entry);
}

export async function glossaryInOrder(): Promise<GlossaryEntry[]> {
  const entries = await getCollection('glossary');
  return entries.map(shown).sort((a, b) => a.data.term.localeCompare(b.data.term, 'en'));
}

function shown({ id, data, rendered }: CollectionEntry<'glossary'>): GlossaryEntry {
  const [, first = '', more = ''] = /^\s*(<p>[^]*?<\/p>)([^]*)$/.exec(rendered?.html ?? '') ?? [];
  return { id, data, short: withoutParagraph(first), more: more.trim() };
}
