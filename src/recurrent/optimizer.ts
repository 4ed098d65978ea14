import type { Kernels } from './kernels.ts';
import type { Moments } from './optimizer-slots.ts';
import type { Floats } from './types.ts';

export type OptimizerSettings = {
  learningRate: number;
  /** The norm, over all parameters' gradients together, to which longer ones are shortened (Pascanu et al. 2013). */
  clipNorm?: number;
} & (
  | {
      kind: 'adam';
      /** 0.9 unless given. */
      beta1?: number;
      /** 0.999 unless given. */
      beta2?: number;
      /** Added to the root of the corrected mean square; 1e-7 unless given. */
      epsilon?: number;
    }
  | {
      kind: 'sgd';
      /** The share of the velocity that is kept from step to step; 0 unless given. */
      momentum?: number;
    }
);

/** All that an optimiser remembers: with it a run goes on as if it had not been stopped. */
export interface OptimizerState extends Moments {
  steps: number;
  /** beta1^steps and beta2^steps; 1 for gradient descent. */
  power1: number;
  power2: number;
}

/**
 * Adam, or gradient descent with momentum, as TensorFlow.js has them, with clipping by the global norm. NaN and Infinity
 * in a gradient are not looked for: they spread into the parameters, and the norm says so.
 */
export interface Optimizer {
  learningRate: number;
  /**
   * Makes one step, in place. The arrays' number and lengths must be the same each time.
   * @returns the norm of all gradients together, before clipping
   * @throws RangeError where values and gradients differ in number or lengths, or from the first step's
   */
  step(values: readonly Floats[], gradients: readonly Floats[]): number;
  /** A copy. @throws Error before the first step */
  state(): OptimizerState;
  /** Goes on from a saved state; to be called before the first step or later. */
  restore(state: OptimizerState): void;
  release(): void;
}

function checkPositive(name: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`${name} is ${value}; it must be above 0`);
}

const lengthsOf = (arrays: readonly Floats[]) => arrays.map((array) => array.length);

const sameLengths = (lengths: readonly number[], arrays: readonly Floats[]) =>
  lengths.length === arrays.length && arrays.every((array, i) => array.length === lengths[i]);

export function createOptimizer(kernels: Kernels, settings: OptimizerSettings): Optimizer {
  const { clipNorm = Infinity } = settings;
  checkPositive('learning rate', settings.learningRate);
  checkPositive('clip norm', clipNorm);
  let slots: ReturnType<Kernels['slots']> | undefined;
  /** Of the parameters, once they are known. */
  let lengths: readonly number[] | undefined;
  let steps = 0;
  let power1 = 1;
  let power2 = 1;

  function slotsFor(values: readonly Floats[], gradients: readonly Floats[]) {
    if (!sameLengths(lengths ?? lengthsOf(values), values)) {
      throw new RangeError(`values have lengths [${lengthsOf(values).join(', ')}], at first [${lengths!.join(', ')}]`);
    }
    lengths ??= lengthsOf(values);
    if (!sameLengths(lengths, gradients)) {
      throw new RangeError(
        `values have lengths [${lengths.join(', ')}], gradients [${lengthsOf(gradients).join(', ')}]`,
      );
    }
    const length = lengths.reduce((sum, part) => sum + part, 0);
    slots ??= kernels.slots(length);
    if (slots.length !== length)
      throw new RangeError(`there are ${length} parameters; the state is of ${slots.length}`);
    return slots;
  }

  const optimizer: Optimizer = {
    learningRate: settings.learningRate,
    step(values, gradients) {
      const room = slotsFor(values, gradients);
      const { learningRate } = optimizer;
      room.load(values, gradients);
      const norm = Math.sqrt(room.squaredGradientNorm());
      const scale = norm > clipNorm ? clipNorm / norm : 1;
      steps++;
      if (settings.kind === 'adam') {
        const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = settings;
        // In float32, as TensorFlow.js has it: 1 - 0.999 differs from 0.001 in the fifth digit there.
        power1 = Math.fround(power1 * Math.fround(beta1));
        power2 = Math.fround(power2 * Math.fround(beta2));
        room.adam({ learningRate, beta1, beta2, epsilon, correction1: 1 - power1, correction2: 1 - power2 }, scale);
      } else {
        room.momentum(learningRate, settings.momentum ?? 0, scale);
      }
      room.store(values);
      return norm;
    },
    state() {
      if (!slots) throw new Error('an optimiser has no state before its first step');
      return { steps, power1, power2, ...slots.moments() };
    },
    restore(state) {
      if (slots && state.first.length !== slots.length) {
        throw new RangeError(`the state is of ${state.first.length} parameters, the optimiser of ${slots.length}`);
      }
      slots ??= kernels.slots(state.first.length);
      slots.restore(state);
      ({ steps, power1, power2 } = state);
    },
    release() {
      slots?.release();
      slots = undefined;
      lengths = undefined;
    },
  };
  return optimizer;
}
