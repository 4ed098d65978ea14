import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  along,
  clearSpot,
  endOf,
  inRows,
  nearest,
  placeNotes,
  placesOf,
  reading,
  spread,
  type Curve,
} from '#components/plots/curves.ts';

const curve = (values: (number | null)[], more: Partial<Curve> = {}): Curve => ({
  at: [0, 10, 20, 30],
  values,
  tone: 'loss',
  label: 'loss',
  ...more,
});

test('places are those at which a labelled curve has a value, once and rising', () => {
  expect(placesOf([curve([1, null, 3]), curve([1], { at: [5] }), curve([1, 2, 3, 4], { label: undefined })])).toEqual([
    0, 5, 20,
  ]);
  expect(placesOf([])).toEqual([]);
});

test('the nearest place is found by where it is drawn', () => {
  expect(nearest([1, 10, 100], Math.log10, 1.4)).toBe(10);
  expect(nearest([], Math.log10, 1.4)).toBeUndefined();
});

test('a curve says its value and its band at a place, and nothing where it has none', () => {
  const banded = curve([1, 2], { band: { low: [0, 1], high: [2, null] } });
  expect(reading(banded, 0)).toEqual({ value: 1, low: 0, high: 2 });
  expect(reading(banded, 10)).toEqual({ value: 2, low: 1, high: undefined });
  expect(reading(banded, 20)).toBeUndefined();
  expect(reading(banded, 7)).toBeUndefined();
});

test('the end of a curve is its last value', () => {
  expect(endOf(curve([1, 2, null, null]))).toEqual({ at: 10, value: 2 });
  expect(endOf(curve([null]))).toBeUndefined();
});

describe('labels', () => {
  test('are spread so that none lies on another, and stay in the plot where there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 7 }), (wanted) => {
        const placed = spread(wanted, 15, 0, 100);
        const sorted = placed.toSorted((a, b) => a - b);
        for (let i = 1; i < sorted.length; i++) expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThan(15 - 1e-9);
        for (const place of placed) expect(place).toBeGreaterThanOrEqual(-1e-9);
        for (const place of placed) expect(place).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });

  test('that are far apart stay where they are', () => {
    expect(spread([90, 10, 50], 15, 0, 100)).toEqual([90, 10, 50]);
  });

  test('go on in a new row where the room ends', () => {
    expect(inRows([60, 50, 30], 100)).toEqual({
      places: [
        { left: 0, row: 0 },
        { left: 0, row: 1 },
        { left: 50, row: 1 },
      ],
      rows: 2,
    });
    expect(inRows([], 100).rows).toBe(0);
  });

  test('stand where no line runs, and at the first such spot', () => {
    const line = along([
      { x: 0, y: 50 },
      { x: 100, y: 0 },
    ]);
    const spots = [
      { x: 100, y: 4, anchor: 'end' as const },
      { x: 0, y: 4, anchor: 'start' as const },
    ];
    expect(clearSpot({ label: 'short', spots }, line)).toBe(spots[1]);
    expect(clearSpot({ label: 'short', spots }, [])).toBe(spots[0]);
  });

  test('do not stand where another one does', () => {
    const spots = [10, 60].map((y) => ({ x: 0, y, anchor: 'start' as const }));
    const notes = ['one', 'other'].map((label) => ({ label, spots }));
    expect(placeNotes(notes, [])).toEqual(spots);
  });
});
