import { codeLines } from '#src/sequences/code-lines.ts';
import { harbourProse } from '#src/sequences/harbour-prose.ts';
import { plainWord, sentencesOf, tokensOf } from '#src/sequences/text.ts';
import { surprises, trainWordModel, type NgramModel } from '#src/training/ngram.ts';

import { meanOf, type Kind, type Measured } from './kind.ts';
import type { Order } from './order.ts';

export const SENTENCE = 'the old man gave the dog a piece of bread';
export const LONGEST_SENTENCE = 90;
const MOST_WORDS = 16;

/** A model of its own kind of text says that about a line. */
const CODE = 'while ( count > 0 ) { count = count - 1 ; }';

/** Bits that fill the bar under a word, and how many more than before make it one that the order has broken. */
const FULL_BAR = 16;
const BROKEN = 1;

/** Trained when first asked for, always on the same text and so always the same. */
const once = (train: () => NgramModel) => {
  let model: NgramModel | undefined;
  return () => (model ??= train());
};
const proseModel = once(() => trainWordModel(sentencesOf(harbourProse)));
const codeModel = once(() => trainWordModel(tokensOf(codeLines)));

/** How many bits a symbol a line surprises the model by: the mean over its symbols and its end. */
export function meanSurprise(model: NgramModel, line: readonly string[]): number {
  return meanOf(surprises(model, line));
}

/** The model of the sentence: what it has read is `harbourProse`. */
export const modelOfProse = proseModel;

function measureLine(
  model: NgramModel,
  symbols: readonly string[],
  original: readonly number[],
  order: Order,
): Measured {
  const bits = surprises(
    model,
    order.map((item) => symbols[item]!),
  );
  return {
    score: meanOf(bits),
    marks: order.map((item, place) => ({
      label: bits[place]!.toFixed(1),
      value: bits[place]!,
      share: Math.min(1, bits[place]! / FULL_BAR),
      broken: bits[place]! > original[item]! + BROKEN,
    })),
  };
}

function lineOf(
  model: NgramModel,
  symbols: readonly string[],
  words: { name: Kind['name']; whole: string; one: string; many: string },
): Omit<Kind, 'items' | 'notes'> {
  const original = surprises(model, symbols);
  return {
    ...words,
    scale: {
      name: 'Surprise',
      unit: `bits a ${words.one}`,
      perPlace: 'surprise (bits)',
      caption: `Under each ${words.one}: how much it surprises a small model, in bits. ▲ marks over a bit more than in the original order. The score counts the end of the row, too.`,
      worse: 'higher',
      digits: 2,
      from: 0,
    },
    measure: (order) => measureLine(model, symbols, original, order),
    tell: (_, __, order) => {
      const least = order.reduce((a, b) => (original[a]! > original[b]! ? a : b));
      return order.every((item, place) => item === place) ? [`What it expected least is “${symbols[least]}”.`] : [];
    },
  };
}

/** A sentence, the reader's own or the site's, and a model of plain English that has never read the site's one. */
export function sentence(written: string): Kind {
  const { words, notes } = wordsOrOwn(written);
  const symbols = words.map((word) => plainWord(word) || word);
  return {
    ...lineOf(proseModel(), symbols, { name: 'sentence', whole: 'the sentence', one: 'word', many: 'words' }),
    items: words.map((text) => ({ text })),
    notes,
  };
}

function wordsOrOwn(written: string): { words: string[]; notes: string[] } {
  const words = written.split(/\s+/).filter((word) => word !== '');
  if (words.length < 2) {
    return { words: SENTENCE.split(' '), notes: ['A sentence needs at least two words: here is the site’s own.'] };
  }
  return words.length <= MOST_WORDS
    ? { words, notes: [] }
    : { words: words.slice(0, MOST_WORDS), notes: [`Only the first ${MOST_WORDS} words are used.`] };
}

/** A line of code, and a model that has read other lines of code. */
export function code(): Kind {
  const symbols = CODE.split(' ');
  return {
    ...lineOf(codeModel(), symbols, { name: 'code', whole: 'the line', one: 'token', many: 'tokens' }),
    items: symbols.map((text) => ({ text })),
    notes: [],
  };
}
