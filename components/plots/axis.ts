import { scaleLinear, scaleLog } from 'd3-scale';

import { linearAxis } from './linear-axis.ts';
import { STEPS } from './log-axis.ts';
import { toTenth } from './tenth.ts';

/** What an axis shows, and how it is marked. */
export interface AxisOptions {
  label: string;
  /** 'linear' unless given. A log axis has no place for what is not above 0. */
  scale?: 'linear' | 'log';
  /** What it shows at least; it goes further where values do. */
  from?: number;
  to?: number;
  /** Where it is marked; at round values unless given. */
  ticks?: readonly number[];
  /** True where there is nothing between whole numbers. */
  whole?: boolean;
  /** How a value is written: at the axis, at the end of a line and in the words about a place. */
  format?(value: number): string;
}

/** An axis as it is drawn. */
export interface Axis {
  /** Where a value lies, in pixels; undefined where it has no place. */
  at(value: number | null | undefined): number | undefined;
  ticks: readonly number[];
  /** A tick, as it is written. */
  format(tick: number): string;
  /** A value, in the words about a place. */
  say(value: number): string;
}

interface Room {
  /** Where the low and the high end lie, in pixels. */
  range: [number, number];
  /** About how many ticks there is room for. */
  ticks: number;
  /** True where both ends are moved outwards to a round value. */
  round?: boolean;
}

const hasPlace = (scale: AxisOptions['scale']) => (value: number | null | undefined) =>
  typeof value === 'number' && Number.isFinite(value) && (scale !== 'log' || value > 0);

/** The axis that has a place for all values that can have one. */
export function axisFor(options: AxisOptions, values: Iterable<number | null | undefined>, room: Room): Axis {
  const { scale: kind = 'linear', from, to, format } = options;
  const shown = [...values, from, to].filter(hasPlace(kind)) as number[];
  const ends: [number, number] = shown.length === 0 ? [NaN, NaN] : [least(shown), most(shown)];
  const made = kind === 'log' ? logAxis(ends, room) : evenAxis(ends, room, options.whole ?? false);
  return {
    at: (value) => (hasPlace(kind)(value) ? made.at(value!) : undefined),
    ticks: options.ticks ?? made.ticks,
    // Marks that somebody chose may need more digits than round ones.
    format: format ?? (options.ticks ? shortly : made.format),
    say: format ?? shortly,
  };
}

// Of thousands of values, too: Math.min(...values) takes no more than fit on the stack.
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));

function evenAxis(ends: [number, number], { range, ticks, round }: Room, whole: boolean) {
  let [low, high] = ends[0] <= ends[1] ? ends : [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  // Few ticks would move the ends far outwards.
  if (round) [low, high] = scaleLinear([low, high], range).nice(Math.max(ticks, 5)).domain() as [number, number];
  const { at, ticks: marked, format } = linearAxis([low, high], range, ticks);
  if (!whole) return { at, ticks: marked, format };
  return { at, ticks: marked.filter(Number.isInteger), format: (tick: number) => tick.toLocaleString('en') };
}

/** The digits at which a log axis is marked where few powers of ten are in sight. */
const DIGITS = [1, 2, 5];
const FEW_DECADES = 2.5;

function logAxis([low, high]: [number, number], { range, ticks, round }: Room) {
  if (!(low <= high)) [low, high] = [1, 10];
  if (low === high) [low, high] = [low / 2, high * 2];
  const candidates = roundValues(low, high);
  if (round) {
    low = most(candidates.filter((value) => value <= low * (1 + 1e-9)));
    high = least(candidates.filter((value) => value >= high * (1 - 1e-9)));
  }
  const inSight = candidates.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  const decades = Math.log10(high / low);
  const step = STEPS.find((step) => decades / step <= ticks) ?? 100;
  const marked =
    decades < FEW_DECADES && inSight.length <= 2 * ticks
      ? inSight
      : inSight.filter((value) => isPowerOfTen(value) && Math.round(Math.log10(value)) % step === 0);
  const scale = scaleLog([low, high], range);
  return { at: (value: number) => toTenth(scale(value)), ticks: marked, format: writePower };
}

/** 1, 2 and 5 times every power of ten, from below `low` to above `high`. */
function roundValues(low: number, high: number): number[] {
  const values = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power++) {
    values.push(...DIGITS.map((digit) => Number(`${digit}e${power}`)));
  }
  return values;
}

const isPowerOfTen = (value: number) => value === Number(`1e${Math.round(Math.log10(value))}`);

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function raised(exponent: number): string {
  return (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]).join('');
}

const isShort = (value: number) => value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5);

/** 1, 2 or 5 times a power of ten: 0.05, 200, 10⁻⁷. */
function writePower(value: number): string {
  if (isShort(value)) return String(Number(value.toPrecision(3)));
  const [digit, exponent] = value.toExponential(0).split('e');
  return `${digit === '1' ? '' : `${digit} × `}10${raised(Number(exponent))}`;
}

/** A number to three digits, as it is said: 0.0123, −4.5, 1.2 × 10⁻⁷. */
export function shortly(value: number): string {
  const written = isShort(value)
    ? String(Number(value.toPrecision(3)))
    : value.toExponential(1).replace(/e(.*)$/, (_, exponent) => ` × 10${raised(Number(exponent))}`);
  return written.replace('-', '−');
}
