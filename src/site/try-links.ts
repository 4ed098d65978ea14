/** Asks an experiment of the page to open a state. Whoever takes it cancels the event. */
export interface OpenRequest {
  slug: string;
  /** A query string, as in a link to the experiment. */
  query: string;
}

declare global {
  interface DocumentEventMap {
    'unrolled:open': CustomEvent<OpenRequest>;
    /** Asks an experiment for what it showed before it was last asked to open a state. */
    'unrolled:back': CustomEvent<{ slug: string }>;
    /** An experiment says that it answers from now on. */
    'unrolled:ready': CustomEvent<{ slug: string }>;
  }
}

/** What an experiment does when the text asks. */
interface Answers {
  open(query: string): void;
  back(): void;
}

/** Lets the links of the text reach an experiment. @returns a function that ends it */
export function answerTryLinks(slug: string, { open, back }: Answers): () => void {
  const onOpen = (event: CustomEvent<OpenRequest>) => {
    if (event.detail.slug !== slug) return;
    event.preventDefault();
    open(event.detail.query);
  };
  const onBack = (event: CustomEvent<{ slug: string }>) => {
    if (event.detail.slug === slug) back();
  };
  document.addEventListener('unrolled:open', onOpen);
  document.addEventListener('unrolled:back', onBack);
  document.dispatchEvent(new CustomEvent('unrolled:ready', { detail: { slug } }));
  return () => {
    document.removeEventListener('unrolled:open', onOpen);
    document.removeEventListener('unrolled:back', onBack);
  };
}

/** @returns whether an experiment took the request */
function ask(detail: OpenRequest): boolean {
  return !document.dispatchEvent(new CustomEvent('unrolled:open', { detail, cancelable: true }));
}

export function askBack(slug: string): void {
  document.dispatchEvent(new CustomEvent('unrolled:back', { detail: { slug } }));
}

/** Links that were followed and not yet taken back, the latest last. */
let followed: HTMLAnchorElement[] = [];

/** Requests to experiments whose scripts have yet to come: asking for a state makes them come. */
const waiting = new Map<string, OpenRequest>();

/** Makes the links marked `data-try` set their experiment without loading the page again, and offers the way back. */
export function wireTryLinks(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-try]')) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const frame = frameOf(slugOf(link));
      if (!frame) return;
      event.preventDefault();
      follow(link, frame);
    });
    backOf(link)?.addEventListener('click', () => askBack(slugOf(link)));
  }
  document.addEventListener('unrolled:back', ({ detail: { slug } }) => {
    waiting.delete(slug);
    const last = followed.findLast((link) => slugOf(link) === slug);
    followed.splice(followed.lastIndexOf(last!), last ? 1 : 0);
    offerBack(slug);
    last?.focus();
  });
  document.addEventListener('unrolled:ready', ({ detail: { slug } }) => {
    const request = waiting.get(slug);
    waiting.delete(slug);
    if (request) ask(request);
  });
}

const slugOf = (link: HTMLAnchorElement) => link.dataset['try'] ?? '';
/** Where an experiment is in this page, if it is there. */
export const frameOf = (slug: string) => document.querySelector<HTMLElement>(`[data-experiment="${CSS.escape(slug)}"]`);
const backOf = ({ nextElementSibling: next }: Element) => (next instanceof HTMLButtonElement ? next : undefined);

function follow(link: HTMLAnchorElement, frame: HTMLElement): void {
  const slug = slugOf(link);
  followed = [...followed, link];
  offerBack(slug);
  reach({ slug, query: link.search }, frame);
}

/**
 * Sets another experiment of the same page, and goes there.
 * @param query as in a link to it
 * @returns whether the page has it
 */
export function openInPage(slug: string, query: string): boolean {
  const frame = frameOf(slug);
  if (!frame) return false;
  reach({ slug, query }, frame);
  return true;
}

/** An experiment whose scripts have yet to come is asked when they are there. */
function reach(request: OpenRequest, frame: HTMLElement): void {
  if (!ask(request)) waiting.set(request.slug, request);
  if (!isInSight(frame)) frame.scrollIntoView();
}

/** The way back stands beside the link that was followed last. */
function offerBack(slug: string): void {
  const last = followed.findLast((link) => slugOf(link) === slug);
  for (const link of document.querySelectorAll<HTMLAnchorElement>(`a[data-try="${CSS.escape(slug)}"]`)) {
    const back = backOf(link);
    if (back) back.hidden = link !== last;
  }
}

function isInSight(frame: HTMLElement): boolean {
  const { top, bottom } = (frame.querySelector('.picture') ?? frame).getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
