import { describe, expect, test } from 'vitest';

import { logisticMap, mackeyGlass, pendulum, predatorAndPrey } from '#src/sequences/natural-systems.ts';
import { createRandom, type Random } from '#src/sequences/random.ts';

const systems = { pendulum: pendulum(), prey: predatorAndPrey(), logistic: logisticMap(4), delayed: mackeyGlass(3) };

/** Chance that is none: each number drawn lies at the next of these shares of its range; whole numbers are the last. */
function fixed(...shares: number[]): Random {
  return {
    uniform: (low, high) => low + (high - low) * shares.shift()!,
    integer: (count) => count - 1,
    uniformArray: () => new Float32Array(),
  };
}

/** The first number of a state at each interval, by the midpoint method with very small steps. */
function fineSteps(rates: (state: number[]) => number[], start: number[], interval: number, length: number): number[] {
  const steps = 4000;
  const h = interval / steps;
  let state = start;
  return Array.from({ length }, () => {
    const [seen] = state;
    for (let i = 0; i < steps; i++) {
      const slope = rates(state);
      const middle = rates(state.map((x, j) => x + (h / 2) * slope[j]!));
      state = state.map((x, j) => x + h * middle[j]!);
    }
    return seen!;
  });
}

function expectClose(course: Float64Array, reference: number[], within: number): void {
  expect(course).toHaveLength(reference.length);
  const worst = Math.max(...reference.map((value, i) => Math.abs(value - course[i]!)));
  expect(worst).toBeLessThan(within);
}

describe.for(Object.entries(systems))('the course of %s', ([, system]) => {
  const course = (seed: number, length = 60) => system.course(createRandom(seed, 'course'), length);

  test('is the same for the same seed, and another for another', () => {
    expect(course(1)).toEqual(course(1));
    expect(course(2)).not.toEqual(course(1));
  });

  test('has the length that is asked for, moves, and starts alike however long it is', () => {
    const long = course(3, 90);
    expect(long).toHaveLength(90);
    expect(new Set(long).size).toBeGreaterThan(45);
    expect(course(3, 10)).toEqual(long.slice(0, 10));
    expect(course(3, 0)).toHaveLength(0);
  });
});

describe('the pendulum', () => {
  test('follows its equation, as very small steps of another method do', () => {
    // Let go at 55 degrees, the middle of 20 and 90, at the end of its swing.
    const course = pendulum().course(fixed(0.5, 1), 50);
    const start = [(55 / 180) * Math.PI, 0];
    const reference = fineSteps(([angle, speed]) => [speed!, -9.81 * Math.sin(angle!)], start, 0.2, 50);
    expectClose(
      course,
      reference.map((radians) => (radians / Math.PI) * 180),
      0.01,
    );
  });

  test('swings to 90 degrees at most, on either side', () => {
    const random = createRandom(5, 'swings');
    const courses = Array.from({ length: 40 }, () => pendulum().course(random, 96));
    const highest = courses.map((course) => Math.max(...course));
    const lowest = courses.map((course) => Math.min(...course));
    expect(Math.max(...highest)).toBeLessThanOrEqual(90.01);
    expect(Math.min(...lowest)).toBeGreaterThanOrEqual(-90.01);
    // A swing goes as far to one side as to the other, and is looked at often enough to be seen near its ends.
    courses.forEach((_, i) => expect(highest[i]! / -lowest[i]!).toBeCloseTo(1, 1));
  });
});

describe('predator and prey', () => {
  test('follow their equations, as very small steps of another method do', () => {
    const course = predatorAndPrey().course(fixed(0.25, 0.75), 60);
    const reference = fineSteps(([x, y]) => [x! * (1 - y!), y! * (x! - 1)], [0.7, 1.3], 0.5, 60);
    expectClose(course, reference, 1e-4);
  });
});

describe('the logistic map', () => {
  test('at 4 has the values of its closed form, for as long as float64 can follow chaos', () => {
    const course = logisticMap(4).course(fixed(0.3), 20);
    const angle = Math.asin(Math.sqrt(0.05 + 0.3 * 0.9));
    expectClose(
      course,
      Array.from({ length: 20 }, (_, n) => Math.sin(2 ** n * angle) ** 2),
      1e-8,
    );
  });

  test('at 3.2 ends in its cycle of two values', () => {
    const course = logisticMap(3.2).course(createRandom(1, 'cycle'), 200);
    const root = Math.sqrt((3.2 - 3) * (3.2 + 1));
    const cycle = [(3.2 + 1 - root) / 6.4, (3.2 + 1 + root) / 6.4];
    expect([...course.slice(-2)].sort((a, b) => a - b)).toEqual(cycle.map((value) => expect.closeTo(value, 9)));
  });
});

describe('the Mackey-Glass system', () => {
  test('stays at its balance of 1 where it starts there', () => {
    const atOne = (1 - 0.5) / (1.3 - 0.5);
    for (const value of mackeyGlass(2).course(fixed(atOne), 30)) expect(value).toBeCloseTo(1, 6);
  });

  test('follows its equation, as smaller steps of another method do, where it is not chaotic', () => {
    const delay = 2;
    const h = 0.02;
    const lag = Math.round((delay * 6) / h);
    const sample = Math.round(6 / h);
    const rate = (now: number, past: number) => (0.2 * past) / (1 + past ** 10) - 0.1 * now;
    const x = Array<number>(lag + 1).fill(0.9);
    while (x.length <= lag + (20 * delay + 30) * sample) {
      const t = x.length - 1;
      const past = (x[t - lag]! + x[t - lag + 1]!) / 2;
      const middle = x[t]! + (h / 2) * rate(x[t]!, x[t - lag]!);
      x.push(x[t]! + h * rate(middle, past));
    }
    const reference = Array.from({ length: 30 }, (_, i) => x[lag + (20 * delay + i) * sample]!);
    expectClose(mackeyGlass(delay).course(fixed(0.5), 30), reference, 1e-3);
  });

  test('with a long delay does not repeat itself', () => {
    const course = mackeyGlass(6).course(createRandom(1, 'chaos'), 300);
    const distance = (lag: number) =>
      course.slice(lag).reduce((sum, value, i) => sum + Math.abs(value - course[i]!), 0) / (course.length - lag);
    for (let lag = 2; lag <= 100; lag++) expect(distance(lag), `${lag} samples later`).toBeGreaterThan(0.05);
  });
});
