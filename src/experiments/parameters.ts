/** What every parameter says of itself, in the controls, the command line and the link. */
interface Described {
  label: string;
  /** Said after the value, as in "60 steps". */
  unit?: string;
  help: string;
  /**
   * True where the picture reads it and `run` does not: it is set in the picture and has no control beside it. Links carry it;
   * a change of it neither starts a run nor stops one.
   */
  forPicture?: true;
}

export interface NumberParameter extends Described {
  kind: 'number';
  min: number;
  max: number;
  /** Values are min, min + step, min + 2 step …; a log-scaled parameter takes any value in its range. */
  step: number;
  scale: 'linear' | 'log';
  default: number;
}

export interface ChoiceParameter<Value extends string = string> extends Described {
  kind: 'choice';
  options: readonly { value: Value; label: string }[];
  default: Value;
}

export interface BooleanParameter extends Described {
  kind: 'boolean';
  default: boolean;
}

export interface TextParameter extends Described {
  kind: 'text';
  /** In UTF-16 code units, as an input element counts. */
  maxLength: number;
  default: string;
}

/** An order of the indices 0 to n - 1, where n is the length of the default. Written 2-0-1. */
export interface PermutationParameter extends Described {
  kind: 'permutation';
  default: readonly number[];
}

/** What a setting can hold. No choice's value has an underscore. */
export type HeldParameter = NumberParameter | ChoiceParameter | BooleanParameter;

/**
 * Values of some of the other parameters, kept to compare with, each written with its name: scale.0.5_activation.relu. Empty
 * where none are kept.
 */
export interface SettingParameter<
  Of extends Record<string, HeldParameter> = Record<string, HeldParameter>,
> extends Described {
  kind: 'setting';
  /** The parameters whose values it holds. */
  of: Of;
  default: string;
}

export type Parameter = HeldParameter | TextParameter | PermutationParameter | SettingParameter;

export type Schema = Record<string, Parameter>;

/* eslint-disable @typescript-eslint/no-explicit-any -- a choice's own options are inferred, whichever they are */
type ValueOf<P> =
  P extends ChoiceParameter<infer Value>
    ? Value
    : P extends NumberParameter
      ? number
      : P extends BooleanParameter
        ? boolean
        : P extends TextParameter | SettingParameter
          ? string
          : readonly number[];

/** The values of a schema, by parameter name. */
export type Values<S extends Schema = any> = { [Name in keyof S]: ValueOf<S[Name]> };
/* eslint-enable @typescript-eslint/no-explicit-any */

export type Value = number | string | boolean | readonly number[];

export function number(
  given: Omit<NumberParameter, 'kind' | 'scale'> & { scale?: NumberParameter['scale'] },
): NumberParameter {
  return { kind: 'number', scale: 'linear', ...given };
}

export function choice<const V extends string>(given: Omit<ChoiceParameter<V>, 'kind'>): ChoiceParameter<V> {
  return { kind: 'choice', ...given };
}

export function boolean(given: Omit<BooleanParameter, 'kind'>): BooleanParameter {
  return { kind: 'boolean', ...given };
}

export function text(given: Omit<TextParameter, 'kind'>): TextParameter {
  return { kind: 'text', ...given };
}

export function permutation(given: Omit<PermutationParameter, 'kind'>): PermutationParameter {
  return { kind: 'permutation', ...given };
}

export function setting<const Of extends Record<string, HeldParameter>>(
  given: Omit<SettingParameter<Of>, 'kind' | 'default'>,
): SettingParameter<Of> {
  return { kind: 'setting', default: '', ...given };
}

export function defaultsOf<S extends Schema>(schema: S): Values<S> {
  return Object.fromEntries(Object.entries(schema).map(([name, parameter]) => [name, parameter.default])) as Values<S>;
}

