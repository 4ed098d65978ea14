/** TensorFlow.js for Node: the same version, whole, with the same elementary functions. See tensorflow.ts. */
import * as tf from '@tensorflow/tfjs';

import { registerOwnMath } from '#src/recurrent/tensors.ts';

// Also keeps TensorFlow.js from advertising its native Node backend.
tf.enableProdMode();
await tf.setBackend('cpu');
registerOwnMath();

export { tf };
