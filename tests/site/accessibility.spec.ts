import { expectAccessible } from './accessibility.ts';
import {
  expect,
  type Experiment,
  pages,
  patientWorker,
  queryFor,
  readyQuestion,
  replaceWorker,
  SLUG,
  test,
  workerScript,
} from './helpers.ts';

/** Opens the experiment on the page that is nothing else: the rest of a chapter is held above. */
async function openAlone(experiment: Experiment, query = ''): Promise<void> {
  await experiment.page.goto(`embed/${SLUG}/${query}`);
  await experiment.ready();
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    // Every state in both themes and at both widths, if not in each pair of the two.
    const everyState = (colorScheme === 'light') === (width === 390);

    test.describe(`axe finds nothing, ${colorScheme}, ${width} px wide:`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test('experiment done, with data, help, a step looked at, a refused value and a refused copy', async ({
        page,
        experiment,
      }) => {
        await page.addInitScript(() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
        });
        await openAlone(experiment, queryFor({ length: 70, networks: 2 }));
        await experiment.expectState('done');
        await experiment.openDrawer('Data');
        if (everyState) await experiment.openDrawer('What just ran');
        for (const ask of await experiment.frame.getByRole('button', { name: /^What is/ }).all()) await ask.click();
        await experiment.frame.getByRole('slider', { name: 'Look at time step' }).press('Home');
        await experiment.typed('units').fill('1000');
        await experiment.typed('units').press('Enter');
        await expect(experiment.control('units').getByRole('alert')).toBeVisible();
        await experiment.button('Copy link').click();
        await expect(experiment.frame.getByRole('textbox', { name: 'Copy this link' })).toBeVisible();
        await expectAccessible(page);
      });

      if (!everyState) return;

      test('experiment done, with marks in the picture and notes about the link', async ({ page, experiment }) => {
        const bad = `${SLUG}.colour=red&${SLUG}.units=lots&${SLUG}.seed=-1`;
        await openAlone(experiment, `${queryFor({ length: 200, scale: 0.3 })}&${bad}`);
        await experiment.expectState('done');
        await expect(experiment.notes).toHaveCount(3);
        await expect(experiment.frame.locator('.span-label').first()).toBeVisible();
        await expectAccessible(page);
      });

      test('experiment running, as long as it takes, and stopped', async ({ page, experiment }) => {
        await replaceWorker(page, patientWorker);
        await openAlone(experiment);
        await experiment.slideTo('length', 200);
        await expect(experiment.frame).toContainText('7 of 20 networks');
        await expectAccessible(page);
        await experiment.expectState('running');

        await experiment.button('Stop').click();
        await experiment.expectState('stopped');
        await expect(experiment.frame.locator('[role="status"]')).toContainText('Stopped.');
        await expectAccessible(page);
      });

      test('a question answered', async ({ page }) => {
        await page.goto(pages.basicRnn);
        const question = await readyQuestion(page);
        await question.getByRole('radio', { name: 'About as strong' }).check();
        await question.getByRole('button', { name: 'Compare with the measurement' }).click();
        await expect(question.getByRole('status')).toContainText(/measur/);
        await expectAccessible(page);
      });

      test('experiment failed', async ({ page, experiment, troubles }) => {
        troubles.expect(/worker-/);
        await page.route(workerScript, (route) => route.abort());
        await openAlone(experiment);
        await experiment.slideTo('length', 80);
        await experiment.expectState('failed');
        await expect(experiment.frame.locator('[role="status"]')).toContainText('It did not work');
        await expectAccessible(page);
      });

      test('home page, its experiment failed', async ({ page, troubles }) => {
        troubles.expect(/worker-/);
        await page.route(workerScript, (route) => route.abort());
        await page.goto(pages.home);
        const teaser = page.locator(`[data-experiment="${SLUG}"]`);
        await teaser.getByRole('slider').first().press('ArrowRight');
        await expect(teaser).toHaveAttribute('data-state', 'failed');
        await expectAccessible(page);
      });
    });
  }
}
