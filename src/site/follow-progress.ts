import { ProgressStore, type Deed, isDone } from './progress.ts';

declare global {
  interface DocumentEventMap {
    /** An experiment has been run to its end by the reader. */
    'unrolled:run': CustomEvent<{ slug: string }>;
    'unrolled:quiz-passed': CustomEvent<{ quiz: string }>;
  }
}

/** Where a chapter's parts are told apart: its path without the site's base, and the links of its contents list. */
interface Part {
  link: HTMLAnchorElement;
  heading: HTMLElement;
  /** What the section's end comes before. */
  end: Element;
  name: string;
  version: string;
}

/** Keeps what the reader does in a chapter, and marks it in the contents list. */
export function followProgress(): void {
  const contents = document.querySelector<HTMLElement>('[data-contents]');
  const path = contents?.dataset['contents'];
  if (!contents || !path) return;
  const store = new ProgressStore();
  const parts = partsOf(contents, path);

  const show = () => {
    for (const { link, name, version } of parts) markRead(link, isDone(store.progress, 'read', name, version));
    const trouble = contents.querySelector<HTMLElement>('[data-trouble]');
    if (trouble) trouble.textContent = store.trouble;
  };
  const mark = (deed: Deed, name: string, version: string) => {
    if (store.mark(deed, name, version)) show();
  };

  followReading(parts, ({ name, version }) => mark('read', name, version));
  document.addEventListener('unrolled:run', ({ detail: { slug } }) => {
    const part = partAround(parts, document.getElementById(slug));
    if (part) mark('run', slug, part.version);
  });
  document.addEventListener('unrolled:quiz-passed', (event) => {
    const part = partAround(parts, event.target as Element);
    if (part) mark('passed', event.detail.quiz, part.version);
  });
  document.addEventListener('visibilitychange', () => {
    const here = parts.find(({ link }) => link.hasAttribute('aria-current'));
    if (document.visibilityState === 'hidden' && here) store.setPlace(here.name);
  });
  show();
}

function partsOf(contents: HTMLElement, path: string): Part[] {
  const links = [...contents.querySelectorAll<HTMLAnchorElement>('a[data-version]')];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const after = document.querySelector('nav.onward');
  return links.flatMap((link, i) => {
    const [heading, end] = [headings[i], headings[i + 1] ?? after];
    return heading && end
      ? [{ link, heading, end, name: `${path}${link.hash}`, version: link.dataset['version']! }]
      : [];
  });
}

/** A section has been read once its heading and then its end have come into sight. */
function followReading(parts: readonly Part[], onRead: (part: Part) => void): void {
  const begun = new Set<Part>();
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      for (const part of parts) if (part.end === target && begun.has(part)) onRead(part);
      for (const part of parts) if (part.heading === target) begun.add(part);
    }
  });
  for (const target of new Set(parts.flatMap(({ heading, end }) => [heading, end]))) seen.observe(target);
}

function partAround(parts: readonly Part[], element: Element | null): Part | undefined {
  if (!element) return undefined;
  const isBefore = (heading: Element) =>
    (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return parts.findLast(({ heading }) => isBefore(heading));
}

function markRead(link: HTMLAnchorElement, read: boolean): void {
  const known = link.querySelector('.read');
  if (!read) known?.remove();
  if (!read || known) return;
  const tick = document.createElement('span');
  tick.className = 'read';
  tick.textContent = ' (read)';
  link.append(tick);
}
