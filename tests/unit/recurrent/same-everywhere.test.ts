import { expect, it } from 'vitest';

import { bundle } from '#tests/bundle/bundle.ts';
import { callInChromium } from '#tests/bundle/chromium.ts';

import { trainingRun, type TrainingRun } from './training-run.ts';

/** What the run gave when it was last meant to change. Any x86 or ARM processor, any engine, must give the same. */
const recorded = 2486366832;

it('trains bit for bit alike from run to run, and in Node and in Chromium', { timeout: 30_000 }, async () => {
  const first = await trainingRun();
  expect(first.form).toBe('simd128');
  expect(first.lastLoss).toBeLessThan(first.firstLoss / 2);
  expect(await trainingRun()).toEqual(first);

  const built = await bundle('tests/unit/recurrent/training-run.ts');
  expect(await callInChromium<TrainingRun>(built.folder, 'trainingRun')).toEqual(first);
  await built.remove();
  expect(first.hash).toBe(recorded);
});
