import { expect } from 'vitest';

import { capacityOf } from '#src/experiments/memory-measures.ts';
import memoryReadout from '#src/experiments/memory-readout.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of memory-readout: of single networks of each size at the default settings, but for what is said. */

const runs = runsOf(memoryReadout);

/** R² by lag of the one network of each size, fresh and trained to recall the input of ten steps back. */
async function networks(seed: number, params = {}) {
  const { sizes } = await runs(seed, { networks: 1, ...params });
  return sizes.map(({ units, before, after }) => ({ units, before: before[0]!, after: after[0]! }));
}

const ofSize = async (seed: number, units: number) =>
  (await networks(seed)).find((network) => network.units === units)!;

claim('the past fades: in a fresh network of any size R² at lag 1 is at least 0.2 above lag 20', async (seed) => {
  for (const { before } of await networks(seed)) expect(before[1]! - before[20]!).toBeGreaterThanOrEqual(0.2);
});

claim(
  'a larger state holds more: R² at lag 5 with 32 units is at least 0.2 above 4 units, before training',
  async (seed) => {
    const [small, large] = [await ofSize(seed, 4), await ofSize(seed, 32)];
    expect(large.before[5]! - small.before[5]!).toBeGreaterThanOrEqual(0.2);
  },
);

claim(
  'each doubling of a fresh network’s units adds at least one whole input to what it holds over all lags',
  async (seed) => {
    const held = (await networks(seed)).map(({ before }) => capacityOf(before));
    for (let size = 1; size < held.length; size++) expect(held[size]! - held[size - 1]!).toBeGreaterThanOrEqual(1);
  },
);

claim('no network holds more whole inputs than it has units, fresh or trained', async (seed) => {
  for (const { units, before, after } of await networks(seed)) {
    expect(capacityOf(before)).toBeLessThanOrEqual(units);
    expect(capacityOf(after)).toBeLessThanOrEqual(units);
  }
});

claim(
  'trained to recall ten steps back, 16 and 32 units hold every input up to there nearly whole: R² over 0.95',
  async (seed) => {
    for (const units of [16, 32]) {
      const { before, after } = await ofSize(seed, units);
      expect(before[10]).toBeLessThan(0.8);
      expect(Math.min(...after.slice(0, 11))).toBeGreaterThan(0.95);
    }
  },
);

claim(
  'what training did not ask for is dropped: with 16 units R² is below 0.2 five steps beyond what was asked',
  async (seed) => {
    expect((await ofSize(seed, 16)).after[15]).toBeLessThan(0.2);
  },
);

claim(
  'a state too small pays: with 8 units, lag 10 gains at least 0.2 and the input just before loses some',
  async (seed) => {
    const { before, after } = await ofSize(seed, 8);
    expect(after[10]! - before[10]!).toBeGreaterThanOrEqual(0.2);
    expect(after[1]).toBeLessThan(before[1]!);
  },
);

claim('4 units never come to hold it: R² for ten steps back stays below 0.4 after training', async (seed) => {
  expect((await ofSize(seed, 4)).after[10]).toBeLessThan(0.4);
});

const fresh = async (seed: number, scale: number) =>
  (await networks(seed, { scale, updates: 50 })).find(({ units }) => units === 32)!.before;

claim(
  'recurrent weights of half the size hold the last five inputs better, and at ten steps back R² is at least 0.2 lower, with 32 fresh units',
  async (seed) => {
    const [half, usual] = [await fresh(seed, 0.5), (await ofSize(seed, 32)).before];
    for (let lag = 1; lag <= 5; lag++) expect(half[lag]).toBeGreaterThan(usual[lag]!);
    expect(usual[10]! - half[10]!).toBeGreaterThanOrEqual(0.2);
  },
);

claim(
  'recurrent weights half as large again hold less: R² at lag 5 is at least 0.1 lower, with 32 fresh units',
  async (seed) => {
    const [larger, usual] = [await fresh(seed, 1.5), (await ofSize(seed, 32)).before];
    expect(usual[5]! - larger[5]!).toBeGreaterThanOrEqual(0.1);
  },
);
