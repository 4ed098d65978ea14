import { inputColumn, onesColumn, type Layout } from './packing-layout.ts';
import type { Floats, Sizes, Weights } from './types.ts';

/** Calls visit for every run of `units` weights: the array it is in, where it starts there, its row and first column. */
function eachRun(
  layout: Layout,
  { inputs, units }: Sizes,
  visit: (name: keyof Weights, start: number, row: number, column: number) => void,
): void {
  layout.blocks.forEach(({ kernel, recurrentKernel, biases }, block) => {
    const column = 4 * layout.unitQuads * block;
    const stride = layout.gates * units;
    if (recurrentKernel !== undefined) {
      for (let unit = 0; unit < units; unit++)
        visit('recurrentKernel', unit * stride + recurrentKernel * units, unit, column);
    }
    for (const bias of biases) visit('bias', bias * units, onesColumn(layout), column);
    if (kernel !== undefined) {
      for (let input = 0; input < inputs; input++) {
        visit('kernel', input * stride + kernel * units, inputColumn(layout) + input, column);
      }
    }
  });
}

/** Fills panels [columns / 8][rows][8] with the joined weights. */
export function packWeights(panels: Floats, layout: Layout, sizes: Sizes, weights: Weights): void {
  panels.fill(0);
  eachRun(layout, sizes, (name, start, row, column) => {
    const source = weights[name];
    for (let unit = 0; unit < sizes.units; unit++) {
      panels[((column + unit) >> 3) * layout.rows * 8 + row * 8 + (unit & 7)]! += source[start + unit]!;
    }
  });
}

/** Fills panels [rows / 8][columns][8] with the joined weights, transposed. */
export function packTransposedWeights(panels: Floats, layout: Layout, sizes: Sizes, weights: Weights): void {
  panels.fill(0);
  eachRun(layout, sizes, (name, start, row, column) => {
    const source = weights[name];
    const first = (row >> 3) * layout.columns * 8 + column * 8 + (row & 7);
    for (let unit = 0; unit < sizes.units; unit++) panels[first + unit * 8]! += source[start + unit]!;
  });
}

/** The weights' gradients out of panels as {@link packWeights} fills them. */
export function unpackWeights(panels: Floats, layout: Layout, sizes: Sizes): Weights {
  const { inputs, units } = sizes;
  const biases = Math.max(...layout.blocks.flatMap((block) => block.biases)) + 1;
  const weights: Weights = {
    kernel: new Float32Array(inputs * layout.gates * units),
    recurrentKernel: new Float32Array(units * layout.gates * units),
    bias: new Float32Array(biases * units),
  };
  eachRun(layout, sizes, (name, start, row, column) => {
    const target = weights[name];
    for (let unit = 0; unit < units; unit++) {
      target[start + unit] = panels[((column + unit) >> 3) * layout.rows * 8 + row * 8 + (unit & 7)]!;
    }
  });
  return weights;
}
