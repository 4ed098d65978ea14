import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { adding } from '#src/sequences/adding.ts';
import { createRandom } from '#src/sequences/random.ts';
import { recall } from '#src/sequences/recall.ts';

const sizes = { time: fc.integer({ min: 2, max: 40 }), batch: fc.integer({ min: 1, max: 9 }), seed: fc.nat(1e6) };

describe('recall', () => {
  test('shows the symbol at the first step only, one-hot, and asks for it', () => {
    fc.assert(
      fc.property(
        fc.record({
          ...sizes,
          symbols: fc.integer({ min: 2, max: 9 }),
          filler: fc.constantFrom('blank', 'distractors'),
        }),
        ({ time, batch, seed, symbols, filler }) => {
          const task = recall({ time, symbols, filler });
          const { inputs, targets } = task.batch(createRandom(seed, 'test'), batch);
          expect(inputs).toHaveLength(batch * time * task.inputs);
          for (let b = 0; b < batch; b++) {
            for (let t = 0; t < time; t++) {
              const row = Array.from(inputs.subarray((b * time + t) * task.inputs, (b * time + t + 1) * task.inputs));
              const ones = row.filter((value) => value === 1).length;
              expect(row.filter((value) => value !== 0)).toHaveLength(ones);
              if (t === 0) expect(row.indexOf(1)).toBe(targets[b]);
              else if (filler === 'blank') expect(ones).toBe(0);
              else expect(row.indexOf(1)).toBeGreaterThanOrEqual(symbols);
              expect(ones).toBe(t === 0 || filler === 'distractors' ? 1 : 0);
            }
          }
        },
      ),
    );
  });

  test('asks for each symbol about equally often', () => {
    const { targets } = recall({ time: 3, symbols: 4, filler: 'blank' }).batch(createRandom(1, 'test'), 4000);
    for (let symbol = 0; symbol < 4; symbol++) {
      const count = targets.filter((target) => target === symbol).length;
      // Five standard deviations of a binomial count.
      expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(4000 * 0.25 * 0.75));
    }
  });

  test('refuses one symbol, or no step', () => {
    expect(() => recall({ time: 5, symbols: 1, filler: 'blank' })).toThrow('at least 2 symbols');
    expect(() => recall({ time: 0, symbols: 4, filler: 'blank' })).toThrow('1 step');
  });
});

describe('the adding problem', () => {
  test('marks one number in each half and asks for their sum', () => {
    fc.assert(
      fc.property(fc.record(sizes), ({ time, batch, seed }) => {
        const { inputs, targets } = adding(time).batch(createRandom(seed, 'test'), batch);
        for (let b = 0; b < batch; b++) {
          const steps = Array.from({ length: time }, (_, t) => ({
            value: inputs[(b * time + t) * 2]!,
            mark: inputs[(b * time + t) * 2 + 1]!,
          }));
          const marked = steps.flatMap(({ mark }, t) => (mark === 1 ? [t] : []));
          expect(steps.every(({ mark, value }) => (mark === 0 || mark === 1) && value >= 0 && value < 1)).toBe(true);
          expect(marked).toHaveLength(2);
          expect(marked[0]).toBeLessThan(Math.floor(time / 2));
          expect(marked[1]).toBeGreaterThanOrEqual(Math.floor(time / 2));
          expect(targets[b]).toBe(Math.fround(steps[marked[0]!]!.value + steps[marked[1]!]!.value));
        }
      }),
    );
  });

  test('has a mean square error of one sixth for whoever always answers one', () => {
    const { targets } = adding(10).batch(createRandom(2, 'test'), 20_000);
    const error = Array.from(targets).reduce((sum, target) => sum + (target - 1) ** 2, 0) / targets.length;
    expect(Math.abs(error - 1 / 6)).toBeLessThan(0.01);
  });
});
