import { readSetting, sameValue, type Parameter, type SettingParameter, type Value } from './parameters.ts';

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

/**
 * What of a setting that is kept differs from the present values, each with its parameter's name: "recurrent weight scale 0.5,
 * activation ReLU". Undefined where nothing is kept.
 */
export function keptInWords(
  parameter: SettingParameter,
  kept: string,
  present: Readonly<Record<string, Value>>,
): string | undefined {
  const values = readSetting(parameter, kept) as Record<string, Value> | undefined;
  if (!values) return undefined;
  const different = Object.entries(parameter.of).filter(([name]) => !sameValue(values[name]!, present[name]!));
  return different.map(([name, parameter]) => inWords(parameter, values[name]!)).join(', ') || 'this same setting';
}

function inWords(parameter: Parameter, value: Value): string {
  const label = parameter.label.charAt(0).toLowerCase() + parameter.label.slice(1);
  if (parameter.kind === 'boolean') return `${value ? '' : 'no '}${label}`;
  return `${label} ${valueInWords({ ...parameter, unit: undefined }, value)}`;
}
