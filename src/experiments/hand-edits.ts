/**
 * Numbers that the reader has changed by hand, in the weights of a cell or in what it reads, as a text that fits a link:
 * `W1.2*0.5_b3*-1` sets row 1, column 2 of W to 0.5 and number 3 of b to -1. Rows and columns count from 1. What is written
 * lies over the numbers that are there without it, whatever these are.
 */
import { isAllowed, number, parseValue } from './parameters.ts';
import { inList } from './words.ts';

/** So long may the text be: with the rest of its link it stays below 2 kB. */
export const LONGEST_EDITS = 1750;

/** What a number may be changed to. */
export const editedNumber = number({
  label: 'Number',
  min: -10,
  max: 10,
  step: 0.01,
  default: 0,
  help: 'A weight, or an input.',
});

/** Numbers that can be changed, flat and row by row, under the name that the text has for them. */
export interface EditableArray {
  /** [length], or [rows, columns]. */
  shape: readonly number[];
  values: ArrayLike<number>;
}

/** Where a number is: the array's name, and its place in it, counted from 1: [place], or [row, column]. */
export interface EditPlace {
  array: string;
  at: readonly number[];
}

interface Edit extends EditPlace {
  value: number;
}

export interface Edited<Name extends string> {
  /** Every array with the changes in it, as float32. */
  values: Record<Name, Float32Array<ArrayBuffer>>;
  /** The flat indices of the numbers that were changed. */
  changed: Record<Name, number[]>;
  /** What of the text could not be used, as it is written there. */
  refused: string[];
}

const ENTRY = /^([A-Za-z]{1,4})(\d{1,2})(?:\.(\d{1,2}))?\*(-?[\d.]{1,5})$/;

const split = (written: string) => written.split('_').filter((entry) => entry !== '');

/** What an entry says; undefined unless it is written as {@link writeEdit} writes it. */
function readEdit(entry: string): Edit | undefined {
  const [, array, row, column, value] = ENTRY.exec(entry) ?? [];
  if (array === undefined || row === undefined || value === undefined) return undefined;
  const at = [row, ...(column === undefined ? [] : [column])].map(Number);
  const edit = { array, at, value: parseValue(editedNumber, value) as number };
  return edit.value !== undefined && writeEdit(edit) === entry ? edit : undefined;
}

const writeEdit = ({ array, at, value }: Edit) => `${array}${at.join('.')}*${value}`;

const keyOf = ({ array, at }: EditPlace) => `${array}${at.join('.')}`;

/** Puts the changes into the arrays. An entry that has no place in them, or a place that another has, is refused. */
export function applyEdits<Name extends string>(written: string, arrays: Record<Name, EditableArray>): Edited<Name> {
  const names = Object.keys(arrays) as Name[];
  const each = <T>(make: (name: Name) => T) => Object.fromEntries(names.map((name) => [name, make(name)]));
  const edited = {
    values: each((name) => Float32Array.from(arrays[name].values)),
    changed: each(() => [] as number[]),
    refused: [],
  } as unknown as Edited<Name>;
  for (const entry of split(written)) {
    const edit = readEdit(entry);
    const name = edit?.array as Name;
    const index = edit && Object.hasOwn(arrays, name) ? indexIn(arrays[name].shape, edit.at) : undefined;
    if (index === undefined || edited.changed[name].includes(index)) {
      edited.refused.push(entry);
      continue;
    }
    edited.values[name][index] = edit!.value;
    edited.changed[name].push(index);
  }
  return edited;
}

/** The flat index of a place; undefined outside. */
function indexIn(shape: readonly number[], at: readonly number[]): number | undefined {
  if (at.length !== shape.length || at.some((place, i) => place < 1 || place > shape[i]!)) return undefined;
  return at.length === 1 ? at[0]! - 1 : (at[0]! - 1) * shape[1]! + at[1]! - 1;
}

/** The text with a number set, or, without a value, as it was. @returns undefined where the text would be too long */
export function withEdit(written: string, place: EditPlace, value: number | undefined): string | undefined {
  const others = readable(written).filter((edit) => keyOf(edit) !== keyOf(place));
  const all = value === undefined ? others : [...others, { ...place, value }];
  const text = all.map(writeEdit).join('_');
  return text.length <= LONGEST_EDITS && (value === undefined || isAllowed(editedNumber, value)) ? text : undefined;
}

/** The text without the changes in these arrays. */
export function withoutEdits(written: string, arrays: readonly string[]): string {
  return readable(written)
    .filter(({ array }) => !arrays.includes(array))
    .map(writeEdit)
    .join('_');
}

/** The entries that say something, each place once. */
function readable(written: string): Edit[] {
  const edits = new Map<string, Edit>();
  for (const edit of split(written).map(readEdit)) if (edit && !edits.has(keyOf(edit))) edits.set(keyOf(edit), edit);
  return [...edits.values()];
}

const NAMED = 3;

/** A sentence that names what could not be used; empty where all could. */
export function tellRefused(refused: readonly string[]): string {
  if (refused.length === 0) return '';
  const named = refused.slice(0, NAMED).map((entry) => `“${entry.length > 20 ? `${entry.slice(0, 20)}…` : entry}”`);
  const more = refused.length > NAMED ? [`${refused.length - NAMED} more`] : [];
  return `Of the changes by hand ${inList([...named, ...more])} could not be used: this cell has no such number, or it cannot be set to that.`;
}
