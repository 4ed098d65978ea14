/** An order: the item that stands at each place, by its place in the original order, both from 0. */
export type Order = readonly number[];

export const originalOrder = (length: number): number[] => Array.from({ length }, (_, place) => place);

/** How many shuffles of a seed there are to compare with, and to look at, from 1 on. */
export const SHUFFLES = 100;

/** What an order is called, as links write it, where it is not a list of places. */
const REVERSED = 'reversed';
const SHUFFLE = /^shuffle-([1-9]\d?|100)$/;
const LIST = /^\d{1,2}(-\d{1,2})*$/;

/** What is written for an order: nothing, a name, a shuffle's number, a list that fits, or something else. */
export type WrittenOrder = { list: number[] } | { shuffle: number } | { refused: string };

/** Reads an order of `length` items: '' is the original, then reversed, shuffle-1 to shuffle-100, or a list like 2-0-1. */
export function readOrder(written: string, length: number): WrittenOrder {
  if (written === '') return { list: originalOrder(length) };
  if (written === REVERSED) return { list: originalOrder(length).reverse() };
  const shuffle = SHUFFLE.exec(written);
  if (shuffle) return { shuffle: Number(shuffle[1]) };
  const list = LIST.test(written) ? written.split('-').map(Number) : [];
  return isOrderOf(list, length) ? { list } : { refused: written };
}

export const nameOfShuffle = (number: number) => `shuffle-${number}`;

/** Writes an order so that {@link readOrder} reads it back. */
export function writeOrder(order: Order): string {
  if (order.every((item, place) => item === place)) return '';
  if (order.every((item, place) => item === order.length - 1 - place)) return REVERSED;
  return order.join('-');
}

function isOrderOf(list: number[], length: number): boolean {
  return list.length === length && new Set(list).size === length && Math.max(...list) < length;
}

/** The order with the items at two places swapped. */
export function swapped(order: Order, a: number, b: number): number[] {
  return order.map((_, place) => order[place === a ? b : place === b ? a : place]!);
}
