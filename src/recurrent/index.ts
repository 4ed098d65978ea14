/** Recurrent layers over whole sequences, forward and backward in time. See README.md. */
export { initialWeights, type InitialWeightsOptions, type KeepingBias, type Uniform } from './initial-weights.ts';
export { loadKernels, type Kernels } from './kernels.ts';
export { createOptimizer, type Optimizer, type OptimizerSettings, type OptimizerState } from './optimizer.ts';
export type {
  Activation,
  Cell,
  Floats,
  Form,
  Gates,
  Gradients,
  GruGates,
  LossGradients,
  LstmGates,
  Pass,
  Problem,
  Sizes,
  Weights,
} from './types.ts';
