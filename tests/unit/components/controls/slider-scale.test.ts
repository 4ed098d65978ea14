import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { positionOf, sliderRange, valueAt } from '#components/controls/slider-scale.ts';
import { loadDefinition } from '#src/experiments/index.ts';
import { isAllowed, number, type NumberParameter } from '#src/experiments/parameters.ts';
import { numberParameter, valueAtStep } from '#tests/unit/experiments/arbitraries.ts';

const words = { label: 'Label', help: 'Help.' };
const linear = number({ ...words, min: 0.1, max: 3, step: 0.05, default: 1 });
const log = number({ ...words, min: 0.001, max: 10, step: 0.001, scale: 'log', default: 1 });

/** A parameter and a position that its slider can be at. */
const parameterAndPosition = numberParameter.chain((parameter) => {
  const { min, max, step } = sliderRange(parameter);
  const index = fc.integer({ min: 0, max: Math.round((max - min) / step) });
  return fc.record({ parameter: fc.constant(parameter), position: index.map((index) => min + index * step) });
});

describe('a slider', () => {
  test('stands only for values that its parameter takes', () => {
    fc.assert(
      fc.property(parameterAndPosition, ({ parameter, position }) => {
        expect(isAllowed(parameter, valueAt(parameter, position))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('reaches both ends of its range', () => {
    fc.assert(
      fc.property(numberParameter, (parameter) => {
        const { min, max } = sliderRange(parameter);
        expect(valueAt(parameter, min)).toBe(parameter.min);
        expect(valueAt(parameter, max)).toBe(parameter.max);
        expect(positionOf(parameter, parameter.min)).toBeCloseTo(min, 9);
        expect(positionOf(parameter, parameter.max)).toBeCloseTo(max, 9);
      }),
      { numRuns: 1000 },
    );
  });

  test('moves the value up when it moves right', () => {
    fc.assert(
      fc.property(parameterAndPosition, ({ parameter, position }) => {
        const { max, step } = sliderRange(parameter);
        fc.pre(position + step <= max);
        expect(valueAt(parameter, position + step)).toBeGreaterThanOrEqual(valueAt(parameter, position));
      }),
    );
  });
});

describe('a linear slider', () => {
  test('is at its value', () => {
    expect(sliderRange(linear)).toEqual({ min: 0.1, max: 3, step: 0.05 });
    expect(positionOf(linear, 1.15)).toBe(1.15);
    expect(valueAt(linear, 1.1500000000000001)).toBe(1.15);
    expect(valueAt(linear, 0.1 + 0.05 * 21)).toBe(1.15);
  });

  test('gives the very value of each of its steps', async () => {
    const { parameters } = await loadDefinition('vanishing-gradient');
    for (const parameter of Object.values(parameters)) {
      if (parameter.kind !== 'number' || parameter.scale === 'log') continue;
      const steps = Math.round((parameter.max - parameter.min) / parameter.step);
      for (let index = 0; index <= steps; index++) {
        const value = valueAt(parameter, parameter.min + index * parameter.step);
        expect(value).toBe(valueAtStep(parameter, index));
      }
    }
  });
});

describe('a slider on a log scale', () => {
  const logs = numberParameter.filter(({ scale }) => scale === 'log');

  test('has a hundred positions of equal ratio', () => {
    expect(sliderRange(log)).toEqual({ min: 0, max: 100, step: 1 });
    expect(valueAt(log, 25)).toBe(0.01);
    expect(valueAt(log, 50)).toBe(0.1);
    expect(positionOf(log, 1)).toBeCloseTo(75, 9);
  });

  test('comes back to where it was, to the three digits that it shows', () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 1, max: 99 }), (parameter: NumberParameter, position) => {
        const decades = Math.log10(parameter.max / parameter.min);
        // Half of the last of three digits is at most half a percent: log10(1.005) decades.
        const error = (100 * Math.log10(1.005)) / decades;
        const back = positionOf(parameter, valueAt(parameter, position));
        expect(Math.abs(back - position)).toBeLessThanOrEqual(error + 1e-9);
      }),
    );
  });
});
