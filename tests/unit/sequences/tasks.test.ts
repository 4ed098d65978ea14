import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { adding } from '#src/sequences/adding.ts';
import { agreement, beginningOf, verbs } from '#src/sequences/agreement.ts';
import { copying } from '#src/sequences/copying.ts';
import { answersIn, bestShare, lookAhead, questions, type LookAheadOptions } from '#src/sequences/look-ahead.ts';
import { createRandom } from '#src/sequences/random.ts';
import { recall } from '#src/sequences/recall.ts';
import { symbols, temporalOrder } from '#src/sequences/temporal-order.ts';

const sizes = { time: fc.integer({ min: 2, max: 40 }), batch: fc.integer({ min: 1, max: 9 }), seed: fc.nat(1e6) };

describe('recall', () => {
  test('shows the symbol at the first step only, one-hot, and asks for it', () => {
    fc.assert(
      fc.property(
        fc.record({
          ...sizes,
          symbols: fc.integer({ min: 2, max: 9 }),
          filler: fc.constantFrom('blank', 'distractors', 'lookalikes'),
          noise: fc.option(fc.constantFrom(0, 0.3, 1), { nil: undefined }),
        }),
        ({ time, batch, seed, symbols, filler, noise }) => {
          const task = recall({ time, symbols, filler, noise });
          const { inputs, targets } = task.batch(createRandom(seed, 'test'), batch);
          expect(inputs).toHaveLength(batch * time * task.inputs);
          for (let b = 0; b < batch; b++) {
            for (let t = 0; t < time; t++) {
              const row = Array.from(inputs.subarray((b * time + t) * task.inputs, (b * time + t + 1) * task.inputs));
              const ones = row.filter((value) => value === 1).length;
              expect(row.filter((value) => value !== 0)).toHaveLength(ones);
              if (t === 0) expect(row.indexOf(1)).toBe(targets[b]);
              else if (filler === 'distractors' && ones > 0) expect(row.indexOf(1)).toBeGreaterThanOrEqual(symbols);
              if (t === 0 || (filler !== 'blank' && noise !== 0 && noise !== 0.3)) expect(ones).toBe(1);
              else if (filler === 'blank' || noise === 0) expect(ones).toBe(0);
              else expect(ones).toBeLessThanOrEqual(1);
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

  test('has as much noise as it is told', () => {
    const task = recall({ time: 101, symbols: 4, filler: 'lookalikes', noise: 0.3 });
    const { inputs } = task.batch(createRandom(1, 'test'), 40);
    const seen = inputs.reduce((sum, value) => sum + value, 0) - 40;
    expect(Math.abs(seen - 1200)).toBeLessThan(5 * Math.sqrt(4000 * 0.3 * 0.7));
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

describe('temporal order', () => {
  test('has X or Y once early and once past the middle, distractors between, and asks for those two in their order', () => {
    fc.assert(
      fc.property(fc.record({ ...sizes, time: fc.integer({ min: 10, max: 60 }) }), ({ time, batch, seed }) => {
        const task = temporalOrder(time);
        const { inputs, targets } = task.batch(createRandom(seed, 'test'), batch);
        for (let b = 0; b < batch; b++) {
          const sequence = Array.from({ length: time }, (_, t) => {
            const row = inputs.subarray((b * time + t) * task.inputs, (b * time + t + 1) * task.inputs);
            expect(row.reduce((sum, value) => sum + value, 0)).toBe(1);
            return symbols[row.indexOf(1)]!;
          });
          expect([sequence[0], sequence.at(-1)]).toEqual(['begin', 'end']);
          const deciding = [...sequence.keys()].filter((t) => /[XY]/.test(sequence[t]!));
          expect(deciding).toHaveLength(2);
          const [first, second] = deciding.map((t) => t / time);
          expect(first! >= 0.1 && first! <= 0.2 && second! >= 0.5 && second! <= 0.6).toBe(true);
          const inOrder = deciding.map((t) => sequence[t]).join('');
          expect(inOrder).toBe(['XX', 'XY', 'YX', 'YY'][targets[b]!]);
          const others = sequence.slice(1, -1).filter((symbol) => !/[XY]/.test(symbol));
          expect(others.every((symbol) => /^[abcd]$/.test(symbol))).toBe(true);
        }
      }),
    );
  });

  test('has each of the four orders about equally often', () => {
    const { targets } = temporalOrder(10).batch(createRandom(3, 'test'), 4000);
    for (let order = 0; order < 4; order++) {
      const count = targets.filter((target) => target === order).length;
      expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(4000 * 0.25 * 0.75));
    }
  });

  test('refuses sequences too short for both', () => {
    expect(() => temporalOrder(9)).toThrow('at least 10');
  });
});

describe('looking ahead', () => {
  const options: fc.Arbitrary<LookAheadOptions> = fc.record({
    question: fc.constantFrom(...questions),
    asked: fc.integer({ min: 1, max: 12 }),
    ahead: fc.constantFrom(1, 3, 5),
    further: fc.integer({ min: 0, max: 4 }),
  });

  test('asks about the symbols that follow a step, and only about those', () => {
    const about = { asked: 3, ahead: 3, further: 0 };
    const symbols = [0, 1, 1, 0, 1, 0];
    expect(answersIn(symbols, { ...about, question: 'majority' })).toEqual([1, 1, 0]);
    expect(answersIn(symbols, { ...about, question: 'parity' })).toEqual([0, 0, 1]);
    expect(answersIn(symbols, { ...about, question: 'copy' })).toEqual([0b110, 0b101, 0b010]);
  });

  test('shows one symbol a step, one-hot, and asks for a class at each of the first steps', () => {
    fc.assert(
      fc.property(options, sizes.batch, sizes.seed, (options, batch, seed) => {
        const task = lookAhead(options);
        expect(task.time).toBe(options.asked + options.ahead + options.further);
        const { inputs, targets } = task.batch(createRandom(seed, 'test'), batch);
        expect(targets).toHaveLength(batch * options.asked);
        for (const target of targets) expect(target).toBeLessThan(task.outputs);
        for (let b = 0; b < batch; b++) {
          const symbols = Array.from({ length: task.time }, (_, t) => {
            const row = Array.from(inputs.subarray(2 * (b * task.time + t), 2 * (b * task.time + t) + 2));
            expect([...row].sort()).toEqual([0, 1]);
            return row.indexOf(1);
          });
          expect(Array.from(targets.subarray(b * options.asked, (b + 1) * options.asked))).toEqual(
            answersIn(symbols, options),
          );
        }
      }),
    );
  });

  test('can be answered as well as what is known allows, and no better', () => {
    expect([0, 1, 2, 3].map((known) => bestShare('majority', 3, known))).toEqual([0.5, 0.75, 0.75, 1]);
    expect([0, 1, 2, 3].map((known) => bestShare('parity', 3, known))).toEqual([0.5, 0.5, 0.5, 1]);
    expect([0, 1, 2, 3, 4].map((known) => bestShare('copy', 3, known))).toEqual([0.125, 0.25, 0.5, 1, 1]);
    for (const question of questions) expect(bestShare(question, 5, 5)).toBe(1);
  });
});

describe('copying', () => {
  test('shows N symbols, then the cue, then nothing, and asks for the symbols in their order', () => {
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 1, max: 9 }),
          alphabet: fc.integer({ min: 2, max: 6 }),
          batch: fc.integer({ min: 1, max: 9 }),
          seed: sizes.seed,
        }),
        ({ count, alphabet, batch, seed }) => {
          const task = copying({ count, alphabet });
          expect(task).toMatchObject({ time: 2 * count + 1, inputs: alphabet + 1, outputs: alphabet, at: count });
          const { inputs, targets } = task.batch(createRandom(seed, 'test'), batch);
          expect(targets).toHaveLength(batch * count);
          for (let b = 0; b < batch; b++) {
            const rows = Array.from({ length: task.time }, (_, t) => [
              ...inputs.subarray((b * task.time + t) * task.inputs, (b * task.time + t + 1) * task.inputs),
            ]);
            const oneHot = (place: number) => rows[0]!.map((_, i) => (i === place ? 1 : 0));
            expect(rows).toEqual([
              ...Array.from(targets.subarray(b * count, (b + 1) * count), oneHot),
              oneHot(alphabet),
              ...Array.from({ length: count }, () => oneHot(-1)),
            ]);
          }
        },
      ),
    );
  });

  test('refuses to copy nothing, or out of one symbol', () => {
    expect(() => copying({ count: 0, alphabet: 4 })).toThrow('at least 1');
    expect(() => copying({ count: 3, alphabet: 1 })).toThrow('out of 2');
  });
});

describe('agreement', () => {
  const distance = fc.integer({ min: 3, max: 60 });

  test('has so many words between the subject and its verb, with nouns of both numbers among them', () => {
    fc.assert(
      fc.property(distance, sizes.seed, (distance, seed) => {
        const { words, verb } = beginningOf(createRandom(seed, 'test'), distance);
        expect(words).toHaveLength(distance + 2);
        expect(words[0]).toBe('the');
        expect(words[1]!.endsWith('s')).toBe(verbs[verb] === 'are');
        expect(words.join(' ')).toMatch(/^the \w+( (near|behind|under|beside) the( (old|red|small)){0,2} \w+)+$/);
      }),
    );
    const { words } = beginningOf(createRandom(1, 'test'), 300);
    const others = words
      .slice(2)
      .filter(
        (word, i, all) => word !== 'the' && (i + 1 === all.length || /^(near|behind|under|beside)$/.test(all[i + 1]!)),
      );
    expect(others.some((noun) => noun.endsWith('s'))).toBe(true);
    expect(others.some((noun) => !noun.endsWith('s'))).toBe(true);
  });

  test('shows each word one-hot and asks for the verb; the words after the subject say nothing about it', () => {
    const task = agreement(10);
    const { inputs, targets } = task.batch(createRandom(1, 'test'), 4000);
    const plural = new Float64Array(task.inputs);
    for (let b = 0; b < 4000; b++) {
      for (let t = 0; t < task.time; t++) {
        const row = inputs.subarray((b * task.time + t) * task.inputs, (b * task.time + t + 1) * task.inputs);
        expect(row.reduce((sum, value) => sum + value, 0)).toBe(1);
        // How much more often each word of the last half stands in sentences with "are" than in those with "is".
        if (t > 6) plural[row.indexOf(1)]! += targets[b] === 1 ? 1 : -1;
      }
    }
    for (const difference of plural) expect(Math.abs(difference)).toBeLessThan(5 * Math.sqrt(20_000));
    const are = targets.filter((target) => target === 1).length;
    expect(Math.abs(are - 2000)).toBeLessThan(5 * Math.sqrt(1000));
  });

  test('refuses a distance that has no room for a noun', () => {
    expect(() => agreement(2).batch(createRandom(1, 'test'), 1)).toThrow('at least 3');
  });
});
