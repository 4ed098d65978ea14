import type { Snapshot } from '#src/experiments/train-rnn/reading.ts';

/** What each unit is called beside the map of hidden states. */
export const unitNames = (units: number): string[] => Array.from({ length: units }, (_, unit) => `h${unit + 1}`);

/** Where the map's columns begin and end, in pixels from its edges: a plot above it that shares its steps begins and ends there. */
export function edgesOf({ weights }: Snapshot): { left: number; right: number } {
  const longest = Math.max(...unitNames(weights[2]!.length).map((name) => name.length));
  return { left: 12 + 7 * longest, right: 10 };
}
