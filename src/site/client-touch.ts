import type { ClientDirective } from 'astro';

declare module 'astro' {
  interface AstroClientDirectives {
    /** Brings it to life when the reader first touches it, or a link asks it for a state: see src/site/client-touch.ts. */
    'client:touch'?: boolean;
  }
}

/** A pointer that is moved over it counts, one that the page scrolls past does not. */
const TOUCHES = ['pointermove', 'pointerdown', 'focusin', 'keydown'];
const ACTIONS = ['input', 'change', 'toggle', 'keydown', 'click'];
/** What answers to keys and clicks by itself, without the page's scripts. */
const NATIVE = 'input, textarea, select, summary, label, a[href]';

/**
 * The directive `client:touch`: what it is on loads its scripts when the reader first touches it, so that a page with many
 * experiments loads none of them by being read. A link loads them too: one in the address that names a state of its
 * experiment, and one in the text. What the reader does before the scripts are there is done again once they are.
 */
const touch: ClientDirective = (load, _options, island) => {
  const slug = island.querySelector<HTMLElement>('[data-experiment]')?.dataset['experiment'];
  const alive = new AbortController();
  const { signal } = alive;
  const done = new Map<unknown, () => void>();
  let loading = false;

  async function start(): Promise<void> {
    if (loading) return;
    loading = true;
    const hydrate = await load();
    await hydrate();
    loading = false;
    // Where the scripts did not come, the next touch tries again.
    if (island.hasAttribute('ssr')) return;
    alive.abort();
    // By then it has taken over the state in the address.
    setTimeout(() => done.forEach((again) => again()));
  }

  for (const kind of ACTIONS) island.addEventListener(kind, (event) => keep(event, done), { signal, capture: true });
  // Nobody is there yet who would keep a form from leading to another page.
  island.addEventListener('submit', (event) => event.preventDefault(), { signal, capture: true });
  for (const kind of TOUCHES) island.addEventListener(kind, () => void start(), { signal, passive: true });

  if (slug === undefined) return;
  const onOpen = ({ detail }: DocumentEventMap['unrolled:open']) => {
    if (detail.slug === slug) void start();
  };
  document.addEventListener('unrolled:open', onOpen, { signal });
  if (isNamedInAddress(slug)) void start();
};

export default touch;

/** Whether the page's address sets an experiment, or leads to it with anything to be set. */
function isNamedInAddress(slug: string): boolean {
  const names = [...new URLSearchParams(location.search).keys()];
  return names.some((name) => name.startsWith(`${slug}.`)) || (names.length > 0 && location.hash === `#${slug}`);
}

/** Keeps, in order, how to do again what the reader has done: of a field, and of a drawer, the last of it. */
function keep(event: Event, done: Map<unknown, () => void>): void {
  const { target } = event;
  if (target instanceof HTMLInputElement && (event.type === 'input' || event.type === 'change')) {
    done.delete(target);
    done.set(target, setAgain(target));
  } else if (target instanceof HTMLDetailsElement && event.type === 'toggle') {
    const { open } = target;
    done.set(target, () => (target.open = open));
  } else if (event instanceof KeyboardEvent || event instanceof MouseEvent) {
    const again = target instanceof Element && doneByKeyOrClick(event, target);
    if (again) done.set(event, again);
  }
}

function setAgain(field: HTMLInputElement): () => void {
  const { value, checked } = field;
  return () => {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = checked;
    else field.value = value;
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
}

function doneByKeyOrClick(event: KeyboardEvent | MouseEvent, target: Element): (() => void) | undefined {
  if (target.closest(NATIVE)) return undefined;
  const init = { bubbles: true, cancelable: true };
  if (event instanceof KeyboardEvent) {
    const { key, code, shiftKey } = event;
    const clicks = target.localName === 'button' && (key === 'Enter' || key === ' ');
    if (clicks || key === 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return undefined;
    return () => target.dispatchEvent(new KeyboardEvent('keydown', { ...init, key, code, shiftKey }));
  }
  const { clientX, clientY } = event;
  return () => {
    // What stood there may have made way for what answers.
    const there = target.isConnected ? target : document.elementFromPoint(clientX, clientY);
    there?.dispatchEvent(new MouseEvent('click', { ...init, clientX, clientY }));
  };
}
