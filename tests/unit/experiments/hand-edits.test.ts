import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  applyEdits,
  editedNumber,
  LONGEST_EDITS,
  tellRefused,
  withEdit,
  withoutEdits,
  type EditPlace,
} from '#src/experiments/hand-edits.ts';
import { isAllowed, text } from '#src/experiments/parameters.ts';

import { hostileText } from './arbitraries.ts';

const arrays = {
  W: { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] },
  b: { shape: [3], values: [0.5, -0.5, 0] },
  x: { shape: [12, 2], values: Array<number>(24).fill(0) },
};
const untouched = { W: [...arrays.W.values], b: [...arrays.b.values], x: [...arrays.x.values] };

const place: fc.Arbitrary<EditPlace> = fc.oneof(
  fc.record({ array: fc.constant('W'), at: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 })) }),
  fc.record({ array: fc.constant('b'), at: fc.tuple(fc.integer({ min: 1, max: 3 })) }),
  fc.record({ array: fc.constant('x'), at: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2 })) }),
);
const value = fc.integer({ min: -1000, max: 1000 }).map((hundredths) => hundredths / 100 + 0);
const edits = fc.array(fc.record({ place, value }), { maxLength: 40 });

const written = (list: { place: EditPlace; value: number }[]) =>
  list.reduce((text, { place, value }) => withEdit(text, place, value)!, '');
const plain = (values: Record<string, Float32Array>) =>
  Object.fromEntries(Object.entries(values).map(([name, array]) => [name, [...array]]));
const indexOf = ({ array, at }: EditPlace) =>
  array === 'b' ? at[0]! - 1 : (at[0]! - 1) * (array === 'W' ? 3 : 2) + at[1]! - 1;

describe('changes by hand', () => {
  test('come back out of their text, the last of each place, and touch nothing else', () => {
    fc.assert(
      fc.property(edits, (list) => {
        const { values, changed, refused } = applyEdits(written(list), arrays);
        expect(refused).toEqual([]);
        const expected: Record<string, number[]> = structuredClone(untouched);
        const places: Record<string, Set<number>> = { W: new Set(), b: new Set(), x: new Set() };
        for (const { place, value } of list) {
          expected[place.array]![indexOf(place)] = Math.fround(value);
          places[place.array]!.add(indexOf(place));
        }
        expect(plain(values)).toEqual(expected);
        for (const name of ['W', 'b', 'x'] as const) expect(new Set(changed[name])).toEqual(places[name]);
      }),
    );
  });

  test('are a text that a link carries as it is', () => {
    const parameter = text({ label: 'Edits', help: 'Edits.', maxLength: LONGEST_EDITS, default: '' });
    fc.assert(
      fc.property(edits, (list) => {
        const text = written(list);
        expect(isAllowed(parameter, text)).toBe(true);
        expect(new URLSearchParams({ text }).toString()).toBe(`text=${text}`);
      }),
    );
  });

  test('are gone when they are taken back, one by one or array by array', () => {
    fc.assert(
      fc.property(edits, place, value, (list, place, value) => {
        const before = withEdit(written(list), place, undefined)!;
        const after = withEdit(withEdit(before, place, value)!, place, undefined);
        expect(after).toBe(before);
        expect(plain(applyEdits(withoutEdits(written(list), ['W', 'b', 'x']), arrays).values)).toEqual(untouched);
        const onlyX = applyEdits(withoutEdits(written(list), ['W', 'b']), arrays);
        expect(onlyX.changed.W).toEqual([]);
        expect(onlyX.values.x).toEqual(applyEdits(written(list), arrays).values.x);
      }),
    );
  });

  test('fit, even where every number of the largest cell is changed', () => {
    const gates = ['i', 'f', 'c', 'o'].flatMap((gate) => [
      [`W${gate}`, 2, 4] as const,
      [`U${gate}`, 4, 4] as const,
      [`b${gate}`, 4] as const,
    ]);
    const places = [...gates, ['x', 12, 2] as const, ['h', 4] as const, ['c', 4] as const].flatMap(
      ([array, rows, columns]) =>
        Array.from({ length: rows * (columns ?? 1) }, (_, i) => ({
          array,
          at: columns ? [Math.floor(i / columns) + 1, (i % columns) + 1] : [i + 1],
        })),
    );
    expect(places).toHaveLength(4 * 28 + 24 + 8);
    const text = places.reduce<string>((text, place) => withEdit(text, place, -9.99)!, '');
    expect(text.length).toBeLessThan(LONGEST_EDITS);
  });

  test('are refused, and the text left as it was, where it would be too long or the value is none', () => {
    const long = Array.from({ length: 99 * 2 }, (_, i) => `x${(i % 99) + 1}.${Math.floor(i / 99) + 1}*-9.99`).join('_');
    expect(withEdit(long, { array: 'W', at: [1, 1] }, 1)).toBeUndefined();
    for (const value of [NaN, 11, -11, 0.001, Infinity]) {
      expect(withEdit('', { array: 'W', at: [1, 1] }, value)).toBeUndefined();
    }
  });
});

