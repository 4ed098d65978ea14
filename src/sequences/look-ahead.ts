import type { Task } from './task.ts';

/** What is asked about the symbols ahead: which of the two kinds most of them are; whether the ones are odd in number; all. */
export const questions = ['majority', 'parity', 'copy'] as const;
export type Question = (typeof questions)[number];

export interface LookAheadOptions {
  question: Question;
  /** How many steps ask their question. */
  asked: number;
  /** How many of the symbols that follow a step decide its answer: an odd number, so that there is a majority. */
  ahead: number;
  /** Symbols that follow what is asked about. */
  further: number;
}

/** A number of bits, the first of them the highest, as one number. */
const asNumber = (bits: readonly number[]) => bits.reduce((sum, bit) => 2 * sum + bit, 0);

const answerTo: Record<Question, (ahead: readonly number[]) => number> = {
  majority: (ahead) => Number(2 * ahead.filter((bit) => bit === 1).length > ahead.length),
  parity: (ahead) => ahead.filter((bit) => bit === 1).length % 2,
  copy: asNumber,
};

const answersOf = (question: Question, ahead: number) => (question === 'copy' ? 2 ** ahead : 2);

/** What each of the first steps asks about the symbols that follow it; as classes, one for each step that asks. */
export function answersIn(symbols: readonly number[], { question, asked, ahead }: LookAheadOptions): number[] {
  return Array.from({ length: asked }, (_, step) => answerTo[question](symbols.slice(step + 1, step + 1 + ahead)));
}

/**
 * Coin tosses, one a step, as two inputs of which one is 1; and at each of the first steps a question about what comes next.
 * Nothing before a step says anything about it.
 */
export function lookAhead(options: LookAheadOptions): Task {
  const { question, asked, ahead, further } = options;
  const time = asked + ahead + further;
  return {
    time,
    inputs: 2,
    outputs: answersOf(question, ahead),
    kind: 'class',
    at: 'every',
    batch(random, size) {
      const batch = { inputs: new Float32Array(2 * size * time), targets: new Int32Array(size * asked) };
      for (let b = 0; b < size; b++) {
        const symbols = Array.from({ length: time }, () => random.integer(2));
        symbols.forEach((symbol, t) => (batch.inputs[2 * (b * time + t) + symbol] = 1));
        batch.targets.set(answersIn(symbols, options), b * asked);
      }
      return batch;
    },
  };
}

/**
 * The share of answers that anybody can get right on average who knows the first `known` of the symbols that decide, and nothing
 * of the others: counted over all there can be.
 */
export function bestShare(question: Question, ahead: number, known: number): number {
  const unknown = Math.max(0, ahead - known);
  const bitsOf = (number: number, count: number) => Array.from({ length: count }, (_, i) => (number >> i) & 1);
  let right = 0;
  for (let seen = 0; seen < 2 ** (ahead - unknown); seen++) {
    const counts = new Map<number, number>();
    for (let rest = 0; rest < 2 ** unknown; rest++) {
      const answer = answerTo[question]([...bitsOf(seen, ahead - unknown), ...bitsOf(rest, unknown)]);
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    right += Math.max(...counts.values());
  }
  return right / 2 ** ahead;
}
