import { createRandom, type Random } from '#src/sequences/random.ts';
import { createPace } from '#src/training/pace.ts';

import { define, type Table } from './definition.ts';
import { choice, text, type Values } from './parameters.ts';
import { dna, LONGEST_STRAND, STRAND } from './shuffle/dna.ts';
import { frames } from './shuffle/frames.ts';
import { kindNames, type Item, type Kind, type KindName, type Measured, type Scale } from './shuffle/kind.ts';
import { code, LONGEST_SENTENCE, SENTENCE, sentence } from './shuffle/language.ts';
import { melody } from './shuffle/melody.ts';
import { originalOrder, readOrder, SHUFFLES, type Order } from './shuffle/order.ts';
import { temperatures } from './shuffle/temperatures.ts';
import { trail } from './shuffle/trail.ts';

const LABELS: Record<KindName, string> = {
  sentence: 'sentence',
  melody: 'melody',
  temperatures: 'day of temperatures',
  trail: 'click trail',
  dna: 'DNA',
  frames: 'frames of motion',
  code: 'line of code',
};

const parameters = {
  kind: choice({
    label: 'What stands in a row',
    options: kindNames.map((value) => ({ value, label: LABELS[value] })),
    default: 'sentence',
    help: 'Seven kinds of sequence. Each is a bag of items and their order, and each has a score that the order decides.',
  }),
  order: text({
    label: 'Order',
    maxLength: 160,
    default: '',
    help: 'Empty for the original order, or reversed, or shuffle-1 to shuffle-100, or the items by their first places from 0, as in 2-0-1.',
  }),
  sentence: text({
    label: 'Your own sentence',
    maxLength: LONGEST_SENTENCE,
    default: SENTENCE,
    help: 'Two to sixteen words. The model is small and has read some 1,800 words about a harbour town: words that it has never seen surprise it in any order.',
  }),
  dna: text({
    label: 'Your own DNA',
    maxLength: LONGEST_STRAND,
    default: STRAND,
    help: 'The letters A, C, G and T, from 6 to 45 of them; U is read as T. It is read from its first ATG, as one strand, without introns.',
  }),
};

type Params = Values<typeof parameters>;

/** How one of the kinds fares when its items, of the site's own or the reader's text, are shuffled. */
export interface KindSummary {
  kind: KindName;
  unit: string;
  original: number;
  /** The median of the shuffles' scores. */
  middle: number;
  /** How many of the shuffles score worse than the original. */
  worse: number;
  digits: number;
}

export interface ShuffleResult extends Measured {
  kind: KindName;
  whole: string;
  one: string;
  many: string;
  scale: Scale;
  /** In their original order. */
  items: Item[];
  order: number[];
  /** The number of the shuffle that is shown, where one was asked for. */
  shuffle: number | null;
  /** The different items that stand in the row, sorted, and how many there are of each. */
  bag: { item: number; count: number }[];
  /** The same in the original order: a check, not a promise. */
  sameBag: boolean;
  original: Pick<Measured, 'score' | 'translation' | 'goal'>;
  /** The scores of shuffles 1 to 100. */
  shuffles: number[];
  /** All kinds that are measured so far. */
  kinds: KindSummary[];
  notes: string[];
  sentences: string[];
}

interface Checkpoint {
  kinds: KindSummary[];
}

export default define<typeof parameters, ShuffleResult, Checkpoint>({
  slug: 'shuffle',
  title: 'The same items in another order',
  question: 'What is left when the items stay and their order goes?',
  live: true,
  parameters,

  async run(params, { seed, signal, onProgress, checkpoint }) {
    const pace = createPace(signal);
    const kinds = [...(checkpoint?.kinds ?? [])];
    await pace();
    const shown = look(params, seed);
    const known = summariesOf(params, seed);
    while (kinds.length < kindNames.length) {
      await pace();
      const name = kindNames[kinds.length]!;
      const summary = known.get(name) ?? summariseKind(name, params, seed);
      known.set(name, summary);
      kinds.push(summary);
      const soFar = [...kinds];
      onProgress({
        done: kinds.length,
        total: kindNames.length,
        unit: 'kinds',
        partial: () => ({ ...shown, kinds: soFar }),
        checkpoint: { kinds: soFar },
      });
    }
    return { ...shown, kinds };
  },

  tell: tellOrder,

  table: tabulate,
});

/** A kind of sequence, with the reader's text where that is what it is made of. */
export function kindOf(name: KindName, params: Pick<Params, 'sentence' | 'dna'>): Kind {
  switch (name) {
    case 'sentence':
      return sentence(params.sentence);
    case 'dna':
      return dna(params.dna);
    case 'melody':
      return melody();
    case 'temperatures':
      return temperatures();
    case 'trail':
      return trail();
    case 'frames':
      return frames();
    case 'code':
      return code();
  }
}

/** The kind, the order and the seed that are asked for, measured. */
function look(params: Params, seed: number): Omit<ShuffleResult, 'kinds'> {
  const kind = kindOf(params.kind, params);
  const { items, measure } = kind;
  const orders = shufflesOf(items, seed);
  const read = readOrder(params.order, items.length);
  const shuffle = 'shuffle' in read ? read.shuffle : null;
  const order = 'list' in read ? read.list : shuffle === null ? originalOrder(items.length) : orders[shuffle - 1]!;
  const refusal =
    'refused' in read
      ? [
          `The order “${shortened(read.refused)}” does not fit these ${items.length} ${kind.many}: they stand in their original one.`,
        ]
      : [];
  const original = measure(originalOrder(items.length));
  const measured = measure(order);
  const bag = bagOf(items, order);
  return {
    kind: kind.name,
    whole: kind.whole,
    one: kind.one,
    many: kind.many,
    scale: kind.scale,
    items: [...items],
    order: [...order],
    shuffle,
    bag,
    sameBag: sameBag(items, bag, bagOf(items, originalOrder(items.length))),
    ...measured,
    original: { score: original.score, translation: original.translation, goal: original.goal },
    shuffles: orders.map((order) => measure(order).score),
    notes: [...kind.notes, ...refusal],
    sentences: kind.tell(measured, original, order),
  };
}

