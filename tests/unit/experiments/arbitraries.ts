import fc from 'fast-check';

import type { Card } from '#src/experiments/definition.ts';
import {
  boolean,
  choice,
  number,
  permutation,
  setting,
  text,
  writeSetting,
  type NumberParameter,
  type Parameter,
  type Schema,
  type Value,
} from '#src/experiments/parameters.ts';

/** Parameters of every kind, what they take, and what nobody should write, for fast-check. */

const described = { label: 'Label', help: 'Help.' };

/** Without the dust of binary fractions, as a person writes a bound or a default. */
const clean = (value: number) => Number(value.toPrecision(12));

/** The value after so many steps from the least. */
export const valueAtStep = ({ min, step }: NumberParameter, index: number) => clean(min + index * step);

const stepped = fc
  .record({
    step: fc.constantFrom(1, 2, 5, 0.5, 0.25, 0.1, 0.05, 0.001),
    first: fc.integer({ min: -1000, max: 1000 }),
    count: fc.integer({ min: 1, max: 5000 }),
    at: fc.nat(),
  })
  .map(({ step, first, count, at }) => {
    const range = { ...described, min: clean(first * step), max: clean((first + count) * step), step };
    return number({ ...range, default: clean((first + (at % (count + 1))) * step) });
  });

const logarithmic = fc
  .record({
    min: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    ratio: fc.double({ min: 1.5, max: 1e6, noNaN: true }),
  })
  .map(({ min, ratio }) =>
    number({
      ...described,
      scale: 'log',
      min: clean(min),
      max: clean(min * ratio),
      step: clean(min),
      default: clean(min),
    }),
  );

export const numberParameter: fc.Arbitrary<NumberParameter> = fc.oneof(stepped, logarithmic);

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);

const choiceParameter = fc
  .uniqueArray(word, { minLength: 1, maxLength: 6 })
  .map((values) =>
    choice({ ...described, options: values.map((value) => ({ value, label: value })), default: values[0]! }),
  );

const booleanParameter = fc.boolean().map((value) => boolean({ ...described, default: value }));

/** Any text without control characters and halves of characters. */
const plainText = (maxLength: number) =>
  fc
    .string({ unit: 'binary', maxLength })
    .map((written) => written.replace(/\p{Cc}/gu, ''))
    .filter((written) => written.length <= maxLength);

const textParameter = fc
  .integer({ min: 0, max: 60 })
  .map((maxLength) => text({ ...described, maxLength, default: 'a'.repeat(Math.min(3, maxLength)) }));

const permutationParameter = fc
  .integer({ min: 1, max: 30 })
  .map((length) => permutation({ ...described, default: Array.from({ length }, (_, i) => i) }));

const parameterName = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,11}$/).filter((name) => name !== 'seed');

const heldParameter = fc.oneof(numberParameter, choiceParameter, booleanParameter);

const settingParameter = fc
  .dictionary(parameterName, heldParameter, { minKeys: 1, maxKeys: 4, noNullPrototype: true })
  .map((of) => setting({ ...described, of }));

export const parameter: fc.Arbitrary<Parameter> = fc.oneof(
  heldParameter,
  textParameter,
  permutationParameter,
  settingParameter,
);

/** Any value that a parameter takes. */
export function allowedValue(parameter: Parameter): fc.Arbitrary<Value> {
  switch (parameter.kind) {
    case 'number': {
      const { min, max, step, scale } = parameter;
      if (scale === 'log') return fc.double({ min, max, noNaN: true });
      return fc.integer({ min: 0, max: Math.round((max - min) / step) }).map((index) => valueAtStep(parameter, index));
    }
    case 'choice':
      return fc.constantFrom(...parameter.options.map(({ value }) => value));
    case 'boolean':
      return fc.boolean();
    case 'text':
      return plainText(parameter.maxLength);
    case 'permutation':
      return fc.shuffledSubarray([...parameter.default], { minLength: parameter.default.length });
    case 'setting':
      return fc.oneof(
        fc.constant(''),
        allowedValues(parameter.of).map((values) => writeSetting(parameter, values)),
      );
  }
}

/** Values that the parameters of a schema take. */
export function allowedValues(schema: Schema): fc.Arbitrary<Record<string, Value>> {
  return fc.record(
    Object.fromEntries(Object.entries(schema).map(([name, parameter]) => [name, allowedValue(parameter)])),
    { noNullPrototype: true },
  );
}

