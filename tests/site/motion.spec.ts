import { expect, Experiment, test } from './helpers.ts';

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`items that change places ${reducedMotion === 'reduce' ? 'are there at once where motion is reduced' : 'are seen to'}`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion });
    await page.goto('embed/shuffle/');
    const experiment = new Experiment(page, page.locator('section[data-experiment="shuffle"]'));
    await experiment.ready();
    const moving = await experiment.button('Reverse').evaluate(async (button: HTMLElement) => {
      button.click();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 0).length;
    });
    expect(moving > 0).toBe(reducedMotion !== 'reduce');
  });
}
