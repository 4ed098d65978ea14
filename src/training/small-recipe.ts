import type { Cell, Floats, Weights } from '#src/recurrent/index.ts';
import { markedValue } from '#src/sequences/marked-value.ts';

import type { Engine } from './engine.ts';
import { createModel } from './model.ts';
import type { Pace } from './pace.ts';
import { train, type TrainingState } from './train.ts';

/** Steps of the sequences that it trains on, and how. */
const STEPS = 12;
const BATCH = 32;
const OPTIMIZER = { kind: 'adam', learningRate: 0.02, clipNorm: 1 } as const;

export interface SmallRecipe {
  cell: Cell;
  units: number;
  updates: number;
  /** Decides the first weights and every batch. */
  seed: number;
}

/** A cell so small that each of its numbers can be shown, and what reads its hidden state: y_t = h_t v + c. */
export interface SmallNetwork {
  weights: Weights;
  /** v, [units] */
  readout: Floats;
  /** c */
  readoutBias: number;
}

interface Hooks {
  pace: Pace;
  /** Where an earlier training of the same recipe stood. */
  state?: TrainingState;
  onUpdate?(updates: number, state: () => TrainingState): void;
}

/** The network that a training has arrived at. */
export function networkOf({ weights }: Pick<TrainingState, 'weights'>): SmallNetwork {
  const [kernel, recurrentKernel, bias, readout, readoutBias] = weights as [Floats, Floats, Floats, Floats, Floats];
  return { weights: { kernel, recurrentKernel, bias }, readout, readoutBias: readoutBias[0]! };
}

/**
 * Trains a small cell to keep the value that came with the last mark (see markedValue), from fresh weights: the recipe says
 * all, so weights are named by it and made again wherever they are asked for.
 */
export async function followRecipe(
  engine: Engine,
  { cell, units, updates, seed }: SmallRecipe,
  { pace, state, onUpdate }: Hooks,
): Promise<SmallNetwork> {
  const task = markedValue(STEPS);
  const model = createModel(engine, task, seed, { cell, units });
  try {
    const options = { updates, batch: BATCH, optimizer: OPTIMIZER, seed };
    const trained = await train(engine, model, task, options, {
      pace,
      state,
      onUpdate: (progress) => onUpdate?.(progress.updates, progress.state),
    });
    return networkOf(trained);
  } finally {
    model.dispose();
  }
}
