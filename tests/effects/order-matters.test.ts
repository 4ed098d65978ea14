import { describe, expect, test } from 'vitest';

import { perform, type Definition } from '#src/experiments/definition.ts';
import { judge, swapDecisive } from '#src/experiments/order-matters-judges.ts';
import orderMatters, { type OrderMattersResult } from '#src/experiments/order-matters.ts';
import { defaultsOf } from '#src/experiments/parameters.ts';
import { clickTrails, shuffled } from '#src/sequences/click-trails.ts';
import { createRandom } from '#src/sequences/random.ts';

import { seeds } from './seeds.ts';

/** What the text says of order-matters, at its default settings but for the length. One run a seed: each must hold alone. */

const chosen = process.env['ALL_SEEDS'] ? seeds : seeds.slice(0, 3);
const lengths = [6, 12, 20, 30];

async function run(seed: number, length: number): Promise<OrderMattersResult> {
  const params = { ...defaultsOf(orderMatters.parameters), length, runs: 1 };
  const { signal } = new AbortController();
  const { result } = await perform(orderMatters as unknown as Definition, params, seed, { signal });
  return result as OrderMattersResult;
}

describe.for(chosen.flatMap((seed) => lengths.map((length) => [seed, length] as const)))(
  'with seed %i and trails of %i pages',
  ([seed, length]) => {
    const running = run(seed, length);

    test('the order-blind model stays at chance on held-out trails', async () => {
      const { accuracy } = (await running).runs[0]!.orderBlind;
      expect(Math.abs(accuracy.at(-1)! - 0.5)).toBeLessThanOrEqual(0.07);
    });

    test('the recurrent model solves it: over 0.95 of the held-out trails right', async () => {
      expect((await running).runs[0]!.recurrent.accuracy.at(-1)).toBeGreaterThan(0.95);
    });

    test('the order-blind verdict is the same for every arrangement; the recurrent one turns when the two pages change places', async () => {
      const { weights } = await running;
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
    });
  },
);