/** What a parameter takes, as the end of the sentence "allowed is …". */
export function allowed(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'number': {
      const range = `from ${parameter.min} to ${parameter.max}`;
      if (parameter.scale === 'log') return `a number ${range}`;
      return Number.isInteger(parameter.min) && parameter.step === 1
        ? `a whole number ${range}`
        : `a number ${range} in steps of ${parameter.step}`;
    }
    case 'choice':
      return `one of ${parameter.options.map(({ value }) => value).join(', ')}`;
    case 'boolean':
      return 'true or false';
    case 'text':
      return `a text of at most ${parameter.maxLength} characters, without control characters`;
    case 'permutation':
      return `the numbers 0 to ${parameter.default.length - 1}, each once, joined by hyphens`;
    case 'setting':
      return `values of ${Object.keys(parameter.of).join(', ')}, written ${writeSetting(parameter, defaultsOf(parameter.of))}`;
  }
}

/** True for a value that the parameter takes. */
export function isAllowed(parameter: Parameter, value: unknown): value is Value {
  switch (parameter.kind) {
    case 'number':
      return typeof value === 'number' && isNumberAllowed(parameter, value);
    case 'choice':
      return parameter.options.some((option) => option.value === value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value.length <= parameter.maxLength && !/\p{Cc}|\p{Cs}/u.test(value);
    case 'permutation':
      return Array.isArray(value) && isPermutation(value, parameter.default.length);
    case 'setting':
      return typeof value === 'string' && readSettingText(parameter, value) === value;
  }
}

function isNumberAllowed({ min, max, step, scale }: NumberParameter, value: number): boolean {
  if (!(value >= min && value <= max)) return false;
  if (scale === 'log') return true;
  if (Number.isInteger(min) && Number.isInteger(step)) return Number.isInteger((value - min) / step);
  // 1.15 is min + 21 steps of 0.05, but for the last bits of a binary fraction.
  const nearest = min + Math.round((value - min) / step) * step;
  return Math.abs(value - nearest) <= 1e-12 * Math.max(Math.abs(min), Math.abs(max));
}

function isPermutation(value: unknown[], length: number): boolean {
  return value.length === length && new Set(value).size === length && value.every((index) => isIndex(index, length));
}

function isIndex(value: unknown, length: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < length;
}

/** Reads a value as links and the command line write it, or returns undefined where the parameter does not take it. */
export function parseValue(parameter: Parameter, written: string): Value | undefined {
  const value = readAs(parameter, written);
  return isAllowed(parameter, value) ? value : undefined;
}

const plainNumber = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function readAs(parameter: Parameter, written: string): Value | undefined {
  switch (parameter.kind) {
    case 'number':
      return written.length <= 32 && plainNumber.test(written) ? Number(written) + 0 : undefined;
    case 'boolean':
      return written === 'true' ? true : written === 'false' ? false : undefined;
    case 'permutation':
      return /^\d{1,4}(-\d{1,4})*$/.test(written) ? written.split('-').map(Number) : undefined;
    case 'setting':
      return readSettingText(parameter, written);
    default:
      return written;
  }
}

/** Reads what {@link writeSetting} writes; a parameter that is not named has its default. Undefined where nothing is kept. */
export function readSetting<Of extends Record<string, HeldParameter>>(
  { of }: SettingParameter<Of>,
  written: string,
): Values<Of> | undefined {
  const values: Record<string, Value> = {};
  for (const pair of written.split('_')) {
    const name = pair.slice(0, Math.max(0, pair.indexOf('.')));
    if (!Object.hasOwn(of, name) || Object.hasOwn(values, name)) return undefined;
    const value = parseValue(of[name]!, pair.slice(name.length + 1));
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return { ...defaultsOf(of), ...values };
}

/** @param values of the parameters that it holds, among others */
export function writeSetting({ of }: SettingParameter, values: Readonly<Record<string, Value>>): string {
  return Object.keys(of)
    .map((name) => `${name}.${writeValue(values[name]!)}`)
    .join('_');
}

/** The one way in which a setting is written, for each of those in which it may be; undefined where it cannot be read. */
function readSettingText(parameter: SettingParameter, written: string): string | undefined {
  if (written === '') return '';
  const values = readSetting(parameter, written);
  return values && writeSetting(parameter, values);
}

/** Writes a value so that {@link parseValue} reads it back. */
export function writeValue(value: Value): string {
  return typeof value === 'object' ? value.join('-') : String(value);
}

export function sameValue(a: Value, b: Value): boolean {
  return writeValue(a) === writeValue(b);
}
