/** A pointer that only passes by opens nothing. */
const OPEN_AFTER_MS = 120;
/** Time to move the pointer from a word into its note. */
const CLOSE_AFTER_MS = 300;
const GAP = 6;
const EDGE = 12;

/** A word and the note beside it in the page, whichever element the word is. */
interface Pair {
  word: HTMLElement;
  note: HTMLElement;
}

let shown: Pair | undefined;
/** True where a click, Enter or Space asked for the note: the same closes it again, and it stays when the pointer goes. */
let held = false;
let timer: ReturnType<typeof setTimeout> | undefined;

const after = (ms: number, action: () => void) => {
  clearTimeout(timer);
  timer = setTimeout(action, ms);
};

/**
 * Makes every `[data-note]` word of the page show the note that stands behind it: on hover, on focus, on tap, on Enter and
 * Space. The note can be pointed at, stays until the reader moves on, and goes on Escape. Without this the word is what its
 * markup says, a link or plain text.
 */
export function wireNotes(): void {
  if (!('popover' in HTMLElement.prototype)) return;
  for (const [i, word] of document.querySelectorAll<HTMLElement>('[data-note]').entries()) {
    const note = word.nextElementSibling;
    if (note instanceof HTMLElement && note.popover && !note.id) wire({ word, note }, `note-${i + 1}`);
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !shown) return;
    if (shown.note.contains(document.activeElement)) shown.word.focus();
    hide();
  });
  document.addEventListener('pointerdown', leaveFor);
  document.addEventListener('focusin', leaveFor);
}

function wire(pair: Pair, id: string): void {
  const { word, note } = pair;
  note.id = id;
  word.setAttribute('role', 'button');
  word.setAttribute('aria-expanded', 'false');
  word.setAttribute('aria-controls', id);
  word.tabIndex = 0;

  word.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (shown === pair && held) return hide();
    show(pair);
    held = true;
  });
  word.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    word.click();
  });
  word.addEventListener('focus', () => {
    if (word.matches(':focus-visible')) show(pair);
  });
  for (const part of [word, note]) {
    part.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'touch') return;
      if (shown === pair) clearTimeout(timer);
      else if (part === word) after(OPEN_AFTER_MS, () => show(pair));
    });
    part.addEventListener('pointerleave', () => {
      if (shown !== pair) clearTimeout(timer);
      else if (!held && !hasFocus(pair)) after(CLOSE_AFTER_MS, hide);
    });
  }
}

function hasFocus({ word, note }: Pair): boolean {
  return document.activeElement === word || note.contains(document.activeElement);
}

/** Closes the note when the reader clicks or goes somewhere else. */
function leaveFor({ target }: Event): void {
  if (shown && target instanceof Node && !shown.word.contains(target) && !shown.note.contains(target)) hide();
}

function show(pair: Pair): void {
  clearTimeout(timer);
  if (shown === pair) return;
  hide();
  shown = pair;
  held = false;
  pair.note.showPopover();
  pair.word.setAttribute('aria-expanded', 'true');
  place(pair);
}

function hide(): void {
  clearTimeout(timer);
  if (!shown) return;
  shown.note.hidePopover();
  shown.word.setAttribute('aria-expanded', 'false');
  shown = undefined;
  held = false;
}

/** Below the word, or above it where there is more room; inside the window; it scrolls with the page. */
function place({ word, note }: Pair): void {
  const at = word.getClientRects()[0]!;
  const { offsetWidth: width, offsetHeight: height } = note;
  const page = document.documentElement;
  const left = Math.max(EDGE, Math.min(at.left, page.clientWidth - width - EDGE));
  const below = word.getBoundingClientRect().bottom + GAP;
  const fitsBelow = below + height <= page.clientHeight || at.top < page.clientHeight - below;
  note.style.setProperty('inset-inline-start', `${left + scrollX}px`);
  note.style.setProperty('inset-block-start', `${(fitsBelow ? below : at.top - GAP - height) + scrollY}px`);
}
