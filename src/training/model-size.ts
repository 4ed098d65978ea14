import { gateCounts } from '#src/recurrent/check.ts';
import type { Cell, Sizes } from '#src/recurrent/index.ts';

/** Weights and biases in a recurrent layer, what reads it out not among them: n units (inputs + units) and its biases. */
export function weightsIn(kind: Cell['kind'], { inputs, units }: Pick<Sizes, 'inputs' | 'units'>): number {
  const { kernel, bias } = gateCounts[kind];
  return units * (kernel * (inputs + units) + bias);
}

/** The number of units with which a layer has as nearly as can be so many weights and biases; at least one. */
export function unitsFor(kind: Cell['kind'], inputs: number, weights: number): number {
  let units = 1;
  const away = (units: number) => Math.abs(weightsIn(kind, { inputs, units }) - weights);
  while (away(units + 1) < away(units)) units++;
  return units;
}
