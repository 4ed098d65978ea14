import type { Cell, Table } from '#src/experiments/definition.ts';

/** A table as CSV (RFC 4180): a header line, CRLF between lines, full precision; a missing value is an empty cell. */
export function tableToCsv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => row.map(field).join(',') + '\r\n').join('');
}

function field(cell: Cell): string {
  const written = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}
