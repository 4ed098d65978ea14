import { expect } from 'vitest';

import { lineThrough, withWorkers } from '#src/experiments/sequential-cost-times.ts';
import sequentialCost from '#src/experiments/sequential-cost.ts';

import { claim, claimTogether, runsOf } from './claims.ts';

/**
 * What the text says of sequential-cost, at its default settings. Times are this machine's, and are only compared with each
 * other: none of them has to be short.
 */

const run = runsOf(sequentialCost);

claim(
  'the chain’s steps wait for each other: of so many steps, so many are in a row, at every length',
  async (seed) => {
    const { lengths, forms } = await run(seed);
    expect(forms.chain.work.map(({ inARow }) => inARow)).toEqual(lengths);
  },
);

claim(
  'of the order-parallel forms, the convolution has one step in a row, the scan at most twice log2 of the length and two',
  async (seed) => {
    const { lengths, forms } = await run(seed);
    expect(forms.convolution.work.map(({ inARow }) => inARow)).toEqual(lengths.map(() => 1));
    forms.scan.work.forEach(({ inARow }, i) => expect(inARow).toBeLessThanOrEqual(2 * Math.log2(lengths[i]!) + 2));
  },
);

claim('the convolution uses the cell exactly as often as the chain does, at every length', async (seed) => {
  const { forms } = await run(seed);
  expect(forms.convolution.work.map(({ total }) => total)).toEqual(forms.chain.work.map(({ total }) => total));
});

claim('the measured time of the chain is linear in the number of steps: r² over 0.98', async (seed) => {
  const { lengths, forms } = await run(seed);
  expect(lineThrough(lengths, forms.chain.times).r2).toBeGreaterThan(0.98);
});

claim(
  'on one processor equal work takes about equal time: the convolution between half and twice as long as the chain',
  async (seed) => {
    const { forms } = await run(seed);
    const ratio = forms.convolution.times.at(-1)!.fastest / forms.chain.times.at(-1)!.fastest;
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  },
);

claim('on one processor the scan takes longer than the chain: more than twice', async (seed) => {
  const { forms } = await run(seed);
  expect(forms.scan.times.at(-1)!.fastest).toBeGreaterThan(2 * forms.chain.times.at(-1)!.fastest);
});

claim(
  'by the measured pieces 64 workers do not make the chain faster, the convolution at least 20 times, and the scan faster than the chain',
  async (seed) => {
    const result = await run(seed);
    const with64 = (form: Parameters<typeof withWorkers>[1]) => withWorkers(result, form, 64);
    const alone = (form: Parameters<typeof withWorkers>[1]) => result.forms[form].times.at(-1)!.fastest;
    expect(with64('chain').atLeast).toBeCloseTo(alone('chain'), 9);
    expect(with64('convolution').atMost).toBeLessThan(alone('convolution') / 20);
    expect(with64('scan').atMost).toBeLessThan(with64('chain').atLeast);
  },
);

claimTogether(
  'a sequence that is read with 31 others takes the chain at least a quarter less time than alone, in the median of the seeds',
  async (seeds) => {
    const gains = [];
    for (const seed of seeds) {
      const { chain } = (await run(seed)).batches;
      gains.push(chain.at(-1)!.fastest / chain[0]!.fastest);
    }
    expect(gains.sort((a, b) => a - b)[gains.length >> 1]).toBeLessThan(0.75);
  },
);
