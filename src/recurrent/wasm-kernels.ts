import { checkLossGradients, checkProblem } from './check.ts';
import type { Kernels } from './kernels.ts';
import { gruPins, lstmPins, type Pin } from './gate-pins.ts';
import { inputColumn, layoutOf, onesColumn, type Layout } from './packing-layout.ts';
import { packWeights, unpackWeights } from './packing-weights.ts';
import { quadsToRows, rowsToQuads } from './packing-quads.ts';
import type { Cell, Floats, Form, Gates, Gradients, LossGradients, Pass, Problem, Sizes } from './types.ts';
import { Block, type WasmExports } from './wasm-module.ts';
import { wasmSlots } from './wasm-slots.ts';

const activationCodes = { tanh: 0, relu: 1, identity: 2 } as const;

/** Which gate's values each block of columns holds after a forward pass. */
const gateBlocks = {
  simpleRnn: [],
  lstm: ['input', 'forget', 'candidate', 'output'],
  gru: ['candidate', 'update', 'reset'],
} as const;

/** What a forward pass keeps; wasm/lstm.ts and its neighbours give the shapes. */
type States = Block<'input' | 'joined' | 'gates' | 'cells' | 'shown' | 'weights' | 'pins'>;

/** What a backward pass makes. */
type StateGradients = Block<'dHidden' | 'dCells' | 'dz' | 'dWeights' | 'transposed' | 'dInput'>;

interface Run {
  wasm: WasmExports;
  problem: Problem;
  layout: Layout;
  states: States;
}

/** Whether the output gate sees the cell state's tanh. */
const showsTanh = (cell: Cell) => cell.kind === 'lstm' && cell.gates?.outputActivation !== 'identity';

function allocateStates(wasm: WasmExports, { cell, sizes }: Problem, layout: Layout): States {
  return new Block(wasm, {
    input: sizes.time * sizes.batch * sizes.inputs,
    joined: (sizes.time + 1) * layout.joinedStep,
    gates: cell.kind === 'simpleRnn' ? 0 : sizes.time * layout.gateStep,
    cells: cell.kind === 'lstm' ? (sizes.time + 1) * layout.stateStep : 0,
    shown: showsTanh(cell) ? sizes.time * layout.stateStep : 0,
    weights: layout.rows * layout.columns,
    pins: 8,
  });
}

function fillIn({ wasm, problem, layout, states }: Run): void {
  const { cell, sizes, input, weights, initialHidden, initialCell } = problem;
  const { time, batch, inputs, units } = sizes;
  packWeights(states.view('weights'), layout, sizes, weights);

  const joined = states.view('joined');
  const { joinedStep, stateStep, quadStep } = layout;
  states.view('input').set(input);
  const first = states.at('joined') + 4 * stateStep;
  wasm.inputToQuads(first, states.at('input'), time, batch, inputs, 4 * quadStep, 4 * joinedStep);
  joined.fill(0, 0, stateStep);
  const firstState = { time: 1, batch, features: units, quadStep, step: 0, column: 0 };
  if (initialHidden) rowsToQuads(joined, initialHidden, firstState);

  states.view('pins').set(pinsOf(cell));
  if (cell.kind !== 'lstm') return;
  const cells = states.view('cells').fill(0, 0, stateStep);
  if (initialCell) rowsToQuads(cells, initialCell, firstState);
}

/** Whether any gate is not learned. */
const isPinned = (cell: Cell) =>
  cell.kind !== 'simpleRnn' &&
  Object.values(cell.gates ?? {}).some((gate) => typeof gate === 'number' || gate === 'coupled');

/** The gates' pins as the module reads them. */
function pinsOf(cell: Cell): number[] {
  const numbers = (...pins: Pin[]) => pins.flatMap(({ offset, scale }) => [offset, scale]);
  if (cell.kind === 'lstm') {
    const { input, forget, output, coupling } = lstmPins(cell.gates);
    return [...numbers(input, forget, output), coupling];
  }
  if (cell.kind === 'simpleRnn') return [];
  const { update, reset } = gruPins(cell.gates);
  return numbers(update, reset);
}

/** Where the module finds what an LSTM shows of its cell states; 0 where that is the states themselves. */
const shownAt = (cell: Cell, states: States) => (showsTanh(cell) ? states.at('shown') : 0);

