import type { GridRow } from '#components/controls/number-grid.ts';
import { weightedSums } from '#src/experiments/weighted-sums.ts';
import { signed } from '#src/experiments/words.ts';

/** A number that goes into every unit of a cell. */
export interface Source {
  /** As in x₁. */
  label: string;
  /** The quantity whose colour it has. */
  tone: 'input' | 'hidden';
  value: number;
  /** What the number is, in words. */
  name: string;
  /** True where it follows from the steps before. */
  fixed: boolean;
  changed: boolean;
}

/** The weights of a sum, and which of them were changed by hand: flat indices, row by row. */
export interface SumWeights {
  /** [sources][units] */
  weights: readonly (readonly number[])[];
  /** [units] */
  bias: readonly number[];
  changed: readonly boolean[];
  changedBias: readonly boolean[];
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** A symbol with its index: x₁. */
export const indexed = (symbol: string, index: number): string =>
  symbol + [...String(index)].map((digit) => SUBSCRIPTS[Number(digit)]).join('');

/**
 * The rows of a grid that shows a weighted sum for each unit: in the first column what comes in, in the others the weight of
 * it, with the product below; the biases; and the sums. Columns are what comes in, and the units.
 */
export function sumRows(sources: readonly Source[], { weights, bias, changed, changedBias }: SumWeights): GridRow[] {
  const { products, sums } = weightedSums(
    sources.map(({ value }) => value),
    weights,
    bias,
  );
  const units = bias.length;
  return [
    ...sources.map(({ label, tone, value, name, fixed, changed: sourceChanged }, source) => ({
      label,
      tone,
      numbers: [
        { name, value, fixed, changed: sourceChanged },
        ...weights[source]!.map((weight, unit) => ({
          name: `Weight of ${label} in unit ${unit + 1}`,
          value: weight,
          changed: changed[source * units + unit],
          note: signed(products[source]![unit]!),
        })),
      ],
    })),
    {
      label: 'b',
      numbers: [
        undefined,
        ...bias.map((value, unit) => ({ name: `Bias of unit ${unit + 1}`, value, changed: changedBias[unit] })),
      ],
    },
    { label: 'sum', numbers: [undefined, ...sums.map((value) => ({ name: 'Sum', value, fixed: true }))] },
  ];
}
