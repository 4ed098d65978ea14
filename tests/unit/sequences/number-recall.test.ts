import fc from 'fast-check';
import { expect, test } from 'vitest';

import { numberRecall } from '#src/sequences/number-recall.ts';
import { createRandom } from '#src/sequences/random.ts';

test('recall of a number asks for the first number of the first step', () => {
  const sizes = { time: fc.integer({ min: 1, max: 40 }), batch: fc.integer({ min: 1, max: 9 }), seed: fc.nat(1e6) };
  fc.assert(
    fc.property(fc.record(sizes), ({ time, batch, seed }) => {
      const task = numberRecall(time);
      const { inputs, targets } = task.batch(createRandom(seed, 'test'), batch);
      expect(inputs).toHaveLength(batch * time * task.inputs);
      expect(Array.from(targets)).toEqual(Array.from({ length: batch }, (_, b) => inputs[b * time * task.inputs]));
    }),
  );
});

test('its numbers have mean 0 and variance 1, so that answering 0 has an error of 1', () => {
  const { targets } = numberRecall(1).batch(createRandom(1, 'test'), 20_000);
  const meanOf = (of: (target: number) => number) =>
    Array.from(targets, of).reduce((sum, value) => sum + value, 0) / 20_000;
  expect(Math.abs(meanOf((target) => target))).toBeLessThan(5 / Math.sqrt(20_000));
  expect(Math.abs(meanOf((target) => target ** 2) - 1)).toBeLessThan(5 * Math.sqrt(4 / 5 / 20_000));
});
