/** What of a page has other names once its scripts have changed. */
const PARTS = 'script[src], astro-island[component-url]';

const partsOf = (page: Document) =>
  [...page.querySelectorAll(PARTS)].map((part) => part.getAttribute('src') ?? part.getAttribute('component-url'));

/** Whether the host has another build of this page by now. */
async function isReplaced(): Promise<boolean> {
  try {
    const response = await fetch(location.pathname, { cache: 'no-store' });
    if (!response.ok) return false;
    const there = new DOMParser().parseFromString(await response.text(), 'text/html');
    const here = new Set(partsOf(document));
    return partsOf(there).some((part) => !here.has(part));
  } catch {
    return false;
  }
}

/**
 * Where something of the page could not be loaded, or an experiment has failed: says so if that is because the page has been
 * replaced by a newer one, and offers it.
 */
export function watchForReplacement(): void {
  const notice = document.querySelector<HTMLElement>('[data-replaced]');
  if (!notice) return;
  const look = async () => {
    if (await isReplaced()) notice.hidden = false;
  };
  for (const kind of ['astro:hydration-error', 'unrolled:failed']) document.addEventListener(kind, () => void look());
  notice.querySelector('button')?.addEventListener('click', () => {
    // What was set a moment ago is to be in the address that is loaded again.
    document.dispatchEvent(new Event('unrolled:leaving'));
    location.reload();
  });
}
