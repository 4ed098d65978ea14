/**
 * What a small LSTM reads in gates-at-work, and what in it its units might follow: features of every step that anybody can see
 * in the sequence itself. Without a model, for a picture asks for them as well.
 */
import { alphabetOf, characters, inLines, oneHotCharacters } from '#src/sequences/characters.ts';
import { harbourTalk } from '#src/sequences/harbour-talk.ts';
import { latch, LATCHED, NOTE_BLIND } from '#src/sequences/streams.ts';
import type { Stream } from '#src/sequences/task.ts';

import { CHUNK, heldOutNotes, heldOutOf, noteStream } from './note-stream.ts';

/** Something that can be said of every step, as a number: 0 and 1 where it is true or not. */
export interface Feature {
  /** To follow "it follows": "the noted number". */
  name: string;
  values: readonly number[];
  /** Where it is true or not: as in "open at marks". */
  at?: string;
}

/** A stretch that no training saw. */
export interface Stretch {
  /** x, [steps, inputs] */
  inputs: Float32Array<ArrayBuffer>;
  /** What is wanted at each step: a class or a number. */
  targets: ArrayLike<number>;
  /** The characters, where it is a text. */
  characters?: readonly string[];
  features: readonly Feature[];
}

export interface Material {
  /** What it is, to follow "on": "the stream of numbers to note". */
  name: string;
  stream: Stream;
  /** The same for the same seed. */
  heldOut(seed: number): Stretch;
  /** The feature at which what was kept becomes worthless. */
  turn: string;
  /** The score of whoever knows the material and has not read. */
  blind: { score: number; says: string };
  /** What each input is called; of a text, its characters. */
  inputNames: readonly string[];
}

/** Of a text, steps in a chunk. */
const TEXT_CHUNK = 60;

/** The input `which` of every step. */
function inputOf(inputs: ArrayLike<number>, of: number, which: number): number[] {
  return Array.from({ length: inputs.length / of }, (_, t) => inputs[t * of + which]!);
}

/** At each step, what a value was at the last step at which something happened, this one included; 0 before the first. */
function lastAt(values: readonly number[], happens: readonly number[]): number[] {
  let last = 0;
  return values.map((value, t) => (last = happens[t] === 1 ? value : last));
}

/** Steps since something happened, from 0 at that step; counted from the start before the first. */
function since(happens: readonly boolean[]): number[] {
  let steps = -1;
  return happens.map((now) => (steps = now ? 0 : steps + 1));
}

const note: Material = {
  name: 'the stream of numbers to note',
  stream: noteStream,
  heldOut(seed) {
    const { inputs, targets } = heldOutNotes(seed);
    const [numbers, marks, questions] = [0, 1, 2].map((which) => inputOf(inputs, 3, which));
    const features: Feature[] = [
      { name: 'the number noted last', values: lastAt(numbers!, marks!) },
      { name: 'marks', values: marks!, at: 'marks' },
      { name: 'questions', values: questions!, at: 'questions' },
      { name: 'the answer', values: Array.from(targets) },
      { name: 'the number that comes in', values: numbers! },
      { name: 'steps since the mark', values: since(marks!.map((mark) => mark === 1)) },
    ];
    return { inputs, targets, features };
  },
  turn: 'marks',
  blind: { score: NOTE_BLIND, says: 'always answering 0' },
  inputNames: ['number', 'mark', 'question'],
};

const letters = ['A', 'B', 'C', 'D'].slice(0, LATCHED);

const latched: Material = {
  name: 'the latch',
  stream: latch(CHUNK),
  heldOut(seed) {
    const { inputs, targets } = heldOutOf(latch, seed);
    const marks = inputOf(inputs, LATCHED + 1, LATCHED);
    const features: Feature[] = [
      ...letters.map((letter, which) => ({
        name: `that ${letter} is held`,
        values: Array.from(targets, (target) => Number(target === which)),
        at: `steps at which ${letter} is held`,
      })),
      { name: 'marks', values: marks, at: 'marks' },
      ...letters.map((letter, which) => ({
        name: `that ${letter} comes in`,
        values: inputOf(inputs, LATCHED + 1, which),
        at: `every ${letter}`,
      })),
      { name: 'steps since the mark', values: since(marks.map((mark) => mark === 1)) },
    ];
    return { inputs, targets, features };
  },
  turn: 'marks',
  blind: { score: 1 / LATCHED, says: 'guessing' },
  inputNames: [...letters, 'mark'],
};

const LINE = 40;
/** The share of the text that is trained on. */
const TRAINED = 0.88;

const text = inLines(harbourTalk, LINE);
const alphabet = alphabetOf(text);
const cut = text.indexOf('\n', Math.floor(TRAINED * text.length)) + 1;

const talk: Material = {
  name: 'the talk of the harbour, letter by letter',
  stream: characters(text.slice(0, cut), alphabet, TEXT_CHUNK),
  heldOut() {
    const read = [...text.slice(cut)];
    // Of the last character nobody knows what is next.
    const shown = read.slice(0, -1);
    const is = (pattern: RegExp) => shown.map((character) => Number(pattern.test(character)));
    const before = (counts: readonly number[]) => counts.map((steps) => Math.max(0, steps));
    const inWord = shown.map((character) => /[a-z]/.test(character));
    let open = 0;
    const quoted = shown.map((character) => (open = character === '“' ? 1 : character === '”' ? 0 : open));
    const features: Feature[] = [
      { name: 'whether a quotation is open', values: quoted, at: 'letters inside quotation marks' },
      { name: 'the place in the line', values: before(since(shown.map((character) => character === '\n'))) },
      { name: 'the place in the word', values: before(since(inWord.map((inside) => !inside))) },
      { name: 'the place in the sentence', values: before(since(shown.map((character) => /[.?]/.test(character)))) },
      { name: 'ends of words', values: is(/[ \n]/), at: 'ends of words' },
      { name: 'vowels', values: is(/[aeiou]/), at: 'vowels' },
      { name: 'the signs between words', values: is(/[.,?“”]/), at: 'signs' },
    ];
    return {
      inputs: oneHotCharacters(shown.join(''), alphabet),
      targets: read.slice(1).map((character) => alphabet.indexOf(character)),
      characters: shown,
      features,
    };
  },
  turn: 'ends of words',
  blind: { score: mostFrequent(), says: 'always saying the space' },
  inputNames: alphabet,
};

/** The share of the space among the characters. */
function mostFrequent(): number {
  return [...text].filter((character) => character === ' ').length / text.length;
}

export const materials = { note, latch: latched, text: talk } as const satisfies Record<string, Material>;

export type MaterialName = keyof typeof materials;
