import { log } from '#src/recurrent/math.ts';
import { harbourProse } from '#src/sequences/harbour-prose.ts';
import { hourlyTemperatures } from '#src/sequences/hourly-temperatures.ts';
import { nextNumber, nextSymbol } from '#src/sequences/next-step.ts';
import { scaleOf } from '#src/sequences/observations.ts';
import { createRandom } from '#src/sequences/random.ts';
import type { Task } from '#src/sequences/task.ts';
import { judgeOn } from '#src/training/judge.ts';
import type { Trainable } from '#src/training/model.ts';
import { probability, trainNgram } from '#src/training/ngram.ts';

import type { Shown } from './reading.ts';

/** What is got without a network, on the very steps that the network is judged by. */
export interface Baseline {
  name: string;
  error: number;
}

/** Something to learn, and how what was learned is judged. */
export interface Lesson {
  task: Task;
  /** The error on parts of what is trained on, and on what is held out; as the subject counts it. */
  onTrained(model: Pick<Trainable, 'predict'>): number;
  onHeldOut(model: Pick<Trainable, 'predict'>): number;
  baselines: Baseline[];
  shown: Shown;
}

/** Steps that a judged piece leads in with, however long the pieces in training are. */
const LEAD_IN = 24;
/** Pieces that are judged, side by side. */
const PIECES = 8;

/** A year to train on, and two other months held out; of these, days to read and a day to run on. */
const HOURS = { trained: 24 * 365, heldOut: 24 * 60, read: 72, onItsOwn: 24 };
const JUDGED_HOURS = 144;

/** Starts of pieces that are spread evenly over a row. */
function spreadOver(length: number, time: number): number[] {
  return Array.from({ length: PIECES }, (_, i) => Math.floor((i * (length - time - 1)) / (PIECES - 1)));
}

/** The steps of a row that are judged, by their index. */
const judgedSteps = (starts: readonly number[], time: number) =>
  starts.flatMap((start) => Array.from({ length: time - LEAD_IN }, (_, i) => start + LEAD_IN + 1 + i));

function rootMeanSquare(errors: readonly number[]): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
}

/** Next hour's temperature, of weather that the seed makes. The error is the root of the mean square, in °C. */
export function weatherLesson(length: number, seed: number): Lesson {
  const trained = hourlyTemperatures(createRandom(seed, 'weather to train on'), HOURS.trained);
  const heldOut = hourlyTemperatures(createRandom(seed, 'held-out weather'), HOURS.heldOut);
  const { mean, deviation } = scaleOf([trained.degrees]);
  const rows = [trained, heldOut].map(({ degrees }) =>
    Float32Array.from(degrees, (value) => (value - mean) / deviation),
  );
  const time = LEAD_IN + JUDGED_HOURS;
  const [onTrained, onHeldOut] = rows.map((row) => {
    const judge = judgeOn(nextNumber(row, time), spreadOver(row.length, time), LEAD_IN);
    return (model: Pick<Trainable, 'predict'>) => deviation * Math.sqrt(judge(model));
  });

  const { degrees, expected } = heldOut;
  const hours = judgedSteps(spreadOver(degrees.length, time), time);
  const error = (forecast: (hour: number) => number) =>
    rootMeanSquare(hours.map((hour) => degrees[hour]! - forecast(hour)));
  return {
    task: nextNumber(rows[0]!, length),
    onTrained: onTrained!,
    onHeldOut: onHeldOut!,
    baselines: [
      { name: '“no change”', error: error((hour) => degrees[hour - 1]!) },
      { name: '“the same change again”', error: error((hour) => 2 * degrees[hour - 1]! - degrees[hour - 2]!) },
      { name: 'knowing the rule', error: error((hour) => expected[hour]!) },
    ],
    shown: {
      task: 'temperature',
      degrees: [...degrees.subarray(24, 24 + HOURS.read + HOURS.onItsOwn)].map((value) => Number(value.toFixed(2))),
      read: HOURS.read,
      mean,
      deviation,
    },
  };
}

/** One paragraph in so many is held out. */
const HELD_OUT_EVERY = 5;
const SHOWN_CHARACTERS = 72;

/** In lower case, on one line: the fewer characters there are, the more there is to learn each from. */
const paragraphs = harbourProse
  .trim()
  .split('\n\n')
  .map((paragraph) => paragraph.replace(/\s+/g, ' ').toLowerCase());

const part = (heldOut: boolean) =>
  paragraphs.filter((_, i) => (i % HELD_OUT_EVERY === HELD_OUT_EVERY - 1) === heldOut).join(' ');

/** Next character, of the prose about a harbour. The error is the mean surprise, in bits. */
export function textLesson(length: number): Lesson {
  const [trained, heldOut] = [part(false), part(true)];
  const alphabet = [...new Set(paragraphs.join(' '))].sort().join('');
  const rows = [trained, heldOut].map((text) => Int32Array.from(text, (character) => alphabet.indexOf(character)));
  // As many pieces as there are, one after the other, so that all of the held-out text is judged but its beginning.
  const judged = Math.floor((heldOut.length - LEAD_IN - 1) / PIECES);
  const time = LEAD_IN + judged;
  const starts = Array.from({ length: PIECES }, (_, i) => i * judged);
  const [onTrained, onHeldOut] = rows.map((row) => {
    const judge = judgeOn(nextSymbol(row, alphabet.length, time), starts, LEAD_IN);
    return (model: Pick<Trainable, 'predict'>) => judge(model) / Math.LN2;
  });

  const places = judgedSteps(starts, time);
  const counting = (before: number) => {
    const model = trainNgram([[...trained]], before);
    const bits = places.map((at) => {
      const context = [...heldOut.slice(at - before, at)];
      return -log(probability(model, context, heldOut[at]!)) / Math.LN2;
    });
    return bits.reduce((sum, value) => sum + value, 0) / bits.length;
  };
  return {
    task: nextSymbol(rows[0]!, alphabet.length, length),
    onTrained: onTrained!,
    onHeldOut: onHeldOut!,
    baselines: [
      { name: 'counting characters', error: counting(0) },
      { name: 'counting pairs', error: counting(1) },
      { name: 'counting triples', error: counting(2) },
    ],
    shown: { task: 'text', passage: heldOut.slice(0, SHOWN_CHARACTERS), alphabet },
  };
}
