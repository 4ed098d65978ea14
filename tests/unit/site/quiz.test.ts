import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  explained,
  judgeChoices,
  judgeNumber,
  judgeOrder,
  longestRising,
  moved,
  parseTyped,
  startOrder,
  withHtml,
  type ChoiceQuestion,
  type NumericQuestion,
  type OrderQuestion,
} from '#src/site/quiz.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A question with several right choices, and what a reader chose. */
const answered = fc
  .array(fc.record({ text: fc.string(), right: fc.boolean(), why: fc.string({ minLength: 1 }) }), {
    minLength: 2,
    maxLength: 8,
  })
  .chain((choices) => {
    const question: ChoiceQuestion = { kind: 'multiple', ask: '', choices };
    return fc.tuple(fc.constant(question), fc.subarray(upTo(choices.length)));
  });

const ordered = (count: number): OrderQuestion => ({
  kind: 'order',
  ask: '',
  items: upTo(count).map((i) => ({ text: `item ${i}`, why: `why ${i}` })),
});

const orders = fc
  .integer({ min: 2, max: 9 })
  .chain((count) => fc.shuffledSubarray(upTo(count), { minLength: count, maxLength: count }));

describe('choices', () => {
  test('are right exactly when all right ones and no others were chosen', () => {
    fc.assert(
      fc.property(answered, ([question, chosen]) => {
        const wanted = question.choices.every(({ right }, i) => right === chosen.includes(i));
        expect(judgeChoices(question, chosen).right).toBe(wanted);
      }),
    );
  });

  test('that were chosen are explained, each with its own reason; the others are not given away', () => {
    fc.assert(
      fc.property(answered, ([question, chosen]) => {
        const expected = chosen.map((index) => {
          const { right, why } = question.choices[index]!;
          return { index, right, why };
        });
        expect(judgeChoices(question, chosen).remarks).toEqual(expected);
      }),
    );
  });

  test('say how many are too many and how many are still to be found', () => {
    const choices = [true, true, true, false].map((right) => ({ text: '', right, why: 'because' }));
    const says = (chosen: number[]) => judgeChoices({ kind: 'multiple', ask: '', choices }, chosen).says;
    expect(says([0, 3])).toBe('Not yet: 1 choice too many, 2 choices still to find.');
    expect(says([0, 1])).toBe('Not yet: 1 choice still to find.');
    expect(says([0, 1, 2])).toBe('Right.');
  });
});

describe('an order', () => {
  test('is right exactly when it is the author’s', () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(judgeOrder(ordered(order.length), order).right).toBe(order.every((item, i) => item === i));
      }),
    );
  });

  test('that is wrong names what is out of place, and the rest follows rightly', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const { right, remarks } = judgeOrder(ordered(order.length), order);
        const inPlace = remarks.filter((remark) => remark.right).map(({ index }) => index);
        expect(inPlace).toEqual(inPlace.toSorted((a, b) => a - b));
        expect(inPlace.length === order.length).toBe(right);
      }),
    );
  });

  test('in which one item was moved has one item out of place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), fc.nat(), (count, a, b) => {
        const [from, to] = [a % count, b % count];
        fc.pre(from !== to);
        const { remarks, says } = judgeOrder(ordered(count), moved(upTo(count), from, to));
        expect(remarks.filter(({ right }) => !right)).toHaveLength(1);
        expect(says).toBe('Not yet: 1 item out of place.');
      }),
    );
  });

  test('to begin with has every item once and is never the right one', () => {
    for (let count = 2; count < 12; count++) {
      const order = startOrder(count);
      expect(order.toSorted((a, b) => a - b)).toEqual(upTo(count));
      expect(judgeOrder(ordered(count), order).right).toBe(false);
    }
  });

  test('keeps the others as they were when one item is moved', () => {
    fc.assert(
      fc.property(orders, fc.nat(), fc.nat(), (order, a, b) => {
        const [from, to] = [a % order.length, b % order.length];
        const after = moved(order, from, to);
        const others = (all: number[]) => all.filter((item) => item !== order[from]);
        expect(after[to]).toBe(order[from]);
        expect(others(after)).toEqual(others(order));
      }),
    );
  });

  test('has no longer rising row than the one that is found', () => {
    function longest([first, ...rest]: number[], above = -1): number {
      if (first === undefined) return 0;
      return Math.max(longest(rest, above), first > above ? 1 + longest(rest, first) : 0);
    }
    fc.assert(
      fc.property(orders, (order) => {
        const row = longestRising(order);
        expect(row).toHaveLength(longest(order));
        expect(row).toEqual(order.filter((item) => row.includes(item)));
      }),
    );
  });
});

