import { seedOfRun } from '#src/sequences/random.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { createPace, type Pace } from '#src/training/pace.ts';

import type { RunContext } from './definition.ts';
import { number } from './parameters.ts';

/** Number of inputs of the networks whose gradients are measured. */
export const INPUTS = 2;

export const unitsParameter = number({
  label: 'Hidden units',
  unit: 'units',
  min: 1,
  max: 64,
  step: 1,
  default: 32,
  help: 'How many numbers the hidden state holds.',
});

/** What was measured of the networks before a run was stopped. */
export interface NetworksCheckpoint<Measured> {
  finished: Measured[];
}

interface Measurement<Measured, Result> {
  networks: number;
  /** What one of them is, as in "12 of 20 networks". */
  unit: string;
  /** `onShare` is for what takes long: it hears how much of this one is done, from 0 to 1. */
  measure(engine: Engine, seed: number, pace: Pace, onShare: (share: number) => void): Measured | Promise<Measured>;
  summarise(networks: Measured[]): Result;
}

/** A run that measures network after network, each of a seed of its own, and tells of what there is after each. */
export async function measureNetworks<Measured, Result>(
  { networks, unit, measure, summarise }: Measurement<Measured, Result>,
  { seed, signal, onProgress, checkpoint, form, onForm }: RunContext<Result, NetworksCheckpoint<Measured>>,
): Promise<Result> {
  const engine = await loadEngine(form);
  onForm?.(engine.kernels.form);
  const pace = createPace(signal);
  const finished = [...(checkpoint?.finished ?? [])];
  const report = (share: number) =>
    onProgress({
      done: finished.length + share,
      total: networks,
      unit,
      partial: finished.length > 0 ? () => summarise(finished) : undefined,
      checkpoint: { finished: [...finished] },
    });

  while (finished.length < networks) {
    await pace();
    finished.push(await measure(engine, seedOfRun(seed, finished.length), pace, report));
    report(0);
  }
  return summarise(finished);
}
