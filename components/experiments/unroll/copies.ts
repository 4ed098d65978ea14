/** Where the copies of a cell stand in the picture of an unrolled network: each is a small grid of its weights. */
export interface CopyLayout {
  left: number;
  top: number;
  /** From one copy to the next. */
  pitch: number;
  cellWidth: number;
  cellHeight: number;
  length: number;
  rows: number;
  columns: number;
}

/** Of the way from copy to copy, so much is the copy itself, unless that makes it wider than anybody needs. */
const SHARE = 0.82;
const WIDEST = 20;

/** The layout that fills a width with so many copies. */
export function layoutCopies(
  room: { left: number; right: number; top: number },
  length: number,
  { rows, columns, cellHeight }: Pick<CopyLayout, 'rows' | 'columns' | 'cellHeight'>,
): CopyLayout {
  const pitch = (room.right - room.left) / length;
  const cellWidth = Math.min(WIDEST, (pitch * SHARE) / columns);
  return { left: room.left, top: room.top, pitch, cellWidth, cellHeight, length, rows, columns };
}

/** The middle of a copy, counted from 1. */
export const middleOf = ({ left, pitch }: CopyLayout, copy: number): number => left + (copy - 0.5) * pitch;

/** The left edge of a copy. */
export const edgeOf = (layout: CopyLayout, copy: number): number =>
  middleOf(layout, copy) - (layout.cellWidth * layout.columns) / 2;

/** Where a weight is drawn in a copy; weights are counted from 0, row by row. */
export function spotOf(layout: CopyLayout, copy: number, weight: number): { x: number; y: number } {
  return {
    x: edgeOf(layout, copy) + (weight % layout.columns) * layout.cellWidth,
    y: layout.top + Math.floor(weight / layout.columns) * layout.cellHeight,
  };
}

/** What is under a point: the copy, and the weight in it where the point is at the height of the copies. */
export function underPoint(layout: CopyLayout, x: number, y: number): { copy: number; weight?: number } {
  const { left, top, pitch, cellWidth, cellHeight, length, rows, columns } = layout;
  const within = (place: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(place)));
  const copy = 1 + within((x - left) / pitch, length);
  const row = Math.floor((y - top) / cellHeight);
  if (row < 0 || row >= rows) return { copy };
  return { copy, weight: row * columns + within((x - edgeOf(layout, copy)) / cellWidth, columns) };
}
