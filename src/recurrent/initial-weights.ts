import { gateCounts } from './check.ts';
import { log } from './math.ts';
import type { Cell, Floats, Sizes, Weights } from './types.ts';

/** A source of chance: a number in [low, high). */
export interface Uniform {
  uniform(low: number, high: number): number;
}

/**
 * What the biases of a gate that keeps a state start at. { chrono: length }: log U[1, length - 1], for sequences of up to that
 * length (Tallec and Ollivier 2018).
 */
export type KeepingBias = number | { chrono: number };

export interface InitialWeightsOptions {
  /** What every recurrent weight is multiplied by; 1 unless given. */
  recurrentScale?: number;
  /** LSTM's forget gate: 1 unless given (Jozefowicz et al. 2015). */
  forgetBias?: KeepingBias;
  /** LSTM's input gate: 0 unless given, and minus the forget gate's with chrono biases. */
  inputBias?: number;
  /** LSTM's output gate: 0 unless given. */
  outputBias?: number;
  /** GRU's update gate, which keeps the hidden state where it is open: 0 unless given. */
  updateBias?: KeepingBias;
  /** GRU's reset gate: 0 unless given. */
  resetBias?: number;
}

/**
 * Half-width of the uniform distribution of Glorot and Bengio (2010), gate by gate: a kernel of n gates is n matrices, each
 * with `units` outputs.
 */
export const glorotLimit = (fanIn: number, fanOut: number): number => Math.sqrt(6 / (fanIn + fanOut));

function uniformArray(random: Uniform, length: number, limit: number): Floats {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = random.uniform(-limit, limit);
  return values;
}

function keepingBiases(bias: KeepingBias, units: number, random: Uniform): Floats {
  if (typeof bias === 'number') return new Float32Array(units).fill(bias);
  const longest = Math.max(1, bias.chrono - 1);
  return Float32Array.from({ length: units }, () => log(random.uniform(1, longest)));
}

/** The biases of the gates, one after the other. */
function initialBias(kind: Cell['kind'], units: number, random: Uniform, options: InitialWeightsOptions): Floats {
  const bias = new Float32Array(gateCounts[kind].bias * units);
  const gate = (index: number) => bias.subarray(index * units, (index + 1) * units);
  if (kind === 'lstm') {
    const { forgetBias = 1, inputBias, outputBias = 0 } = options;
    const forget = keepingBiases(forgetBias, units, random);
    if (inputBias !== undefined) gate(0).fill(inputBias);
    else if (typeof forgetBias === 'object') gate(0).set(forget.map((value) => -value));
    gate(1).set(forget);
    gate(3).fill(outputBias);
  }
  if (kind === 'gru') {
    const { updateBias = 0, resetBias = 0 } = options;
    gate(0).set(keepingBiases(updateBias, units, random));
    gate(1).fill(resetBias);
  }
  return bias;
}

/** Fresh weights of a layer; every number comes from `random`, in a fixed order. */
export function initialWeights(
  kind: Cell['kind'],
  { inputs, units }: Pick<Sizes, 'inputs' | 'units'>,
  random: Uniform,
  options: InitialWeightsOptions = {},
): Weights {
  const gates = gateCounts[kind];
  const { recurrentScale = 1 } = options;
  return {
    kernel: uniformArray(random, inputs * gates.kernel * units, glorotLimit(inputs, units)),
    recurrentKernel: uniformArray(random, units * gates.kernel * units, recurrentScale * glorotLimit(units, units)),
    bias: initialBias(kind, units, random, options),
  };
}
