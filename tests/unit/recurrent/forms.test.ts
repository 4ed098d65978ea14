import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { loadKernels } from '#src/recurrent/index.ts';
import type { Cell, Sizes } from '#src/recurrent/types.ts';
import { typescriptKernels } from '#src/recurrent/typescript-kernels.ts';

import { cells, describeCell, everythingOf, expectClose, randomProblem } from './problems.ts';

const wasm = [await loadKernels(), await loadKernels({ form: 'relaxed-simd' })];

function expectSameInBothForms(cell: Cell, sizes: Sizes, seed: number, scale = 1, bound = 1e-5): void {
  const { problem, loss } = randomProblem(cell, sizes, seed, scale);
  const expected = everythingOf(typescriptKernels.run(problem), cell, loss);
  for (const kernels of wasm) {
    const pass = kernels.run(problem);
    const actual = everythingOf(pass, cell, loss);
    pass.release();
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
    for (const name in expected) expectClose(actual[name]!, expected[name]!, bound, `${kernels.form}: ${name}`);
  }
}

describe('the WebAssembly forms agree with the plain TypeScript', () => {
  it('and are there', () => {
    expect(wasm.map((kernels) => kernels.form)).toEqual(['simd128', 'relaxed-simd']);
  });

  // What keeps its state (no forget gate) or lets it grow (no bend) makes rounding errors grow too, from step to step.
  const growing = (cell: Cell) =>
    (cell.kind === 'lstm' && typeof cell.gates?.forget === 'number') ||
    (cell.kind === 'simpleRnn' && cell.activation === 'identity');

  it.each(cells.map((cell) => [describeCell(cell), cell] as const))('%s, random sizes', (_, cell) => {
    const sizes = fc.record({
      time: fc.integer({ min: 1, max: growing(cell) ? 16 : 64 }),
      batch: fc.integer({ min: 1, max: 17 }),
      inputs: fc.integer({ min: 1, max: 9 }),
      units: fc.integer({ min: 1, max: 33 }),
    });
    fc.assert(
      fc.property(sizes, fc.nat(1_000_000), (drawn, seed) => expectSameInBothForms(cell, drawn, seed)),
      { numRuns: 50, seed: 1 },
    );
  });

  it.each(cells.map((cell) => [describeCell(cell), cell] as const))(
    '%s, sizes that fill the cache lines',
    (_, cell) => {
      expectSameInBothForms(cell, { time: 3, batch: 32, inputs: 3, units: 32 }, 5);
    },
  );

  it.each([
    [{ kind: 'lstm' }, 5000],
    [{ kind: 'gru' }, 5000],
    [{ kind: 'simpleRnn', activation: 'tanh' }, 5000],
  ] as const)('%o over %d steps', (cell, time) => {
    expectSameInBothForms(cell, { time, batch: 2, inputs: 1, units: 4 }, 3, 0.9);
  });
});

describe('weights a thousand times too large', () => {
  const saturating = cells.filter((cell) => cell.kind !== 'simpleRnn' || cell.activation === 'tanh');

  it.each(saturating.map((cell) => [describeCell(cell), cell] as const))('%s stays finite', (_, cell) => {
    const { problem, loss } = randomProblem(cell, { time: 20, batch: 3, inputs: 2, units: 9 }, 1, 1000);
    for (const kernels of [typescriptKernels, ...wasm]) {
      const pass = kernels.run(problem);
      for (const [name, values] of Object.entries(everythingOf(pass, cell, loss))) {
        expect(values.every(Number.isFinite), `${kernels.form}: ${name}`).toBe(true);
      }
      expect(pass.hidden().every((h) => Math.abs(h) <= 1 || cell.kind === 'lstm')).toBe(true);
      pass.release();
    }
  });

  it('saturate gates to exactly 0 or 1, and the candidate to 1 or -1, at 100 and beyond', () => {
    const sizes = { time: 1, batch: 1, inputs: 1, units: 1 };
    const weights = {
      kernel: Float32Array.of(1, -1, 1, 1),
      recurrentKernel: new Float32Array(4),
      bias: new Float32Array(4),
    };
    for (const kernels of [typescriptKernels, ...wasm]) {
      for (const x of [100, 1000, 1e6, 3e38]) {
        const pass = kernels.run({ cell: { kind: 'lstm' }, sizes, input: Float32Array.of(x), weights });
        const gates = pass.gates();
        expect([gates.input![0], gates.candidate![0], gates.output![0]], kernels.form).toEqual([1, 1, 1]);
        expect(gates.forget![0]).toBeLessThan(1e-37);
        pass.release();
      }
    }
  });
});

describe('NaN in the input', () => {
  it.each(cells.map((cell) => [describeCell(cell), cell] as const))('%s: reaches the last hidden state', (_, cell) => {
    const { problem } = randomProblem(cell, { time: 4, batch: 2, inputs: 2, units: 3 }, 1);
    problem.input[0] = NaN;
    for (const kernels of [typescriptKernels, ...wasm]) {
      const pass = kernels.run(problem);
      const last = pass.lastHidden();
      pass.release();
      expect(last.slice(0, 3).every(Number.isNaN), `${kernels.form}: the sequence it is in`).toBe(true);
      expect(last.slice(3).every(Number.isFinite), `${kernels.form}: the other sequence`).toBe(true);
    }
  });
});

