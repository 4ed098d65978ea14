/** What this library needs of TensorFlow.js, in Node: see tensorflow.ts. */
export {
  engine,
  getKernel,
  Optimizer,
  registerGradient,
  registerKernel,
  tensor,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
