import fc from 'fast-check';
import { expect, test } from 'vitest';

import { layoutCopies, spotOf, underPoint } from '#components/experiments/unroll/copies.ts';

const layout = fc
  .record({ width: fc.integer({ min: 250, max: 900 }), length: fc.integer({ min: 1, max: 50 }) })
  .map(({ width, length }) =>
    layoutCopies({ left: 54, right: width, top: 26 }, length, { rows: 6, columns: 3, cellHeight: 11 }),
  );

test('under the middle of a weight in a copy there is that weight and that copy', () => {
  fc.assert(
    fc.property(layout, fc.nat(), fc.nat(17), (layout, some, weight) => {
      const copy = 1 + (some % layout.length);
      const { x, y } = spotOf(layout, copy, weight);
      const under = underPoint(layout, x + layout.cellWidth / 2, y + layout.cellHeight / 2);
      expect(under).toEqual({ copy, weight });
    }),
  );
});

test('copies lie beside each other, and above and below them there is no weight', () => {
  fc.assert(
    fc.property(layout, fc.nat(), (layout, some) => {
      const copy = 1 + (some % layout.length);
      expect(layout.cellWidth * 3).toBeLessThan(layout.pitch);
      const { x } = spotOf(layout, copy, 1);
      expect(underPoint(layout, x, 25)).toEqual({ copy });
      expect(underPoint(layout, x, 26 + 66)).toEqual({ copy });
    }),
  );
});
