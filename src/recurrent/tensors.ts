/** The layers and the optimiser as parts of TensorFlow.js. Apart from index.ts, so that what needs no tensors loads none. */
export {
  recurrentOperations,
  type GruOptions,
  type LayerOptions,
  type LstmOptions,
  type RecurrentOperations,
  type SimpleRnnOptions,
  type TensorWeights,
} from './operations.ts';
export { heldPasses, releaseUnused, type Observer } from './operation-kernel.ts';
export { registerOwnMath } from './tensor-math.ts';
export { FusedOptimizer } from './tensor-optimizer.ts';
