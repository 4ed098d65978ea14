/** One training step in a worker that has just started, with what the site's worker loads; answers with its age by then. */
import type { Scalar, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core';

import { initialWeights, loadKernels } from '#src/recurrent/index.ts';
import { FusedOptimizer, recurrentOperations } from '#src/recurrent/tensors.ts';
import { createRandom } from '#src/sequences/random.ts';
import { tf } from '#tensorflow';

const scriptReady = performance.now();
const kernels = await loadKernels();
const random = createRandom(1, 'cold');
const initial = initialWeights('lstm', { inputs: 2, units: 32 }, random);
const weights = {
  kernel: tf.variable(tf.tensor2d(initial.kernel, [2, 128])) as unknown as Tensor2D,
  recurrentKernel: tf.variable(tf.tensor2d(initial.recurrentKernel, [32, 128])) as unknown as Tensor2D,
  bias: tf.variable(tf.tensor1d(initial.bias)) as unknown as Tensor1D,
};
const dense = tf.variable(tf.tensor2d(random.uniformArray(32, -0.3, 0.3), [32, 1]));
const x = tf.tensor3d(random.uniformArray(32 * 100 * 2, -1, 1), [32, 100, 2]);
const target = tf.tensor2d(random.uniformArray(32, -1, 1), [32, 1]);
const optimizer = new FusedOptimizer(kernels, { kind: 'adam', learningRate: 0.01 });
const variables = [...Object.values(weights), dense] as unknown as Variable[];
const hidden = () => recurrentOperations(kernels).lstm(x, weights).hidden;
const loss = () => tf.losses.meanSquaredError(target, tf.matMul(hidden(), dense as unknown as Tensor2D)) as Scalar;
optimizer.minimize(loss, true, variables)?.dataSync();
postMessage({ answer: performance.now() - scriptReady, sinceCreation: performance.now(), form: kernels.form });
