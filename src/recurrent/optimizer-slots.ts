import type { Floats } from './types.ts';

/** What an optimiser remembers, for every parameter one number each. */
export interface Moments {
  /** Adam: the running mean of the gradient. Momentum: the velocity. */
  first: Floats;
  /** Adam: the running mean of the gradient's square. */
  second: Floats;
}

export interface AdamStep {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** 1 - beta^step: what makes up for the moments' start at zero. */
  correction1: number;
  correction2: number;
}

/**
 * Room for the parameters of one model, laid end to end: their values and gradients while a step is made, and the
 * optimiser's moments from step to step.
 */
export interface OptimizerSlots {
  /** How many parameters there are. */
  readonly length: number;
  load(values: readonly Floats[], gradients: readonly Floats[]): void;
  /** The sum of the squares of all gradients, in float64. */
  squaredGradientNorm(): number;
  /** One step of Adam (Kingma and Ba 2015) with gradients multiplied by `scale`. */
  adam(step: AdamStep, scale: number): void;
  /** One step of gradient descent with momentum: velocity = momentum velocity + gradient. */
  momentum(learningRate: number, momentum: number, scale: number): void;
  /** Writes the new values into the arrays. */
  store(values: readonly Floats[]): void;
  moments(): Moments;
  restore(moments: Moments): void;
  release(): void;
}

/** Lays the parts end to end. */
export function concatenateInto(whole: Floats, parts: readonly Floats[]): void {
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
}

/** Cuts the whole up into the parts again. */
export function splitInto(parts: readonly Floats[], whole: Floats): void {
  let start = 0;
  for (const part of parts) {
    part.set(whole.subarray(start, start + part.length));
    start += part.length;
  }
}