describe('a text that is no list of changes', () => {
  test.for([
    ['W1.2', 'nothing to set it to'],
    ['W*1', 'no place'],
    ['W1*1', 'a place of a matrix with one number'],
    ['b1.1*1', 'a place of a row with two'],
    ['W3.1*1', 'a row too many'],
    ['W1.4*1', 'a column too many'],
    ['W0.1*1', 'rows from 0'],
    ['W01.1*1', 'a zero in front'],
    ['Q1.1*1', 'no such array'],
    ['__proto__1*1', 'no array at all'],
    ['toString1*1', 'no array either'],
    ['W1.1*10.01', 'a number too large'],
    ['W1.1*1e1', 'another way to write a number'],
    ['W1.1*+1', 'another'],
    ['W1.1*1.50', 'a digit too many'],
    ['W1.1*0.001', 'a digit too many, again'],
    ['W1.1*.5', 'a digit too few'],
    ['W1.1*-0', 'no number that anybody means'],
    ['W1.1*', 'no number'],
    ['W1.1*1*1', 'two numbers'],
    [' W1.1*1', 'a space'],
  ])('is refused: %s, %s', ([entry]) => {
    const { values, refused } = applyEdits(`b1*2_${entry}_W1.2*-2`, arrays);
    expect(refused.join('_')).toBe(entry!.split('_').filter(Boolean).join('_'));
    expect(plain(values)).toEqual({ ...untouched, W: [1, -2, 3, 4, 5, 6], b: [2, -0.5, 0] });
    expect(tellRefused(refused)).toContain('could not be used');
  });

  test('is refused the second time a place is named', () => {
    const { values, refused } = applyEdits('b1*2_b1*3', arrays);
    expect(refused).toEqual(['b1*3']);
    expect(values.b[0]).toBe(2);
  });

  test('changes nothing that is not in it and never throws', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 4 }), (pieces) => {
        const { values, changed, refused } = applyEdits(pieces.join('_'), arrays);
        for (const name of ['W', 'b', 'x'] as const) {
          values[name].forEach((value, i) => {
            if (changed[name].includes(i)) expect(Math.abs(value)).toBeLessThanOrEqual(editedNumber.max);
            else expect(value).toBe(untouched[name][i]);
          });
        }
        expect(tellRefused(refused).length).toBeLessThan(300);
        expect(tellRefused(refused) === '').toBe(refused.length === 0);
        // What can be used of it stays when something is changed by hand, and what cannot goes.
        const text = withEdit(pieces.join('_'), { array: 'b', at: [1] }, 1);
        if (text !== undefined) expect(applyEdits(text, arrays).values.b[0]).toBe(1);
      }),
    );
  });
});
