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

/** What comes into a cell at one step. */
interface Incoming {
  /** Counted from 1. */
  step: number;
  /** x and what each of it is called, [inputs]. */
  x: readonly number[];
  inputNames: readonly string[];
  /** The hidden state of the step before, or at the start. */
  before: readonly number[];
  /** Whether a number of x, [time, inputs], or of the hidden state at the start was changed by hand: by its flat index. */
  isChanged: (array: 'x' | 'h', index: number) => boolean;
}

/** All numbers that go into every unit at a step: what comes in, and then what was shown before. */
export function sourcesAt({ step, x, inputNames, before, isChanged }: Incoming): Source[] {
  return [
    ...x.map((value, i) => ({
      label: indexed('x', i + 1),
      tone: 'input' as const,
      value,
      name: `Input ${i + 1}, the ${inputNames[i]}, at step ${step}`,
      fixed: false,
      changed: isChanged('x', (step - 1) * x.length + i),
    })),
    ...before.map((value, i) => ({
      label: indexed('h', i + 1),
      tone: 'hidden' as const,
      value,
      name: `Unit ${i + 1} of the hidden state before step ${step}`,
      fixed: step > 1,
      changed: step === 1 && isChanged('h', i),
    })),
  ];
}

/** The weights of a sum, and which of them were changed by hand: flat indices, row by row. */
export interface SumWeights {
  /** [sources][units] */
  weights: readonly (readonly number[])[];
  /** [units] */
  bias: readonly number[];
  changed: readonly boolean[];
  changedBias: readonly boolean[];
  /** What each sum is of, as in "unit 1"; units by their numbers unless given. */
  names?: readonly string[];
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** A symbol with its index: x₁. */
export const indexed = (symbol: string, index: number): string =>
  symbol + [...String(index)].map((digit) => SUBSCRIPTS[Number(digit)]).join('');

/**
 * The rows of a grid that shows a weighted sum for each unit: in the first column what comes in, in the others the weight of
 * it, with the product below; the biases; and the sums. Columns are what comes in, and the units.
 */
export function sumRows(
  sources: readonly Source[],
  { weights, bias, changed, changedBias, names }: SumWeights,
): GridRow[] {
  const { products, sums } = weightedSums(
    sources.map(({ value }) => value),
    weights,
    bias,
  );
  const units = bias.length;
  const nameOf = (unit: number) => names?.[unit] ?? `unit ${unit + 1}`;
  return [
    ...sources.map(({ label, tone, value, name, fixed, changed: sourceChanged }, source) => ({
      label,
      tone,
      numbers: [
        { name, value, fixed, changed: sourceChanged },
        ...weights[source]!.map((weight, unit) => ({
          name: `Weight of ${label} in ${nameOf(unit)}`,
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
        ...bias.map((value, unit) => ({ name: `Bias of ${nameOf(unit)}`, value, changed: changedBias[unit] })),
      ],
    },
    { label: 'sum', numbers: [undefined, ...sums.map((value) => ({ name: 'Sum', value, fixed: true }))] },
  ];
}
