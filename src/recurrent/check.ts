import type { Cell, Floats, GruGates, LossGradients, LstmGates, Problem, Sizes } from './types.ts';

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

function checkArray(name: string, values: Floats, shape: readonly number[]): void {
  if (!(values instanceof Float32Array)) throw new TypeError(`${name} must be a Float32Array, of shape [${shape}]`);
  const length = shape.reduce((product, size) => product * size, 1);
  if (values.length !== length) {
    throw new RangeError(`${name} has ${values.length} numbers; shape [${shape}] has ${length}`);
  }
}

function checkOneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) {
    throw new RangeError(`${name} is ${String(value)}; it must be one of ${allowed.join(', ')}`);
  }
}

/** What each gate can be, other than pinned to a number. */
const gateKinds: Record<'lstm' | 'gru', Record<string, readonly string[]>> = {
  lstm: { input: ['learned', 'coupled'], forget: ['learned'], output: ['learned'] },
  gru: { update: ['learned'], reset: ['learned'] },
};

function checkGates(kind: 'lstm' | 'gru', { outputActivation, ...gates }: LstmGates & GruGates): void {
  if (outputActivation !== undefined) checkOneOf('the output activation', outputActivation, ['tanh', 'identity']);
  for (const [name, gate] of Object.entries(gates)) {
    const kinds = gateKinds[kind][name];
    if (!kinds) throw new RangeError(`a ${kind} has no ${name} gate`);
    if (typeof gate !== 'number') checkOneOf(`the ${name} gate`, gate ?? 'learned', [...kinds, 'a number']);
    else if (!Number.isFinite(gate)) {
      throw new RangeError(`the ${name} gate is pinned to ${gate}; it must be a finite number`);
    }
  }
}

function checkCell(cell: Cell): void {
  checkOneOf('the kind of cell', cell.kind, Object.keys(gateCounts));
  if (cell.kind === 'simpleRnn') checkOneOf('the activation', cell.activation, ['tanh', 'relu', 'identity']);
  else checkGates(cell.kind, cell.gates ?? {});
}

/** @throws RangeError or TypeError, naming what is wrong and the shape it should have, unless all parts of the problem fit together */
export function checkProblem({ cell, sizes, input, weights, initialHidden, initialCell }: Problem): void {
  checkCell(cell);
  checkSizes(sizes);
  const { time, batch, inputs, units } = sizes;
  const gates = gateCounts[cell.kind];
  checkArray('input', input, [time, batch, inputs]);
  checkArray('kernel', weights.kernel, [inputs, gates.kernel * units]);
  checkArray('recurrent kernel', weights.recurrentKernel, [units, gates.kernel * units]);
  checkArray('bias', weights.bias, cell.kind === 'gru' ? [2, 3 * units] : [gates.bias * units]);
  if (initialHidden) checkArray('initial hidden state', initialHidden, [batch, units]);
  if (initialCell) {
    if (cell.kind !== 'lstm') throw new RangeError(`a ${cell.kind} has no cell state, so no initial one`);
    checkArray('initial cell state', initialCell, [batch, units]);
  }
}

/** @throws RangeError or TypeError, naming what is wrong and the shape it should have */
export function checkLossGradients({ cell, sizes }: Problem, loss: LossGradients): void {
  const { time, batch, units } = sizes;
  if (loss.hidden) checkArray('gradient of the hidden states', loss.hidden, [time, batch, units]);
  if (loss.lastHidden) checkArray('gradient of the last hidden state', loss.lastHidden, [batch, units]);
  if (loss.lastCell) {
    if (cell.kind !== 'lstm') throw new RangeError(`a ${cell.kind} has no cell state, so no gradient of one`);
    checkArray('gradient of the last cell state', loss.lastCell, [batch, units]);
  }
}
