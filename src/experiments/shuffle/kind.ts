import type { Translation } from '#src/sequences/genetic-code.ts';

import type { Order } from './order.ts';

export const kindNames = ['sentence', 'melody', 'temperatures', 'trail', 'dna', 'frames', 'code'] as const;
export type KindName = (typeof kindNames)[number];

/** One of the things that stand in a row. */
export interface Item {
  /** What a tile shows. */
  text: string;
  /** More of it, in small: two items are the same where both are. */
  detail?: string;
  /** What a tile says to those who do not see it, where that is not its text. */
  said?: string;
  /** What it is in numbers: a note's pitch (MIDI) and beats, a temperature in °C, a ball's place and height in metres. */
  numbers?: number[];
}

/** What was measured at a place. */
export interface Mark {
  /** What is written under the item that stands there; '' for nothing. */
  label: string;
  /** The same as a number for the table, where it is one. */
  value: number | null;
  /** How much of a bar it fills, from 0 to 1. */
  share?: number;
  /** True where something that held in the original order does not hold here. */
  broken: boolean;
}

/** What a score is of. */
export interface Scale {
  /** What is measured, in words: "Surprise". */
  name: string;
  /** What is said behind a number: "bits a word". */
  unit: string;
  /** What is said at a place, as the head of the table's column. */
  perPlace: string;
  /** What stands under the items, in sentences. */
  caption: string;
  /** Which way the order breaks it. */
  worse: 'higher' | 'lower';
  digits: number;
  /** The ends of the axis that do not depend on the order. */
  from: number;
  to?: number;
}

export interface Measured {
  score: number;
  marks: Mark[];
  /** Of DNA, what it is read as. */
  translation?: Translation;
  /** Of a trail, whether it came to its goal. */
  goal?: boolean;
}

/** One kind of sequence: its items in their original order, and what breaks when the order does. */
export interface Kind {
  name: KindName;
  /** "sentence", with its article: "the sentence". */
  whole: string;
  /** What the items are: "words". */
  items: Item[];
  one: string;
  many: string;
  scale: Scale;
  /** What of the reader's own text could not be used, in sentences. */
  notes: string[];
  measure(order: Order): Measured;
  /** What the measurement says of this order, in words. */
  tell(measured: Measured, original: Measured, order: Order): string[];
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const withSign = (value: number, digits: number): string =>
  value > 0 ? `+${value.toFixed(digits)}` : value < 0 ? `−${(-value).toFixed(digits)}` : value.toFixed(digits);
