import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createRandom } from '#src/sequences/random.ts';
import { latch, LATCHED, noteAndShow, NOTE_BLIND, parity } from '#src/sequences/streams.ts';
import type { Stream } from '#src/sequences/task.ts';

/** The steps of each of several sequences, over several chunks: the inputs and what is wanted. */
function stepsOf(stream: Stream, seed: number, size: number, chunks: number) {
  const next = stream.begin(createRandom(seed, 'test'), size);
  const sequences = Array.from({ length: size }, (): { inputs: number[]; target: number }[] => []);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const { inputs, targets } = next();
    expect(inputs).toHaveLength(size * stream.time * stream.inputs);
    targets.forEach((target, i) =>
      sequences[Math.floor(i / stream.time)]!.push({
        inputs: Array.from(inputs.subarray(i * stream.inputs, (i + 1) * stream.inputs)),
        target,
      }),
    );
  }
  return sequences;
}

const sizes = fc.record({
  time: fc.integer({ min: 1, max: 30 }),
  size: fc.integer({ min: 1, max: 4 }),
  chunks: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(1e6),
});

const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean) => items.filter(holds).length / items.length;

describe('parity', () => {
  test('counts the ticks since the last reset, over the ends of chunks', () => {
    fc.assert(
      fc.property(sizes, ({ time, size, chunks, seed }) => {
        for (const steps of stepsOf(parity(time), seed, size, chunks)) {
          steps.forEach(({ target }, t) => {
            const since = steps.slice(0, t + 1).findLastIndex(({ inputs }) => inputs[0] === 1) + 1;
            const ticks = steps.slice(since, t + 1).filter(({ inputs }) => inputs[1] === 1).length;
            expect(target).toBe(ticks % 2);
          });
        }
      }),
    );
  });

  test('resets at one step of twenty and ticks at three of ten', () => {
    const steps = stepsOf(parity(50), 1, 20, 20).flat();
    expect(shareOf(steps, ({ inputs }) => inputs[0] === 1)).toBeCloseTo(0.05, 2);
    expect(shareOf(steps, ({ inputs }) => inputs[1] === 1)).toBeCloseTo(0.3, 1);
  });
});

describe('a latch', () => {
  test('asks for the symbol that came with the last mark, over the ends of chunks', () => {
    fc.assert(
      fc.property(sizes, ({ time, size, chunks, seed }) => {
        for (const steps of stepsOf(latch(time), seed, size, chunks)) {
          expect(steps[0]!.inputs[LATCHED]).toBe(1);
          steps.forEach(({ inputs, target }, t) => {
            expect(inputs.slice(0, LATCHED).sort()).toEqual([0, 0, 0, 1]);
            const marked = steps.slice(0, t + 1).findLast((step) => step.inputs[LATCHED] === 1)!;
            expect(marked.inputs.indexOf(1)).toBe(target);
          });
        }
      }),
    );
  });

  test('is marked at one step of ten, and holds each symbol equally often', () => {
    const steps = stepsOf(latch(50), 1, 20, 20).flat();
    expect(shareOf(steps, ({ inputs }) => inputs[LATCHED] === 1)).toBeCloseTo(0.1, 1);
    for (let symbol = 0; symbol < LATCHED; symbol++) {
      expect(shareOf(steps, ({ target }) => target === symbol)).toBeCloseTo(0.25, 1);
    }
  });
});

describe('noting and showing', () => {
  test('asks for the number noted last where there is a question, and for 0 elsewhere', () => {
    fc.assert(
      fc.property(sizes, ({ time, size, chunks, seed }) => {
        for (const steps of stepsOf(noteAndShow(time), seed, size, chunks)) {
          steps.forEach(({ inputs, target }, t) => {
            const noted = steps.slice(0, t + 1).findLast((step) => step.inputs[1] === 1)?.inputs[0] ?? 0;
            expect(target).toBe(inputs[2] === 1 ? noted : 0);
          });
        }
      }),
    );
  });

  test('has the mean square error that is told for whoever always answers 0', () => {
    const steps = stepsOf(noteAndShow(50), 1, 20, 20).flat();
    const error = steps.reduce((sum, { target }) => sum + target ** 2, 0) / steps.length;
    expect(error).toBeCloseTo(NOTE_BLIND, 2);
  });
});

test('a stream is the same for the same chance, and its sequences differ', () => {
  for (const stream of [parity(20), latch(20), noteAndShow(20)]) {
    const steps = stepsOf(stream, 7, 2, 2);
    expect(stepsOf(stream, 7, 2, 2)).toEqual(steps);
    expect(steps[0]).not.toEqual(steps[1]);
  }
});
