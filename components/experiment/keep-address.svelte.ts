import { pageAddress } from '#src/site/address.ts';
import { embedMarkup, embedQuery } from '#src/site/embed.ts';

import type { ExperimentState } from './experiment-state.svelte.ts';

/** Browsers refuse address changes that come too fast; nobody reads the address bar while dragging. */
const SETTLE_MS = 250;

/** Keeps the page's address in step with an experiment, without a reload or an entry in the history; and copies it. */
export function keepAddress(experiment: ExperimentState) {
  /** The query as last written, or as the page was opened with; undefined until the page is there. */
  let written: string | undefined = $state.raw();
  let copied = $state(false);
  let shown = $state('');
  /** The query that was last wanted: what was said of a copy holds until another one is. */
  let latest: string | undefined;

  $effect(() => {
    if (written === undefined) return;
    const wanted = experiment.linkIn(location.search);
    if (wanted !== latest) {
      copied = false;
      shown = '';
    }
    latest = wanted;
    if (wanted === written) return;
    const write = () => {
      history.replaceState(history.state, '', `${wanted || location.pathname}${location.hash}`);
      written = wanted;
    };
    const timer = setTimeout(write, SETTLE_MS);
    document.addEventListener('unrolled:leaving', write);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('unrolled:leaving', write);
    };
  });

  function link(): string {
    return `${location.origin}${location.pathname}${experiment.linkIn(location.search)}#${experiment.card.slug}`;
  }

  return {
    get copied() {
      return copied;
    },
    /** The link itself, where the browser does not let the page copy it. */
    get shown() {
      return shown;
    },
    /** A link that could not be used in full stays in the address until the reader changes something. */
    start() {
      written = experiment.linkIn(location.search);
    },
    /** The markup that shows the experiment, in its present state, in another page. */
    embed(): string {
      const path = pageAddress(`/embed/${experiment.card.slug}/`);
      const query = embedQuery(experiment.linkIn(''), experiment.card.slug);
      return embedMarkup(`${location.origin}${path}${query}`, experiment.card.title);
    },
    async copy() {
      try {
        await navigator.clipboard.writeText(link());
        copied = true;
      } catch {
        shown = link();
      }
    },
  };
}
