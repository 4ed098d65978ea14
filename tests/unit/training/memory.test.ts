import { expect, test } from 'vitest';

import { Memory } from '#src/training/memory.ts';

test('keeps the latest values, as many as it may, and forgets the others', () => {
  const memory = new Memory<number>(2);
  expect(memory.get('a')).toBeUndefined();
  expect(memory.keep('a', 1)).toBe(1);
  memory.keep('b', 2);
  expect([memory.get('a'), memory.get('b')]).toEqual([1, 2]);
  memory.keep('c', 3);
  expect(['a', 'b', 'c'].map((key) => memory.get(key))).toEqual([undefined, 2, 3]);
});
