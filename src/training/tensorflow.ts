/**
 * TensorFlow.js for the browser, in parts, so that a worker loads what it uses. Imported as `#tensorflow`: in Node, whose
 * module loader cannot read these parts, the whole package (tensorflow.node.ts) stands in for it.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

import * as tf from '@tensorflow/tfjs-core';

tf.enableProdMode();

export { tf };
