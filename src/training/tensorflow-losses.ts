/** The losses, `tf.losses`: see tensorflow.ts. */
export { meanSquaredError } from '@tensorflow/tfjs-core/dist/ops/losses/mean_squared_error';
export { sigmoidCrossEntropy } from '@tensorflow/tfjs-core/dist/ops/losses/sigmoid_cross_entropy';
export { softmaxCrossEntropy } from '@tensorflow/tfjs-core/dist/ops/losses/softmax_cross_entropy';
