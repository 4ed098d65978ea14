import { allowed, choice, parseValue, type ChoiceParameter } from '#src/experiments/parameters.ts';

/** What an embedded experiment can be told beside its own parameters and the seed. */
export const embedParameters = {
  theme: choice({
    label: 'Theme',
    options: [
      { value: 'system', label: 'as the reader’s system' },
      { value: 'light', label: 'light' },
      { value: 'dark', label: 'dark' },
    ],
    default: 'system',
    help: 'Light or dark, to go with the page around it.',
  }),
  hide: choice({
    label: 'Hide',
    options: [
      { value: 'nothing', label: 'nothing' },
      { value: 'controls', label: 'the controls' },
      { value: 'details', label: 'data and source' },
      { value: 'both', label: 'controls, data and source' },
    ],
    default: 'nothing',
    help: 'What to leave out, where there is little room.',
  }),
} satisfies Record<string, ChoiceParameter>;

/** What an embedded experiment tells the page around it, by postMessage. The version changes when the meaning of a field does. */
export interface EmbedMessage {
  source: 'unrolled';
  version: 1;
  kind: 'height';
  slug: string;
  /** The height of all of it, in CSS pixels. */
  height: number;
}

type Name = keyof typeof embedParameters;

/** Reads what an address asks for. Whatever cannot be used gives way to the default, with a note. */
export function readEmbed(search: string): { values: Record<Name, string>; notes: string[] } {
  const query = new URLSearchParams(search);
  const notes: string[] = [];
  const values = Object.fromEntries(
    Object.entries(embedParameters).map(([name, parameter]) => {
      const written = query.getAll(name);
      const value = written.length === 1 ? parseValue(parameter, written[0]!) : undefined;
      if (written.length > 0 && value === undefined) {
        notes.push(`${name} can be ${allowed(parameter)}, given once; ${parameter.default} is used.`);
      }
      return [name, (value ?? parameter.default) as string];
    }),
  ) as Record<Name, string>;
  return { values, notes };
}

/** Makes a page that is one experiment do what its address asks, and tells the page around it how high it is. */
export function wireEmbed(): void {
  const root = document.documentElement;
  const slug = root.dataset['embed'];
  if (!slug) return;
  const { values, notes } = readEmbed(location.search);
  root.dataset['hide'] = values.hide;
  const place = document.querySelector('[data-embed-notes]');
  if (place) place.textContent = notes.join(' ');

  if (parent === window) return;
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    const message: EmbedMessage = { source: 'unrolled', version: 1, kind: 'height', slug, height };
    // Whoever shows it may know: it is in the page that anybody can open.
    parent.postMessage(message, '*');
  }).observe(document.body);
}

/** Makes the embedded experiments of a page as high as they say they are. */
export function followHeights(): void {
  addEventListener('message', ({ data, source, origin }: MessageEvent<Partial<EmbedMessage> | null>) => {
    if (origin !== location.origin || data?.source !== 'unrolled' || data.version !== 1 || data.kind !== 'height')
      return;
    for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe[data-embedded]')) {
      if (frame.contentWindow === source) frame.style.setProperty('block-size', `${Number(data.height)}px`);
    }
  });
}

/** The markup that shows an experiment in another page. @param address of the embedded page, whole */
export function embedMarkup(address: string, title: string): string {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return (
    `<iframe src="${escape(address)}" title="${escape(title)}" width="100%" height="720" loading="lazy" ` +
    `allow="clipboard-write" style="border: 0"></iframe>`
  );
}

/** The query of an embedded page that shows the state in a chapter's query: the experiment's name in front of its parameters is left out. */
export function embedQuery(search: string, slug: string): string {
  const own = [...new URLSearchParams(search)].filter(([key]) => key.startsWith(`${slug}.`));
  const query = String(new URLSearchParams(own.map(([key, value]) => [key.slice(slug.length + 1), value])));
  return query && `?${query}`;
}
