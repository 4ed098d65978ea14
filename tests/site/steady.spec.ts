import { mkdirSync, writeFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { loadDefinition, slugs } from '#src/experiments/index.ts';
import { writeValue } from '#src/experiments/parameters.ts';

import { expect, Experiment, test } from './helpers.ts';
import { heldBy } from './memory.ts';
import { letLoose } from './monkey.ts';
import { smallestSettings } from './quick-settings.ts';
import { soak, type Steadiness } from './soak.ts';

/** Runs before the first measurement, in which caches fill and code is compiled. */
const WARM_UP = 3;
/** What the heap may be larger by in the end, in megabytes: far less than one result more for each run would be. */
const NOISE = 2;

/** Runs with one seed after the other, each to its end. */
function runAgain(page: Page, seeds: readonly number[], live: boolean): Promise<void> {
  return page.evaluate(
    async ([seeds, live]) => {
      const frame = document.querySelector<HTMLElement>('[data-experiment]')!;
      const field = frame.querySelector<HTMLInputElement>('[data-parameter="seed"] input[type="text"]')!;
      const done = () =>
        new Promise<void>((resolve, reject) => {
          const observer = new MutationObserver(() => {
            const state = frame.dataset['state'];
            if (state !== 'done' && state !== 'failed') return;
            observer.disconnect();
            if (state === 'done') resolve();
            else reject(new Error(frame.querySelector('.failure')?.textContent ?? 'failed'));
          });
          observer.observe(frame, { attributeFilter: ['data-state'] });
        });
      for (const seed of seeds) {
        const ended = done();
        field.value = String(seed);
        field.dispatchEvent(new Event('change', { bubbles: true }));
        if (!live) {
          await new Promise(requestAnimationFrame);
          [...frame.querySelectorAll('button')]
            .find(({ textContent }) => textContent?.trim().startsWith('Run'))!
            .click();
        }
        await ended;
      }
    },
    [seeds, live] as const,
  );
}

/** Sets everything back, and waits until nothing runs. */
async function settle(experiment: Experiment): Promise<void> {
  const reset = experiment.button('Reset');
  await experiment.frame.evaluate((frame) =>
    frame.querySelectorAll('details').forEach((details) => (details.open = false)),
  );
  if (await reset.isEnabled()) await reset.click();
  await expect(experiment.frame).not.toHaveAttribute('data-state', 'running');
}

test.use({ hasTouch: true });

for (const slug of slugs) {
  test(`${slug}: runs again and again, and under a monkey, without an error and without growing`, async ({
    page,
    context,
  }) => {
    test.setTimeout(60_000 + 4000 * soak.seconds + 10_000 * soak.runs);
    const definition = await loadDefinition(slug);
    const settings = Object.entries(smallestSettings(definition)).map(([name, value]) => [name, writeValue(value)]);
    context.on('page', (opened) => void opened.close());
    await page.goto(`embed/${slug}/?${new URLSearchParams(settings)}`);
    const experiment = new Experiment(page, page.locator(`section[data-experiment="${slug}"]`));
    await experiment.ready();

    await runAgain(
      page,
      Array.from({ length: WARM_UP }, (_, i) => i + 10),
      definition.live,
    );
    const before = await heldBy(page);
    await runAgain(
      page,
      Array.from({ length: soak.runs }, (_, i) => i + 20),
      definition.live,
    );
    const after = await heldBy(page);
    expect(after.tensors, 'tensors').toBe(before.tensors);
    expect(after.megabytes, 'megabytes').toBeLessThan(before.megabytes + NOISE);

    const halves = [];
    const did: string[] = [];
    try {
      for (const half of [0, 1]) {
        did.push(...(await letLoose(page, soak.seed + half, soak.seconds / 2)));
        await settle(experiment);
        halves.push(await heldBy(page));
      }
    } finally {
      console.log(`${slug}: MONKEY_SEED=${soak.seed}, ${did.length} actions`);
      if (halves.length < 2) console.log(did.slice(-30).join('\n'));
    }
    expect(halves[1]!.tensors, 'tensors after the monkey').toBeLessThanOrEqual(halves[0]!.tensors);

    const steadiness: Steadiness = { slug, runs: soak.runs, before, after, actions: did.length, halves };
    mkdirSync(soak.folder, { recursive: true });
    writeFileSync(`${soak.folder}/${slug}.json`, JSON.stringify(steadiness));
  });
}
