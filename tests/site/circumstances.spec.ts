import type { Page } from '@playwright/test';

import {
  beginWorkerWith,
  expect,
  Experiment,
  longPauses,
  longRun,
  pages,
  queryFor,
  slowWorker,
  test,
} from './helpers.ts';

/** What a browser that has no WebAssembly, or one that must not compile any, is like. */
const withoutWebAssembly = {
  'there is none': 'delete self.WebAssembly;',
  'it is refused': `WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('not here'));`,
};

test('without WebAssembly the same is computed by plain TypeScript, and the search says that it cannot be had', async ({
  page,
  experiment,
  troubles,
}) => {
  troubles.expect(/pagefind|WebAssembly/i);
  for (const script of Object.values(withoutWebAssembly)) {
    await page.unrouteAll();
    await beginWorkerWith(page, script);
    await experiment.openAt({ length: 60, seed: 1, networks: 4 });
    await experiment.expectState('done');
    await expect(experiment.frame).toContainText('by plain TypeScript');
    await expect(experiment.sentence).toContainText('In the median of 4 networks');
  }
  await page.addInitScript('delete window.WebAssembly;');
  await beginWorkerWith(page, 'delete self.WebAssembly;', /pagefind-worker\.js/);
  await page.goto(pages.lstm);
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox').fill('gate');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('The search could not be loaded');
});

/** A clock that is an hour off, and another hour, and right again, and so on. */
const jumpingClock = `
  const jump = (clock) => () => clock() + 3.6e6 * ([0, 1, -1, 2, -2][Math.floor(realNow() / 150) % 5]);
  const realNow = performance.now.bind(performance);
  performance.now = jump(realNow);
  Date.now = jump(Date.now.bind(Date));
`;

test('while the clock jumps back and forth a run goes on, hears of Stop, and tells no nonsense of the time left', async ({
  page,
  experiment,
}) => {
  await page.addInitScript(jumpingClock);
  await beginWorkerWith(page, jumpingClock + longPauses);
  await experiment.open();
  await experiment.frame.evaluate((frame) => {
    const kept: string[] = [];
    Object.assign(window, { keptTimes: kept });
    new MutationObserver(() => {
      const words = /about [^ ]+ s left/.exec(frame.querySelector('.progress')?.textContent ?? '')?.[0];
      if (words && words !== kept.at(-1)) kept.push(words);
    }).observe(frame, { subtree: true, childList: true, characterData: true });
  });
  await experiment.slideTo('units', 64);
  await experiment.slideTo('length', 500);
  await experiment.slideTo('networks', 100);
  await experiment.stopOncePast(10);
  await experiment.button('Resume').click();
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('In the median of 100 networks');
  const times = await page.evaluate(() => (window as unknown as { keptTimes: string[] }).keptTimes);
  for (const words of times) expect(Number(/\d+/.exec(words)?.[0]), words).toBeLessThan(200);
});

async function freeze(page: Page, seconds: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await page.waitForTimeout(1000 * seconds).catch(() => undefined);
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await session.detach();
}

test('a page that was put to sleep in the middle of a run goes on with it', async ({ page, experiment }) => {
  await slowWorker(page);
  await experiment.openAt(longRun);
  await expect(experiment.frame).toContainText(/[1-9]\d? of 100 networks/);
  await freeze(page, 6);
  await experiment.expectState('running');
  await experiment.stopOncePast(0);
  await page.unrouteAll();
  await experiment.slideTo('networks', 2);
  await experiment.expectState('done');
});

test('where memory is short the run says so, and smaller settings run', async ({ page, experiment }) => {
  await beginWorkerWith(
    page,
    `
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...given) => {
        const made = await instantiate(...given);
        const { exports } = made.instance ?? made;
        const allocate = (bytes) => {
          if (bytes > 1e5) throw new WebAssembly.RuntimeError('unreachable');
          return exports.allocate(bytes);
        };
        const instance = { exports: { ...exports, allocate } };
        return made.instance ? { ...made, instance } : instance;
      };
    `,
  );
  await experiment.openAt({ length: 500, units: 64, networks: 1 });
  await experiment.expectState('failed');
  await expect(experiment.frame.locator('.failure')).toContainText(/MiB, more than there is: use fewer steps/);
  await experiment.slideTo('units', 4);
  await experiment.slideTo('length', 20);
  await experiment.expectState('done');

  await page.unrouteAll();
  await beginWorkerWith(
    page,
    `
      const Array32 = Float32Array;
      self.Float32Array = class extends Array32 {
        constructor(...given) {
          if (given[0] > 1e4) throw new RangeError('Array buffer allocation failed');
          super(...given);
        }
      };
    `,
  );
  await experiment.open(`${queryFor({ length: 500, units: 64, networks: 1 })}&engine=typescript`);
  await experiment.expectState('failed');
  await expect(experiment.frame.locator('.failure')).toContainText('There is not enough memory for that here');
  await experiment.slideTo('units', 4);
  await experiment.slideTo('length', 20);
  await experiment.expectState('done');
});

test('a double click where one is meant leaves everything in order', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('embed/order-matters/?order-matters.updates=100');
  const experiment = new Experiment(page, page.locator('[data-experiment]'));
  await experiment.ready();
  for (const name of ['Run', 'New seed', 'Copy link', 'Embed', 'Reset']) {
    await experiment.button(name).dblclick();
    await expect(experiment.frame).toHaveAttribute('data-state', /^(idle|running|stopped|done)$/);
    const stop = experiment.button('Stop');
    if (await stop.isVisible()) await stop.dblclick();
    await expect(experiment.frame).not.toHaveAttribute('data-state', 'running');
  }
  await experiment.button(/^Run( from the start)?$/).click();
  await experiment.expectState('done');
});
