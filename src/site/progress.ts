/**
 * What a reader has done, kept on the reader's own device and nowhere else. Every mark carries the version of the text that it
 * is about: a section that has changed since has not been read.
 */
import * as v from 'valibot';

const KEY = 'unrolled.progress';
/** More than the site can ever fill: what a file to import may bring. */
const MOST_MARKS = 1000;

/** A part of a chapter, `/basic-rnn/#unrolled`; an experiment's slug; a quiz's name. */
const Name = v.pipe(v.string(), v.regex(/^[\w/#%.~-]{1,200}$/));
const Version = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/));
const Marks = v.pipe(
  v.record(Name, Version),
  v.check((marks) => Object.keys(marks).length <= MOST_MARKS, `at most ${MOST_MARKS} marks`),
);

const Progress = v.strictObject({
  version: v.literal(1),
  /** Sections that were read to their end. */
  read: Marks,
  /** Experiments that were run. */
  run: Marks,
  /** Quizzes that were answered right throughout. */
  passed: Marks,
  /** Where the reader was last: the address of a section, without the site's base path. */
  place: v.optional(Name),
});

export type Progress = v.InferOutput<typeof Progress>;

/** The three kinds of marks. */
export type Deed = 'read' | 'run' | 'passed';

export const nothingYet = (): Progress => ({ version: 1, read: {}, run: {}, passed: {} });

/** Reads what was kept or exported. @throws Error that says what is wrong with it */
export function parseProgress(text: string): Progress {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error('This is no progress file: it is not JSON.');
  }
  const parsed = v.safeParse(Progress, given);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? 'the file';
  throw new Error(`This is no progress file of this site: ${where}: ${issue.message}`);
}

export const writeProgress = (progress: Progress): string => JSON.stringify(progress);

/** Both together: of marks about the same thing those of `newer`. */
export function mergeProgress(older: Progress, newer: Progress): Progress {
  const merged = (deed: Deed) => ({ ...older[deed], ...newer[deed] });
  const place = newer.place ?? older.place;
  return { version: 1, read: merged('read'), run: merged('run'), passed: merged('passed'), ...(place && { place }) };
}

/** Whether something was done, and has not changed since. */
export const isDone = (progress: Progress, deed: Deed, name: string, version: string): boolean =>
  Object.hasOwn(progress[deed], name) && progress[deed][name] === version;

/** The part of Storage that is used. */
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The progress on this device. Where storage is blocked or full everything works for as long as the page is open, and
 * `trouble` says that nothing is kept.
 */
export class ProgressStore {
  trouble = '';
  #progress = nothingYet();
  readonly #storage?: Storage;

  constructor(storage: () => Storage = () => localStorage) {
    try {
      this.#storage = storage();
    } catch {
      this.trouble = 'This browser does not let the site keep anything, so your progress is forgotten when you leave.';
    }
    this.#refresh();
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** @returns whether that is news */
  mark(deed: Deed, name: string, version: string): boolean {
    this.#refresh();
    if (isDone(this.#progress, deed, name, version)) return false;
    this.#keep({ ...this.#progress, [deed]: { ...this.#progress[deed], [name]: version } });
    return true;
  }

  setPlace(place: string): void {
    this.#refresh();
    if (this.#progress.place !== place) this.#keep({ ...this.#progress, place });
  }

  /** @throws Error that says what is wrong with the text; nothing is changed then */
  import(text: string): void {
    const given = parseProgress(text);
    this.#refresh();
    this.#keep(mergeProgress(this.#progress, given));
  }

  erase(): void {
    this.#progress = nothingYet();
    try {
      this.#storage?.removeItem(KEY);
    } catch {
      // There was nothing that could be kept, and so nothing to erase.
    }
  }

  /** Takes in what other pages of the site have kept meanwhile. What cannot be read is left as it is until the next mark. */
  #refresh(): void {
    try {
      const kept = this.#storage?.getItem(KEY);
      if (kept) this.#progress = parseProgress(kept);
    } catch {
      // Kept by a later version of the site, say.
    }
  }

  #keep(progress: Progress): void {
    this.#progress = progress;
    try {
      this.#storage?.setItem(KEY, writeProgress(progress));
    } catch {
      this.trouble =
        'This browser’s storage for the site is full or blocked, so your progress is forgotten when you leave.';
    }
  }
}
