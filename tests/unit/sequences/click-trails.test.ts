import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { BASKET, batchOf, clickTrails, pages, REVIEWS, visitorOf, type Trail } from '#src/sequences/click-trails.ts';
import { createRandom } from '#src/sequences/random.ts';
import type { Batch } from '#src/sequences/task.ts';

const some = {
  time: fc.integer({ min: 4, max: 30 }),
  pairs: fc.integer({ min: 1, max: 20 }),
  seed: fc.nat(1e6),
};

/** The trails in a one-hot batch; every step must have exactly one page. */
function trailsIn({ inputs, targets }: Batch, time: number): Trail[] {
  return Array.from(targets, (_, b) =>
    Array.from({ length: time }, (_, t) => {
      const row = [...inputs.subarray((b * time + t) * pages.length, (b * time + t + 1) * pages.length)];
      expect(row.filter((value) => value !== 0)).toEqual([1]);
      return row.indexOf(1);
    }),
  );
}

/** How often each page was opened in all of the trails together. */
const opened = (trails: readonly Trail[]) => pages.map((_, page) => trails.flat().filter((p) => p === page).length);

function expectFair(trails: readonly Trail[], time: number): void {
  for (const trail of trails) {
    expect(trail).toHaveLength(time);
    for (const decisive of [REVIEWS, BASKET]) expect(trail.filter((page) => page === decisive)).toHaveLength(1);
  }
  const of = (kind: number) => trails.filter((trail) => visitorOf(trail) === kind);
  expect(of(0)).toHaveLength(of(1).length);
  expect(opened(of(0))).toEqual(opened(of(1)));
}

describe('click trails', () => {
  test('have the reviews and the basket once each, and in every batch each page as often in both classes', () => {
    fc.assert(
      fc.property(fc.record(some), ({ time, pairs, seed }) => {
        const batch = clickTrails(time, seed).batch(createRandom(seed, 'test'), 2 * pairs);
        const trails = trailsIn(batch, time);
        expect([...batch.targets]).toEqual(
          trails.map((trail) => (trail.indexOf(REVIEWS) < trail.indexOf(BASKET) ? 1 : 0)),
        );
        expectFair(trails, time);
      }),
      { numRuns: 30 },
    );
  });

  test('that are held out are fair in the same way, a buyer’s first', () => {
    for (const time of [4, 5, 12, 30]) {
      const { heldOut } = clickTrails(time, 7);
      expect(heldOut).toHaveLength(time === 4 ? 108 : 1000);
      expect(heldOut.slice(0, 4).map(visitorOf)).toEqual([1, 0, 1, 0]);
      expectFair(heldOut, time);
    }
  });

  test('that are held out are in no batch', () => {
    for (const time of [4, 5, 6, 8]) {
      const task = clickTrails(time, 3);
      const heldOut = new Set(task.heldOut.map((trail) => trail.join()));
      const seen = Array.from({ length: 100 }, (_, i) =>
        trailsIn(task.batch(createRandom(3, `batch ${i}`), 32), time),
      ).flat();
      expect(seen.filter((trail) => heldOut.has(trail.join()))).toEqual([]);
    }
  });

  test('put the two that decide at any two places, the near and the far ones alike', () => {
    const time = 5;
    const trails = trailsIn(clickTrails(time, 1).batch(createRandom(5, 'test'), 8000), time);
    const places = new Map<string, number>();
    for (const trail of trails) {
      const pair = `${trail.indexOf(REVIEWS)},${trail.indexOf(BASKET)}`;
      places.set(pair, (places.get(pair) ?? 0) + 1);
    }
    expect(places.size).toBe(time * (time - 1));
    // Five standard deviations of a binomial count.
    for (const count of places.values()) expect(Math.abs(count - 400)).toBeLessThan(5 * Math.sqrt(8000 * 0.05 * 0.95));
  });

  test('are the same for the same seed, and others for another', () => {
    expect(clickTrails(12, 4).heldOut).toEqual(clickTrails(12, 4).heldOut);
    expect(clickTrails(12, 4).heldOut).not.toEqual(clickTrails(12, 5).heldOut);
  });

  test('of fewer than 4 pages, or not as many of buyers as of browsers, are refused', () => {
    expect(() => clickTrails(3, 1)).toThrow('at least 4');
    expect(() => clickTrails(4, 1).batch(createRandom(1, 'test'), 5)).toThrow('as many of buyers');
  });

  test('become a batch as they are', () => {
    const trails = clickTrails(9, 2).heldOut.slice(0, 6);
    expect(trailsIn(batchOf(trails), 9)).toEqual(trails);
  });
});
