import { expect } from 'vitest';

import { judge, swapDecisive } from '#src/experiments/order-matters-judges.ts';
import orderMatters from '#src/experiments/order-matters.ts';
import { clickTrails } from '#src/sequences/click-trails.ts';
import { createRandom, shuffled } from '#src/sequences/random.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of order-matters, at its default settings but for the length. One run a seed: each must hold alone. */

const lengths = [6, 12, 20, 30];
const run = runsOf(orderMatters);

for (const length of lengths) {
  const about = `with trails of ${length} pages`;
  const firstRun = (seed: number) => run(seed, { length, runs: 1 });

  claim(`the order-blind model stays at chance on held-out trails, ${about}`, async (seed) => {
    const { accuracy } = (await firstRun(seed)).runs[0]!.orderBlind;
    expect(Math.abs(accuracy.at(-1)! - 0.5)).toBeLessThanOrEqual(0.07);
  });

  claim(`the recurrent model solves it: over 0.95 of the held-out trails right, ${about}`, async (seed) => {
    expect((await firstRun(seed)).runs[0]!.recurrent.accuracy.at(-1)).toBeGreaterThan(0.95);
  });

  claim(
    `the order-blind verdict is the same for every arrangement; the recurrent one turns when the two pages change places, ${about}`,
    async (seed) => {
      const { weights } = await firstRun(seed);
      const random = createRandom(seed, 'rearranged');
      const trails = clickTrails(length, seed).heldOut.slice(0, 200);
      const turned = trails.filter((trail) => {
        const before = judge(weights, trail);
        expect(judge(weights, shuffled(random, trail)).orderBlind).toBe(before.orderBlind);
        const places = [...trail.keys()];
        const after = judge(
          weights,
          swapDecisive(places, trail).map((place) => trail[place]!),
        );
        expect(after.orderBlind).toBe(before.orderBlind);
        return after.recurrent > 0.5 !== before.recurrent > 0.5;
      });
      expect(turned.length / trails.length).toBeGreaterThan(0.9);
    },
  );
}
