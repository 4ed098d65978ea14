import type { NumberParameter } from '#src/experiments/parameters.ts';
import { signed } from '#src/experiments/words.ts';

/** A number in a grid. */
export interface GridNumber {
  /** What it is, as in "weight from x1 to unit 2". */
  name: string;
  value: number;
  /** True where it follows from others and cannot be changed. */
  fixed?: boolean;
  /** True where it was changed by hand. */
  changed?: boolean;
  /** Written below it: a product, say. */
  note?: string;
  /** True where it stands out. */
  lit?: boolean;
}

export interface GridRow {
  label: string;
  /** The quantity whose colour it has, as `data-quantity` names it; plain ink unless given. */
  tone?: string;
  /** One for each column; undefined where there is none. */
  numbers: readonly (GridNumber | undefined)[];
  /** Stands above the row, over all columns. */
  heading?: string;
}

/** A place in a grid, row and column counted from 0. */
export interface GridPlace {
  row: number;
  column: number;
}

const DIRECTIONS: Record<string, GridPlace> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

const canChange = (rows: readonly GridRow[], { row, column }: GridPlace) => {
  const number = rows[row]?.numbers[column];
  return number !== undefined && !number.fixed;
};

/** The first number that can be changed: where Tab leads to. */
export function firstPlace(rows: readonly GridRow[]): GridPlace | undefined {
  return placesOf(rows)[0];
}

function placesOf(rows: readonly GridRow[]): GridPlace[] {
  return rows
    .flatMap(({ numbers }, row) => numbers.map((_, column) => ({ row, column })))
    .filter((place) => canChange(rows, place));
}

/** Where a key leads from a place: to the next number that can be changed; undefined where it leads nowhere. */
export function placeByKey(rows: readonly GridRow[], from: GridPlace, key: string): GridPlace | undefined {
  const places = placesOf(rows);
  if (key === 'Home') return places.find(({ row }) => row === from.row);
  if (key === 'End') return places.findLast(({ row }) => row === from.row);
  const direction = DIRECTIONS[key];
  if (!direction) return undefined;
  const next = ({ row, column }: GridPlace) => ({ row: row + direction.row, column: column + direction.column });
  const columns = Math.max(...rows.map(({ numbers }) => numbers.length));
  const inside = ({ row, column }: GridPlace) => row >= 0 && row < rows.length && column >= 0 && column < columns;
  for (let place = next(from); inside(place); place = next(place)) if (canChange(rows, place)) return place;
  return undefined;
}

/** True where an arrow key has nothing to do inside a text field any more: all of it is selected, or the caret is at that end. */
export function leavesField(key: string, from: number | null, to: number | null, length: number): boolean {
  if (from === 0 && to === length) return true;
  return from === to && ((key === 'ArrowLeft' && from === 0) || (key === 'ArrowRight' && to === length));
}

/** A number so many of the parameter's steps up or down, no further than it may go. */
export function stepped({ min, max, step }: NumberParameter, value: number, steps: number): number {
  const moved = Math.round(value / step + steps) * step;
  return Number(Math.min(max, Math.max(min, moved)).toPrecision(12)) + 0;
}

/** With as many digits as the parameter's step has, and a minus sign as it is printed. */
export function gridText({ step }: NumberParameter, value: number): string {
  return signed(value, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
}
