import { pageAddress } from './address.ts';
import { isDone, ProgressStore, writeProgress } from './progress.ts';

/** Says on each `[data-sections]` how many of its sections were read, and offers the way back to where the reader was. */
export function showProgress(): void {
  const { progress } = new ProgressStore();
  for (const place of document.querySelectorAll<HTMLElement>('[data-sections]')) {
    const sections = JSON.parse(place.dataset['sections']!) as [name: string, version: string][];
    const read = sections.filter(([name, version]) => isDone(progress, 'read', name, version)).length;
    if (read > 0) place.textContent = read === sections.length ? 'Read' : `${read} of ${sections.length} sections read`;
  }
  const onward = document.querySelector<HTMLAnchorElement>('[data-place]');
  if (!onward || !progress.place || !isOfChapter(progress.place)) return;
  onward.href = pageAddress(progress.place);
  onward.hidden = false;
}

/** A kept place leads nowhere but to a chapter that the page shows. */
function isOfChapter(place: string): boolean {
  const all = [...document.querySelectorAll<HTMLElement>('[data-sections]')];
  return all.some(({ dataset }) => (JSON.parse(dataset['sections']!) as string[][]).some(([name]) => name === place));
}

/** Makes the page about the reader's own marks work: what is kept, export, import, erase. */
export function wireProgressPage(): void {
  const store = new ProgressStore();
  const status = document.querySelector<HTMLElement>('[data-progress-status]');
  const chosen = document.querySelector<HTMLInputElement>('[data-progress-import]');
  if (!status || !chosen) return;

  const count = (marks: object) => Object.keys(marks).length;
  const show = (said = '') => {
    const { read, run, passed } = store.progress;
    for (const [name, marks] of Object.entries({ read, run, passed })) {
      document.querySelector(`[data-count="${name}"]`)!.textContent = String(count(marks));
    }
    status.textContent = [said, store.trouble].filter(Boolean).join(' ');
  };

  document.querySelector('[data-progress-export]')?.addEventListener('click', () => {
    download('unrolled-progress.json', writeProgress(store.progress));
    show('Your marks were written to a file.');
  });
  chosen.addEventListener('change', async () => {
    const [file] = chosen.files ?? [];
    if (!file) return;
    try {
      store.import(await file.text());
      show('The marks of the file were added to yours.');
    } catch (error) {
      show(`${(error as Error).message} Nothing was changed.`);
    }
    chosen.value = '';
  });
  document.querySelector('[data-progress-erase]')?.addEventListener('click', () => {
    store.erase();
    show('Everything that was kept of your reading is erased.');
  });
  show();
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
