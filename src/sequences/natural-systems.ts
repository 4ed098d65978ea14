import { cos, sin } from '#src/recurrent/math.ts';

import type { Random } from './random.ts';

/** Something in nature that goes on by a rule of its own, and of which an observer sees one number at a time. */
export interface NaturalSystem {
  /** What is seen at each of `length` equal steps, in the system's own unit, from a start that chance chooses. */
  course(random: Random, length: number): Float64Array;
}

/** How fast each number of a state changes. */
type Rates = (state: readonly number[]) => number[];

/** One step of the classical Runge-Kutta method of the fourth order. */
function rungeKutta(rates: Rates, state: readonly number[], step: number): number[] {
  const along = (slope: readonly number[], share: number) => state.map((x, i) => x + share * step * slope[i]!);
  const a = rates(state);
  const b = rates(along(a, 1 / 2));
  const c = rates(along(b, 1 / 2));
  const d = rates(along(c, 1));
  return state.map((x, i) => x + (step / 6) * (a[i]! + 2 * b[i]! + 2 * c[i]! + d[i]!));
}

/** Steps of the method from one observation to the next. */
const STEPS = 10;

/** The first number of a state at the start and after each `interval`. */
function firstNumber(rates: Rates, start: readonly number[], interval: number, length: number): Float64Array {
  let state = start;
  return Float64Array.from({ length }, () => {
    const [seen] = state;
    for (let i = 0; i < STEPS; i++) state = rungeKutta(rates, state, interval / STEPS);
    return seen!;
  });
}

const GRAVITY = 9.81;
const DEGREES = 180 / Math.PI;

/** Seconds from one look at the pendulum to the next. */
export const PENDULUM_INTERVAL = 0.2;

/**
 * A pendulum of one metre without friction, θ'' = -g sin θ. Seen is its angle in degrees, and not its speed. It swings to an
 * angle between 20 and 90 degrees on either side and is met somewhere on its way.
 */
export function pendulum(): NaturalSystem {
  const rates: Rates = ([angle, speed]) => [speed!, -GRAVITY * sin(angle!)];
  return {
    course(random, length) {
      const highest = random.uniform(20, 90) / DEGREES;
      const angle = random.uniform(-highest, highest);
      const direction = random.integer(2) === 0 ? -1 : 1;
      const speed = direction * Math.sqrt(2 * GRAVITY * Math.max(0, cos(angle) - cos(highest)));
      return firstNumber(rates, [angle, speed], PENDULUM_INTERVAL, length).map((radians) => radians * DEGREES);
    },
  };
}

/** Between two counts of the prey, in the time in which, without predators, they would grow e-fold. */
export const PREY_INTERVAL = 0.5;

/**
 * The equations of Lotka (1925) and Volterra (1926) with all four rates at 1: prey x' = x (1 - y), predators y' = y (x - 1).
 * Seen are the prey, relative to the number at which both would stay as they are; the predators are not.
 */
export function predatorAndPrey(): NaturalSystem {
  const rates: Rates = ([prey, predators]) => [prey! * (1 - predators!), predators! * (prey! - 1)];
  return {
    course(random, length) {
      const start = [random.uniform(0.4, 1.6), random.uniform(0.4, 1.6)];
      return firstNumber(rates, start, PREY_INTERVAL, length);
    },
  };
}

/**
 * The logistic map x' = r x (1 - x) (May 1976): a population, as a share of the largest possible, from one generation to the
 * next. Chaotic for most r above 3.57.
 */
export function logisticMap(rate: number): NaturalSystem {
  return {
    course(random, length) {
      let next = random.uniform(0.05, 0.95);
      return Float64Array.from({ length }, () => {
        const seen = next;
        next = rate * seen * (1 - seen);
        return seen;
      });
    },
  };
}

/** Days from one sample of the blood to the next. */
export const BLOOD_INTERVAL = 6;

/** Steps of the method in a day. */
const STEPS_A_DAY = 10;

/** x' of the blood cells that there are now and that there were a delay ago, with the constants of Mackey and Glass. */
function bloodRate(now: number, delayed: number): number {
  const square = delayed * delayed;
  const power10 = square * square * square * square * square;
  return (0.2 * delayed) / (1 + power10) - 0.1 * now;
}

/**
 * The delay equation of Mackey and Glass (1977), x' = 0.2 x(t - τ) / (1 + x(t - τ)^10) - 0.1 x(t), for the number of blood cells
 * of a body that answers a lack of them only after the time τ. By the Runge-Kutta method, with delayed values in the middle of
 * a step taken as the mean of its two ends. What comes before it has settled is left out.
 * @param delay τ, in samples
 */
export function mackeyGlass(delay: number): NaturalSystem {
  const stepsOfSample = BLOOD_INTERVAL * STEPS_A_DAY;
  const lag = delay * stepsOfSample;
  const h = 1 / STEPS_A_DAY;
  const settled = 20 * delay;
  return {
    course(random, length) {
      const x = new Float64Array(lag + (settled + length) * stepsOfSample + 1);
      x.fill(random.uniform(0.5, 1.3), 0, lag + 1);
      for (let t = lag; t < x.length - 1; t++) {
        const now = x[t]!;
        const [before, after] = [x[t - lag]!, x[t - lag + 1]!];
        const between = (before + after) / 2;
        const a = bloodRate(now, before);
        const b = bloodRate(now + (h / 2) * a, between);
        const c = bloodRate(now + (h / 2) * b, between);
        const d = bloodRate(now + h * c, after);
        x[t + 1] = now + (h / 6) * (a + 2 * b + 2 * c + d);
      }
      return Float64Array.from({ length }, (_, i) => x[lag + (settled + i) * stepsOfSample]!);
    },
  };
}
