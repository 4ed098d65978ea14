import { getCollection, type CollectionEntry } from 'astro:content';

/** A chapter with the path that it lives at. */
export type Chapter = CollectionEntry<'chapters'> & { path: string };

export async function chaptersInOrder(): Promise<Chapter[]> {
  const entries = await getCollection('chapters');
  return entries.map((entry) => ({ ...entry, path: `/${entry.id}/` })).sort((a, b) => a.data.number - b.data.number);
}
