import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { ciede2000, contrast, distance, rgbOf, visions, type Rgb } from './colour-vision.ts';

const css = readFileSync(new URL('../../../src/styles/tokens.css', import.meta.url), 'utf8');

/** Every colour of the site, light and dark, by its name. */
const tokens = Object.fromEntries(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name!, { light: rgbOf(light!), dark: rgbOf(dark!) }] as const,
  ),
);
const themes = ['light', 'dark'] as const;

const grounds = ['paper', 'paper-raised'];
/** Words have these colours, and so do lines and marks. */
const ofWords = Object.keys(tokens).filter(
  (name) => !['paper', 'paper-raised', 'line', 'line-strong', 'on-accent', 'focus'].includes(name),
);
/** What shows where something begins or that it has the focus. `line` is not among them: what it divides is apart without it. */
const ofShapes = ['line-strong', 'focus'];

/**
 * Quantities that lie on the same axes. Each has a dash, a mark or its name at the end of its line as well. The gates, the
 * candidate and the states of an LSTM, and the kinds of memory that `cost` shows beside them, have strips of their own, with their names.
 */
const together: Record<string, readonly string[]> = {
  'race, cost, gradient-highway': ['rnn', 'gru', 'lstm'],
  distractors: ['rnn', 'lstm'],
  'gate-ablation': ['lstm', 'ink'],
  'one-way, an RNN': ['rnn', 'bidirectional'],
  'one-way, a GRU': ['gru', 'bidirectional'],
  'one-way, an LSTM': ['lstm', 'bidirectional'],
  'order-matters': ['rnn', 'order-blind'],
  unroll: ['rnn', 'own-weights'],
  'sequential-cost': ['rnn', 'order-parallel'],
  'vanishing-gradient': ['gradient', 'hidden', 'ink'],
  'train-rnn, learning': ['loss', 'rnn'],
  'train-rnn and history, forecasts': ['ink', 'forecast'],
  'rnn-cell': ['input', 'hidden', 'ink'],
};

/** Differences of 2 or 3 are seen side by side; this many are seen from one end of a plot to the other. */
const APART = 8;

const pairsOf = <T>(all: readonly T[]) => all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));

test('the measure of differences is that of its authors’ examples', () => {
  expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
  expect(ciede2000([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4);
});

describe.for(themes)('in the %s theme', (theme) => {
  const colour = (name: string): Rgb => tokens[name]![theme];

  test('words have a contrast of 4.5 to what is behind them', () => {
    const faint = grounds.flatMap((ground) =>
      ofWords.filter((name) => contrast(colour(name), colour(ground)) < 4.5).map((name) => `${name} on ${ground}`),
    );
    expect(faint).toEqual([]);
    expect(ofWords.length).toBeGreaterThan(20);
    expect(contrast(colour('on-accent'), colour('accent'))).toBeGreaterThanOrEqual(4.5);
  });

  test('borders of controls, marks of axes and the focus have a contrast of 3', () => {
    for (const ground of grounds) {
      for (const name of ofShapes) expect(contrast(colour(name), colour(ground)), name).toBeGreaterThanOrEqual(3);
    }
  });

  test.for(Object.entries(together))('%s: colours stay apart for every colour vision', ([, names]) => {
    const close = pairsOf(names).flatMap(([a, b]) =>
      visions.flatMap((vision) => {
        const apart = distance(colour(a), colour(b), vision);
        return apart < APART ? [`${a} and ${b}, ${vision}: ${apart.toFixed(1)}`] : [];
      }),
    );
    expect(close).toEqual([]);
  });

  test('no two quantities have the same colour, for those who see all of them', () => {
    const quantities = ofWords.filter((name) => !['ink', 'ink-soft', 'accent', 'bad', 'good'].includes(name));
    const same = pairsOf(quantities).filter(([a, b]) => distance(colour(a), colour(b), 'usual') < 3);
    expect(same).toEqual([]);
  });
});
