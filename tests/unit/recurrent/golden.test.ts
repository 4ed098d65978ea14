import { describe, expect, it } from 'vitest';

import { loadKernels } from '#src/recurrent/index.ts';
import type { Cell, Floats, Sizes } from '#src/recurrent/types.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';
import golden from '#tests/golden/pytorch.json' with { type: 'json' };

import { expectClose } from './problems.ts';

const forms = [typescriptKernels, await loadKernels(), await loadKernels({ form: 'relaxed-simd' })];

type Numbers = readonly number[];

/** One of the cases that tests/golden/generate.py writes; what only an LSTM has is missing from the others. */
interface Golden {
  cell: Cell;
  sizes: Sizes;
  input: Numbers;
  kernel: Numbers;
  recurrentKernel: Numbers;
  bias: Numbers;
  initialHidden: Numbers;
  initialCell?: Numbers;
  lossHidden: Numbers;
  lossCell?: Numbers;
  hidden: Numbers;
  lastCell?: Numbers;
  dInput: Numbers;
  dKernel: Numbers;
  dRecurrentKernel: Numbers;
  dBias: Numbers;
  dInitialHidden: Numbers;
  dInitialCell?: Numbers;
}

const floats = (numbers: Numbers | undefined) => numbers && (Float32Array.from(numbers) as Floats);

describe(`PyTorch ${golden.torch} has the same`, () => {
  const cases = (golden.cases as unknown as Golden[]).map((values) => [JSON.stringify(values.cell), values] as const);

  it.each(cases)('%s', (_, values) => {
    for (const kernels of forms) {
      const pass = kernels.run({
        cell: values.cell,
        sizes: values.sizes,
        input: floats(values.input)!,
        weights: {
          kernel: floats(values.kernel)!,
          recurrentKernel: floats(values.recurrentKernel)!,
          bias: floats(values.bias)!,
        },
        initialHidden: floats(values.initialHidden),
        initialCell: floats(values.initialCell),
      });
      const gradients = pass.backward({ hidden: floats(values.lossHidden), lastCell: floats(values.lossCell) });
      const weights = gradients.weights();
      const check = (name: string, actual: Floats, expected: Numbers) =>
        expectClose(actual, expected, 2e-6, `${kernels.form}: ${name}`);
      check('hidden', pass.hidden(), values.hidden);
      check('dL/dx', gradients.input(), values.dInput);
      check('dL/dW', weights.kernel, values.dKernel);
      check('dL/dU', weights.recurrentKernel, values.dRecurrentKernel);
      check('dL/db', weights.bias, values.dBias);
      check('dL/dh_0', gradients.initialHidden(), values.dInitialHidden);
      if (values.lastCell) check('last cell', pass.lastCell(), values.lastCell);
      if (values.dInitialCell) check('dL/dc_0', gradients.initialCell(), values.dInitialCell);
      pass.release();
    }
    expect(values.cell.kind === 'lstm').toBe(values.lastCell !== undefined);
  });
});
