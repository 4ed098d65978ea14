/** TensorFlow.js for Node: the same version, whole. See tensorflow.ts. */
import * as tf from '@tensorflow/tfjs';

// Also keeps TensorFlow.js from advertising its native Node backend.
tf.enableProdMode();

export { tf };
