import { gateCounts } from './check.ts';
import { log } from './math.ts';
import type { Cell, Floats, Sizes, Weights } from './types.ts';

/** A source of chance: a number in [low, high). */
export interface Uniform {
  uniform(low: number, high: number): number;
}

export interface InitialWeightsOptions {
  /** What every recurrent weight is multiplied by; 1 unless given. */
  recurrentScale?: number;
  /**
   * LSTM: what the forget gate's biases start at; 1 unless given (Jozefowicz et al. 2015). { chrono: length }: log U[1,
   * length - 1], and the input gate's minus that, for sequences of up to that length (Tallec and Ollivier 2018).
   */
  forgetBias?: number | { chrono: number };
}

/**
 * Half-width of the uniform distribution of Glorot and Bengio (2010), gate by gate: a kernel of n gates is n matrices, each
 * with `units` outputs.
 */
export const glorotLimit = (fanIn: number, fanOut: number): number => Math.sqrt(6 / (fanIn + fanOut));

function uniformArray(random: Uniform, length: number, limit: number): Floats {
  return Float32Array.from({ length }, () => random.uniform(-limit, limit));
}

function setForgetBias(bias: Floats, units: number, forgetBias: number | { chrono: number }, random: Uniform): void {
  for (let unit = 0; unit < units; unit++) {
    if (typeof forgetBias === 'number') {
      bias[units + unit] = forgetBias;
    } else {
      const remembered = log(random.uniform(1, Math.max(1, forgetBias.chrono - 1)));
      bias[units + unit] = remembered;
      bias[unit] = -remembered;
    }
  }
}

/** Fresh weights of a layer; every number comes from `random`, in a fixed order. */
export function initialWeights(
  kind: Cell['kind'],
  { inputs, units }: Pick<Sizes, 'inputs' | 'units'>,
  random: Uniform,
  { recurrentScale = 1, forgetBias = 1 }: InitialWeightsOptions = {},
): Weights {
  const gates = gateCounts[kind];
  const weights = {
    kernel: uniformArray(random, inputs * gates.kernel * units, glorotLimit(inputs, units)),
    recurrentKernel: uniformArray(random, units * gates.kernel * units, recurrentScale * glorotLimit(units, units)),
    bias: new Float32Array(gates.bias * units),
  };
  if (kind === 'lstm') setForgetBias(weights.bias, units, forgetBias, random);
  return weights;
}
