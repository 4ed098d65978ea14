import type { NamedTensorMap, serialization, Variable } from '@tensorflow/tfjs-core';
import type { NamedTensor } from '@tensorflow/tfjs-core/dist/tensor_types';

import type { Kernels } from './kernels.ts';
import { createOptimizer, type OptimizerSettings, type OptimizerState } from './optimizer.ts';
import { engine, Optimizer, tensor } from '#recurrent/tensorflow';
import type { Floats } from './types.ts';

/** {@link createOptimizer} as a TensorFlow.js optimiser: `minimize`, `computeGradients` and `applyGradients` work as ever. */
export class FusedOptimizer extends Optimizer {
  static className = 'UnrolledFusedOptimizer';

  /** The norm of all gradients together at the last step, before clipping; NaN before the first. */
  gradientNorm = NaN;
  readonly #settings: OptimizerSettings;
  readonly #optimizer;

  constructor(kernels: Kernels, settings: OptimizerSettings) {
    super();
    this.#settings = settings;
    this.#optimizer = createOptimizer(kernels, settings);
  }

  /** @throws Error where a gradient is missing, RangeError where the variables are not those of the first step */
  override applyGradients(variableGradients: NamedTensorMap | NamedTensor[]): void {
    const named = Array.isArray(variableGradients)
      ? variableGradients
      : Object.entries(variableGradients).map(([name, gradient]) => ({ name, tensor: gradient }));
    const variables = named.map(({ name }) => registeredVariable(name));
    // Copies: a clone or a reshape of the variable may share its numbers.
    const values = variables.map((variable) => variable.dataSync().slice() as Floats);
    const gradients = named.map(({ name, tensor: gradient }) => {
      if (!gradient) throw new Error(`the gradient of variable ${name} is missing`);
      return gradient.dataSync() as Floats;
    });
    this.gradientNorm = this.#optimizer.step(values, gradients);
    variables.forEach((variable, i) => {
      const updated = tensor(values[i]!, variable.shape);
      variable.assign(updated);
      updated.dispose();
    });
    this.incrementIterations();
  }

  get learningRate(): number {
    return this.#optimizer.learningRate;
  }

  set learningRate(rate: number) {
    this.#optimizer.learningRate = rate;
  }

  /** All that it remembers, as plain numbers. */
  state(): OptimizerState {
    return this.#optimizer.state();
  }

  restore(state: OptimizerState): void {
    this.#optimizer.restore(state);
  }

  override dispose(): void {
    super.dispose();
    this.#optimizer.release();
  }

  override getConfig(): serialization.ConfigDict {
    return { ...this.#settings };
  }
}

function registeredVariable(name: string): Variable {
  const variable = engine().registeredVariables[name];
  if (!variable) throw new Error(`there is no variable named ${name}`);
  return variable;
}
