/** What a map's colours stand for: from nothing at `low` to full at `high`, or to both sides of 0, as far as `reach`. */
export type HeatScale = { kind: 'sequential'; low: number; high: number } | { kind: 'diverging'; reach: number };

/** How a value is coloured: on which side of the scale's zero it lies, and how strongly, from 0 to 1. */
export interface Shade {
  side: 'above' | 'below';
  strength: number;
}

/** A place in the map, row and column counted from 0. */
export interface HeatCell {
  row: number;
  column: number;
}

/** A row of values for each row of the map; null, as NaN, is what is not known. */
export type HeatValues = readonly (readonly (number | null)[])[];

/** The values' sizes in the picture, in pixels. */
export interface HeatGrid {
  left: number;
  top: number;
  cellWidth: number;
  cellHeight: number;
  /** Between neighbours; 0 where they touch. */
  gap: number;
}

/** Cells of one colour, as one path. `shade` is undefined for what is not known. */
export interface HeatLayer {
  shade?: Shade;
  path: string;
}

/** As many shades as the eye tells apart; each is one path, however many cells there are. */
const SHADES = 32;

/** The shade of a value, undefined where there is none. Values beyond the scale's ends are as strong as those at its ends. */
export function shadeOf(scale: HeatScale, value: number | null): Shade | undefined {
  if (value === null || Number.isNaN(value)) return undefined;
  const share = scale.kind === 'sequential' ? (value - scale.low) / (scale.high - scale.low) : value / scale.reach;
  const side = scale.kind === 'diverging' && share < 0 ? 'below' : 'above';
  return { side, strength: Math.min(1, Math.max(0, side === 'below' ? -share : share)) };
}

/** The map's cells by colour. Neighbours of one colour that touch are one rectangle. */
export function heatLayers(values: HeatValues, scale: HeatScale, grid: HeatGrid): HeatLayer[] {
  const layers = new Map<string, HeatLayer>();
  values.forEach((row, r) => {
    const shades = row.map((value) => rounded(shadeOf(scale, value)));
    for (let from = 0; from < shades.length;) {
      const key = keyOf(shades[from]);
      let to = from + 1;
      while (grid.gap === 0 && to < shades.length && keyOf(shades[to]) === key) to++;
      const layer = layers.get(key) ?? { shade: shades[from], path: '' };
      layer.path += rectangle(grid, r, from, to);
      layers.set(key, layer);
      from = to;
    }
  });
  return [...layers.values()];
}

function rounded(shade: Shade | undefined): Shade | undefined {
  return shade && { side: shade.side, strength: Math.round(shade.strength * SHADES) / SHADES };
}

const keyOf = (shade: Shade | undefined) => (shade ? `${shade.side} ${shade.strength}` : '');

const short = (pixels: number) => Number(pixels.toFixed(2));

function rectangle({ left, top, cellWidth, cellHeight, gap }: HeatGrid, row: number, from: number, to: number): string {
  const [x, y] = [left + from * cellWidth + gap / 2, top + row * cellHeight + gap / 2];
  const [wide, high] = [(to - from) * cellWidth - gap, cellHeight - gap];
  return `M${short(x)} ${short(y)}h${short(wide)}v${short(high)}h${short(-wide)}z`;
}

/** Below this a cell is so pale that what is written on it is dark. */
const PALE_BELOW = 0.5;

/** A dash in each cell that holds a negative value, for pale cells and for strong ones: colour alone must not tell it. */
export function minusSigns(values: HeatValues, scale: HeatScale, grid: HeatGrid): Record<'pale' | 'strong', string> {
  const { left, top, cellWidth, cellHeight } = grid;
  const wide = Math.min(8, cellWidth * 0.45);
  const signs = { pale: '', strong: '' };
  values.forEach((row, r) =>
    row.forEach((value, c) => {
      if (value === null || !(value < 0)) return;
      const [x, y] = [left + (c + 0.5) * cellWidth - wide / 2, top + (r + 0.5) * cellHeight];
      signs[shadeOf(scale, value)!.strength < PALE_BELOW ? 'pale' : 'strong'] +=
        `M${short(x)} ${short(y)}h${short(wide)}`;
    }),
  );
  return signs;
}

/** The cell under a point of the picture, or the one nearest to it. */
export function cellAt(grid: HeatGrid, rows: number, columns: number, x: number, y: number): HeatCell {
  const within = (place: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(place)));
  return {
    row: within((y - grid.top) / grid.cellHeight, rows),
    column: within((x - grid.left) / grid.cellWidth, columns),
  };
}

/** Where a key leads from a cell; undefined where it means nothing here. */
export function cellByKey({ row, column }: HeatCell, key: string, rows: number, columns: number): HeatCell | undefined {
  switch (key) {
    case 'ArrowRight':
      return { row, column: Math.min(columns - 1, column + 1) };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), column };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    case 'PageUp':
      return { row: 0, column };
    case 'PageDown':
      return { row: rows - 1, column };
    default:
      return undefined;
  }
}
