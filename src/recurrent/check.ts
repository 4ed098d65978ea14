import type { Cell, LossGradients, Numbers, Problem, Sizes } from './types.ts';

/** How many columns of `units` the kernel has, and how many the bias. */
export const gateCounts = {
  simpleRnn: { kernel: 1, bias: 1 },
  lstm: { kernel: 4, bias: 4 },
  gru: { kernel: 3, bias: 6 },
} as const satisfies Record<Cell['kind'], { kernel: number; bias: number }>;

function checkSizes(sizes: Sizes): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`${name} is ${size}; it must be a whole number from 1`);
  }
}

function checkLength(name: string, values: Numbers, shape: readonly number[]): void {
  const length = shape.reduce((product, size) => product * size, 1);
  if (values.length !== length) {
    throw new RangeError(`${name} has ${values.length} numbers; shape [${shape}] has ${length}`);
  }
}

function checkCell(cell: Cell): void {
  if (cell.kind === 'simpleRnn') return;
  for (const [name, gate] of Object.entries(cell.gates ?? {})) {
    if (typeof gate === 'number' && !Number.isFinite(gate)) {
      throw new RangeError(`the ${name} gate is pinned to ${gate}; it must be a finite number`);
    }
  }
}

/** @throws RangeError, naming what is wrong and the shape it should have, unless all of the problem's parts fit together */
export function checkProblem({ cell, sizes, input, weights, initialHidden, initialCell }: Problem<Numbers>): void {
  checkSizes(sizes);
  checkCell(cell);
  const { time, batch, inputs, units } = sizes;
  const gates = gateCounts[cell.kind];
  checkLength('input', input, [time, batch, inputs]);
  checkLength('kernel', weights.kernel, [inputs, gates.kernel * units]);
  checkLength('recurrent kernel', weights.recurrentKernel, [units, gates.kernel * units]);
  checkLength('bias', weights.bias, cell.kind === 'gru' ? [2, 3 * units] : [gates.bias * units]);
  if (initialHidden) checkLength('initial hidden state', initialHidden, [batch, units]);
  if (initialCell) {
    if (cell.kind !== 'lstm') throw new RangeError(`a ${cell.kind} has no cell state, so no initial one`);
    checkLength('initial cell state', initialCell, [batch, units]);
  }
}

/** @throws RangeError, naming what is wrong and the shape it should have */
export function checkLossGradients({ cell, sizes }: Problem<Numbers>, loss: LossGradients<Numbers>): void {
  const { time, batch, units } = sizes;
  if (loss.hidden) checkLength('gradient of the hidden states', loss.hidden, [time, batch, units]);
  if (loss.lastHidden) checkLength('gradient of the last hidden state', loss.lastHidden, [batch, units]);
  if (loss.lastCell) {
    if (cell.kind !== 'lstm') throw new RangeError(`a ${cell.kind} has no cell state, so no gradient of one`);
    checkLength('gradient of the last cell state', loss.lastCell, [batch, units]);
  }
}
