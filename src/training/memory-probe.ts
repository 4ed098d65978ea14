import type { Floats } from '#src/recurrent/index.ts';

import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import type { Pace } from './pace.ts';
import { fitReadout, readOut, shareTold } from './ridge.ts';

/** A recording of a network: what it was given, and the hidden states that it had. */
export interface Recording {
  /** x, one number a step */
  inputs: Floats;
  /** h, [time, units] */
  hidden: Floats;
  units: number;
}

/** Lets a network read a sequence of numbers from a hidden state of zeros. */
export function recordStates(
  { kernels }: Engine,
  model: Pick<Model, 'cell' | 'units' | 'weights'>,
  inputs: Floats,
): Recording {
  const [kernel, recurrentKernel, bias] = model.weights() as [Floats, Floats, Floats];
  const { cell, units } = model;
  const sizes = { time: inputs.length, batch: 1, inputs: 1, units };
  const pass = kernels.run({ cell, sizes, input: inputs, weights: { kernel, recurrentKernel, bias } });
  try {
    return { inputs, hidden: pass.hidden(), units };
  } finally {
    pass.release();
  }
}

export interface MemoryOptions {
  /** The longest lag to look back. */
  longest: number;
  /** Steps at the start that only lead in; at least as many as the longest lag. */
  leadIn: number;
  /** Steps after these to fit the readout on; what is left is held out. */
  fitted: number;
  /** How much the readout pays for its weights: see fitReadout. */
  penalty: number;
}

/**
 * How much of the input of k steps before can be read out of a hidden state: for each lag k from 0 to the longest the R² of a
 * linear readout on steps that it was not fitted on. Jaeger (2001) calls this the k-delay memory, there as a squared correlation.
 */
export async function memoryOf(
  { inputs, hidden, units }: Recording,
  { longest, leadIn, fitted, penalty }: MemoryOptions,
  pace: Pace,
): Promise<number[]> {
  const states = (from: number, to: number) => ({ values: hidden.subarray(from * units, to * units), width: units });
  const before = (lag: number, from: number, to: number) => inputs.subarray(from - lag, to - lag);
  const heldOut = [leadIn + fitted, inputs.length] as const;
  const lags = Array.from({ length: longest + 1 }, (_, lag) => lag);

  await pace();
  const readout = fitReadout(
    states(leadIn, leadIn + fitted),
    lags.map((lag) => before(lag, leadIn, leadIn + fitted)),
    penalty,
  );
  await pace();
  return lags.map((lag) => shareTold(before(lag, ...heldOut), readOut(readout, lag, states(...heldOut))));
}
