import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { loadDefinition, slugs } from '#src/experiments/index.ts';
import { seedParameter } from '#src/experiments/definition.ts';
import {
  allowed,
  boolean,
  choice,
  defaultsOf,
  isAllowed,
  number,
  parseValue,
  permutation,
  readSetting,
  sameValue,
  setting,
  text,
  writeSetting,
  writeValue,
  type HeldParameter,
  type Parameter,
  type Value,
} from '#src/experiments/parameters.ts';

import {
  allowedValue,
  allowedValues,
  hostileText,
  parameter,
  parameterWithValue,
  schema,
  takes,
} from './arbitraries.ts';

const words = { label: 'Label', help: 'Help.' };
const whole = number({ ...words, min: 2, max: 500, step: 1, default: 60 });
const tenths = number({ ...words, min: 0.1, max: 3, step: 0.05, default: 1 });
const log = number({ ...words, min: 0.001, max: 10, step: 0.001, scale: 'log', default: 1 });
const pick = choice({
  ...words,
  options: [
    { value: 'tanh', label: 'tanh' },
    { value: 'relu', label: 'ReLU' },
  ],
  default: 'tanh',
});
const yes = boolean({ ...words, default: true });
const short = text({ ...words, maxLength: 5, default: 'hello' });
const order = permutation({ ...words, default: [0, 1, 2] });

/** A number next to the given one, and what looks like it for other values. */
const closeTo = (value: Value) =>
  fc
    .tuple(fc.constantFrom(-1, 1), fc.integer({ min: -12, max: 2 }))
    .map(([sign, exponent]) => (typeof value === 'number' ? String(value + sign * 10 ** exponent) : writeValue(value)));

describe('what is written is read back', () => {
  test('every value that a parameter takes', () => {
    fc.assert(
      fc.property(parameterWithValue, ({ parameter, value }) => {
        expect(isAllowed(parameter, value)).toBe(true);
        expect(parseValue(parameter, writeValue(value))).toEqual(value);
      }),
      { numRuns: 2000 },
    );
  });

  test('every value of a schema, parameter by parameter', () => {
    const schemaWithValues = schema.chain((schema) =>
      fc.record({
        schema: fc.constant(schema),
        values: fc.record(Object.fromEntries(Object.entries(schema).map(([name, p]) => [name, allowedValue(p)]))),
      }),
    );
    fc.assert(
      fc.property(schemaWithValues, ({ schema, values }) => {
        for (const [name, parameter] of Object.entries(schema)) {
          expect(parseValue(parameter, writeValue(values[name]!))).toEqual(values[name]);
        }
      }),
    );
  });

  test('a text, whatever it looks like', () => {
    for (const written of ['', 'true', '1-0', ' a ', '😀a']) expect(parseValue(short, written)).toBe(written);
  });
});

