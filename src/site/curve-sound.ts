import type { Cell, Table } from '#src/experiments/definition.ts';

/** Curves of a result: columns of its table over the first one. */
export interface Series {
  /** What they are over. */
  over: string;
  /** Rising. */
  at: readonly number[];
  curves: readonly { name: string; values: readonly (number | null)[] }[];
}

/** A curve of fewer values is no curve. */
const FEWEST = 3;

const isNumber = (cell: Cell | undefined): cell is number => typeof cell === 'number' && Number.isFinite(cell);

/**
 * The curves in a table; undefined where its first column does not rise, or where there are none. A row that has words there, as a
 * sum does, is no part of a curve.
 */
export function seriesOf({ columns, rows: all }: Table): Series | undefined {
  const rows = all.filter(([first]) => isNumber(first));
  const at = rows.map(([first]) => first as number);
  if (at.some((place, i) => i > 0 && place <= at[i - 1]!)) return undefined;
  const curves = columns.slice(1).flatMap((name, i) => {
    const cells = rows.map((row) => row[i + 1] ?? null);
    if (!cells.every((cell) => cell === null || typeof cell === 'number')) return [];
    const values = cells.map((cell) => (isNumber(cell) ? cell : null));
    return values.filter(isNumber).length >= FEWEST && !counts(at, values) ? [{ name, values }] : [];
  });
  return curves.length > 0 ? { over: columns[0]!, at, curves } : undefined;
}

/** Whether a column only says the first one in another way, as steps from the end do. */
function counts(at: readonly number[], values: readonly (number | null)[]): boolean {
  return values.every((value, i) => {
    if (i === 0 || value === null) return value !== null;
    return Math.abs(value - values[i - 1]!) === at[i]! - at[i - 1]!;
  });
}

/** A curve as it is heard. */
export interface CurveSound {
  /** Its values at places evenly along the axis, from 0 for the lowest to 1 for the highest; null where there is none. */
  heights: (number | null)[];
  low: number;
  high: number;
  /** Whether equal steps of pitch are equal factors of the value. */
  log: boolean;
  seconds: number;
}

const SAMPLES = 120;
/** Values that differ by more are heard by their factors: else most of them would be the lowest tone. */
const MOST_BY_DIFFERENCE = 300;
const SECONDS = { a_value: 0.06, least: 2, most: 6 };

export function soundOf(at: readonly number[], values: readonly (number | null)[]): CurveSound {
  const there = values.filter(isNumber);
  const [low, high] = [Math.min(...there), Math.max(...there)];
  const log = low > 0 && high / low > MOST_BY_DIFFERENCE;
  const scale = log ? Math.log : (value: number) => value;
  const reach = scale(high) - scale(low);
  const height = (value: number | null | undefined) =>
    isNumber(value) ? (reach === 0 ? 0.5 : (scale(value) - scale(low)) / reach) : null;
  const heights = Array.from({ length: SAMPLES }, (_, sample) => {
    const place = at[0]! + (sample / (SAMPLES - 1)) * (at.at(-1)! - at[0]!);
    const after = Math.max(
      1,
      at.findIndex((known) => known >= place),
    );
    const [from, to] = [height(values[after - 1]), height(values[after])];
    const share = (place - at[after - 1]!) / (at[after]! - at[after - 1]!);
    if (share === 0) return from;
    if (share === 1) return to;
    return from === null || to === null ? null : from + share * (to - from);
  });
  const seconds = Math.min(SECONDS.most, Math.max(SECONDS.least, SECONDS.a_value * at.length));
  return { heights, low, high, log, seconds };
}

/** Three octaves around the middle of a piano, which small loudspeakers have as well. */
const [LOWEST, OCTAVES] = [52, 3];

/** Stretches of a curve as notes that glide, and its gaps as rests. @param beat seconds a beat */
export function notesOf({ heights, seconds }: CurveSound, beat: number): { pitch: number[]; beats: number }[] {
  const notes: { pitch: number[]; beats: number }[] = [];
  const each = seconds / heights.length / beat;
  heights.forEach((height, i) => {
    const goesOn = i > 0 && (height === null) === (heights[i - 1] === null);
    if (!goesOn) notes.push({ pitch: [], beats: 0 });
    const note = notes.at(-1)!;
    note.beats += each;
    if (height !== null) note.pitch.push(LOWEST + 12 * OCTAVES * height);
  });
  return notes;
}
