import { allowed, parseValue, type Parameter, type Value } from '#src/experiments/parameters.ts';

const SHOWN = 40;

/**
 * What a reader typed, as the parameter's value; undefined, with a message that says what is allowed, where it takes none such.
 * Numbers may have a comma, and a minus sign as it is printed.
 */
export function readTyped(parameter: Parameter, typed: string): { value: Value | undefined; refusal: string } {
  const written = parameter.kind === 'number' ? typed.trim().replace(',', '.').replace('−', '-') : typed;
  const value = parseValue(parameter, written);
  const refusal =
    value === undefined ? `“${written.slice(0, SHOWN)}” cannot be used: allowed is ${allowed(parameter)}.` : '';
  return { value, refusal };
}
