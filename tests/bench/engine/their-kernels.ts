/** The kernels of TensorFlow.js's cpu backend, as they are before the site puts others in the place of some: to be imported first. */
import * as tf from '@tensorflow/tfjs';

tf.enableProdMode();

export const theirs = tf.getKernelsForBackend('cpu');
