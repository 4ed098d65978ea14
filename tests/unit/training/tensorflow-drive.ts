/**
 * Runs every operation that training has, with its gradient where it has one, and hands the numbers out. Built into a
 * bundle by tensorflow-parts.test.ts: a kernel or gradient that is missing from the registered set throws there.
 */
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';

import { loadKernels } from '#src/recurrent/index.ts';
import { FusedOptimizer, recurrentOperations } from '#src/recurrent/tensors.ts';
import { tf } from '#tensorflow';

type Operation = Exclude<keyof typeof tf, 'losses'> | keyof typeof tf.losses;

const matrix = () => tf.tensor2d([0.5, -1, 2, 0.25, 3, -0.75], [2, 3]);
const positive = () => tf.tensor2d([0.5, 1, 2, 0.25, 3, 0.75], [2, 3]);
const cube = () => tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
const labels = () => tf.tensor2d([0, 1, 0, 1, 0, 0], [2, 3]);

/** f's value, and the gradient of its weighted sum, so that no gradient is trivial. */
function forwardAndBack<T extends Tensor>(f: (x: T) => Tensor, x: T): Tensor[] {
  const weighted = (input: Tensor) => {
    const y = f(input as T);
    const weights = tf.tensor(
      Array.from({ length: y.size }, (_, i) => 1 + i / 3),
      y.shape,
    );
    return tf.sum(tf.mul(y, weights));
  };
  return [f(x), tf.grad(weighted)(x)];
}

const drives: Record<Operation, () => Tensor[]> = {
  abs: () => forwardAndBack(tf.abs, matrix()),
  add: () => forwardAndBack((x) => tf.add(x, tf.tensor1d([1, 2, 3])), matrix()),
  addN: () => forwardAndBack((x) => tf.addN([x, x]), matrix()),
  argMax: () => [tf.argMax(matrix(), 1)],
  cast: () => forwardAndBack((x) => tf.cast(tf.cast(x, 'bool'), 'float32'), labels()).slice(0, 1),
  clipByValue: () => forwardAndBack((x) => tf.clipByValue(x, -0.5, 1), matrix()),
  concat: () => forwardAndBack((x) => tf.concat([x, x], 1), matrix()),
  customGrad: () =>
    forwardAndBack((x) => {
      const f = tf.customGrad((y) => ({ value: tf.square(y as Tensor), gradFunc: (dy: Tensor) => tf.mul(dy, 3) }));
      return f(x);
    }, matrix()),
  dispose: () => {
    const x = matrix();
    tf.dispose(x);
    return [tf.scalar(Number(x.isDisposed))];
  },
  div: () => forwardAndBack((x) => tf.div(tf.div(x, 3), positive()), matrix()),
  equal: () => [tf.equal(matrix(), tf.scalar(2))],
  exp: () => forwardAndBack(tf.exp, matrix()),
  expandDims: () => forwardAndBack((x) => tf.expandDims(x, 1), matrix()),
  gather: () => forwardAndBack((x) => tf.gather(x, tf.tensor1d([1, 0, 1], 'int32')), matrix()),
  grad: () => [tf.grad((x: Tensor) => tf.sum(tf.square(x)))(matrix())],
  grads: () => tf.grads((x: Tensor, y: Tensor) => tf.sum(tf.mul(x, y)))([matrix(), positive()]),
  keep: () => [tf.tidy(() => tf.keep(matrix()))],
  log: () => forwardAndBack(tf.log, positive()),
  logSoftmax: () => forwardAndBack((x) => tf.logSoftmax(x), matrix()),
  matMul: () => forwardAndBack((x) => tf.matMul(x, tf.matMul(x, positive(), true)), matrix()),
  max: () => forwardAndBack((x) => tf.max(x, 1), matrix()),
  mean: () => forwardAndBack((x) => tf.mean(x, 0), matrix()),
  meanSquaredError: () => forwardAndBack((x) => tf.losses.meanSquaredError(labels(), x), matrix()),
  memory: () => [tf.scalar(Number(tf.memory().numTensors > 0))],
  mul: () => forwardAndBack((x) => tf.mul(tf.mul(x, x), 2), matrix()),
  neg: () => forwardAndBack(tf.neg, matrix()),
  oneHot: () => [tf.oneHot(tf.tensor1d([2, 0], 'int32'), 3)],
  ones: () => [tf.ones([2, 3])],
  relu: () => forwardAndBack(tf.relu, matrix()),
  reshape: () => forwardAndBack((x) => tf.reshape(x, [3, 2]), matrix()),
  reverse: () => forwardAndBack((x) => tf.reverse(x, 1), matrix()),
  scalar: () => [tf.scalar(3)],
  sigmoid: () => forwardAndBack(tf.sigmoid, matrix()),
  sigmoidCrossEntropy: () => forwardAndBack((x) => tf.losses.sigmoidCrossEntropy(labels(), x), matrix()),
  slice: () => forwardAndBack((x) => tf.slice(x, [0, 1, 0], [2, 1, 2]), cube()),
  softmax: () => forwardAndBack((x) => tf.softmax(x), matrix()),
  softmaxCrossEntropy: () => forwardAndBack((x) => tf.losses.softmaxCrossEntropy(labels(), x), matrix()),
  split: () => forwardAndBack((x) => tf.mul(...(tf.split(x, 2, 2) as [Tensor, Tensor])), cube()),
  sqrt: () => forwardAndBack(tf.sqrt, positive()),
  square: () => forwardAndBack(tf.square, matrix()),
  squeeze: () => forwardAndBack((x) => tf.squeeze(tf.slice(x, [0, 0, 0], [2, 1, 2]), [1]), cube()),
  stack: () => forwardAndBack((x) => tf.stack([x, x], 1), matrix()),
  sub: () => forwardAndBack((x) => tf.sub(1, tf.sub(x, tf.tensor1d([1, 2, 3]))), matrix()),
  sum: () => forwardAndBack((x) => tf.sum(x, 1, true), matrix()),
  tanh: () => forwardAndBack(tf.tanh, matrix()),
  tensor: () => [tf.tensor([1, 2, 3, 4], [2, 2])],
  tensor1d: () => [tf.tensor1d([1, 2])],
  tensor2d: () => [tf.tensor2d([1, 2], [1, 2])],
  tensor3d: () => [tf.tensor3d([1, 2], [1, 1, 2])],
  tidy: () => [tf.tidy(() => tf.square(matrix()))],
  transpose: () => forwardAndBack((x) => tf.transpose(x, [2, 0, 1]), cube()),
  unstack: () => forwardAndBack((x) => tf.mul(...(tf.unstack(x, 1) as [Tensor, Tensor])), cube()),
  valueAndGrads: () => tf.valueAndGrads((x: Tensor) => tf.sum(tf.square(x)))([matrix()]).grads,
  variable: () => [tf.variable(matrix())],
  variableGrads: () => {
    const variable = tf.variable(matrix());
    return Object.values(tf.variableGrads(() => tf.sum(tf.square(variable as Tensor)) as Scalar, [variable]).grads);
  },
  zeros: () => [tf.zeros([2])],
};