describe('a number', () => {
  const question: NumericQuestion = {
    kind: 'numeric',
    ask: '',
    answer: 1024,
    tolerance: 24,
    why: 'right',
    mistakes: [{ from: 19, to: 21, why: 'added' }],
    otherwise: 'other',
  };

  test.each(['1024', '1,024', '1 024', '1000', '1048', ' 1024.0 ', '1.024e3'])('%s is near enough', (typed) => {
    expect(judgeNumber(question, typed)).toMatchObject({ right: true, remarks: [{ why: 'right' }] });
  });

  test.each(['999.9', '1048.1', '-1024', '0'])('%s is not', (typed) => {
    expect(judgeNumber(question, typed)).toMatchObject({ right: false, remarks: [{ why: 'other' }] });
  });

  test('at the very edge of the tolerance is right, whatever the binary fractions say', () => {
    expect(judgeNumber({ ...question, answer: 1, tolerance: 0.1 }, '0.9').right).toBe(true);
    expect(judgeNumber({ ...question, answer: 0.3, tolerance: 0 }, '0.3').right).toBe(true);
  });

  test('that a known mistake leads to is explained by that mistake', () => {
    expect(judgeNumber(question, '20').remarks).toEqual([{ index: 0, right: false, why: 'added' }]);
  });

  test.each(['', 'ten', '1.2.3', '1,2,3', '--1', '0x10', 'Infinity', 'NaN', '1e999', '١٢'])('is not “%s”', (typed) => {
    expect(judgeNumber(question, typed)).toMatchObject({ right: false, remarks: [] });
    expect(judgeNumber(question, typed).says).toContain('not a number');
  });

  test('is read back however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (number) => {
        const grouped = number.toLocaleString('en');
        expect(parseTyped(String(number))).toBe(number);
        expect(parseTyped(grouped)).toBe(number);
        expect(parseTyped(grouped.replaceAll(',', '\u202f'))).toBe(number);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(parseTyped(String(number))).toBe(number + 0);
      }),
    );
    expect(parseTyped('0,5')).toBe(0.5);
    expect(parseTyped('−3')).toBe(-3);
  });
});

describe('for a page', () => {
  test('every text of a question is put through Markdown', async () => {
    const why = { why: 'w' };
    const questions = [
      { kind: 'single' as const, ask: 'a', choices: [{ text: 't', right: true, ...why }] },
      { kind: 'order' as const, ask: 'a', items: [{ text: 't', ...why }] },
      {
        kind: 'numeric' as const,
        ask: 'a',
        answer: 1,
        tolerance: 0,
        ...why,
        mistakes: [{ from: 0, to: 0, ...why }],
        otherwise: 'o',
      },
    ];
    for (const question of questions) {
      const html = JSON.stringify(await withHtml(question, async (text) => text.toUpperCase()));
      expect(html).not.toMatch(/"[atwo]"/);
      expect(html).toMatch(/"A"/);
    }
  });

  test('without scripts, every choice has its reason and every item its place', () => {
    const choices = [
      { text: 'yes', right: true, why: 'so it is' },
      { text: 'no', right: false, why: 'for this' },
    ];
    expect(explained({ kind: 'single', ask: '', choices })).toEqual({
      choices: ['yes', 'no'],
      answer: ['<b>Right: yes</b> so it is', '<b>Not right: no</b> for this'],
    });
    expect(explained(ordered(3))).toEqual({
      choices: ['item 1', 'item 0', 'item 2'],
      answer: ['<b>1. item 0</b> why 0', '<b>2. item 1</b> why 1', '<b>3. item 2</b> why 2'],
    });
  });
});
