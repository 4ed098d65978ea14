import type { Stream } from '#src/sequences/task.ts';

import type { Engine } from './engine.ts';
import { createModel } from './model.ts';
import type { Pace } from './pace.ts';
import { trainOnStream, type TrainingState } from './train.ts';

const BATCH = 16;
const OPTIMIZER = { kind: 'adam', learningRate: 0.01, clipNorm: 1 } as const;

/** What weights follow from: with the same stream and recipe they come out the same, wherever they are asked for. */
export interface StreamRecipe {
  units: number;
  updates: number;
  /** Decides the first weights and the stream. */
  seed: number;
}

interface Hooks {
  pace: Pace;
  /** Where an earlier training of the same recipe stood. */
  state?: TrainingState;
  /** Called before the first update, unless one was made already, and after each. */
  onUpdate?(updates: number, state: () => TrainingState): void;
}

/**
 * Trains an LSTM, from fresh weights, on a stream that it reads without end.
 * @returns its training's last state: the weights are kernel, recurrent kernel, bias, and the readout's kernel and bias
 */
export async function learnStream(
  engine: Engine,
  stream: Stream,
  { units, updates, seed }: StreamRecipe,
  { pace, state, onUpdate }: Hooks,
): Promise<TrainingState> {
  const model = createModel(engine, stream, seed, { cell: { kind: 'lstm' }, units });
  try {
    if (!state) onUpdate?.(0, () => ({ losses: [], scores: [], gradientNorms: [], weights: model.weights() }));
    const options = { updates, batch: BATCH, optimizer: OPTIMIZER, seed };
    return await trainOnStream(engine, model, stream, options, {
      pace,
      state,
      onUpdate: (progress) => onUpdate?.(progress.updates, progress.state),
    });
  } finally {
    model.dispose();
  }
}
