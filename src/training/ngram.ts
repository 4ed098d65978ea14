import { log } from '#src/recurrent/math.ts';

/** Stands before and behind every line that a model reads; no line contains it. */
const EDGE = '\n';
/** Between the symbols of a context. */
const JOINT = '\t';

interface Counts {
  /** How many symbols followed a context. */
  total: number;
  /** Which ones, and how often. */
  of: Map<string, number>;
}

/** A language model that counts: how probable is each next symbol after the ones before it? */
export interface NgramModel {
  /** The most symbols back that it looks. */
  order: number;
  contexts: Map<string, Counts>;
  /** The probability of a symbol before anything is counted. Over all symbols that can be it sums to 1, or to less. */
  base(symbol: string): number;
}

/**
 * Reads lines and counts, after every run of up to `order` symbols, which symbol came next: an n-gram model, the language
 * model of Shannon (1948). The counts are all that it learns. A symbol may be a character or a word, but no tab or line break.
 * @param base what it takes for the probability of a symbol that it has never seen, before it counts
 */
export function trainNgram(
  lines: readonly (readonly string[])[],
  order: number,
  base: NgramModel['base'] = uniformOver(lines),
): NgramModel {
  const contexts = new Map<string, Counts>();
  for (const line of lines) {
    const symbols = [EDGE, ...line, EDGE];
    for (let at = 1; at < symbols.length; at++) {
      for (let length = 0; length <= Math.min(order, at); length++) {
        count(contexts, symbols.slice(at - length, at).join(JOINT), symbols[at]!);
      }
    }
  }
  return { order, contexts, base };
}

/** Every symbol that was seen, the edge of a line, and all that was never seen: each the same probability. */
function uniformOver(lines: readonly (readonly string[])[]): NgramModel['base'] {
  const symbols = new Set(lines.flat()).size + 2;
  return () => 1 / symbols;
}

function count(contexts: Map<string, Counts>, context: string, next: string): void {
  let counts = contexts.get(context);
  if (!counts) contexts.set(context, (counts = { total: 0, of: new Map() }));
  counts.total++;
  counts.of.set(next, (counts.of.get(next) ?? 0) + 1);
}

/**
 * P(next | context), interpolated over ever longer contexts h as Witten and Bell (1991) do it:
 * P(c | h) = (n(hc) + d(h) P(c | h′)) / (n(h) + d(h)), where n counts, d(h) is the number of different symbols seen after h,
 * and h′ is h without its first symbol. Below the empty context lies the model's base, so that nothing is impossible.
 */
export function probability(model: NgramModel, context: readonly string[], next: string): number {
  let p = model.base(next);
  for (let length = 0; length <= Math.min(model.order, context.length); length++) {
    const counts = model.contexts.get(context.slice(context.length - length).join(JOINT));
    if (!counts) break;
    p = ((counts.of.get(next) ?? 0) + counts.of.size * p) / (counts.total + counts.of.size);
  }
  return p;
}

/**
 * How surprised the model is by each symbol of a line and by its end, in bits: -log2 of the probability that it gave it.
 * @returns one number a symbol, and one more for the end
 */
export function surprises(model: NgramModel, line: readonly string[]): number[] {
  const symbols = [EDGE, ...line, EDGE];
  return symbols.slice(1).map((symbol, i) => {
    const context = symbols.slice(Math.max(0, i + 1 - model.order), i + 1);
    return -log(probability(model, context, symbol)) / Math.LN2;
  });
}

/** How many characters back a word's spelling is looked at, and how many words back a line is. */
const LETTERS = 5;
const WORDS = 2;

/**
 * A model of words that can meet words it has never seen: it counts which word follows the two before it, and below that lies
 * a model of characters that has read each of the different words once and says how probable a word's spelling is.
 */
export function trainWordModel(lines: readonly (readonly string[])[]): NgramModel {
  const spelling = trainNgram(
    [...new Set(lines.flat())].map((word) => [...word]),
    LETTERS,
  );
  const known = new Map<string, number>();
  const spelled = (word: string) => {
    const letters = [EDGE, ...word, EDGE];
    return letters
      .slice(1)
      .reduce(
        (p, letter, i) => p * probability(spelling, letters.slice(Math.max(0, i + 1 - LETTERS), i + 1), letter),
        1,
      );
  };
  return trainNgram(lines, WORDS, (word) => {
    if (word === EDGE) return spelled('');
    let p = known.get(word);
    if (p === undefined) known.set(word, (p = spelled(word)));
    return p;
  });
}