function forward({ wasm, problem, layout, states }: Run): void {
  const { cell, sizes } = problem;
  const dimensions = [sizes.time, sizes.batch, 4 * layout.quadStep, layout.unitQuads, layout.quads] as const;
  if (cell.kind === 'simpleRnn') {
    const activation = activationCodes[cell.activation];
    wasm.simpleRnnForward(states.at('joined'), states.at('weights'), ...dimensions, activation);
  } else if (cell.kind === 'lstm') {
    const pointers = (['joined', 'gates', 'cells'] as const).map((name) => states.at(name));
    const rest = [shownAt(cell, states), states.at('weights'), states.at('pins'), Number(isPinned(cell))];
    wasm.lstmForward(...pointers, ...rest, ...dimensions);
  } else {
    const pointers = (['joined', 'gates', 'weights', 'pins'] as const).map((name) => states.at(name));
    wasm.gruForward(...pointers, Number(isPinned(cell)), ...dimensions);
  }
}

/**
 * How many steps' gradients of z are multiplied into the weights' gradients at once: as many as give a product enough rows to
 * be worth its beginning.
 */
const stepsTogether = ({ time, batch }: Sizes) => Math.min(time, Math.ceil(128 / batch));

function allocateGradients({ wasm, problem: { cell, sizes }, layout }: Run, withInput: boolean): StateGradients {
  return new Block(wasm, {
    dHidden: (sizes.time + 1) * layout.stateStep,
    dCells: cell.kind === 'lstm' ? (sizes.time + 1) * layout.stateStep : 0,
    dz: stepsTogether(sizes) * layout.gateStep,
    dWeights: layout.rows * layout.columns,
    transposed: 8 * Math.ceil(layout.rows / 8) * layout.columns,
    dInput: withInput ? sizes.time * 2 * layout.inputPanels * layout.quadStep : 0,
  });
}

function fillInLoss({ wasm, problem, layout, states }: Run, gradients: StateGradients, loss: LossGradients): void {
  const { cell, sizes } = problem;
  const { time, batch, units } = sizes;
  const { stateStep: step, quadStep } = layout;
  wasm.transpose(gradients.at('transposed'), states.at('weights'), layout.rows, layout.columns);
  gradients.view('dWeights').fill(0);

  const dHidden = gradients.view('dHidden').fill(0);
  const slice = { time, batch, features: units, quadStep, step, column: 0 };
  if (loss.hidden) rowsToQuads(dHidden.subarray(step), loss.hidden, slice);
  if (loss.lastHidden) rowsToQuads(dHidden.subarray(time * step), withLast(loss, slice), { ...slice, time: 1 });
  if (cell.kind !== 'lstm') return;
  const lastCell = gradients
    .view('dCells')
    .subarray(time * step)
    .fill(0);
  if (loss.lastCell) rowsToQuads(lastCell, loss.lastCell, { ...slice, time: 1 });
}

/** The gradient of the last hidden state, with its share of the gradient of all. */
function withLast(
  { hidden, lastHidden }: LossGradients,
  { batch, features }: { batch: number; features: number },
): Floats {
  const share = hidden?.subarray(-batch * features);
  const total = new Float32Array(batch * features);
  for (let i = 0; i < total.length; i++) total[i] = lastHidden![i]! + (share ? share[i]! : 0);
  return total;
}

function backward({ wasm, problem, layout, states }: Run, gradients: StateGradients, withInput: boolean): void {
  const { cell, sizes } = problem;
  const dimensions = [sizes.time, sizes.batch, 4 * layout.quadStep, layout.unitQuads, layout.quads] as const;
  const joined = states.at('joined');
  const dHidden = gradients.at('dHidden');
  const rest = [
    ...(['dz', 'dWeights', 'transposed', 'dInput'] as const).map((name) => gradients.at(name)),
    withInput ? layout.inputPanels : 0,
    stepsTogether(sizes),
  ];
  const pins = [states.at('pins'), Number(isPinned(cell))] as const;
  if (cell.kind === 'simpleRnn') {
    wasm.simpleRnnBackward(joined, dHidden, ...rest, ...dimensions, activationCodes[cell.activation]);
  } else if (cell.kind === 'lstm') {
    const values = [joined, states.at('gates'), states.at('cells'), shownAt(cell, states)] as const;
    wasm.lstmBackward(...values, dHidden, gradients.at('dCells'), ...rest, ...pins, ...dimensions);
  } else {
    wasm.gruBackward(joined, states.at('gates'), dHidden, ...rest, ...pins, ...dimensions);
  }
}

