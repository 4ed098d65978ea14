import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Cell } from '#src/experiments/definition.ts';
import { tableToCsv } from '#src/site/csv.ts';

/** A reader of RFC 4180, character by character. */
function readCsv(written: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < written.length; i++) {
    const character = written[i]!;
    if (quoted && character === '"' && written[i + 1] === '"') {
      field += '"';
      i++;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (!quoted && (character === ',' || written.startsWith('\r\n', i))) {
      row.push(field);
      field = '';
      if (character === ',') continue;
      rows.push(row);
      row = [];
      i++;
    } else {
      field += character;
    }
  }
  expect(quoted).toBe(false);
  expect([field, row]).toEqual(['', []]);
  return rows;
}

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('a,b', 'say "so"', '"', '""', 'two\r\nlines', '\n', '\r', ' ', '', ',', '",\r\n"'),
);
const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    columns: fc.array(fc.string(), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
  }),
);

test('what is in the table is in the file, cell by cell', () => {
  fc.assert(
    fc.property(table, ({ columns, rows }) => {
      const [head, ...body] = readCsv(tableToCsv({ columns, rows }));
      expect(head).toEqual(columns);
      expect(body).toEqual(rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))));
    }),
  );
});

test('numbers keep every digit', () => {
  const numbers = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.000001, 1 / 3, 1e21];
  const [, ...rows] = readCsv(tableToCsv({ columns: ['x'], rows: numbers.map((value) => [value]) }));
  expect(rows.map(([written]) => Number(written))).toEqual(numbers);
});

test('a missing value is an empty cell, and lines end as the standard says', () => {
  const rows = [
    [1, null],
    [null, 'fine'],
  ];
  expect(tableToCsv({ columns: ['step', 'in float32'], rows })).toBe('step,in float32\r\n1,\r\n,fine\r\n');
});

test('a field is quoted where it must be, and only there', () => {
  const rows = [['a,b', 'a"b', 'a\nb', 'a\rb', 'a b']];
  expect(tableToCsv({ columns: ['1', '2', '3', '4', '5'], rows })).toBe(
    '1,2,3,4,5\r\n"a,b","a""b","a\nb","a\rb",a b\r\n',
  );
});
