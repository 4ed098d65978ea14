/** What the portable tests do within a page. Each function is sent there as its source, so it uses nothing from around it. */

interface Kept {
  troubles: string[];
  saved?: Blob;
}

/** From now on, notes what should not happen, and keeps a file that is saved instead of handing it to the reader. */
export function keepTroubles(): void {
  const kept: Kept = { troubles: [] };
  Object.assign(window, { kept });
  addEventListener('error', ({ message }) => kept.troubles.push(`error: ${message}`));
  addEventListener('unhandledrejection', ({ reason }) => kept.troubles.push(`rejection: ${String(reason)}`));
  addEventListener('securitypolicyviolation', (event) => kept.troubles.push(`policy: ${event.violatedDirective}`));
  const { error } = console;
  console.error = (...words: unknown[]) => {
    kept.troubles.push(`console: ${words.join(' ')}`);
    error(...words);
  };
  const create = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (object: Blob) => {
    kept.saved = object;
    return create(object);
  };
  HTMLAnchorElement.prototype.click = () => undefined;
}

export const troublesSoFar = (): string[] => (window as unknown as { kept: Kept }).kept.troubles;

export const query = (): string => location.search;

export const hasHeading = (): boolean => (document.querySelector('h1')?.getBoundingClientRect().height ?? 0) > 0;

export function readToTheEnd(): void {
  scrollTo(0, document.documentElement.scrollHeight);
}

export const isDone = (): boolean => document.querySelector('[data-experiment][data-state="done"]') !== null;
export const isStopped = (): boolean => document.querySelector('[data-experiment][data-state="stopped"]') !== null;

/** Touches the experiment, as a pointer that moves over it does: without a window of its own a browser may tell of no focus. */
export function touch(): boolean {
  const frame = document.querySelector('[data-experiment]');
  frame?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  return frame?.hasAttribute('data-ready') ?? false;
}

/** Puts the focus on a slider whose value is not as large as it can be, or on the seed. @returns which, and where to */
export function focusControl(): 'up' | 'down' | 'seed' {
  const sliders = document.querySelectorAll<HTMLInputElement>('form.controls [data-parameter] input[type="range"]');
  // A slider of a logarithmic scale has positions, and a step back may lead elsewhere.
  const slider = [...sliders].find(({ min, max }) => !(min === '0' && max === '100'));
  if (slider) {
    slider.focus();
    return slider.valueAsNumber < Number(slider.max) ? 'up' : 'down';
  }
  const seed = document.querySelector<HTMLInputElement>('[data-parameter="seed"] input[type="text"]')!;
  seed.focus();
  seed.select();
  return 'seed';
}

/** @returns whether there is one */
export function focusButton(name: string): boolean {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === name);
  button?.focus();
  return button !== undefined;
}

/** The table as the file that the reader can take; nothing while there is none yet. */
export async function csv(): Promise<string | undefined> {
  const kept = (window as unknown as { kept: Kept }).kept;
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Download CSV');
  for (const details of document.querySelectorAll('details')) details.open = true;
  button?.click();
  return kept.saved?.text();
}
