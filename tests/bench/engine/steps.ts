/** The timed training steps, for a worker and for Node alike. */
import { theirs } from './their-kernels.ts';

import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

import {
  createOptimizer,
  initialWeights,
  loadKernels,
  type Cell,
  type Form,
  type Kernels,
} from '#src/recurrent/index.ts';
import { FusedOptimizer, recurrentOperations } from '#src/recurrent/tensors.ts';
import { createRandom } from '#src/sequences/random.ts';
import { squaredError } from '#src/training/squared-error.ts';

import { INPUTS, nameOf, type Case, type Peer } from './cases.ts';

/** The site's kernels, where it has others than TensorFlow.js, and those that they replace. Ours run on the former, peers on the latter. */
const ours = tf.getKernelsForBackend('cpu').filter((kernel) => !theirs.includes(kernel));
const replaced = theirs.filter(({ kernelName }) => ours.some((kernel) => kernel.kernelName === kernelName));

function useKernels(kernels: readonly tf.KernelConfig[]): void {
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, 'cpu');
    tf.registerKernel(kernel);
  }
}

const cellOf = (kind: Case['cell']): Cell => (kind === 'simpleRnn' ? { kind, activation: 'tanh' } : { kind });

/** The numbers that every peer starts from. */
function dataOf({ cell, time, batch, units }: Case) {
  const random = createRandom(1, 'bench');
  return {
    x: random.uniformArray(batch * time * INPUTS, -1, 1),
    target: random.uniformArray(batch, -1, 1),
    weights: initialWeights(cell, { inputs: INPUTS, units }, random),
    dense: random.uniformArray(units, -0.3, 0.3),
  };
}

/** A step by TensorFlow.js: `hidden` gives the last hidden state, `loss` its mean square error; `minimize` is the optimiser's. */
function tensorStep(
  timed: Case,
  hidden: (x: Tensor3D) => Tensor2D,
  loss: (y: Tensor2D, target: Tensor2D) => Scalar,
  layerVariables: readonly Variable[],
  optimizer: { minimize(f: () => Scalar, returnCost: boolean, variables: Variable[]): Scalar | null },
): () => void {
  const data = dataOf(timed);
  const x = tf.tensor3d(data.x, [timed.batch, timed.time, INPUTS]);
  const target = tf.tensor2d(data.target, [timed.batch, 1]);
  const dense = tf.variable(tf.tensor2d(data.dense, [timed.units, 1]));
  const denseBias = tf.variable(tf.tensor1d([0]));
  const variables = [...layerVariables, dense, denseBias] as Variable[];
  const lossNow = () =>
    loss(tf.add(tf.matMul(hidden(x), dense as unknown as Tensor2D), denseBias as unknown as Tensor1D), target);
  return () => tf.tidy(() => void optimizer.minimize(lossNow, true, variables)?.dataSync());
}

function layersStep(timed: Case): () => void {
  const { units } = timed;
  const layer =
    timed.cell === 'simpleRnn'
      ? tf.layers.simpleRNN({ units })
      : tf.layers[timed.cell]({ units, recurrentActivation: 'sigmoid' });
  layer.apply(tf.zeros([timed.batch, timed.time, INPUTS]));
  const variables = layer.trainableWeights.map((weight) => weight.read() as Variable);
  const loss = (y: Tensor2D, target: Tensor2D) => tf.losses.meanSquaredError(target, y) as Scalar;
  return tensorStep(timed, (x) => layer.apply(x) as Tensor2D, loss, variables, tf.train.adam(0.001));
}

function operationStep(timed: Case, kernels: Kernels): () => void {
  const { weights } = dataOf(timed);
  const columns = weights.kernel.length / INPUTS;
  const kernel = tf.variable(tf.tensor2d(weights.kernel, [INPUTS, columns]));
  const recurrentKernel = tf.variable(tf.tensor2d(weights.recurrentKernel, [timed.units, columns]));
  const bias = tf.variable(
    (timed.cell === 'gru' ? tf.tensor2d(weights.bias, [2, columns]) : tf.tensor1d(weights.bias)) as Tensor,
  );
  const operation = recurrentOperations(kernels)[timed.cell];
  const layer = { kernel, recurrentKernel, bias } as unknown as Parameters<typeof operation>[1];
  const optimizer = new FusedOptimizer(kernels, { kind: 'adam', learningRate: 0.001 });
  const loss = (y: Tensor2D, target: Tensor2D) => squaredError(y, target.dataSync());
  return tensorStep(timed, (x) => operation(x, layer).hidden, loss, [kernel, recurrentKernel, bias], optimizer);
}

