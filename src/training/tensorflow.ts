/**
 * TensorFlow.js in parts: only the operations, kernels and gradients that training here uses, so that a worker loads those
 * and no others. Imported as `#tensorflow`. Node's module loader cannot read TensorFlow.js's separate files (their own
 * imports have no extensions), so there the whole package stands in (tensorflow.node.ts); package.json's `imports` say
 * which. To use another operation, add it to tensorflow-operations.ts, its kernels and gradients to tensorflow-kernels.ts,
 * and a line to tests/unit/training/tensorflow-drive.ts, which runs each in the bundle.
 */
import './tensorflow-kernels.ts';

export * as tf from './tensorflow-operations.ts';
