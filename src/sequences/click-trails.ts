import { createRandom, shuffled, type Random } from './random.ts';
import type { Batch, Task } from './task.ts';

/** The kinds of page in a small made-up shop; a page is told by its index. The last two decide. */
export const pages = ['home', 'search', 'product', 'offers', 'help', 'account', 'reviews', 'basket'] as const;

export const REVIEWS = pages.indexOf('reviews');
export const BASKET = pages.indexOf('basket');

/** The pages of which there may be any number in a trail. */
const COMMON = pages.length - 2;

/** The classes, by their index. */
export const visitors = ['browser', 'buyer'] as const;

/** A trail: the pages that one visitor opened, first to last. */
export type Trail = readonly number[];

/** The rule of the shop: who reads the reviews and then goes to the basket buys; who does so in the other order only browses. */
export function visitorOf(trail: Trail): number {
  return trail.indexOf(REVIEWS) < trail.indexOf(BASKET) ? 1 : 0;
}

export interface ClickTrails extends Task {
  /** Trails that no batch has in it: half are buyers', the first and every second one. */
  heldOut: readonly Trail[];
}

const MOST_HELD_OUT = 1000;
/** At four steps there are so few trails that a page's every arrangement may be held out; that needs an end. */
const MOST_TRIES = 200;

/** Where there are few different trails, a quarter of their number at most is held out. */
function heldOutSize(time: number): number {
  const different = time * (time - 1) * COMMON ** (time - 2);
  return Math.min(MOST_HELD_OUT, 2 * Math.floor(different / 8));
}

/**
 * Who buys, and who only browses? Every trail has the reviews and the basket once each, at random places, and any pages
 * between; the order of those two is the class. In every batch, and in the held-out trails, each page is opened exactly as
 * often by buyers as by browsers, so that counting pages tells nothing. One-hot inputs, class at the last step.
 * @throws RangeError where there are less than 4 steps
 */
export function clickTrails(time: number, seed: number): ClickTrails {
  if (!(time >= 4)) throw new RangeError(`click trails of ${time} pages: there must be at least 4`);
  const heldOut = dealTrails(createRandom(seed, 'held-out trails'), time, heldOutSize(time), new Set());
  const kept = new Set(heldOut.map(keyOf));
  return {
    time,
    inputs: pages.length,
    outputs: visitors.length,
    kind: 'class',
    at: 'last',
    heldOut,
    batch: (random, size) => batchOf(dealTrails(random, time, size, kept)),
  };
}

/** Trails as a batch, one-hot, with the class of each. */
export function batchOf(trails: readonly Trail[]): Batch {
  const time = trails[0]!.length;
  const inputs = new Float32Array(trails.length * time * pages.length);
  trails.forEach((trail, b) => trail.forEach((page, t) => (inputs[(b * time + t) * pages.length + page] = 1)));
  return { inputs, targets: Int32Array.from(trails, visitorOf) };
}

const keyOf = (trail: Trail): string => trail.join('');

/**
 * `size` trails, a buyer's and a browser's in turn. The pages that the buyers opened are dealt once more, in another order,
 * to the browsers. A trail that is among those to avoid is arranged anew.
 * @throws RangeError where the number is odd: the classes could not be equal then
 */
function dealTrails(random: Random, time: number, size: number, avoid: ReadonlySet<string>): Trail[] {
  if (size % 2 !== 0) throw new RangeError(`${size} click trails: there must be as many of buyers as of browsers`);
  const each = time - 2;
  const ofBuyers = Array.from({ length: (size / 2) * each }, () => random.integer(COMMON));
  const ofBrowsers = shuffled(random, ofBuyers);
  return Array.from({ length: size }, (_, i) => {
    const from = Math.floor(i / 2) * each;
    const common = (i % 2 === 0 ? ofBuyers : ofBrowsers).slice(from, from + each);
    const inOrder = i % 2 === 0 ? [REVIEWS, BASKET] : [BASKET, REVIEWS];
    let trail = arranged(random, common, inOrder);
    for (let tries = 1; tries < MOST_TRIES && avoid.has(keyOf(trail)); tries++) {
      trail = arranged(random, common, inOrder);
    }
    return trail;
  });
}

/** All pages in a random order, but for two, which come in the order given. */
function arranged(random: Random, common: readonly number[], [first, second]: readonly number[]): Trail {
  const trail = shuffled(random, [...common, first!, second!]);
  const [earlier, later] = [trail.indexOf(first!), trail.indexOf(second!)].sort((a, b) => a - b);
  trail[earlier!] = first!;
  trail[later!] = second!;
  return trail;
}
