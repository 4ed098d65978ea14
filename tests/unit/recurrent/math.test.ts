import { describe, expect, it } from 'vitest';

import * as own from '#src/recurrent/math.ts';

const ranges: Record<'exp' | 'log' | 'sin' | 'cos' | 'tanh', [number, number][]> = {
  exp: [
    [-700, 700],
    [-1, 1],
  ],
  log: [
    [1e-300, 1e-290],
    [1e-3, 10],
    [0.9, 1.1],
  ],
  sin: [
    [-4, 4],
    [-1e5, 1e5],
  ],
  cos: [
    [-4, 4],
    [-1e5, 1e5],
  ],
  tanh: [
    [-22, 22],
    [-0.6, 0.6],
  ],
};

describe('elementary functions', () => {
  for (const [name, intervals] of Object.entries(ranges) as [keyof typeof ranges, [number, number][]][]) {
    it.each(intervals)(`${name} agrees with Math.${name} from %d to %d`, (low, high) => {
      let worst = 0;
      for (let i = 0; i <= 5000; i++) {
        const x = low + ((high - low) * i) / 5000;
        const expected = Math[name](x);
        // Near a zero of sin or cos, what counts is the distance.
        const scale = name === 'sin' || name === 'cos' ? 1 : Math.abs(expected);
        if (expected !== 0) worst = Math.max(worst, Math.abs(own[name](x) - expected) / scale);
      }
      expect(worst).toBeLessThan(1e-15);
    });
  }

  it('keeps to the ends of the range', () => {
    expect(own.exp(710)).toBe(Infinity);
    expect(own.exp(-746)).toBe(0);
    expect(own.exp(-740)).toBeCloseTo(Math.exp(-740), 320);
    expect(own.log(0)).toBe(-Infinity);
    expect(own.log(Infinity)).toBe(Infinity);
    expect(own.log(5e-324)).toBeCloseTo(Math.log(5e-324), 10);
    expect(own.tanh(400)).toBe(1);
    expect(own.sigmoid(-800)).toBe(0);
    expect(own.sigmoid(800)).toBe(1);
  });

  it('hands NaN on', () => {
    for (const f of [own.exp, own.log, own.sin, own.cos, own.tanh, own.sigmoid]) expect(f(NaN)).toBeNaN();
    expect(own.log(-1)).toBeNaN();
  });

  it('refuses angles for which it is not made', () => {
    expect(() => own.sin(2e6)).toThrow('a million');
    expect(() => own.cos(-2e6)).toThrow('a million');
  });
});
