/** 200 steps of training as the site does it, and a hash of all that came of it; bundled for Chromium by same-everywhere.test.ts. */
import type { Scalar, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core';

import { initialWeights, loadKernels } from '#src/recurrent/index.ts';
import { cos, exp, log, sin } from '#src/recurrent/math.ts';
import { FusedOptimizer, recurrentOperations } from '#src/recurrent/tensors.ts';
import { createRandom, type Random } from '#src/sequences/random.ts';
import { tf } from '#tensorflow';

const [TIME, BATCH, INPUTS, UNITS, CLASSES] = [20, 12, 3, 11, 4];

/** FNV-1a over the bits of float32 numbers. */
function hash(numbers: Float32Array, seed = 0x811c9dc5): number {
  let value = seed;
  for (const byte of new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)) {
    value = Math.imul(value ^ byte, 0x01000193);
  }
  return value >>> 0;
}

/** Waves of random pitch in noise; the class is the quarter of the range that the pitch is in. */
function batchOf(random: Random) {
  const x = new Float32Array(BATCH * TIME * INPUTS);
  const classes = new Int32Array(BATCH);
  for (let row = 0; row < BATCH; row++) {
    const pitch = random.uniform(0, 1);
    classes[row] = Math.floor(pitch * CLASSES);
    for (let t = 0; t < TIME; t++) {
      const noise = log(random.uniform(0.5, 1));
      x.set([sin(2 * pitch * t) + noise, cos(2 * pitch * t), exp(-t * pitch) - 0.5], (row * TIME + t) * INPUTS);
    }
  }
  return { x: tf.tensor3d(x, [BATCH, TIME, INPUTS]), labels: tf.oneHot(tf.tensor1d(classes, 'int32'), CLASSES) };
}

export interface TrainingRun {
  form: string;
  firstLoss: number;
  lastLoss: number;
  hash: number;
}

export async function trainingRun(): Promise<TrainingRun> {
  const kernels = await loadKernels({ form: 'simd128' });
  const operations = recurrentOperations(kernels);
  const random = createRandom(17, 'training run');
  const layers = (['lstm', 'gru', 'simpleRnn'] as const).map((kind) => {
    const { kernel, recurrentKernel, bias } = initialWeights(kind, { inputs: INPUTS, units: UNITS }, random, {
      forgetBias: { chrono: TIME },
    });
    const columns = kernel.length / INPUTS;
    return {
      kind,
      kernel: tf.variable(tf.tensor2d(kernel, [INPUTS, columns])),
      recurrentKernel: tf.variable(tf.tensor2d(recurrentKernel, [UNITS, columns])),
      bias: tf.variable(kind === 'gru' ? tf.tensor2d(bias, [2, columns]) : tf.tensor1d(bias)),
    };
  });
  const dense = tf.variable(tf.tensor2d(random.uniformArray(3 * UNITS * CLASSES, -0.3, 0.3), [3 * UNITS, CLASSES]));
  const variables = [...layers.flatMap((layer) => [layer.kernel, layer.recurrentKernel, layer.bias]), dense];
  const optimizer = new FusedOptimizer(kernels, { kind: 'adam', learningRate: 0.01, clipNorm: 1 });

  const losses = new Float32Array(200);
  for (let step = 0; step < losses.length; step++) {
    losses[step] = tf.tidy(() => {
      const { x, labels } = batchOf(random);
      const loss = () => {
        const hidden = layers.map(({ kind, kernel, recurrentKernel, bias }) => {
          const weights = { kernel, recurrentKernel, bias } as unknown as {
            kernel: Tensor2D;
            recurrentKernel: Tensor2D;
            bias: Tensor1D;
          };
          return operations[kind](x, weights).hidden;
        });
        return tf.losses.softmaxCrossEntropy(
          labels,
          tf.matMul(tf.concat(hidden, 1), dense as unknown as Tensor2D),
        ) as Scalar;
      };
      return optimizer.minimize(loss, true, variables as unknown as Variable[])!.dataSync()[0]!;
    });
  }
  const { first, second } = optimizer.state();
  const everything = [losses, first, second, ...variables.map((variable) => variable.dataSync() as Float32Array)];
  const result = {
    form: kernels.form,
    firstLoss: losses[0]!,
    lastLoss: losses.at(-1)!,
    hash: everything.reduce((value, numbers) => hash(numbers, value), 0x811c9dc5),
  };
  tf.dispose(variables as unknown as Variable[]);
  optimizer.dispose();
  return result;
}
