/**
 * The small memory task of `lstm-cell`, a stretch of noteAndShow in which there is something to note, to keep, to replace and
 * to show: what the cell reads, what it should answer, and how valves solve it.
 */
import { createRandom } from '#src/sequences/random.ts';
import { inList } from '#src/experiments/words.ts';

import { valvesOf, type Valves } from './valves.ts';

export const STEPS = 10;
/** A number, a mark and a question. */
export const CELL_INPUTS = 3;
export const inputNames = ['number', 'mark', 'question'] as const;

/** An answer is right within this: half of any number that may be asked for is further off. */
export const TOLERANCE = 0.2;

/**
 * x, [STEPS, 3], flat. Two numbers are marked, of opposite signs, and each is asked for a few steps later. All have one digit
 * after the point and are at least a half, so that none is taken for nothing.
 */
export function challengeOf(seed: number): Float32Array<ArrayBuffer> {
  const random = createRandom(seed, 'the challenge');
  const first = random.integer(2);
  const asked = first + 2 + random.integer(2);
  const second = asked + 1 + random.integer(2);
  const askedAgain = second + 2 + random.integer(STEPS - second - 2);
  const size = () => (5 + random.integer(5)) / 10;
  const sign = 2 * random.integer(2) - 1;
  const x = new Float32Array(STEPS * CELL_INPUTS);
  for (let step = 0; step < STEPS; step++) {
    const own = step === first ? sign : step === second ? -sign : 2 * random.integer(2) - 1;
    const marked = step === first || step === second;
    const isAsked = step === asked || step === askedAgain;
    x.set([own * size(), Number(marked), Number(isAsked)], step * CELL_INPUTS);
  }
  return x;
}

/** Whether a step is marked, and whether it asks: numbers changed by hand count from a half. */
const isSet = (x: ArrayLike<number>, step: number, input: 1 | 2) => x[step * CELL_INPUTS + input]! > 0.5;

const stepsOf = (x: ArrayLike<number>) => Array.from({ length: x.length / CELL_INPUTS }, (_, step) => step);

/** The answer that is wanted at each step of x: the number that was marked last where there is a question, and else 0. */
export function wantedOf(x: ArrayLike<number>): number[] {
  let noted = 0;
  return stepsOf(x).map((step) => {
    if (isSet(x, step, 1)) noted = x[step * CELL_INPUTS]!;
    return isSet(x, step, 2) ? noted : 0;
  });
}

/** Whether an answer is near enough to what is wanted. */
export const isRight = (answer: number, wanted: number) => Math.abs(answer - wanted) <= TOLERANCE;

/** Valves that solve it: at a mark off with the old and on with the new, else keep; show when asked. */
export function solutionOf(x: ArrayLike<number>): Valves {
  return valvesOf(x.length / CELL_INPUTS, (gate, step) => {
    const marked = isSet(x, step, 1);
    const open = { forget: !marked, input: marked, output: isSet(x, step, 2) }[gate];
    return open ? 'open' : 'shut';
  });
}

/** Whether it is solved, and if not, at which steps the answer is wrong. @param right of each step */
export function judgementInWords(right: readonly boolean[]): string {
  if (right.every(Boolean)) return `Solved: the answer is right at all ${right.length} steps.`;
  const wrong = right.flatMap((isRight, step) => (isRight ? [] : [String(step + 1)]));
  const steps = `${wrong.length === 1 ? 'step' : 'steps'} ${inList(wrong)}`;
  return `Not yet solved: the answer is right at ${right.length - wrong.length} of ${right.length} steps, and wrong at ${steps}.`;
}
