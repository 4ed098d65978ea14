/**
 * What this library needs of TensorFlow.js, by the files it is in, so that a bundle holds no more than that: the package's
 * front door brings file formats, platforms and chained methods along. Node's module loader cannot read these files (their
 * own imports have no extensions), so there the front door stands in (tensorflow.node.ts): package.json's `imports` say which.
 */
import { ENGINE } from '@tensorflow/tfjs-core/dist/engine';

export {
  getKernel,
  registerGradient,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core/dist/kernel_registry';
export { tensor } from '@tensorflow/tfjs-core/dist/ops/tensor';
export { Optimizer } from '@tensorflow/tfjs-core/dist/optimizers/optimizer';

export const engine = () => ENGINE;