/** Of an order that cannot be used, so much is repeated. */
const shortened = (written: string) => (written.length > 40 ? `${written.slice(0, 40)}…` : written);

const keyOf = ({ text, detail }: Item) => `${text}\n${detail ?? ''}`;

/** The items of a row without their order: sorted by what they are, the same ones counted. */
export function bagOf(items: readonly Item[], order: Order): ShuffleResult['bag'] {
  const counts = new Map<string, { item: number; count: number }>();
  for (const item of order) {
    const key = keyOf(items[item]!);
    const entry = counts.get(key) ?? { item, count: 0 };
    counts.set(key, { item: Math.min(entry.item, item), count: entry.count + 1 });
  }
  const sortKey = (item: Item): [number, string] => [item.numbers?.[0] ?? 0, item.text.toLowerCase()];
  return [...counts.values()].sort((a, b) => {
    const [numberA, textA] = sortKey(items[a.item]!);
    const [numberB, textB] = sortKey(items[b.item]!);
    return numberA - numberB || (textA < textB ? -1 : textA > textB ? 1 : a.item - b.item);
  });
}

function sameBag(items: readonly Item[], a: ShuffleResult['bag'], b: ShuffleResult['bag']): boolean {
  const written = (bag: ShuffleResult['bag']) =>
    bag.map(({ item, count }) => `${keyOf(items[item]!)}\n${count}`).join();
  return written(a) === written(b);
}

/** After so many tries a row that always reads the same, as AAAAAA does, stays as it is. */
const MOST_TRIES = 100;

/** Shuffles 1 to 100 of a seed, each of which reads differently from the original where that can be. */
export function shufflesOf(items: readonly Item[], seed: number): number[][] {
  const random = createRandom(seed, 'shuffle');
  const reads = (order: Order) => order.map((item) => keyOf(items[item]!)).join('\f');
  const original = reads(originalOrder(items.length));
  return Array.from({ length: SHUFFLES }, () => {
    let order = shuffleOnce(items.length, random);
    for (let tries = 1; tries < MOST_TRIES && reads(order) === original; tries++)
      order = shuffleOnce(items.length, random);
    return order;
  });
}

/** All orders are as likely (Fisher and Yates 1938). */
function shuffleOnce(length: number, random: Random): number[] {
  const order = originalOrder(length);
  for (let last = length - 1; last > 0; last--) {
    const chosen = random.integer(last + 1);
    [order[last], order[chosen]] = [order[chosen]!, order[last]!];
  }
  return order;
}

let remembered = { of: '', kinds: new Map<KindName, KindSummary>() };

/** The summaries that are made already, for this seed and these texts: moving an item changes none of them. */
function summariesOf({ sentence, dna }: Params, seed: number): Map<KindName, KindSummary> {
  const of = JSON.stringify([seed, sentence, dna]);
  if (of !== remembered.of) remembered = { of, kinds: new Map() };
  return remembered.kinds;
}

function summariseKind(name: KindName, params: Params, seed: number): KindSummary {
  const { scale, items, measure } = kindOf(name, params);
  const shuffles = shufflesOf(items, seed).map((order) => measure(order).score);
  const original = measure(originalOrder(items.length)).score;
  return {
    kind: name,
    unit: scale.unit,
    original,
    middle: middleOf(shuffles),
    worse: shuffles.filter((score) => isWorse(scale, score, original)).length,
    digits: scale.digits,
  };
}

export function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

/** Sums in another order differ in their last digits: that is no difference. */
const SAME = 1e-9;

/** Whether a score is worse than another on a scale. */
export function isWorse({ worse }: Scale, score: number, than: number): boolean {
  return worse === 'higher' ? score > than + SAME : score < than - SAME;
}

function tellOrder(result: ShuffleResult): string {
  const { scale, score, original, shuffles, order, notes, sentences, whole } = result;
  const value = (score: number) => `${score.toFixed(scale.digits)}${scale.unit === '%' ? '' : ' '}${scale.unit}`;
  const worse = shuffles.filter((score) => isWorse(scale, score, original.score)).length;
  const all = worse === shuffles.length ? `all ${worse}` : `${worse} of ${shuffles.length}`;
  const measured = `${scale.name}: ${value(score)}`;
  const asItWas = order.every((item, place) => item === place);
  const first = asItWas
    ? `${measured}, for ${whole} as it was.`
    : `${measured}, where ${whole} as it was has ${value(original.score)}; not one of the ${result.items.length} ${result.many} has changed.`;
  const compared = asItWas
    ? `Of ${shuffles.length} shuffles ${all} score worse; the middle one has ${value(middleOf(shuffles))}.`
    : isWorse(scale, score, original.score)
      ? ''
      : `By this score nothing is worse than before: it sees a part of the meaning and no more.`;
  return [...notes, first, ...sentences, compared].filter(Boolean).join(' ');
}

function tabulate(result: ShuffleResult): Table {
  const { items, order, marks, scale } = result;
  return {
    columns: ['place', 'item', 'place in the original', scale.perPlace],
    rows: order.map((item, place) => [
      place + 1,
      items[item]!.said ?? items[item]!.text,
      item + 1,
      marks[place]!.value ?? (marks[place]!.label || null),
    ]),
  };
}