function bareStep(timed: Case, kernels: Kernels): () => void {
  const { time, batch, units } = timed;
  const { x, target, weights, dense } = dataOf(timed);
  const denseBias = new Float32Array(1);
  const optimizer = createOptimizer(kernels, { kind: 'adam', learningRate: 0.001 });
  const values = [weights.kernel, weights.recurrentKernel, weights.bias, dense, denseBias];
  return () => {
    const sizes = { time, batch, inputs: INPUTS, units };
    const pass = kernels.run({ cell: cellOf(timed.cell), sizes, input: x, weights });
    const hidden = pass.lastHidden();
    const lastHidden = new Float32Array(batch * units);
    const dDense = new Float32Array(units);
    const dDenseBias = new Float32Array(1);
    for (let row = 0; row < batch; row++) {
      let y = denseBias[0]!;
      for (let unit = 0; unit < units; unit++) y += hidden[row * units + unit]! * dense[unit]!;
      const dy = (2 * (y - target[row]!)) / batch;
      dDenseBias[0]! += dy;
      for (let unit = 0; unit < units; unit++) {
        dDense[unit]! += dy * hidden[row * units + unit]!;
        lastHidden[row * units + unit] = dy * dense[unit]!;
      }
    }
    const gradients = pass.backward({ lastHidden }, { withInput: false }).weights();
    pass.release();
    optimizer.step(values, [gradients.kernel, gradients.recurrentKernel, gradients.bias, dDense, dDenseBias]);
  };
}

const kernelsOf = new Map<Form, Promise<Kernels>>();

function kernelsIn(form: Form): Promise<Kernels> {
  if (!kernelsOf.has(form)) kernelsOf.set(form, loadKernels({ form }));
  return kernelsOf.get(form)!;
}

async function stepOf(peer: Peer, timed: Case): Promise<() => void> {
  if (peer === 'tf.layers cpu' || peer === 'tf.layers wasm') return layersStep(timed);
  const [form, bare] = peer.split(' ') as [Form, string?];
  const kernels = await kernelsIn(form);
  if (kernels.form !== form) throw new Error(`${form} does not run here`);
  return bare ? bareStep(timed, kernels) : operationStep(timed, kernels);
}

const steps = new Map<string, () => void>();

/** Milliseconds per step, over `count` steps; the first call for a peer and a case prepares and warms it up as well. */
export async function timeSteps(peer: Peer, timed: Case, count: number): Promise<number> {
  await tf.setBackend(peer === 'tf.layers wasm' ? 'wasm' : 'cpu');
  useKernels(peer.startsWith('tf.layers') ? replaced : ours);
  const key = `${peer} ${nameOf(timed)}`;
  let step = steps.get(key);
  if (!step) {
    step = await stepOf(peer, timed);
    steps.set(key, step);
    for (const start = performance.now(), end = start + 300; performance.now() < end;) step();
  }
  const start = performance.now();
  for (let i = 0; i < count; i++) step();
  return (performance.now() - start) / count;
}

/** Billions of float32 operations a second that the module's register-only loop reaches. */
export async function timePeak(module: BufferSource): Promise<number> {
  const { instance } = await WebAssembly.instantiate(module, {});
  const { peak, operationsPerTurn } = instance.exports as unknown as {
    peak(turns: number): number;
    operationsPerTurn: WebAssembly.Global<'i32'>;
  };
  const turns = 200_000;
  peak(turns);
  const start = performance.now();
  peak(turns);
  return (turns * operationsPerTurn.value) / (performance.now() - start) / 1e6;
}