describe('a pass', () => {
  const { problem, loss } = randomProblem({ kind: 'lstm' }, { time: 5, batch: 3, inputs: 2, units: 4 }, 8);

  it.each([typescriptKernels, ...wasm])('of form $form can go back twice, with the same result', (kernels) => {
    const pass = kernels.run(problem);
    const first = everythingOf(pass, problem.cell, loss);
    const second = everythingOf(pass, problem.cell, loss);
    expect(second).toEqual(first);
    pass.release();
  });

  it.each(wasm)('of form $form is of no use after its release', (kernels) => {
    const pass = kernels.run(problem);
    const gradients = pass.backward(loss);
    pass.release();
    expect(() => pass.hidden()).toThrow('released');
    expect(() => gradients.weights()).toThrow('released');
  });

  it.each([typescriptKernels, ...wasm])('of form $form makes dL/dx only when asked to', (kernels) => {
    const pass = kernels.run(problem);
    const without = pass.backward(loss, { withInput: false });
    expect(() => without.input()).toThrow('not asked for');
    const weights = without.weights();
    expect(pass.backward(loss).weights()).toEqual(weights);
    pass.release();
  });

  it.each(wasm)('of form $form is not disturbed by others', (kernels) => {
    const pass = kernels.run(problem);
    const before = everythingOf(pass, problem.cell, loss);
    const others = [4, 40, 400].map((time) =>
      kernels.run(randomProblem({ kind: 'gru' }, { time, batch: 20, inputs: 2, units: 40 }, time).problem),
    );
    expect(everythingOf(pass, problem.cell, loss)).toEqual(before);
    for (const other of others) other.release();
    pass.release();
  });
});

describe('wrong input is refused', () => {
  const good = () => randomProblem({ kind: 'lstm' }, { time: 2, batch: 3, inputs: 4, units: 5 }, 1).problem;

  it.each([typescriptKernels, ...wasm])('by form $form', (kernels) => {
    const run = (change: (problem: ReturnType<typeof good>) => void) => () => {
      const problem = good();
      change(problem);
      kernels.run(problem);
    };
    const short = new Float32Array(7);
    expect(run((problem) => (problem.sizes.time = 0))).toThrow('time is 0; it must be a whole number from 1');
    expect(run((problem) => (problem.sizes.units = 2.5))).toThrow('units is 2.5');
    expect(run((problem) => (problem.input = short))).toThrow('input has 7 numbers; shape [2,3,4] has 24');
    expect(run((problem) => (problem.weights.kernel = short))).toThrow('kernel has 7 numbers; shape [4,20] has 80');
    expect(run((problem) => (problem.weights.recurrentKernel = short))).toThrow('recurrent kernel has 7');
    expect(run((problem) => (problem.weights.bias = short))).toThrow('bias has 7 numbers; shape [20] has 20');
    expect(run((problem) => (problem.initialHidden = short))).toThrow('initial hidden state has 7');
    expect(run((problem) => (problem.initialCell = short))).toThrow('initial cell state has 7');
    expect(run((problem) => (problem.cell = { kind: 'lstm', gates: { forget: NaN } }))).toThrow(
      'forget gate is pinned to NaN',
    );
    const cellOf = (cell: unknown) => run((problem) => (problem.cell = cell as typeof problem.cell));
    expect(cellOf({ kind: 'lstn' })).toThrow('kind of cell is lstn; it must be one of simpleRnn, lstm, gru');
    expect(cellOf({ kind: 'simpleRnn', activation: 'sigmoid' })).toThrow(
      'activation is sigmoid; it must be one of tanh',
    );
    expect(cellOf({ kind: 'gru', gates: { forget: 1 } })).toThrow('a gru has no forget gate');
    expect(cellOf({ kind: 'gru', gates: { reset: Infinity } })).toThrow('reset gate is pinned to Infinity');
    expect(cellOf({ kind: 'lstm', gates: { forget: 'coupled' } })).toThrow('forget gate is coupled; it must be one of');
    expect(cellOf({ kind: 'lstm', gates: { outputActivation: 'relu' } })).toThrow('output activation is relu');
    expect(run((problem) => (problem.input = [1, 2] as unknown as Float32Array<ArrayBuffer>))).toThrow(
      'input must be a Float32Array, of shape [2,3,4]',
    );
    const gru = randomProblem({ kind: 'gru' }, { time: 2, batch: 3, inputs: 4, units: 5 }, 1).problem;
    expect(() => kernels.run({ ...gru, initialCell: short })).toThrow('a gru has no cell state');
    const pass = kernels.run(gru);
    expect(() => pass.cells()).toThrow('only an LSTM');
    expect(() => pass.backward({ lastCell: short })).toThrow('a gru has no cell state');
    expect(() => pass.backward({ hidden: short })).toThrow(
      'gradient of the hidden states has 7 numbers; shape [2,3,5]',
    );
    pass.release();
  });

  it.each(wasm)('by form $form, for more memory than there is', (kernels) => {
    const problem = { ...good(), sizes: { time: 1, batch: 1, inputs: 1, units: 20_000 } };
    problem.input = new Float32Array(1);
    problem.weights = {
      kernel: new Float32Array(80_000),
      recurrentKernel: new Float32Array(0),
      bias: new Float32Array(80_000),
    };
    Object.defineProperty(problem.weights.recurrentKernel, 'length', { value: 1_600_000_000 });
    delete problem.initialHidden;
    delete problem.initialCell;
    expect(() => kernels.run(problem)).toThrow('MiB, more than there is');
  });
});
