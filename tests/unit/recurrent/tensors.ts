/** TensorFlow.js, whole, on its cpu backend, for tests. */
import * as tf from '@tensorflow/tfjs';

tf.enableProdMode();
await tf.setBackend('cpu');

export { tf };
