/**
 * Streams without end on which something has to be kept, and given up again. Each wants an answer at every step. They have
 * no beginning that a model could be set up for: whatever it carries, it has to get rid of by itself.
 */
import type { Random } from './random.ts';
import type { Stream } from './task.ts';

/**
 * A stream that is made step by step.
 * @param begin what a sequence remembers at its beginning
 * @param step makes one step: writes its inputs, which are zeros, remembers what it has to, and gives the step's target
 */
function stepByStep<Past>(
  shape: Omit<Stream, 'at' | 'begin'>,
  begin: () => Past,
  step: (random: Random, past: Past, inputs: Float32Array) => number,
): Stream {
  const { time, inputs, kind } = shape;
  return {
    ...shape,
    at: 'every',
    begin(random, size) {
      const pasts = Array.from({ length: size }, begin);
      return () => {
        const chunk = new Float32Array(size * time * inputs);
        const targets = kind === 'class' ? new Int32Array(size * time) : new Float32Array(size * time);
        for (let i = 0; i < targets.length; i++) {
          targets[i] = step(random, pasts[Math.floor(i / time)]!, chunk.subarray(i * inputs, (i + 1) * inputs));
        }
        return { inputs: chunk, targets };
      };
    },
  };
}

const happens = (random: Random, probability: number): boolean => random.uniform(0, 1) < probability;

/**
 * Parity since the last reset: ticks come and go, at three steps of ten, and at one step of twenty a reset. Is the number of
 * ticks since then even or odd? A tick that comes together with a reset does not count. Inputs are reset and tick.
 * @param time steps in a chunk
 */
export function parity(time: number): Stream {
  return stepByStep(
    { time, inputs: 2, outputs: 2, kind: 'class' },
    () => ({ odd: false }),
    (random, past, inputs) => {
      const [reset, tick] = [happens(random, 0.05), happens(random, 0.3)];
      past.odd = !reset && past.odd !== tick;
      inputs[0] = Number(reset);
      inputs[1] = Number(tick);
      return Number(past.odd);
    },
  );
}

/** Symbols that a latch may hold. */
export const LATCHED = 4;

/**
 * A latch: at every step one of four symbols, and at one step of ten a mark. Which symbol came with the last mark? The very
 * first step is marked. Inputs are the symbol, one-hot, and the mark.
 * @param time steps in a chunk
 */
export function latch(time: number): Stream {
  return stepByStep(
    { time, inputs: LATCHED + 1, outputs: LATCHED, kind: 'class' },
    () => ({ held: undefined as number | undefined }),
    (random, past, inputs) => {
      const symbol = random.integer(LATCHED);
      const marked = happens(random, 0.1) || past.held === undefined;
      inputs[symbol] = 1;
      inputs[LATCHED] = Number(marked);
      if (marked) past.held = symbol;
      return past.held!;
    },
  );
}

/** The mean square error of whoever always answers 0 when asked to {@link noteAndShow}. */
export const NOTE_BLIND = 0.1;

/**
 * Note a number, and show it when asked, and nothing otherwise. At every step a number from -1 to 1; at one step of ten a mark,
 * which says to note it in the place of the last; at three of ten a question, to be answered by the number noted last. Where
 * there is no question 0 is wanted, and before the first mark as well. Inputs are the number, the mark and the question.
 * @param time steps in a chunk
 */
export function noteAndShow(time: number): Stream {
  return stepByStep(
    { time, inputs: 3, outputs: 1, kind: 'number' },
    () => ({ noted: 0 }),
    (random, past, inputs) => {
      const value = Math.fround(random.uniform(-1, 1));
      const [marked, asked] = [happens(random, 0.1), happens(random, 0.3)];
      inputs.set([value, Number(marked), Number(asked)]);
      if (marked) past.noted = value;
      return asked ? past.noted : 0;
    },
  );
}
