import { describe, it } from 'vitest';

import { loadKernels } from '#src/recurrent/index.ts';
import { gruBackward, gruForward } from '#src/recurrent/gru.ts';
import { lstmBackward, lstmForward } from '#src/recurrent/lstm.ts';
import { simpleRnnBackward, simpleRnnForward } from '#src/recurrent/simple-rnn.ts';
import type { Cell, LossGradients, Numbers, Problem, Weights } from '#src/recurrent/types.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';

import { cells, describeCell, everythingOf, expectClose, randomProblem } from './problems.ts';

const wide = (values: Numbers | undefined) => values && new Float64Array(values);

/** The same problem in float64. */
function inFloat64(problem: Problem, loss: LossGradients): { problem: Problem<Numbers>; loss: LossGradients<Numbers> } {
  const { input, weights, initialHidden, initialCell } = problem;
  const { kernel, recurrentKernel, bias } = weights;
  return {
    problem: {
      ...problem,
      input: wide(input)!,
      weights: { kernel: wide(kernel)!, recurrentKernel: wide(recurrentKernel)!, bias: wide(bias)! },
      initialHidden: wide(initialHidden),
      initialCell: wide(initialCell),
    },
    loss: { hidden: wide(loss.hidden), lastHidden: wide(loss.lastHidden), lastCell: wide(loss.lastCell) },
  };
}

function dot(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function forward(cell: Cell, problem: Problem<Numbers>): { hidden: Numbers; cells?: Numbers } {
  if (cell.kind === 'simpleRnn') return simpleRnnForward(problem, cell.activation);
  return cell.kind === 'lstm' ? lstmForward(problem, cell.gates) : gruForward(problem, cell.gates);
}

interface AnyGradients {
  weights: Weights<Numbers>;
  input: Numbers;
  hidden: Numbers;
  cells?: Numbers;
}

function backward(cell: Cell, problem: Problem<Numbers>, loss: LossGradients<Numbers>): AnyGradients {
  if (cell.kind === 'simpleRnn') {
    return simpleRnnBackward(problem, cell.activation, simpleRnnForward(problem, cell.activation), loss);
  }
  return cell.kind === 'lstm'
    ? lstmBackward(problem, cell.gates, lstmForward(problem, cell.gates), loss)
    : gruBackward(problem, cell.gates, gruForward(problem, cell.gates), loss);
}

/** A loss whose gradients are the given ones: every state times its own. */
function lossOf(cell: Cell, problem: Problem<Numbers>, loss: LossGradients<Numbers>): number {
  const { batch, units } = problem.sizes;
  const { hidden, cells: cellStates } = forward(cell, problem);
  return (
    dot(loss.hidden!, hidden.subarray(batch * units)) +
    dot(loss.lastHidden!, hidden.subarray(-batch * units)) +
    (loss.lastCell ? dot(loss.lastCell, cellStates!.subarray(-batch * units)) : 0)
  );
}

/** Central differences of the loss by each of the values. */
function differences(values: Numbers, loss: () => number): Float64Array<ArrayBuffer> {
  const step = 1e-5;
  return Float64Array.from(values, (value, i) => {
    values[i] = value + step;
    const above = loss();
    values[i] = value - step;
    const below = loss();
    values[i] = value;
    return (above - below) / (2 * step);
  });
}

const forms = [typescriptKernels, await loadKernels(), await loadKernels({ form: 'relaxed-simd' })];

describe('gradients agree with finite differences in float64', () => {
  it.each(cells.map((cell) => [describeCell(cell), cell] as const))('%s', (_, cell) => {
    const drawn = randomProblem(cell, { time: 6, batch: 2, inputs: 2, units: 3 }, 11);
    const { problem, loss } = inFloat64(drawn.problem, drawn.loss);
    const size = problem.sizes.batch * problem.sizes.units;
    const by = (values: Numbers | undefined) => values && differences(values, () => lossOf(cell, problem, loss));
    const expected = {
      'dL/dx': by(problem.input)!,
      'dL/dW': by(problem.weights.kernel)!,
      'dL/dU': by(problem.weights.recurrentKernel)!,
      'dL/db': by(problem.weights.bias)!,
      'dL/dh_0': by(problem.initialHidden)!,
      ...(cell.kind === 'lstm' && { 'dL/dc_0': by(problem.initialCell)! }),
    };
    const check = (form: string, gradients: Record<string, Numbers>, bound: number) => {
      for (const [name, differences] of Object.entries(expected)) {
        expectClose(gradients[name]!, differences, bound, `${form}: ${name}`);
      }
    };

    const { weights, input, hidden, cells: cellStates } = backward(cell, problem, loss);
    const gradients = {
      'dL/dx': input,
      'dL/dW': weights.kernel,
      'dL/dU': weights.recurrentKernel,
      'dL/db': weights.bias,
      'dL/dh_0': hidden.subarray(0, size),
      ...(cellStates && { 'dL/dc_0': cellStates.subarray(0, size) }),
    };
    check('float64', gradients, 5e-7);
    for (const kernels of forms) {
      const pass = kernels.run(drawn.problem);
      check(kernels.form, everythingOf(pass, cell, drawn.loss), 5e-6);
      pass.release();
    }
  });
});
