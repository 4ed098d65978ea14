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
  const { units } = sizes;
  const panelStep = layout.rows * 8;
  panels.fill(0);
  eachRun(layout, sizes, (name, start, row, column) => {
    const source = weights[name];
    let to = column * layout.rows + row * 8;
    for (let first = 0; first < units; first += 8, to += panelStep) {
      const length = Math.min(8, units - first);
      for (let i = 0; i < length; i++) panels[to + i]! += source[start + first + i]!;
    }
  });
}

/** The weights' gradients out of panels as {@link packWeights} fills them. */
export function unpackWeights(panels: Floats, layout: Layout, sizes: Sizes): Weights {
  const { inputs, units } = sizes;
  const panelStep = layout.rows * 8;
  const biases = Math.max(...layout.blocks.flatMap((block) => block.biases)) + 1;
  const weights: Weights = {
    kernel: new Float32Array(inputs * layout.gates * units),
    recurrentKernel: new Float32Array(units * layout.gates * units),
    bias: new Float32Array(biases * units),
  };
  eachRun(layout, sizes, (name, start, row, column) => {
    const target = weights[name];
    let from = column * layout.rows + row * 8;
    for (let first = 0; first < units; first += 8, from += panelStep) {
      const length = Math.min(8, units - first);
      for (let i = 0; i < length; i++) target[start + first + i] = panels[from + i]!;
    }
  });
  return weights;
}
