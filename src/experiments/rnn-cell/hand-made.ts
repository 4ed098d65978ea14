/** Weights that were thought of and not trained: each shows one thing that a simple cell can do. */
import type { Weights } from '#src/recurrent/index.ts';
import { CELL_INPUTS } from '#src/experiments/cell-sequences.ts';

/** An eighth of a turn, a little too large: tanh takes away what is too much. */
const TURN = 0.78;
/** What tanh leaves of a 1 that is passed on from unit to unit dwindles; this keeps most of it. */
const PASS_ON = 1.5;

const handMade = {
  /** Unit 1 takes the value in, and each unit hands what it holds to the next. */
  delay: { input: (unit) => (unit === 0 ? PASS_ON : 0), recurrent: (from, to) => (to === from + 1 ? PASS_ON : 0) },
  /** Every unit takes the value in and keeps a share of what it held: each another. */
  traces: { input: () => 1, recurrent: (from, to) => (from === to ? [0.95, 0.7, 0.4, 0][from]! : 0) },
  /** Two units turn like the hand of a clock. Any that is left over turns between plus and minus. */
  turn: { input: (unit) => (unit % 2 === 0 ? 1 : 0), recurrent: turning },
  /** Nothing: to be filled in. */
  empty: { input: () => 0, recurrent: () => 0 },
} satisfies Record<string, { input(unit: number): number; recurrent(from: number, to: number, units: number): number }>;

function turning(from: number, to: number, units: number): number {
  const alone = units % 2 === 1 && from === units - 1;
  if (alone) return from === to ? -1.2 : 0;
  if (from === to) return TURN;
  const [first, second] = [Math.min(from, to), Math.max(from, to)];
  if (first % 2 === 1 || second !== first + 1) return 0;
  return from === first ? TURN : -TURN;
}

export type HandMade = keyof typeof handMade;

/** W, [2, units], of which the mark has no part; U, [units, units]; b, [units], all zeros. */
export function handMadeWeights(name: HandMade, units: number): Weights {
  const { input, recurrent } = handMade[name] as (typeof handMade)['turn'];
  return {
    kernel: Float32Array.from({ length: CELL_INPUTS * units }, (_, i) => (i < units ? input(i) : 0)),
    recurrentKernel: Float32Array.from({ length: units * units }, (_, i) =>
      recurrent(Math.floor(i / units), i % units, units),
    ),
    bias: new Float32Array(units),
  };
}
