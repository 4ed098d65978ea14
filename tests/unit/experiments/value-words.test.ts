import fc from 'fast-check';
import { expect, test } from 'vitest';

import { seedParameter } from '#src/experiments/definition.ts';
import { boolean, choice, number, parseValue, permutation, setting, text } from '#src/experiments/parameters.ts';
import { keptInWords, shortNumber, valueInWords } from '#src/experiments/value-words.ts';
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

test('what is kept is said by what of it differs from the present, with the names of its parameters', () => {
  const kept = setting({
    ...words,
    of: {
      scale: number({ ...words, label: 'Weight scale', unit: 'times', min: 0, max: 2, step: 0.1, default: 1 }),
      activation: choice({
        ...words,
        label: 'Activation',
        options: [{ value: 'relu', label: 'ReLU' }],
        default: 'relu',
      }),
      noisy: boolean({ ...words, label: 'Noise', default: false }),
    },
  });
  const present = { scale: 0.5, activation: 'relu', noisy: false, other: 1 };
  const said = (written: string, others: object = {}) => keptInWords(kept, written, { ...present, ...others });
  expect(said('')).toBeUndefined();
  expect(said('scale.0.5')).toBe('this same setting');
  expect(said('scale.0.5', { scale: 1, noisy: true })).toBe('weight scale 0.5, no noise');
  expect(said('scale.0.5_noisy.true', { activation: 'tanh' })).toBe('activation ReLU, noise');
});
