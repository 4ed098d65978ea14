import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';

import { loadKernels } from '#src/recurrent/index.ts';
import type { Cell, Floats, LossGradients, Problem } from '#src/recurrent/types.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';

import { cells, describeCell, expectClose, randomProblem } from './problems.ts';
import { tf } from './tensors.ts';

const forms = [typescriptKernels, await loadKernels()];

interface State {
  h: Tensor;
  c: Tensor;
}

interface TensorWeights {
  W: Tensor;
  U: Tensor;
  b: Tensor;
}

/**
 * One step of a cell in TensorFlow.js's own operations, written from the papers' formulas. An LSTM adds `nudge` to c_t
 * before it makes h_t from it.
 */
type Step = (x: Tensor, state: State, weights: TensorWeights, nudge: Tensor) => State;

const gateOf = (z: Tensor, how: 'learned' | 'coupled' | number = 'learned') =>
  typeof how === 'number' ? tf.onesLike(z).mul(how) : tf.sigmoid(z);

function simpleRnnStep(activation: 'tanh' | 'relu' | 'identity'): Step {
  return (x, { h, c }, { W, U, b }) => {
    const z = tf.add(tf.add(tf.matMul(x, W), tf.matMul(h, U)), b);
    return { h: activation === 'identity' ? z : tf[activation](z), c };
  };
}

function lstmStep({ gates = {} }: Extract<Cell, { kind: 'lstm' }>): Step {
  return (x, { h, c }, { W, U, b }, nudge) => {
    const z = tf.split(tf.add(tf.add(tf.matMul(x, W), tf.matMul(h, U)), b), 4, 1) as Tensor[];
    const gate = (index: number, how: 'learned' | 'coupled' | number = 'learned') => gateOf(z[index]!, how);
    const f = gate(1, gates.forget);
    const i = gates.input === 'coupled' ? tf.sub(1, f) : gate(0, gates.input);
    const cell = tf.add(tf.add(tf.mul(f, c), tf.mul(i, tf.tanh(z[2]!))), nudge);
    const shown = gates.outputActivation === 'identity' ? cell : tf.tanh(cell);
    return { h: tf.mul(gate(3, gates.output), shown), c: cell };
  };
}

function gruStep({ gates = {} }: Extract<Cell, { kind: 'gru' }>): Step {
  return (x, { h, c }, { W, U, b }) => {
    const [fromInputBias, fromHiddenBias] = tf.unstack(b) as [Tensor, Tensor];
    const fromInput = tf.split(tf.add(tf.matMul(x, W), fromInputBias), 3, 1) as Tensor[];
    const fromHidden = tf.split(tf.add(tf.matMul(h, U), fromHiddenBias), 3, 1) as Tensor[];
    const update = gateOf(tf.add(fromInput[0]!, fromHidden[0]!), gates.update);
    const reset = gateOf(tf.add(fromInput[1]!, fromHidden[1]!), gates.reset);
    const candidate = tf.tanh(tf.add(fromInput[2]!, tf.mul(reset, fromHidden[2]!)));
    return { h: tf.add(tf.mul(update, h), tf.mul(tf.sub(1, update), candidate)), c };
  };
}

function stepOf(cell: Cell): Step {
  if (cell.kind === 'simpleRnn') return simpleRnnStep(cell.activation);
  return cell.kind === 'lstm' ? lstmStep(cell) : gruStep(cell);
}

/**
 * The gradients by x, h_0, c_0 and the weights of the unrolled graph, and by zeros that are added to every h_t and c_t:
 * those are the total derivatives dL/dh_t and dL/dc_t. c_t's goes on to h_t and to c_{t+1}, h_t's to h_{t+1}.
 */
function unrolledGradients(problem: Problem, loss: LossGradients): Floats[] {
  const { cell, sizes, weights } = problem;
  const { time, batch, inputs, units } = sizes;
  const columns = weights.kernel.length / inputs;
  const states = [time, batch, units] as [number, number, number];
  const step = stepOf(cell);
  const total = (...[x, h0, c0, W, U, b, dh, dc]: Tensor[]) => {
    let state: State = { h: h0!, c: c0! };
    const hidden: Tensor[] = [];
    for (let t = 0; t < time; t++) {
      const at = (values: Tensor, size: number) => values.slice([t, 0, 0], [1, batch, size]).reshape([batch, size]);
      const { h, c } = step(at(x!, inputs), state, { W: W!, U: U!, b: b! }, at(dc!, units));
      state = { h: tf.add(h, at(dh!, units)), c };
      hidden.push(state.h);
    }
    const last = tf.sum(tf.mul(state.h, tf.tensor2d(loss.lastHidden!, [batch, units])));
    const every = tf.sum(tf.mul(tf.stack(hidden), tf.tensor3d(loss.hidden!, states)));
    const cellLoss = loss.lastCell ? tf.sum(tf.mul(state.c, tf.tensor2d(loss.lastCell, [batch, units]))) : tf.scalar(0);
    // tf.grads insists that the result depends on every argument; only an LSTM's does on these two.
    const nothing = tf.mul(0, tf.add(tf.sum(c0!), tf.sum(dc!)));
    return tf.addN([last, every, cellLoss, nothing] as Scalar[]);
  };
  const gradients = tf.grads(total)([
    tf.tensor3d(problem.input, [time, batch, inputs]),
    tf.tensor2d(problem.initialHidden!, [batch, units]),
    problem.initialCell ? tf.tensor2d(problem.initialCell, [batch, units]) : tf.zeros([batch, units]),
    tf.tensor2d(weights.kernel, [inputs, columns]),
    tf.tensor2d(weights.recurrentKernel, [units, columns]),
    cell.kind === 'gru' ? tf.tensor2d(weights.bias, [2, columns]) : tf.tensor1d(weights.bias),
    tf.zeros(states),
    tf.zeros(states),
  ]);
  return gradients.map((gradient) => gradient.dataSync<'float32'>() as Floats);
}

describe('gradients agree with those of the graph unrolled by hand', () => {
  it.each(cells.map((cell) => [describeCell(cell), cell] as const))('%s', (_, cell) => {
    const { problem, loss } = randomProblem(cell, { time: 9, batch: 3, inputs: 2, units: 6 }, 21);
    const [x, h0, c0, W, U, b, h, c] = unrolledGradients(problem, loss);
    for (const kernels of forms) {
      const pass = kernels.run(problem);
      const gradients = pass.backward(loss);
      const weights = gradients.weights();
      const check = (name: string, actual: Floats, expected: Floats | undefined) =>
        expectClose(actual, expected!, 5e-6, `${kernels.form}: ${name}`);
      check('dL/dx', gradients.input(), x);
      check('dL/dh_0', gradients.initialHidden(), h0);
      check('dL/dW', weights.kernel, W);
      check('dL/dU', weights.recurrentKernel, U);
      check('dL/db', weights.bias, b);
      check('dL/dh_t', gradients.hidden(), h);
      if (cell.kind === 'lstm') {
        check('dL/dc_0', gradients.initialCell(), c0);
        check('dL/dc_t', gradients.cells(), c);
      }
      pass.release();
    }
  });
});
