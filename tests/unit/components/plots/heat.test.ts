import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cellAt, cellByKey, heatLayers, minusSigns, shadeOf, type HeatScale } from '#components/plots/heat.ts';

const scale: fc.Arbitrary<HeatScale> = fc.oneof(
  fc
    .record({ low: fc.double({ min: -5, max: 5, noNaN: true }), span: fc.double({ min: 0.1, max: 9, noNaN: true }) })
    .map(({ low, span }) => ({ kind: 'sequential' as const, low, high: low + span })),
  fc.double({ min: 0.1, max: 9, noNaN: true }).map((reach) => ({ kind: 'diverging' as const, reach })),
);
const value = fc.double({ min: -20, max: 20, noNaN: true });
const values = fc
  .record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 12 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(fc.option(value), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );
const grid = { left: 30, top: 10, cellWidth: 7, cellHeight: 11, gap: 0 };

/** Every rectangle of a path: its left and upper edge, its width and height. */
const rectangles = (path: string) =>
  [...path.matchAll(/M(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h(-?[\d.]+)z/g)].map((match) =>
    match.slice(1).map(Number),
  );

describe('the shade of a value', () => {
  test('has a strength from 0 to 1, and grows with the distance from where the scale begins', () => {
    fc.assert(
      fc.property(scale, value, value, (scale, a, b) => {
        const [one, other] = [shadeOf(scale, a)!, shadeOf(scale, b)!];
        for (const { strength } of [one, other]) {
          expect(strength).toBeGreaterThanOrEqual(0);
          expect(strength).toBeLessThanOrEqual(1);
        }
        const away = (value: number) => (scale.kind === 'sequential' ? value - scale.low : Math.abs(value));
        if (away(a) < away(b)) expect(one.strength).toBeLessThanOrEqual(other.strength);
      }),
    );
  });

  test('says on which side of 0 a value is, where the scale has two sides', () => {
    const diverging: HeatScale = { kind: 'diverging', reach: 2 };
    expect(shadeOf(diverging, -1)).toEqual({ side: 'below', strength: 0.5 });
    expect(shadeOf(diverging, 1)).toEqual({ side: 'above', strength: 0.5 });
    expect(shadeOf(diverging, -9)).toEqual({ side: 'below', strength: 1 });
    expect(shadeOf({ kind: 'sequential', low: -1, high: 1 }, -0.5)).toEqual({ side: 'above', strength: 0.25 });
  });

  test('is none where nothing is known', () => {
    fc.assert(
      fc.property(scale, fc.constantFrom(null, NaN), (scale, unknown) => {
        expect(shadeOf(scale, unknown)).toBeUndefined();
      }),
    );
  });
});

describe('the layers of a map', () => {
  test('cover each cell once, with or without gaps', () => {
    fc.assert(
      fc.property(values, scale, fc.constantFrom(0, 1.5), (values, scale, gap) => {
        const covered = heatLayers(values, scale, { ...grid, gap }).flatMap(({ path }) => rectangles(path));
        const area = covered.reduce((sum, [, , wide, high]) => sum + (wide! + gap) * (high! + gap), 0);
        const cells = covered.flatMap(([x, y, wide]) =>
          Array.from({ length: Math.round((wide! + gap) / grid.cellWidth) }, (_, i) => {
            const cell = cellAt(grid, values.length, values[0]!.length, x! + i * grid.cellWidth + 1, y! + 1);
            return `${cell.row} ${cell.column}`;
          }),
        );
        expect(new Set(cells).size).toBe(values.length * values[0]!.length);
        expect(cells).toHaveLength(values.length * values[0]!.length);
        expect(area).toBeCloseTo(values.length * values[0]!.length * grid.cellWidth * grid.cellHeight, 1);
      }),
    );
  });

  test('are one for each shade that occurs, within a hundredth of the scale and a half', () => {
    fc.assert(
      fc.property(values, scale, (values, scale) => {
        const layers = heatLayers(values, scale, grid);
        const keys = layers.map(({ shade }) => JSON.stringify(shade));
        expect(new Set(keys).size).toBe(keys.length);
        const cells = layers.flatMap(({ shade, path }) =>
          rectangles(path).flatMap(([x, y, wide]) =>
            Array.from({ length: Math.round(wide! / grid.cellWidth) }, (_, i) => ({
              shade,
              ...cellAt(grid, values.length, values[0]!.length, x! + i * grid.cellWidth + 1, y! + 1),
            })),
          ),
        );
        for (const { shade, row, column } of cells) {
          const exact = shadeOf(scale, values[row]![column]!);
          expect(shade?.side).toBe(exact?.side);
          if (exact) expect(Math.abs(shade!.strength - exact.strength)).toBeLessThanOrEqual(1 / 64 + 1e-12);
        }
      }),
    );
  });
});

test('there is a minus sign for each negative value, pale or strong as its cell', () => {
  const scale: HeatScale = { kind: 'diverging', reach: 10 };
  fc.assert(
    fc.property(values, (values) => {
      const negative = values.flat().filter((value) => value !== null && value < 0);
      const { pale, strong } = minusSigns(values, scale, grid);
      const count = (path: string) => [...path.matchAll(/M/g)].length;
      expect(count(pale)).toBe(negative.filter((value) => value! > -5).length);
      expect(count(strong)).toBe(negative.filter((value) => value! <= -5).length);
    }),
  );
});

describe('a cell', () => {
  const [rows, columns] = [3, 5];

  test('is the one under the point, or the nearest', () => {
    expect(cellAt(grid, rows, columns, 30, 10)).toEqual({ row: 0, column: 0 });
    expect(cellAt(grid, rows, columns, 30 + 7 * 3 + 1, 10 + 11 * 2 + 1)).toEqual({ row: 2, column: 3 });
    expect(cellAt(grid, rows, columns, -100, 1000)).toEqual({ row: 2, column: 0 });
    expect(cellAt(grid, rows, columns, 1000, -100)).toEqual({ row: 0, column: 4 });
  });

  test('is reached by keys, none of which leaves the map', () => {
    const cell = fc.record({ row: fc.nat(rows - 1), column: fc.nat(columns - 1) });
    const key = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown');
    fc.assert(
      fc.property(cell, key, (cell, key) => {
        const { row, column } = cellByKey(cell, key, rows, columns)!;
        expect(row >= 0 && row < rows && column >= 0 && column < columns).toBe(true);
        expect(row === cell.row || column === cell.column).toBe(true);
      }),
    );
    expect(cellByKey({ row: 1, column: 1 }, 'ArrowDown', rows, columns)).toEqual({ row: 2, column: 1 });
    expect(cellByKey({ row: 1, column: 1 }, 'End', rows, columns)).toEqual({ row: 1, column: 4 });
    expect(cellByKey({ row: 1, column: 1 }, 'a', rows, columns)).toBeUndefined();
  });
});
