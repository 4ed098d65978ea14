/** A line over an axis: measured values, and what most of several lie between. */
export interface Curve {
  /** Where along the axis its values are, rising. */
  at: readonly number[];
  /** A value at each place, or at the first of them; null, or 0 on a log axis, leaves a gap. */
  values: readonly (number | null)[];
  /** What most lie above and below, at each place. */
  band?: { low: readonly (number | null)[]; high: readonly (number | null)[] };
  /** A quantity's colour: the name of a custom property without its dashes. */
  tone: string;
  /** Said at its end, and in the words about a place; without one it is one of several faint lines behind the others. */
  label?: string;
  /** How the line is drawn, so that it is told from others without its colour; 'solid' unless given. */
  stroke?: 'solid' | 'dashed' | 'dotted' | 'none';
  /** The line's thickness in pixels, for a quantity that comes in sizes. */
  weight?: number;
  /** True for a dot at each value. */
  dots?: boolean;
}

/** A value to compare with, or a place to know of, and what it stands for; of several places that stand for the same, the first says it. */
export interface Reference {
  at: number;
  label: string;
}

/** Every place at which a labelled curve has a value, once and rising. */
export function placesOf(curves: readonly Curve[]): number[] {
  const places = curves
    .filter(({ label }) => label !== undefined)
    .flatMap(({ at, values }) => at.filter((_, i) => isThere(values[i])));
  return [...new Set(places)].sort((a, b) => a - b);
}

const isThere = (value: number | null | undefined) => typeof value === 'number' && Number.isFinite(value);

/** The place nearest to where something points; undefined where there is none. */
export function nearest(places: readonly number[], x: (place: number) => number, pointed: number): number | undefined {
  let best: number | undefined;
  for (const place of places) {
    if (best === undefined || Math.abs(x(place) - pointed) < Math.abs(x(best) - pointed)) best = place;
  }
  return best;
}

/** What a curve says of a place: its value there and its band; undefined where it has none. */
export function reading(curve: Curve, place: number) {
  const i = curve.at.indexOf(place);
  const value = curve.values[i];
  if (i === -1 || !isThere(value)) return undefined;
  return { value: value!, low: curve.band?.low[i] ?? undefined, high: curve.band?.high[i] ?? undefined };
}

/** The place and the value of the last value that there is. */
export function endOf({ at, values }: Curve): { at: number; value: number } | undefined {
  const i = values.findLastIndex(isThere);
  return i === -1 ? undefined : { at: at[i]!, value: values[i]! };
}

/** Moves labels apart that would lie on each other, as little as it takes, between `low` and `high`; in their order. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const placed: number[] = [];
  let least = low;
  for (const i of order) {
    placed[i] = Math.max(wanted[i]!, least);
    least = placed[i]! + gap;
  }
  let most = high;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i]!, most);
    most = placed[i]! - gap;
  }
  return placed;
}

/** About how wide a label of the plots is, in pixels: text is measured in a page only, and drawn before there is one. */
export const widthOf = (label: string) => 4 + 7.4 * label.length;

/** A point of a plot, in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** Where a note may stand: its baseline's start, or its end. */
export interface Spot extends Point {
  anchor: 'start' | 'end';
}

/** A note, and the spots where it may stand, the one that is liked best first. */
export interface Note {
  label: string;
  spots: readonly Spot[];
}

/** How far a line has to keep off a note's middle. */
const CLEAR = 13;

/** The first spot that no line runs through; where each has one, the spot with the most room. */
export function clearSpot({ label, spots }: Note, lines: readonly Point[]): Spot {
  const room = (spot: Spot) => {
    const [from, to] = spanOf(spot, label);
    const over = lines.filter((point) => point.x >= from - 4 && point.x <= to + 4);
    return Math.min(CLEAR, ...over.map((point) => Math.abs(point.y - middleOf(spot))));
  };
  return spots.reduce((best, spot) => (room(spot) > room(best) ? spot : best));
}

/** The spot of each note, so that none stands on a line or on another note, as far as that can be. */
export function placeNotes(notes: readonly Note[], lines: readonly Point[]): Spot[] {
  const taken = [...lines];
  return notes.map((note) => {
    const spot = clearSpot(note, taken);
    const [from, to] = spanOf(spot, note.label);
    taken.push(...along([from, to].map((x) => ({ x, y: middleOf(spot) }))));
    return spot;
  });
}

const middleOf = (spot: Spot) => spot.y - 4;

/** About how wide a note is: it is written smaller and lighter than a label. */
export const noteWidth = (label: string) => 4 + 6.3 * label.length;

function spanOf({ x, anchor }: Spot, label: string): [number, number] {
  const width = noteWidth(label);
  return anchor === 'start' ? [x, x + width] : [x - width, x];
}

/** Points on a line through the points given, no further apart than a few pixels. */
export function along(points: readonly Point[]): Point[] {
  return points.flatMap((point, i) => {
    const next = points[i + 1];
    if (!next) return [point];
    const pieces = Math.min(50, Math.max(1, Math.ceil(Math.hypot(next.x - point.x, next.y - point.y) / 6)));
    return Array.from({ length: pieces }, (_, piece) => ({
      x: point.x + ((next.x - point.x) * piece) / pieces,
      y: point.y + ((next.y - point.y) * piece) / pieces,
    }));
  });
}

/** Labels in rows no wider than there is room: the left edge and the row of each, and the number of rows. */
export function inRows(
  widths: readonly number[],
  room: number,
): { places: { left: number; row: number }[]; rows: number } {
  let [left, row] = [0, 0];
  const places = widths.map((width) => {
    if (left > 0 && left + width > room) [left, row] = [0, row + 1];
    const place = { left, row };
    left += width;
    return place;
  });
  return { places, rows: places.length === 0 ? 0 : row + 1 };
}
