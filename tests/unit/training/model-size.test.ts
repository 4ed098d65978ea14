import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Cell } from '#src/recurrent/index.ts';
import { loadEngine } from '#src/training/engine.ts';
import { unitsFor, weightsIn } from '#src/training/model-size.ts';
import { createModel } from '#src/training/model.ts';

const cells: Cell[] = [{ kind: 'simpleRnn', activation: 'tanh' }, { kind: 'gru' }, { kind: 'lstm' }];

test('counts the weights and biases that a layer really has', async () => {
  const engine = await loadEngine();
  for (const cell of cells) {
    const model = createModel(engine, { inputs: 5, outputs: 3 }, 1, { cell, units: 7 });
    const sizes = model.variables.slice(0, 3).map(({ size }) => size);
    expect(weightsIn(cell.kind, { inputs: 5, units: 7 })).toBe(sizes.reduce((sum, size) => sum + size));
    model.dispose();
  }
});

test('finds the number of units that comes nearest to so many weights', () => {
  const kinds = fc.constantFrom(...cells.map(({ kind }) => kind));
  fc.assert(
    fc.property(
      kinds,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20_000 }),
      (kind, inputs, weights) => {
        const units = unitsFor(kind, inputs, weights);
        const away = (units: number) => Math.abs(weightsIn(kind, { inputs, units }) - weights);
        expect(units).toBeGreaterThanOrEqual(1);
        expect(away(units)).toBeLessThanOrEqual(away(units + 1));
        if (units > 1) expect(away(units)).toBeLessThanOrEqual(away(units - 1));
      },
    ),
  );
});
