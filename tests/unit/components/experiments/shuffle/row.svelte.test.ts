import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { RowState } from '#components/experiments/shuffle/row.svelte.ts';

function setUp(items = ['a', 'b', 'c', 'd']) {
  let order = items.map((_, i) => i);
  const row = new RowState({
    order: () => order,
    nameAt: (place) => items[order[place]!]!,
    onorder: (next) => (order = next),
  });
  return { row, reads: () => order.map((item) => items[item]).join('') };
}

describe('a row of items', () => {
  test('swaps two that are pressed one after the other', () => {
    const { row, reads } = setUp();
    row.press(0);
    expect(row.picked).toBe(0);
    expect(row.said).toContain('a, place 1 of 4, picked up');
    row.press(2);
    expect(reads()).toBe('cbad');
    expect(row.picked).toBeUndefined();
    expect(row.said).toBe('a and c have changed places: a is at place 3 of 4.');
  });

  test('puts down what is pressed twice, and leaves it where it was', () => {
    const { row, reads } = setUp();
    row.press(1);
    row.press(1);
    expect(row.picked).toBeUndefined();
    expect(row.said).toBe('b, place 2 of 4, put down.');
    expect(reads()).toBe('abcd');
  });

  test('is walked by arrow keys, and left alone by them at its ends', () => {
    const { row, reads } = setUp();
    for (const [key, place] of [
      ['ArrowLeft', 0],
      ['ArrowRight', 1],
      ['ArrowDown', 2],
      ['End', 3],
      ['ArrowRight', 3],
      ['ArrowUp', 2],
      ['Home', 0],
    ] as const) {
      expect(row.key(key)).toBe(true);
      expect(row.focused, key).toBe(place);
    }
    expect(reads()).toBe('abcd');
  });

  test('lets arrow keys carry what is picked up, step by step', () => {
    const { row, reads } = setUp();
    row.key('Enter');
    row.key('ArrowRight');
    row.key('ArrowRight');
    expect(reads()).toBe('bcad');
    expect([row.picked, row.focused]).toEqual([2, 2]);
    expect(row.said).toBe('a and c have changed places: a is at place 3 of 4.');
    row.key(' ');
    expect(row.picked).toBeUndefined();
    row.key('ArrowLeft');
    expect(reads()).toBe('bcad');
  });

  test('puts down at Escape, and lets other keys be', () => {
    const { row } = setUp();
    expect(row.key('Escape')).toBe(false);
    row.key('Enter');
    expect(row.key('Escape')).toBe(true);
    expect(row.picked).toBeUndefined();
    for (const key of ['Tab', 'a', 'PageDown', 'Delete']) expect(row.key(key)).toBe(false);
  });

  test('forgets what was picked up, or is being dragged, when a shorter row comes', () => {
    let order = [0, 1, 2, 3];
    const row = new RowState({
      order: () => order,
      nameAt: (place) => ['a', 'b', 'c', 'd'][order[place]!]!.toUpperCase(),
      onorder: (next) => (order = next),
    });
    row.press(3);
    order = [1, 0];
    expect(row.picked).toBeUndefined();
    row.swap(3, 0);
    expect(order).toEqual([1, 0]);
    row.go(1);
    row.press(0);
    expect(row.said).toContain('B, place 1 of 2, picked up');
  });

  test('keeps its items and a place in the row, whatever is pressed', () => {
    const act = fc.oneof(
      fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter', ' ', 'Escape'),
      fc.nat(3),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const { row, reads } = setUp();
        for (const act of acts) {
          if (typeof act === 'number') row.press(act);
          else row.key(act);
          expect([...reads()].sort().join('')).toBe('abcd');
          expect(row.focused).toBeGreaterThanOrEqual(0);
          expect(row.focused).toBeLessThan(4);
        }
      }),
    );
  });
});
