import fc from 'fast-check';
import { expect, test } from 'vitest';

import { seedParameter } from '#src/experiments/definition.ts';
import { boolean, choice, number, parseValue, permutation, text } from '#src/experiments/parameters.ts';
import { differencesInWords, shortNumber, valueInWords } from '#src/experiments/value-words.ts';
import { allowedValue, numberParameter } from './arbitraries.ts';

const words = { label: 'Label', help: 'Help.' };

test('a number loses the dust of binary fractions and nothing else', () => {
  expect(shortNumber(1.1500000000000001)).toBe('1.15');
  expect(shortNumber(0.1 + 0.2)).toBe('0.3');
  expect(shortNumber(500)).toBe('500');
  expect(shortNumber(0)).toBe('0');
});

test('what is shown of a number in steps can be typed again and is the same number', () => {
  const steppedWithValue = numberParameter
    .filter(({ scale }) => scale === 'linear')
    .chain((parameter) => fc.tuple(fc.constant(parameter), allowedValue(parameter)));
  fc.assert(
    fc.property(steppedWithValue, ([parameter, value]) => {
      expect(parseValue(parameter, shortNumber(value as number))).toBe(value);
    }),
  );
});

test('a seed is shown whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: seedParameter.max }), (seed) => {
      expect(shortNumber(seed)).toBe(String(seed));
    }),
  );
});

test('a value is said with its unit, and a choice by its label', () => {
  const length = number({ ...words, unit: 'steps', min: 2, max: 500, step: 1, default: 60 });
  const scale = number({ ...words, min: 0.1, max: 3, step: 0.05, default: 1 });
  const options = [{ value: 'relu', label: 'ReLU' }] as const;
  expect(valueInWords(length, 60)).toBe('60 steps');
  expect(valueInWords(scale, 1.1500000000000001)).toBe('1.15');
  expect(valueInWords(choice({ ...words, options, default: 'relu' }), 'relu')).toBe('ReLU');
  expect(valueInWords(boolean({ ...words, default: true }), true)).toBe('true');
  expect(valueInWords(text({ ...words, maxLength: 9, default: '' }), 'a dog')).toBe('a dog');
});

test('an order is said as it is written', () => {
  expect(valueInWords(permutation({ ...words, default: [0, 1, 2] }), [2, 0, 1])).toMatch(/^2\D+0\D+1$/);
});

test('values that differ from others are said with the names of their parameters', () => {
  const parameters = {
    scale: number({ ...words, label: 'Weight scale', unit: 'times', min: 0, max: 2, step: 0.1, default: 1 }),
    activation: choice({ ...words, label: 'Activation', options: [{ value: 'relu', label: 'ReLU' }], default: 'relu' }),
    noisy: boolean({ ...words, label: 'Noise', default: false }),
  };
  const values = { scale: 0.5, activation: 'relu', noisy: false };
  expect(differencesInWords(parameters, values, { ...values, other: 1 })).toBe('');
  expect(differencesInWords(parameters, values, { scale: 1, activation: 'relu', noisy: true })).toBe(
    'weight scale 0.5, no noise',
  );
  expect(differencesInWords(parameters, { ...values, noisy: true }, { ...values, activation: 'tanh' })).toBe(
    'activation ReLU, noise',
  );
});
