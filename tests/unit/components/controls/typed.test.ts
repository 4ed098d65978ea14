import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readTyped } from '#components/controls/typed.ts';
import { isAllowed, number, text } from '#src/experiments/parameters.ts';

import { hostileText, parameterWithValue } from '../../experiments/arbitraries.ts';

const share = number({ label: 'Share', help: 'Share.', min: -1, max: 1, step: 0.25, default: 0 });

describe('what is typed', () => {
  test.for([
    ['0.25', 0.25],
    ['0,25', 0.25],
    [' -0.5 ', -0.5],
    ['−0.5', -0.5],
    ['1', 1],
  ] as const)('%o is read as %d', ([typed, value]) => {
    expect(readTyped(share, typed)).toEqual({ value, refusal: '' });
  });

  test.for(['', 'one', '0.3', '2', '--1', '1,000,5'])('%o is refused, with what is allowed', (typed) => {
    const { value, refusal } = readTyped(share, typed);
    expect(value).toBeUndefined();
    expect(refusal).toContain('cannot be used: allowed is a number from -1 to 1 in steps of 0.25.');
  });

  test('keeps every character of a text', () => {
    const name = text({ label: 'Name', help: 'Name.', maxLength: 20, default: '' });
    expect(readTyped(name, ' a, b − c ').value).toBe(' a, b − c ');
  });

  test('is a value that the parameter takes, or a short refusal', () => {
    fc.assert(
      fc.property(parameterWithValue, hostileText, ({ parameter }, typed) => {
        const { value, refusal } = readTyped(parameter, typed);
        if (value === undefined) expect(refusal).toContain('allowed is');
        else expect([isAllowed(parameter, value), refusal]).toEqual([true, '']);
      }),
    );
  });
});
