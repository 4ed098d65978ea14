/** What a cell that is looked at number by number can read: two inputs a step, a value and a mark. */
import { sin } from '#src/recurrent/math.ts';
import { markedValue } from '#src/sequences/marked-value.ts';
import { createRandom } from '#src/sequences/random.ts';

import { choice } from './parameters.ts';

export const LONGEST_SEQUENCE = 12;
export const CELL_INPUTS = 2;

export const sequence = choice({
  label: 'What it reads',
  options: [
    { value: 'marks', label: 'values, some marked' },
    { value: 'pulse', label: 'one pulse' },
    { value: 'wave', label: 'a wave' },
    { value: 'zeros', label: 'zeros' },
  ],
  default: 'marks',
  help: 'Two inputs a step: a value and a mark. Values and marks are drawn from the seed; the pulse is a value of 1 at the first step; the wave repeats every six steps. Each input can be changed by hand.',
});

export type SequenceName = (typeof sequence.options)[number]['value'];

/** x, [length, 2], flat. A longer sequence begins as a shorter one does. */
export function sequenceNamed(name: SequenceName, length: number, seed: number): Float32Array<ArrayBuffer> {
  const value = (step: number) => {
    if (name === 'pulse') return step === 0 ? 1 : 0;
    return name === 'wave' ? Math.round(100 * sin((step + 1) * (Math.PI / 3))) / 100 : 0;
  };
  if (name === 'marks') return markedSequence(seed).slice(0, CELL_INPUTS * length);
  return Float32Array.from({ length: CELL_INPUTS * length }, (_, i) => (i % CELL_INPUTS ? 0 : value(i / CELL_INPUTS)));
}

/** Within so many steps a sequence has to show what it is about: one value is kept, and then the other. */
const TURNS_WITHIN = 6;

/** The first sequence of the seed that has what there is to see early. */
function markedSequence(seed: number): Float32Array<ArrayBuffer> {
  const random = createRandom(seed, 'sequence that is shown');
  for (;;) {
    const { inputs, targets } = markedValue(LONGEST_SEQUENCE).batch(random, 1);
    const early = targets.slice(1, TURNS_WITHIN);
    if (early.includes(1) && early.includes(-1)) return inputs;
  }
}

/** The value that came with the last mark, at each step of x, [length, 2]; null before any mark. */
export function keptValues(x: ArrayLike<number>): (number | null)[] {
  let kept: number | null = null;
  return Array.from({ length: x.length / CELL_INPUTS }, (_, step) => {
    if (x[CELL_INPUTS * step + 1]! > 0.5) kept = x[CELL_INPUTS * step]!;
    return kept;
  });
}
