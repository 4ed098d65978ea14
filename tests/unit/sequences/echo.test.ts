import fc from 'fast-check';
import { expect, test } from 'vitest';

import { echo, randomNumbers } from '#src/sequences/echo.ts';
import { createRandom } from '#src/sequences/random.ts';

test('an echo wants at each step the input of so many steps before, from the first step that has one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(9), fc.integer({ min: 1, max: 5 }), (answers, lag, batch) => {
      const task = echo(lag + answers, lag);
      const { inputs, targets } = task.batch(createRandom(1, 'test'), batch);
      expect(task.at).toBe(answers);
      expect(inputs).toHaveLength(batch * task.time);
      expect(targets).toHaveLength(batch * answers);
      for (let b = 0; b < batch; b++) {
        for (let t = lag; t < task.time; t++) {
          expect(targets[b * answers + t - lag]).toBe(inputs[b * task.time + t - lag]);
        }
      }
    }),
  );
});

test('an echo needs a sequence that is longer than the lag', () => {
  expect(() => echo(5, 5)).toThrow('an echo after 5 steps, of 5 steps');
  expect(() => echo(5, -1)).toThrow(RangeError);
});

test('random numbers have mean 0 and variance 1, and hang together neither with the last one nor with the one before', () => {
  const values = randomNumbers(createRandom(2, 'test'), 20_000);
  const mean = (f: (value: number, i: number) => number) =>
    values.reduce((sum, value, i) => sum + f(value, i), 0) / 20_000;
  expect(Math.abs(mean((value) => value))).toBeLessThan(0.03);
  expect(mean((value) => value * value)).toBeCloseTo(1, 1);
  for (const lag of [1, 2]) expect(Math.abs(mean((value, i) => value * (values[i - lag] ?? 0)))).toBeLessThan(0.03);
});