/** A few steps of training as the site does it: a recurrent layer, a dense layer on every step, a loss, an optimiser. */
async function train(): Promise<Tensor[]> {
  const kernels = await loadKernels({ form: 'typescript' });
  const { gru } = recurrentOperations(kernels);
  const spread = (length: number) => Array.from({ length }, (_, i) => ((i * 7) % 11) / 11 - 0.5);
  const variables = {
    kernel: tf.variable(tf.tensor2d(spread(18), [2, 9])),
    recurrentKernel: tf.variable(tf.tensor2d(spread(27), [3, 9])),
    bias: tf.variable(tf.tensor2d(spread(18), [2, 9])),
    dense: tf.variable(tf.tensor2d(spread(6), [3, 2])),
    denseBias: tf.variable(tf.tensor1d([0.1, -0.1])),
  } as unknown as Record<'kernel' | 'recurrentKernel' | 'dense', Tensor2D> & { bias: Tensor2D; denseBias: Tensor1D };
  const x = tf.tensor3d(spread(24), [3, 4, 2]);
  const targets = tf.oneHot(tf.tensor1d([0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0], 'int32'), 2);
  const optimizer = new FusedOptimizer(kernels, { kind: 'adam', learningRate: 0.1, clipNorm: 1 });
  const loss = () => {
    const { sequence } = gru(x as Tensor3D, variables, { sequences: true });
    const logits = tf.add(tf.matMul(tf.reshape(sequence, [12, 3]), variables.dense), variables.denseBias);
    return tf.losses.softmaxCrossEntropy(targets, logits) as Scalar;
  };
  const trainable = Object.values(variables) as unknown as Variable[];
  return [1, 2, 3].map(() => optimizer.minimize(loss, true, trainable) as Tensor);
}

/** The numbers that each operation, and a short training, gives; and what `#tensorflow` offers. */
export async function driveAll(): Promise<{ results: Record<string, number[]>; offered: string[] }> {
  const results: Record<string, number[]> = {};
  for (const name of Object.keys(drives) as Operation[]) {
    results[name] = drives[name]().flatMap((tensor) => [...tensor.dataSync()]);
  }
  results['training'] = (await train()).flatMap((tensor) => [...tensor.dataSync()]);
  return { results, offered: [...Object.keys(tf), ...Object.keys(tf.losses)].filter((name) => name !== 'losses') };
}
