import { expect, queryFor, test } from './helpers.ts';

test('a curve is heard when it is asked for, not before, and stops when it is asked to', async ({
  page,
  experiment,
}) => {
  await page.addInitScript(() => {
    const Real = AudioContext;
    Object.assign(window, { contexts: 0 });
    window.AudioContext = class extends Real {
      constructor() {
        super();
        (window as unknown as { contexts: number }).contexts++;
      }
    };
  });
  const contexts = () => page.evaluate(() => (window as unknown as { contexts: number }).contexts);
  await experiment.open(queryFor({ length: 120, networks: 2 }));
  await experiment.expectState('done');
  const drawer = experiment.frame.locator('details').filter({ has: page.locator('summary', { hasText: 'Listen' }) });
  await drawer.locator('summary').press('Enter');

  const listen = drawer.getByRole('button', { name: 'Listen' });
  const stop = drawer.getByRole('button', { name: 'Stop sound' });
  await drawer.getByRole('combobox', { name: 'Curve' }).selectOption({ label: 'median relative to the last step' });
  await expect(listen).toHaveAccessibleDescription(/^Over time step from 1 to 120, in 6 seconds\. .*highest.* 1\./);
  await expect(drawer.getByRole('slider', { name: 'Volume' })).toBeVisible();
  expect(await contexts()).toBe(0);
  await expect(stop).toBeDisabled();

  await listen.press('Enter');
  await expect(stop).toBeEnabled();
  expect(await contexts()).toBe(1);
  await stop.press('Enter');
  await expect(stop).toBeDisabled();

  // Another run is another curve: what sounds of the old one ends.
  await listen.press('Enter');
  await expect(stop).toBeEnabled();
  await experiment.slideTo('length', 30);
  await expect(stop).toBeDisabled();
  await expect(listen).toHaveAccessibleDescription(/^Over time step from 1 to 30/);
});
