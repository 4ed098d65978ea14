import type { Page } from '@playwright/test';

import { defaults, expect, expectQuery, Experiment, pages, queryFor, readToTheEnd, SLUG, test } from './helpers.ts';

/** The script of an experiment's picture, on which its coming to life waits. */
const pictureScript = /\/assets\/(VanishingGradient|OrderMatters)[^/]*\.js/;

/** Keeps the experiments' scripts back until they are let go. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(pictureScript, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

const alive = (experiment: Experiment) => experiment.frame.and(experiment.page.locator('[data-ready]'));

test('a page that is read to its end, with a pointer resting on it, has brought nothing to life', async ({
  page,
  experiment,
}) => {
  await page.mouse.move(640, 450);
  await page.goto(pages.basicRnn);
  await experiment.frame.scrollIntoViewIfNeeded();
  await readToTheEnd(page);
  await page.mouse.wheel(0, -3000);
  await page.waitForLoadState('networkidle');
  expect(await page.locator('astro-island').count()).toBeGreaterThan(2);
  await expect(page.locator('astro-island:not([ssr])')).toHaveCount(0);
});

test('each way of touching an experiment brings it to life', async ({ page, experiment }) => {
  const ways: Record<string, () => Promise<void>> = {
    'a pointer that moves over it': () => experiment.sentence.hover(),
    'the focus': () => experiment.slider('length').focus(),
    'a link of the text': () => page.locator(`a[data-try="${SLUG}"]`).first().click(),
  };
  for (const [way, touch] of Object.entries(ways)) {
    await page.goto(pages.basicRnn);
    await page.waitForLoadState('networkidle');
    await expect(alive(experiment), way).toHaveCount(0);
    await touch();
    await expect(alive(experiment), way).toHaveCount(1);
  }
});

test('a link brings to life what it names, and nothing else of the page', async ({ page }) => {
  await page.goto(`${pages.sequentialData}?order-matters.length=10#order-matters`);
  await expect(page.locator('[data-experiment="order-matters"][data-ready]')).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[data-experiment][data-ready]')).toHaveCount(1);
});

test.describe('done before the scripts are there, and in effect once they are:', () => {
  test('a slider moved, a number typed, a choice, a drawer opened, a help opened', async ({ page, experiment }) => {
    const release = await holdScripts(page);
    await page.goto(pages.basicRnn);
    await experiment.slideTo('length', 80);
    await experiment.slideTo('length', 70);
    await experiment.typed('networks').fill('3');
    await experiment.choice('activation', 'identity').check({ force: true });
    await experiment.drawer('Data').locator('summary').click();
    await experiment.control('units').getByRole('button').click();
    await expect(experiment.frame).not.toHaveAttribute('data-ready');
    release();
    await experiment.expectState('done');
    await expect(experiment.sentence).toContainText('In the median of 3 networks, the gradient at step 1');
    await expect(experiment.slider('length')).toHaveValue('70');
    await expect(experiment.choice('activation', 'identity')).toBeChecked();
    await expect(experiment.rows).toHaveCount(70);
    await expect(experiment.rows.first()).toBeVisible();
    await expect(experiment.control('units').getByRole('button')).toHaveAttribute('aria-expanded', 'true');
    await expectQuery(page, {
      [`${SLUG}.length`]: '70',
      [`${SLUG}.networks`]: '3',
      [`${SLUG}.activation`]: 'identity',
    });
  });

  test('a click on Run', async ({ page }) => {
    const release = await holdScripts(page);
    await page.goto(pages.sequentialData);
    const experiment = new Experiment(page, page.locator('[data-experiment="order-matters"]'));
    await experiment.button('Run').click();
    await experiment.expectState('idle');
    release();
    await experiment.expectState('running');
    await experiment.button('Stop').click();
    await experiment.expectState('stopped');
  });

  test('a key on what only the scripts make answer', async ({ page, experiment }) => {
    const release = await holdScripts(page);
    await page.goto(pages.basicRnn);
    await experiment.button('New seed').focus();
    await page.keyboard.press('Enter');
    release();
    await experiment.expectState('done');
    await expect(experiment.typed('seed')).not.toHaveValue('1');
  });

  test('a link of the text, and the way back taken at once', async ({ page, experiment }) => {
    const release = await holdScripts(page);
    await page.goto(pages.basicRnn);
    const link = page.getByRole('link', { name: 'length 120' });
    await link.click();
    await page.getByRole('button', { name: 'back', exact: true }).click();
    release();
    await expect(alive(experiment)).toHaveCount(1);
    await expect(experiment.slider('length')).toHaveValue(String(defaults.length));
    await link.click();
    await expect(experiment.sentence).toContainText('the gradient at step 120');
  });

  test('what is done to an experiment that a link has set', async ({ page, experiment }) => {
    const release = await holdScripts(page);
    await page.goto(`${pages.basicRnn}${queryFor({ length: 90, units: 20 })}`);
    await experiment.slideTo('networks', 4);
    release();
    await expect(experiment.sentence).toContainText('In the median of 4 networks');
    await expectQuery(page, { [`${SLUG}.length`]: '90', [`${SLUG}.units`]: '20', [`${SLUG}.networks`]: '4' });
  });
});

test('where the scripts cannot be loaded the page says nothing false, and the next touch tries again', async ({
  page,
  experiment,
  troubles,
}) => {
  troubles.expect(/VanishingGradient/);
  await page.route(pictureScript, (route) => route.abort());
  await page.goto(pages.basicRnn);
  await experiment.slideTo('length', 80);
  await page.waitForEvent('console', (message) => message.text().includes('Error hydrating'));
  await experiment.expectState('idle');
  await page.unroute(pictureScript);
  await experiment.sentence.hover();
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 80');
});
