/** A worker that computes longer than this without a pause is deaf to Stop. */
const LONGEST_STRETCH_MS = 30;

/** Lets waiting messages in if it is time; rejects with the signal's reason once that is aborted. */
export type Pace = () => Promise<void>;

/**
 * To be awaited between pieces of work that take 20 ms or less, so that a loop hears of Stop within 50 ms.
 * @returns a function that usually returns at once and, every {@link LONGEST_STRETCH_MS}, after a turn of the event loop
 */
export function createPace(signal: AbortSignal): Pace {
  let rested = performance.now();
  return async () => {
    const stretch = performance.now() - rested;
    // Less than nothing where the machine's clock was set back.
    if (stretch >= LONGEST_STRETCH_MS || stretch < 0) {
      await new Promise((resolve) => setTimeout(resolve));
      rested = performance.now();
    }
    signal.throwIfAborted();
  };
}
