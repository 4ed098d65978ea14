import { describe, it } from 'vitest';

import { gruBackward, gruForward } from '#src/recurrent/gru.ts';
import { lstmBackward, lstmForward } from '#src/recurrent/lstm.ts';
import { simpleRnnBackward, simpleRnnForward } from '#src/recurrent/simple-rnn.ts';
import type { Cell, LossGradients, Numbers, Problem, Weights } from '#src/recurrent/types.ts';

import { cells, describeCell, expectClose, randomProblem } from './problems.ts';

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
  return cell.kind === 'lstm' ? lstmForward(problem, cell.gates) : gruForward(problem);
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
    : gruBackward(problem, gruForward(problem), loss);
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

describe('gradients agree with finite differences in float64', () => {
  it.each(cells.map((cell) => [describeCell(cell), cell] as const))('%s', (_, cell) => {
    const drawn = randomProblem(cell, { time: 6, batch: 2, inputs: 2, units: 3 }, 11);
    const { problem, loss } = inFloat64(drawn.problem, drawn.loss);
    const gradients = backward(cell, problem, loss);
    const size = problem.sizes.batch * problem.sizes.units;
    const check = (name: string, values: Numbers, gradient: Numbers) =>
      expectClose(
        gradient,
        differences(values, () => lossOf(cell, problem, loss)),
        5e-7,
        name,
      );

    check('x', problem.input, gradients.input);
    check('W', problem.weights.kernel, gradients.weights.kernel);
    check('U', problem.weights.recurrentKernel, gradients.weights.recurrentKernel);
    check('b', problem.weights.bias, gradients.weights.bias);
    check('h_0', problem.initialHidden!, gradients.hidden.subarray(0, size));
    if (gradients.cells) check('c_0', problem.initialCell!, gradients.cells.subarray(0, size));
  });
});
