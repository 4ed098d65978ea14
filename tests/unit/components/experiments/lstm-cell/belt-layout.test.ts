import { describe, expect, test } from 'vitest';

import { beltLayout, type Box } from '#components/experiments/lstm-cell/belt-layout.ts';

const overlap = (a: Box, b: Box) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

describe.for([280, 300, 340, 519, 520, 560, 640, 760, 980])('the belt at a width of %i', (width) => {
  const layout = beltLayout(width, 11);
  const boxes = Object.entries(layout.boxes);
  const valves = Object.entries(layout.valves).map(([name, { x, y }]): [string, Box] => [
    `${name} valve`,
    { x, y, width: 30, height: 30 },
  ]);
  const add: [string, Box] = ['add', { ...layout.add, width: 24, height: 24 }];

  test('has every number and every valve within it, and none upon another', () => {
    const all = [...boxes, ...valves, add];
    for (const [name, { x, y, width: w, height }] of all) {
      expect(x - w / 2 >= 0 && x + w / 2 <= width, `${name} at ${x} is within ${width}`).toBe(true);
      expect(y - height / 2 >= 0 && y + height / 2 <= layout.height, name).toBe(true);
    }
    all.forEach(([name, box], i) => {
      for (const [other, another] of all.slice(i + 1)) {
        expect(overlap(box, another), `${name} and ${other}`).toBe(false);
      }
    });
  });

  test('has room for what comes in below it', () => {
    const { left, top, perRow, width: each, rowHeight } = layout.sources;
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + perRow * each).toBeLessThanOrEqual(width + 0.001);
    expect(top + rowHeight * Math.ceil(11 / perRow)).toBeLessThanOrEqual(layout.height);
    for (const [name, { y, height }] of boxes) expect(y + height / 2, name).toBeLessThanOrEqual(top);
  });
});
