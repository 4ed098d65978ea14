import { plugins, type CslEntry } from '@citation-js/core';
import '@citation-js/plugin-bibtex';

import { element, escapeHtml } from './html.ts';

/** A work that the chapters cite. */
export interface Reference {
  id: string;
  authors: { given: string; family: string }[];
  year: number;
  title: string;
  /** The language of the title, where it is not English. */
  language?: string;
  /** The journal or the proceedings that it is in. */
  container?: string;
  /** What else leads to it: volume, pages, or the kind of work and its publisher. */
  details: string;
  /** Where it can be found. */
  address?: string;
  /** What it is to a reader of this site. */
  note: string;
}

const LANGUAGES: Record<string, string> = { german: 'de', ngerman: 'de' };

/** The works in a BibTeX file. A work that lacks a key, an author, a year, a title or a note is refused, by its key. */
export function readBibtex(source: string): Reference[] {
  return plugins.input.chain(source, { generateGraph: false }).map(referenceOf);
}

function referenceOf(entry: CslEntry): Reference {
  const { id, title, note, DOI, URL } = entry;
  const authors = (entry.author ?? []).map(({ given, family, literal, 'non-dropping-particle': particle }) => ({
    given: given ?? '',
    family: [particle, family ?? literal].filter(Boolean).join(' '),
  }));
  const year = entry.issued?.['date-parts'][0]?.[0];
  if (!title || !note || !year || authors.length === 0) {
    throw new Error(`content/references.bib: “${id}” needs an author, a year, a title and a note.`);
  }
  return {
    id,
    authors,
    year,
    title,
    note,
    details: detailsOf(entry),
    ...(entry.language && { language: LANGUAGES[entry.language] ?? entry.language }),
    ...(entry['container-title'] && { container: entry['container-title'] }),
    ...((DOI || URL) && { address: DOI ? `https://doi.org/${DOI}` : URL }),
  };
}

function detailsOf({ genre, publisher, volume, issue, page }: CslEntry): string {
  const place = [volume, issue && `(${issue})`].filter(Boolean).join(' ');
  const pages = page && `${page.includes('-') ? 'pages' : 'page'} ${page.replace(/-+/, '–')}`;
  return [genre, publisher, place, pages].filter(Boolean).join(', ');
}

/** How the text names a work: “Bengio et al., 1994”. */
export function shortName({ authors, year }: Reference): string {
  return `${familyNames(authors)}, ${year}`;
}

function familyNames(authors: Reference['authors']): string {
  const [first, second] = authors.map(({ family }) => family);
  if (authors.length > 2) return `${first} et al.`;
  return second ? `${first} and ${second}` : first!;
}

/** All authors, as the list of references names them: “Sepp Hochreiter and Jürgen Schmidhuber”. */
export function allAuthors({ authors }: Reference): string {
  const names = authors.map(({ given, family }) => `${given} ${family}`.trim());
  return new Intl.ListFormat('en-GB').format(names);
}

/** By the first author's family name, then by year. */
export function compareReferences(a: Reference, b: Reference): number {
  const family = ({ authors }: Reference) => authors[0]!.family;
  return family(a).localeCompare(family(b), 'en') || a.year - b.year || a.id.localeCompare(b.id);
}

/** A work in full, as HTML of phrasing content. */
export function referenceHtml(work: Reference): string {
  const { title, language, container, details, address, year } = work;
  const linked = address ? element('a', { href: address }, escapeHtml(title)) : escapeHtml(title);
  const place = [container, details].filter(Boolean).join(', ');
  const end = /[?!.]$/.test(title) ? '' : '.';
  return `${escapeHtml(allAuthors(work))} (${year}). ${element('cite', { lang: language }, linked)}${end} ${escapeHtml(place)}.`;
}
