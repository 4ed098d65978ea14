import type { Parameter, Value } from './parameters.ts';

/** A value with its unit, as a reader reads it and a screen reader says it. */
export function valueInWords(parameter: Parameter, value: Value): string {
  if (parameter.kind === 'choice') return parameter.options.find((option) => option.value === value)?.label ?? '';
  if (parameter.kind === 'number' && typeof value === 'number') {
    return parameter.unit ? `${shortNumber(value)} ${parameter.unit}` : shortNumber(value);
  }
  return String(value);
}

/** A slider's value without the dust of binary fractions: 1.15, not 1.1500000000000001. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(9)));
}
