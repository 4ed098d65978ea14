/** Weights of a cell of one unit that were thought of and not trained. */
import type { PlainNetwork } from '#src/experiments/plain-network.ts';

/** What the candidate takes of the number: so little that tanh bends it by a hair, twice. */
const TAKEN = 0.5;
/** A gate that listens is this far from half open, either way. */
const SURE = 5;

const nothing = [0, 0, 0] as const;

/** Of the number, the mark and the question, the weight in each gate; and its bias. */
interface Gate {
  weights: readonly [number, number, number];
  bias: number;
}

const gates = {
  /** Gates without weights: each is half open, whatever comes. */
  half: {
    input: { weights: nothing, bias: 0 },
    forget: { weights: nothing, bias: 0 },
    output: { weights: nothing, bias: 0 },
  },
  /** Gates that listen to the mark and to the question. */
  listen: {
    input: { weights: [0, 2 * SURE, 0], bias: -SURE },
    forget: { weights: [0, -2 * SURE, 0], bias: SURE },
    output: { weights: [0, 0, 2 * SURE], bias: -SURE },
  },
} satisfies Record<string, Record<'input' | 'forget' | 'output', Gate>>;

export type HandMade = keyof typeof gates;

/** W, [3, 4], gates in the engine's order; U is zero: no gate looks at what was shown. The answer undoes what was taken. */
export function handMadeNetwork(name: HandMade): PlainNetwork {
  const { input, forget, output } = gates[name] as Record<'input' | 'forget' | 'output', Gate>;
  const candidate: Gate = { weights: [TAKEN, 0, 0], bias: 0 };
  const columns = [input, forget, candidate, output];
  return {
    W: [0, 1, 2].flatMap((row) => columns.map(({ weights }) => weights[row]!)),
    U: columns.map(() => 0),
    b: columns.map(({ bias }) => bias),
    v: [1 / TAKEN],
    c: 0,
  };
}
