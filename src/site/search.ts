import { pageAddress } from './address.ts';

/** A place of the site at which something was found. */
export interface Found {
  url: string;
  /** The section, and the page that it is of where those are two. */
  title: string;
  page: string;
  /** Plain pieces of text, those that match marked. */
  excerpt: { text: string; marked: boolean }[];
}

/** What of Pagefind's answers is used; see pagefind.app. */
interface Fragment {
  url: string;
  meta: { title?: string; page?: string };
  excerpt: string;
  sub_results: { url: string; title: string; excerpt: string; weighted_locations: { balanced_score: number }[] }[];
}
interface Pagefind {
  options(options: { baseUrl?: string; excerptLength?: number }): Promise<void>;
  debouncedSearch(
    words: string,
    options?: object,
    wait?: number,
  ): Promise<null | { results: { data(): Promise<Fragment> }[] }>;
}

const MOST_PAGES = 12;
const MOST_SECTIONS = 3;
const SETTLE_MS = 120;

/** Pieces of an excerpt in which matches stand between <mark> and </mark>; everything else in it is text, however it looks. */
export function piecesOf(excerpt: string): Found['excerpt'] {
  return excerpt.split(/(<mark>.*?<\/mark>)/).flatMap((piece) => {
    const inner = /^<mark>(.*?)<\/mark>$/.exec(piece)?.[1];
    const text = unescapeHtml(inner ?? piece);
    return text === '' ? [] : [{ text, marked: inner !== undefined }];
  });
}

const entities: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
};
const unescapeHtml = (html: string) => html.replace(/&(lt|gt|amp|quot|#39|#x27);/g, (entity) => entities[entity]!);

type Section = Fragment['sub_results'][number];

const scoreOf = ({ weighted_locations: locations }: Section) =>
  locations.reduce((sum, { balanced_score: score }) => sum + score, 0);

/** The places in an answer's pages, the best sections of each. */
export function placesIn(fragments: readonly Fragment[]): Found[] {
  return fragments.flatMap(({ url, meta, excerpt, sub_results: sections }) => {
    const title = meta.title ?? url;
    const found = sections.length > 0 && !meta.page ? best(sections) : [{ url, title, excerpt }];
    return found.map((place) => ({
      url: place.url,
      title: place.title,
      page: meta.page ?? title,
      excerpt: piecesOf(place.excerpt),
    }));
  });
}

function best(sections: readonly Section[]): Section[] {
  return [...sections].sort((a, b) => scoreOf(b) - scoreOf(a)).slice(0, MOST_SECTIONS);
}

function summaryOf(count: number, words: string): string {
  if (count === 0) return `Nothing was found for “${words}”.`;
  return count === 1 ? 'One place was found.' : `${count} places were found.`;
}

let loading: Promise<Pagefind> | undefined;

/** The index and what asks it, loaded when somebody first wants to search. */
function load(): Promise<Pagefind> {
  loading ??= (async () => {
    const address = pageAddress('/pagefind/pagefind.js');
    const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
    await pagefind.options({ baseUrl: pageAddress('/'), excerptLength: 24 });
    return pagefind;
  })();
  // What could not be loaded may be there the next time.
  loading.catch(() => (loading = undefined));
  return loading;
}

/** @returns undefined where newer words have come in between */
async function find(words: string): Promise<Found[] | undefined> {
  const answer = await (await load()).debouncedSearch(words, {}, SETTLE_MS);
  if (!answer) return undefined;
  return placesIn(await Promise.all(answer.results.slice(0, MOST_PAGES).map((result) => result.data())));
}

/** Makes the button marked `data-search` open the dialog beside it, and the keys “/” and Ctrl or ⌘ with K as well. */
export function wireSearch(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-search]');
  const dialog = document.querySelector<HTMLDialogElement>('[data-search-dialog]');
  const input = dialog?.querySelector('input');
  const status = dialog?.querySelector<HTMLElement>('[role="status"]');
  const list = dialog?.querySelector('ol');
  if (!button || !dialog || !input || !status || !list) return;

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    void load().catch(() => undefined);
  };
  const show = (found: readonly Found[], words: string) => {
    list.replaceChildren(...found.map(itemOf));
    status.textContent = summaryOf(found.length, words);
  };
  const search = async () => {
    const words = input.value.trim();
    if (words === '') {
      list.replaceChildren();
      status.textContent = '';
      return;
    }
    try {
      const found = await find(words);
      if (found && input.value.trim() === words) show(found, words);
    } catch {
      list.replaceChildren();
      status.textContent = 'The search could not be loaded. Check the connection, and type again.';
    }
  };

  button.addEventListener('click', open);
  // By itself the field would take the first Escape for its own: to be emptied.
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') dialog.close();
  });
  input.addEventListener('input', () => void search());
  dialog.addEventListener('click', (event) => {
    // A click on the dialog itself is one on what is around it; a link to a place of the same page closes it as well.
    if (event.target === dialog || (event.target as Element).closest('a')) dialog.close();
  });
  document.addEventListener('keydown', (event) => {
    // No key alone: who speaks to the machine, or misses keys, would come here unasked.
    const asked =
      event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!asked) return;
    event.preventDefault();
    open();
  });
}

function itemOf({ url, title, page, excerpt }: Found): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const heading = document.createElement('strong');
  const text = document.createElement('span');
  link.href = url;
  heading.textContent = title;
  link.append(heading);
  if (page !== title) {
    const where = document.createElement('span');
    where.className = 'where';
    where.textContent = page;
    link.append(' ', where);
  }
  text.className = 'excerpt';
  text.append(
    ...excerpt.map((piece) => {
      if (!piece.marked) return piece.text;
      const mark = document.createElement('mark');
      mark.textContent = piece.text;
      return mark;
    }),
  );
  link.append(text);
  item.append(link);
  return item;
}