function inputGradient({ problem: { sizes }, layout }: Run, gradients: StateGradients): Floats {
  const { time, batch, inputs } = sizes;
  const step = layout.inputPanels * 2 * layout.quadStep;
  const column = inputColumn(layout) - onesColumn(layout);
  return quadsToRows(gradients.view('dInput'), {
    time,
    batch,
    features: inputs,
    quadStep: layout.quadStep,
    step,
    column,
  });
}

/** The pass's values, copied out of the module's memory. */
function readers(problem: Problem, layout: Layout) {
  const { time, batch, units } = problem.sizes;
  const state = { batch, features: units, quadStep: layout.quadStep, column: 0 };
  return {
    /** steps 1 to time of [time + 1] states, each `step` numbers after the last */
    steps: (states: Floats, step: number) => quadsToRows(states.subarray(step), { ...state, time, step }),
    /** one of these states */
    at: (states: Floats, step: number, t: number) =>
      quadsToRows(states.subarray(t * step), { ...state, time: 1, step }),
    gate: (gates: Floats, block: number) =>
      quadsToRows(gates, { ...state, time, step: layout.gateStep, column: 4 * layout.unitQuads * block }),
  };
}

function requireCellState({ cell }: Problem): void {
  if (cell.kind !== 'lstm') throw new Error('only an LSTM has cell states');
}

function gradientsOf(run: Run, gradients: StateGradients, withInput: boolean): Gradients {
  const { problem, layout } = run;
  const read = readers(problem, layout);
  const cells = () => {
    requireCellState(problem);
    return gradients.view('dCells');
  };
  return {
    weights: () => unpackWeights(gradients.view('dWeights'), layout, problem.sizes),
    input() {
      if (!withInput) throw new Error('the gradient of the input was not asked for');
      return inputGradient(run, gradients);
    },
    hidden: () => read.steps(gradients.view('dHidden'), layout.stateStep),
    initialHidden: () => read.at(gradients.view('dHidden'), layout.stateStep, 0),
    cells: () => read.steps(cells(), layout.stateStep),
    initialCell: () => read.at(cells(), layout.stateStep, 0),
  };
}

function runPass(wasm: WasmExports, problem: Problem): Pass {
  checkProblem(problem);
  const layout = layoutOf(problem.cell.kind, problem.sizes);
  const states = allocateStates(wasm, problem, layout);
  const run: Run = { wasm, problem, layout, states };
  fillIn(run);
  forward(run);

  const { time } = problem.sizes;
  const read = readers(problem, layout);
  let gradients: StateGradients | undefined;
  const cells = () => {
    requireCellState(problem);
    return states.view('cells');
  };
  return {
    hidden: () => read.steps(states.view('joined'), layout.joinedStep),
    lastHidden: () => read.at(states.view('joined'), layout.joinedStep, time),
    cells: () => read.steps(cells(), layout.stateStep),
    lastCell: () => read.at(cells(), layout.stateStep, time),
    gates: () =>
      Object.fromEntries(
        gateBlocks[problem.cell.kind].map((name, block) => [name, read.gate(states.view('gates'), block)]),
      ) as Gates,
    backward(loss, { withInput = true } = {}) {
      checkLossGradients(problem, loss);
      gradients?.release();
      gradients = allocateGradients(run, withInput);
      fillInLoss(run, gradients, loss);
      backward(run, gradients, withInput);
      return gradientsOf(run, gradients, withInput);
    },
    release() {
      states.release();
      gradients?.release();
    },
  };
}

/** The WebAssembly form, from the module's compiled bytes. */
export async function wasmKernels(bytes: BufferSource, form: Exclude<Form, 'typescript'>): Promise<Kernels> {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const wasm = instance.exports as unknown as WasmExports;
  return { form, run: (problem) => runPass(wasm, problem), slots: (length) => wasmSlots(wasm, length) };
}