describe('what is read', () => {
  const parameterWithText = parameterWithValue.chain(({ parameter, value }) =>
    fc.record({
      parameter: fc.constant(parameter),
      written: fc.oneof(hostileText, closeTo(value), hostileText),
    }),
  );

  test('is a value that the parameter takes, or nothing, whatever is written', () => {
    fc.assert(
      fc.property(parameterWithText, ({ parameter, written }) => {
        const value = parseValue(parameter, written);
        if (value === undefined) return;
        expect(isAllowed(parameter, value)).toBe(true);
        expect(takes(parameter, value), `${JSON.stringify(value)} for ${allowed(parameter)}`).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('is a whole number where only whole numbers are allowed', () => {
    for (const written of ['60.0000001', '59.9999999', '60.0000000001', '2.0000000000000004']) {
      const value = parseValue(whole, written);
      expect(value === undefined || Number.isInteger(value), `${written} was read as ${String(value)}`).toBe(true);
    }
    const seed = parseValue(seedParameter, '7.0000001');
    expect(seed === undefined || Number.isInteger(seed), `seed was read as ${String(seed)}`).toBe(true);
  });

  test.for<[string, Parameter, string[]]>([
    [
      'a whole number',
      whole,
      ['1', '501', '2.5', '', ' 3', '3 ', '+3', '3,0', '0x10', '1e3', 'NaN', 'Infinity', '-3', '٣'],
    ],
    ['a number in steps', tenths, ['0.05', '3.05', '0.12', 'one', '1e400', '--1', '1 000']],
    ['a number on a log scale', log, ['0', '0.0009', '10.1', '-1', 'log', '']],
    ['a choice', pick, ['Tanh', 'tanh ', '', 'sigmoid', 'constructor', '__proto__', '0']],
    ['a boolean', yes, ['True', '1', 'yes', '', 'truefalse']],
    ['a text', short, ['hello!', 'a\tb', 'a\nb', 'a\0', '\ud83d', '\u0085']],
    ['an order', order, ['', '0-1', '0-1-3', '0-0-1', '0-1-2-3', '0--1-2', '-0-1-2', '0-1-2-', '0,1,2', '0-1-1e0']],
  ])('as %s is nothing that is not one', ([, parameter, refused]) => {
    for (const written of refused) expect(parseValue(parameter, written), written).toBeUndefined();
  });

  test.for<[string, Parameter, [string, unknown][]]>([
    [
      'a whole number',
      whole,
      [
        ['2', 2],
        ['500', 500],
        ['60', 60],
        ['6e1', 60],
        ['60.0', 60],
        ['060', 60],
      ],
    ],
    [
      'a number in steps',
      tenths,
      [
        ['0.1', 0.1],
        ['3', 3],
        ['.15', 0.15],
        ['1.15', 1.15],
        ['1E0', 1],
      ],
    ],
    [
      'a number on a log scale',
      log,
      [
        ['0.001', 0.001],
        ['3.14159', 3.14159],
        ['1e-2', 0.01],
      ],
    ],
    ['a choice', pick, [['relu', 'relu']]],
    [
      'a boolean',
      yes,
      [
        ['true', true],
        ['false', false],
      ],
    ],
    ['an order', order, [['2-0-1', [2, 0, 1]]]],
  ])('as %s is that', ([, parameter, taken]) => {
    for (const [written, value] of taken) expect(parseValue(parameter, written), written).toEqual(value);
  });

  test('takes a step that binary fractions only come near to', () => {
    for (let index = 0; index < 58; index++) expect(isAllowed(tenths, 0.1 + index * 0.05)).toBe(true);
  });

  test('is nothing for a hundred thousand characters', () => {
    for (const parameter of [whole, tenths, log, pick, yes, short, order]) {
      expect(parseValue(parameter, '1'.repeat(100_000))).toBeUndefined();
      expect(parseValue(parameter, '1-'.repeat(50_000))).toBeUndefined();
    }
  });
});

describe('a setting', () => {
  const parameter = setting({ ...words, of: { scale: tenths, activation: pick, yes } });

  test('is read in any order and in part, the rest at its default, and written in one way', () => {
    expect(readSetting(parameter, 'activation.relu_scale.0.5')).toEqual({ scale: 0.5, activation: 'relu', yes: true });
    expect(parseValue(parameter, 'activation.relu_scale.0.50')).toBe('scale.0.5_activation.relu_yes.true');
    expect(isAllowed(parameter, 'activation.relu_scale.0.5')).toBe(false);
  });

  test('is nothing where it is empty, and refused where any of it cannot be used', () => {
    expect(parseValue(parameter, '')).toBe('');
    expect(readSetting(parameter, '')).toBeUndefined();
    for (const written of [
      'scale',
      'scale.',
      '.0.5',
      'scale.0.51',
      'scale.9',
      'scale.0.5_scale.0.5',
      'scale.0.5_',
      '_scale.0.5',
      'units.3',
      'activation.toString',
      'toString.1',
      '__proto__.1',
      'yes.TRUE',
      'scale=0.5',
    ]) {
      expect(parseValue(parameter, written), written).toBeUndefined();
    }
  });

  test('holds whatever its parameters take, and gives it back', () => {
    const settingWithValues = schema
      .map((schema) => Object.entries(schema).filter(([, { kind }]) => /number|choice|boolean/.test(kind)))
      .filter((held) => held.length > 0)
      .map((held) => setting({ ...words, of: Object.fromEntries(held) as Record<string, HeldParameter> }))
      .chain((parameter) => allowedValues(parameter.of).map((values) => ({ parameter, values })));
    fc.assert(
      fc.property(settingWithValues, ({ parameter, values }) => {
        const written = writeSetting(parameter, { ...values, other: 1 });
        expect(readSetting(parameter, written)).toEqual(values);
        expect(parseValue(parameter, written)).toBe(written);
      }),
    );
  });
});

describe('a value of another kind', () => {
  test('is allowed by no parameter', () => {
    const others = [undefined, null, NaN, Infinity, {}, [], ['0', '1', '2'], [0, 1, 1.5], () => 1, 60n, Symbol('60')];
    for (const parameter of [whole, tenths, log, pick, yes, short, order]) {
      for (const value of others) expect(isAllowed(parameter, value)).toBe(false);
    }
    expect(isAllowed(whole, '60')).toBe(false);
    expect(isAllowed(yes, 'true')).toBe(false);
  });
});

describe('what is allowed, in words', () => {
  test.for<[Parameter, string]>([
    [whole, 'a whole number from 2 to 500'],
    [tenths, 'a number from 0.1 to 3 in steps of 0.05'],
    [log, 'a number from 0.001 to 10'],
    [number({ ...words, min: 0, max: 10, step: 2, default: 0 }), 'a number from 0 to 10 in steps of 2'],
    [pick, 'one of tanh, relu'],
    [yes, 'true or false'],
    [short, 'a text of at most 5 characters, without control characters'],
    [order, 'the numbers 0 to 2, each once, joined by hyphens'],
  ])('%o', ([parameter, said]) => {
    expect(allowed(parameter)).toBe(said);
  });
});

describe('sameness', () => {
  test('is of values, not of objects', () => {
    expect(sameValue([0, 2, 1], [0, 2, 1])).toBe(true);
    expect(sameValue([0, 2, 1], [0, 1, 2])).toBe(false);
    expect(sameValue(1.5, 1.5)).toBe(true);
    expect(sameValue(true, false)).toBe(false);
    expect(sameValue('a', 'A')).toBe(false);
  });

  test('holds for two values of a parameter exactly where they are equal', () => {
    const two = parameter.chain((p) => fc.tuple(allowedValue(p), allowedValue(p)));
    fc.assert(
      fc.property(two, ([a, b]) => {
        expect(sameValue(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

describe.for(slugs)('the parameters of %s', (slug) => {
  test('allow their own defaults', async () => {
    const { parameters } = await loadDefinition(slug);
    const defaults: Record<string, unknown> = defaultsOf(parameters);
    expect(Object.keys(defaults)).toEqual(Object.keys(parameters));
    for (const [name, parameter] of Object.entries({ ...parameters, seed: seedParameter })) {
      expect(isAllowed(parameter, parameter.default), name).toBe(true);
      expect(takes(parameter, parameter.default), name).toBe(true);
      expect(parseValue(parameter, writeValue(parameter.default)), name).toEqual(parameter.default);
    }
  });

  test('allow both ends of every range', async () => {
    const { parameters } = await loadDefinition(slug);
    for (const [name, parameter] of Object.entries({ ...parameters, seed: seedParameter })) {
      if (parameter.kind !== 'number') continue;
      expect(isAllowed(parameter, parameter.min), name).toBe(true);
      expect(isAllowed(parameter, parameter.max), name).toBe(true);
    }
  });

  test('say what they are, and leave the name of the seed free', async () => {
    const { parameters } = await loadDefinition(slug);
    expect(Object.keys(parameters)).not.toContain('seed');
    for (const [name, { label, help }] of Object.entries(parameters)) {
      expect(name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(label.trim()).not.toBe('');
      expect(help).toMatch(/\.$/);
    }
  });
});
