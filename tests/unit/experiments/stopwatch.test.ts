import { describe, expect, test } from 'vitest';

import { spreadOf, tickOf, timeByTurns, type Timings } from '#src/experiments/stopwatch.ts';
import { createRandom } from '#src/sequences/random.ts';

/** A machine whose clock goes on only by work, and is read in whole ticks. */
function machine(costs: readonly number[], tick = 0.001) {
  let now = 0;
  const done: number[] = [];
  const pauses: number[] = [];
  return {
    done,
    /** When it paused. */
    pauses,
    pace: async () => void pauses.push(now),
    clock: () => Math.floor((now += 1e-5) / tick) * tick,
    works: costs.map((cost, i) => () => {
      done.push(i);
      now += cost;
    }),
  };
}

const pace = async () => undefined;
const options = (more: object = {}) => ({ rounds: 5, random: createRandom(1, 'test'), pace, ...more });

describe('timing by turns', () => {
  test('finds what each piece of work takes', async () => {
    const { works, clock } = machine([0.03, 0.5, 4]);
    const times = await timeByTurns(works, options({ clock }));
    expect(times.map(({ length }) => length)).toEqual([5, 5, 5]);
    times.forEach((some, i) =>
      some.forEach((time) => expect(Math.abs(time / [0.03, 0.5, 4][i]! - 1)).toBeLessThan(0.01)),
    );
  });

  test.for([0.001, 0.1, 1])(
    'repeats work until a tick of %f ms hardly matters, and no longer than a pause may be away',
    async (tick) => {
      const costs = [0.03, 0.5];
      const { works, clock, pace, pauses } = machine(costs, tick);
      const times = await timeByTurns(works, options({ clock, pace }));
      for (const [i, cost] of costs.entries()) {
        for (const time of times[i]!) expect(Math.abs(time / cost - 1)).toBeLessThan(0.07);
      }
      for (const [i, pause] of pauses.slice(1).entries()) expect(pause - pauses[i]!).toBeLessThan(20);
    },
  );

  test('does every piece of work in each round, in an order of its own', async () => {
    const { works, clock, done } = machine([3, 3, 3, 3]);
    await timeByTurns(works, options({ clock, rounds: 20 }));
    const rounds = Array.from({ length: 20 }, (_, round) => done.slice(4 + 4 * round, 8 + 4 * round));
    for (const round of rounds) expect([...round].sort()).toEqual([0, 1, 2, 3]);
    expect(new Set(rounds.map((round) => round.join(''))).size).toBeGreaterThan(8);
  });

  test('finds the time of a short piece of work, however much the machine was held up when it began', async () => {
    let now = 0;
    let held = 0;
    const clock = () => Math.floor(now / 0.1) * 0.1;
    const work = () => {
      now += held++ < 3 ? 30 : 0.05;
    };
    const [times] = await timeByTurns([work], options({ clock, rounds: 9 }));
    expect(Math.abs(spreadOf(times!).fastest / 0.05 - 1)).toBeLessThan(0.06);
  });

  test('goes on where it was stopped', async () => {
    const { works, clock } = machine([0.1, 1]);
    let saved: Timings | undefined;
    const stop = async () => {
      if (saved) throw new Error('stopped');
    };
    const onRound = (timings: Timings, rounds: number) => {
      if (rounds === 2) saved = structuredClone(timings);
    };
    await expect(timeByTurns(works, options({ clock, pace: stop, onRound }))).rejects.toThrow('stopped');
    const told: number[] = [];
    const whole = await timeByTurns(
      works,
      options({ clock, timings: saved, onRound: (_: Timings, rounds: number) => told.push(rounds) }),
    );
    expect(told).toEqual([3, 4, 5]);
    expect(whole.map((some) => some.slice(0, 2))).toEqual(saved);
    expect(whole.map(({ length }) => length)).toEqual([5, 5]);
  });

  test('gives up on a clock that stands still, in every sense', async () => {
    const clock = () => 0;
    expect(tickOf(clock)).toBe(16);
    expect(await timeByTurns([() => undefined], options({ clock, rounds: 1 }))).toEqual([[0]]);
  });
});

test('the tick of a clock is the step of its readings', () => {
  for (const tick of [0.005, 0.1, 1]) expect(tickOf(machine([], tick).clock)).toBeCloseTo(tick, 9);
});

test('a spread has the fastest, the quarters and the middle', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ fastest: 1, lower: 2, median: 3, upper: 4 });
});
