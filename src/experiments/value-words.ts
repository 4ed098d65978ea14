import { sameValue, type Parameter, type Schema, type Value } from './parameters.ts';

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

/** Those of the values that differ from others, each with its parameter's name: "recurrent weight scale 0.5, activation ReLU". */
export function differencesInWords(
  parameters: Schema,
  values: Readonly<Record<string, Value>>,
  others: Readonly<Record<string, Value>>,
): string {
  return Object.entries(parameters)
    .filter(([name]) => !sameValue(values[name]!, others[name]!))
    .map(([name, parameter]) => inWords(parameter, values[name]!))
    .join(', ');
}

function inWords(parameter: Parameter, value: Value): string {
  const label = parameter.label.charAt(0).toLowerCase() + parameter.label.slice(1);
  if (parameter.kind === 'boolean') return `${value ? '' : 'no '}${label}`;
  return `${label} ${valueInWords({ ...parameter, unit: undefined }, value)}`;
}