/** A value that a parameter takes, with the parameter. */
export const parameterWithValue = parameter.chain((parameter) =>
  allowedValue(parameter).map((value) => ({ parameter, value })),
);

export const schema: fc.Arbitrary<Schema> = fc.dictionary(parameterName, parameter, { maxKeys: 5 });

/** An experiment's card, with values that its parameters take and a seed. */
export const cardWithState: fc.Arbitrary<{ card: Card; params: Record<string, Value>; seed: number }> = fc
  .record({ slug: word, parameters: schema })
  .map(({ slug, parameters }): Card => ({ slug, title: 'Title', question: 'Question?', live: true, parameters }))
  .chain((card) =>
    fc.record({
      card: fc.constant(card),
      params: allowedValues(card.parameters),
      seed: fc.integer({ min: 0, max: 999_999_999 }),
    }),
  );

/** What a parameter takes, by the words of its documentation: written apart from the code that is tested. */
export function takes(parameter: Parameter, value: unknown): boolean {
  switch (parameter.kind) {
    case 'number': {
      const { min, max, step, scale } = parameter;
      if (typeof value !== 'number' || !(value >= min) || !(value <= max)) return false;
      if (scale === 'log') return true;
      if (Number.isInteger(min) && Number.isInteger(step)) return (value - min) % step === 0;
      const nearest = min + Math.round((value - min) / step) * step;
      return Math.abs(value - nearest) <= 1e-12 * Math.max(Math.abs(min), Math.abs(max));
    }
    case 'choice':
      return parameter.options.map((option): unknown => option.value).includes(value);
    case 'boolean':
      return value === true || value === false;
    case 'text':
      return (
        typeof value === 'string' &&
        value.length <= parameter.maxLength &&
        value.isWellFormed() &&
        // eslint-disable-next-line no-control-regex -- it is what is looked for
        !/[\u0000-\u001f\u007f-\u009f]/.test(value)
      );
    case 'permutation':
      return Array.isArray(value) && value.toSorted((a, b) => a - b).join() === [...parameter.default.keys()].join();
    case 'setting': {
      if (value === '') return true;
      const [names, pairs] = [Object.keys(parameter.of), typeof value === 'string' ? value.split('_') : []];
      return (
        pairs.length === names.length && names.every((name, i) => takesWritten(parameter.of[name]!, name, pairs[i]!))
      );
    }
  }
}

/** Whether a pair of a setting is a parameter's name and a value that it takes, as JavaScript writes that. */
function takesWritten(parameter: Parameter, name: string, pair: string): boolean {
  if (!pair.startsWith(`${name}.`)) return false;
  const written = pair.slice(name.length + 1);
  if (parameter.kind === 'choice') return takes(parameter, written);
  if (parameter.kind === 'boolean') return written === 'true' || written === 'false';
  return String(Number(written)) === written && takes(parameter, Number(written));
}

/** Numbers as people, programs and attackers write them. */
const oddNumber = fc.oneof(
  fc.double().map(String),
  fc.integer().map(String),
  fc.double().map((value) => value.toExponential()),
  fc
    .tuple(fc.integer({ min: -10, max: 1000 }), fc.integer({ min: 1, max: 12 }))
    .map(([n, d]) => `${n}.${'0'.repeat(d)}1`),
  fc.constantFrom(
    '1e999',
    '-1e999',
    '0x10',
    '0b1',
    '1_000',
    '1,5',
    ' 5',
    '5 ',
    '5\n',
    '+5',
    '--5',
    '.',
    '-',
    'e5',
    '5e',
  ),
  fc.constantFrom('NaN', 'Infinity', '-Infinity', '٣', '５', '½', '1e1e1', '9'.repeat(400), '0'.repeat(31) + '5', '-0'),
);

/** What may stand where a value is expected. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  oddNumber,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.nat({ max: 40 }), { maxLength: 40 }).map((indices) => indices.join('-')),
  fc.constantFrom(
    '',
    'true',
    'TRUE',
    '1',
    'null',
    'undefined',
    '[object Object]',
    '__proto__',
    'constructor',
    'toString',
  ),
  fc.constantFrom('<img src=x onerror=alert(1)>', 'javascript:alert(1)', '\u202eevil', '\0', '\ud83d', '😀'.repeat(50)),
  fc.constantFrom('a'.repeat(100_000), `a${'😀'.repeat(40)}`, '%00', '%', '%E0%A4%A', '&', '=', '#', '+'),
);
