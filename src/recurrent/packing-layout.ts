/**
 * The two layouts in which the WebAssembly form keeps its numbers (see wasm/matrix.ts), and the ways there and back.
 *
 * At each step h_{t-1}, the number 1 and x_t stand side by side as one joined input, so that one product with the joined
 * weights [U; b; W] makes all of z_t, and one with its transpose all gradients. Units are padded with zeros to a
 * multiple of 8, and (1, x) to a multiple of 4: a padded unit stays 0 and adds nothing.
 */
import type { Cell, Sizes } from './types.ts';

/** One block of columns of the joined weights: which gate of each weight goes there. Biases are added up. */
interface ColumnBlock {
  kernel?: number;
  recurrentKernel?: number;
  biases: readonly number[];
}

const gate = (index: number): ColumnBlock => ({ kernel: index, recurrentKernel: index, biases: [index] });

const columnBlocks: Record<Cell['kind'], readonly ColumnBlock[]> = {
  simpleRnn: [gate(0)],
  lstm: [gate(0), gate(1), gate(2), gate(3)],
  gru: [
    { kernel: 2, biases: [2] },
    { kernel: 0, recurrentKernel: 0, biases: [0, 3] },
    { kernel: 1, recurrentKernel: 1, biases: [1, 4] },
    { recurrentKernel: 2, biases: [5] },
  ],
};

/** How many quads (four numbers of every sequence) each thing takes, and what follows from it. */
export interface Layout {
  blocks: readonly ColumnBlock[];
  /** number of gates' worth of columns in the kernels */
  gates: number;
  unitQuads: number;
  /** of the joined input */
  quads: number;
  /** rows of the joined weights, 4 quads */
  rows: number;
  /** columns of the joined weights */
  columns: number;
  /** panels of eight columns of dL/d(1, x) */
  inputPanels: number;
  /** numbers from one quad to the next: four for each sequence, and at times a few for nothing */
  quadStep: number;
  /** numbers in one step's joined input, one step's states, one step's gates */
  joinedStep: number;
  stateStep: number;
  gateStep: number;
}

/**
 * Gates and states that lie whole multiples of 1 KiB apart would push each other out of the processor's cache: then each
 * quad gets four numbers more.
 */
const quadStepOf = (batch: number, unitQuads: number) =>
  (unitQuads * batch * 16) % 1024 === 0 ? 4 * batch + 4 : 4 * batch;

export function layoutOf(kind: Cell['kind'], { batch, inputs, units }: Sizes): Layout {
  const blocks = columnBlocks[kind];
  const unitQuads = 2 * Math.ceil(units / 8);
  const inputQuads = Math.ceil((1 + inputs) / 4);
  const quads = unitQuads + inputQuads;
  const quadStep = quadStepOf(batch, unitQuads);
  return {
    blocks,
    gates: kind === 'gru' ? 3 : blocks.length,
    unitQuads,
    quads,
    rows: 4 * quads,
    columns: 4 * unitQuads * blocks.length,
    inputPanels: Math.ceil(inputQuads / 2),
    quadStep,
    joinedStep: quads * quadStep,
    stateStep: unitQuads * quadStep,
    gateStep: unitQuads * blocks.length * quadStep,
  };
}

/** Which column of the joined input the number 1 is, and row of the joined weights the biases. */
export const onesColumn = (layout: Layout): number => 4 * layout.unitQuads;

/** Which column of the joined input x begins at, and row of the joined weights W. */
export const inputColumn = (layout: Layout): number => onesColumn(layout) + 1;
