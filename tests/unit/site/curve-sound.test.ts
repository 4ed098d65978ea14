import { describe, expect, test } from 'vitest';

import type { Table } from '#src/experiments/definition.ts';
import { slugs } from '#src/experiments/index.ts';
import { notesOf, seriesOf, soundOf } from '#src/site/curve-sound.ts';
import { recordedRun } from '#src/site/recorded.ts';

const table = (columns: string[], rows: Table['rows']): Table => ({ columns, rows });

describe('the curves in a table', () => {
  test('are its columns of numbers over a first column that rises; what there is not is a gap', () => {
    const series = seriesOf(
      table(
        ['step', 'loss', 'note', 'few', 'steps to the end'],
        [
          [1, 0.5, 'a', null, 8],
          [2, null, 'b', 1, 7],
          [4, Number.POSITIVE_INFINITY, 'c', null, 5],
          [8, 0.25, 'd', 2, 1],
          [9, 0.125, 'e', null, 0],
        ],
      ),
    );
    expect(series).toEqual({
      over: 'step',
      at: [1, 2, 4, 8, 9],
      curves: [{ name: 'loss', values: [0.5, null, null, 0.25, 0.125] }],
    });
  });

  test('are none where the first column has words, stands still, or has nothing beside it', () => {
    const rows = [1, 2, 3].map((value) => [value, value * value]);
    expect(seriesOf(table(['a', 'b'], rows))).toBeDefined();
    expect(seriesOf(table(['a', 'b'], [...rows, [3, 4]]))).toBeUndefined();
    expect(seriesOf(table(['a', 'b'], [...rows, ['sum', 6]]))).toEqual(seriesOf(table(['a', 'b'], rows)));
    expect(
      seriesOf(
        table(
          ['a', 'b'],
          [
            ['one', 1],
            ['two', 2],
            ['three', 3],
          ],
        ),
      ),
    ).toBeUndefined();
    expect(seriesOf(table(['a'], [[1], [2], [3]]))).toBeUndefined();
    expect(seriesOf(table(['a', 'b'], []))).toBeUndefined();
  });

  test('are in the recorded runs that have some', async () => {
    const heard = await Promise.all(
      slugs.map(async (slug) => (seriesOf((await recordedRun(slug)).table) ? [slug] : [])),
    );
    for (const slug of ['vanishing-gradient', 'gradient-highway', 'train-rnn', 'one-way', 'memory-readout']) {
      expect(heard.flat()).toContain(slug);
    }
  });
});

describe('the sound of a curve', () => {
  test('is high where its value is, and takes its time along the axis', () => {
    const { heights, low, high, log } = soundOf([0, 1, 4], [10, 20, 10]);
    expect({ low, high, log }).toEqual({ low: 10, high: 20, log: false });
    expect(heights[0]).toBe(0);
    expect(heights.at(-1)).toBe(0);
    const top = heights.indexOf(Math.max(...(heights as number[])));
    // A quarter of the way along, not half.
    expect(top / heights.length).toBeCloseTo(0.25, 1);
  });

  test('goes by factors where values differ by orders of magnitude, and not where one is 0', () => {
    const values = [1e-6, 1e-3, 1];
    const { heights, log } = soundOf([1, 2, 3], values);
    expect(log).toBe(true);
    // The value in the middle of the axis is in the middle of the tones.
    expect(heights[59]).toBeCloseTo(0.5, 1);
    expect(soundOf([1, 2, 3], [0, 1e-3, 1]).log).toBe(false);
  });

  test('is silent where there is no value, and one tone where all are the same', () => {
    const { heights } = soundOf([1, 2, 3, 4, 5], [1, 2, null, 2, 1]);
    expect(heights[60]).toBeNull();
    expect(heights[0]).not.toBeNull();
    expect(new Set(soundOf([1, 2, 3], [7, 7, 7]).heights)).toEqual(new Set([0.5]));
  });

  test('lasts as long as can be followed, as notes and rests', () => {
    const long = Array.from({ length: 500 }, (_, i) => i);
    expect(soundOf(long, long).seconds).toBe(6);
    expect(soundOf([1, 2, 3], [1, 2, 3]).seconds).toBe(2);
    const sound = soundOf([1, 2, 3, 4, 5], [1, 2, null, 2, 1]);
    const notes = notesOf(sound, 0.5);
    expect(notes.map(({ pitch }) => pitch.length > 0)).toEqual([true, false, true]);
    expect(notes.reduce((sum, { beats }) => sum + beats * 0.5, 0)).toBeCloseTo(sound.seconds, 10);
    expect(notes.flatMap(({ pitch }) => pitch).every((pitch) => pitch >= 52 && pitch <= 88)).toBe(true);
  });
});
