/** What a player is told, and what it tells: it asks for the present step, for that may change at any time. */
export interface TimePlayerOptions {
  step(): number;
  /** Steps count from 1 to this. */
  length(): number;
  onstep(step: number): void;
}

/** How long each step is looked at, in seconds. */
export const paces = [
  { value: '2', label: 'slow' },
  { value: '1', label: 'middling' },
  { value: '0.4', label: 'fast' },
] as const;

/** Goes through time steps, at the reader's pace, one by one or by itself. */
export class TimePlayer {
  playing = $state(false);
  pace: string = $state(paces[1].value);
  readonly #options: TimePlayerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TimePlayerOptions) {
    this.#options = options;
  }

  /** Starts to play, from the beginning where the end is reached; or stops. */
  toggle(): void {
    if (this.playing) return this.stop();
    const { step, length, onstep } = this.#options;
    this.playing = true;
    if (step() >= length()) onstep(1);
    this.#wait();
  }

  stop(): void {
    this.playing = false;
    clearTimeout(this.#timer);
  }

  /** Goes to a step, no further than there are any. */
  go(step: number): void {
    this.#options.onstep(Math.min(this.#options.length(), Math.max(1, step)));
  }

  setPace(pace: string): void {
    this.pace = pace;
    if (this.playing) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), 1000 * Number(this.pace));
  }

  #next(): void {
    const { step, length } = this.#options;
    this.go(step() + 1);
    if (step() >= length()) this.stop();
    else this.#wait();
  }
}
