import type { Activation } from '#src/recurrent/index.ts';
import { numberRecall } from '#src/sequences/number-recall.ts';

import type { Engine } from './engine.ts';
import type { ReadoutRnn } from './gradient-probe.ts';
import { Memory } from './memory.ts';
import { createModel } from './model.ts';
import type { Pace } from './pace.ts';
import { SOLVED_WINDOW, train } from './train.ts';

/** The training: short, and the same for every network. */
export const UPDATES = 300;
const BATCH = 32;
const LEARNING_RATE = 0.005;
/** The mean square error, of numbers of variance 1, below which the task counts as learned. */
export const LEARNED_BELOW = 0.05;

export interface TrainedRnn {
  network: ReadoutRnn;
  /** The mean square error over the last batches, each of them fresh. */
  error: number;
  /** Whether that fell below {@link LEARNED_BELOW}, after which training ended. */
  learned: boolean;
}

interface Start {
  units: number;
  recurrentScale: number;
  activation: Activation;
}

const trained = new Memory<TrainedRnn>(200);

/**
 * The network that createReadoutRnn makes of the same seed and options, trained to recall the first number of
 * sequences of `time` steps. One that was trained before comes at once.
 */
export async function trainReadoutRnn(
  engine: Engine,
  seed: number,
  start: Start,
  time: number,
  { pace, onShare }: { pace: Pace; onShare?(share: number): void },
): Promise<TrainedRnn> {
  const key = JSON.stringify([engine.kernels.form, seed, start.units, start.recurrentScale, start.activation, time]);
  return trained.get(key) ?? trained.keep(key, await trainFresh(engine, seed, start, time, { pace, onShare }));
}

async function trainFresh(
  engine: Engine,
  seed: number,
  { units, recurrentScale, activation }: Start,
  time: number,
  { pace, onShare }: { pace: Pace; onShare?(share: number): void },
): Promise<TrainedRnn> {
  const task = numberRecall(time);
  const cell = { kind: 'simpleRnn', activation } as const;
  const model = createModel(engine, task, seed, { cell, units, recurrentScale });
  try {
    const { scores, solvedAfter } = await train(
      engine,
      model,
      task,
      {
        updates: UPDATES,
        batch: BATCH,
        optimizer: { kind: 'adam', learningRate: LEARNING_RATE, clipNorm: 1 },
        seed,
        solvedAt: LEARNED_BELOW,
      },
      { pace, onUpdate: ({ updates }) => onShare?.(updates / UPDATES) },
    );
    const [kernel, recurrentKernel, bias, readout] = model.weights();
    const last = scores.slice(-SOLVED_WINDOW);
    return {
      network: {
        cell,
        inputs: task.inputs,
        units,
        weights: { kernel: kernel!, recurrentKernel: recurrentKernel!, bias: bias! },
        readout: readout!,
      },
      error: last.reduce((sum, score) => sum + score, 0) / last.length,
      learned: solvedAfter !== undefined,
    };
  } finally {
    model.dispose();
  }
}
