import { expect, Experiment, pages, recorded, SLUG, test } from './helpers.ts';

test.beforeEach(({ page }) => page.goto(pages.home));

function teaserOf(page: Experiment['page']): Experiment {
  return new Experiment(page, page.locator(`[data-experiment="${SLUG}"]`));
}

test('the home page leads to the four chapters, in order', async ({ page }) => {
  const links = page.getByRole('navigation', { name: 'The four chapters' }).getByRole('link');
  await expect(links).toHaveText([/Sequential data/, /The basic RNN/, /The limits/, /Long short-term memory/]);
  await links.nth(1).click();
  await expect(page).toHaveURL(/\/basic-rnn\/$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The basic RNN');
  await expect(page).toHaveTitle(/The basic RNN/);
});

test('its picture shows the recorded run until it is touched, and starts no worker', async ({ page }) => {
  const teaser = teaserOf(page);
  await teaser.ready();
  await teaser.expectState('idle');
  await expect(teaser.sentence).toHaveText(recorded.sentence);
  expect(page.workers()).toHaveLength(0);
});

test('the first touch of its slider runs the real experiment: picture and sentence change', async ({ page }) => {
  const teaser = teaserOf(page);
  await teaser.ready();
  const path = await teaser.pathOfLine();
  const track = (await teaser.slider('length').boundingBox())!;
  await page.mouse.click(track.x + track.width * 0.4, track.y + track.height / 2);
  const length = Number(await teaser.slider('length').inputValue());
  expect(length).toBeGreaterThan(150);
  await teaser.expectState('done');
  await expect(teaser.sentence).toContainText(`the gradient at step ${length}`);
  expect(await teaser.pathOfLine()).not.toBe(path);
  expect((await teaser.pathOfLine()).split('L')).toHaveLength(length);
  expect(page.workers()).toHaveLength(1);

  const before = await teaser.pathOfLine();
  await teaser.slider('scale').press('ArrowLeft');
  await teaser.expectState('done');
  await expect.poll(() => teaser.pathOfLine()).not.toBe(before);
});

test('it shows the whole of it in one screen of a laptop', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await teaserOf(page).ready();
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  await expect(teaserOf(page).slider('length')).toBeInViewport({ ratio: 1 });
});

test('its link leads to the whole experiment', async ({ page, experiment }) => {
  await teaserOf(page).frame.getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/basic-rnn/#${SLUG}$`));
  await experiment.ready();
  await expect(experiment.frame).toBeInViewport();
});

test('where its worker cannot be loaded it says so, and Retry works once it can', async ({ page, troubles }) => {
  troubles.expect(/worker-/);
  await page.route(/\/assets\/worker-/, (route) => route.abort());
  const teaser = teaserOf(page);
  await teaser.ready();
  await teaser.slideTo('length', 80);
  await teaser.expectState('failed');
  await expect(teaser.frame.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute(/\/assets\/worker-/);
  await teaser.button('Retry').click();
  await teaser.expectState('done');
  await expect(teaser.sentence).toContainText('the gradient at step 80');
});
