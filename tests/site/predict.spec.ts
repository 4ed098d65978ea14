import { approximately } from '#src/experiments/words.ts';

import { defaults, expect, pages, questionOn, readyQuestion, recordedMedian, SLUG, test } from './helpers.ts';

/** How much weaker each answer says that the gradient is, from (included) to (excluded). */
const answers = [
  { label: 'About as strong', from: 0, to: 10 },
  { label: 'Some ten to a thousand times weaker', from: 10, to: 1e3 },
  { label: 'A thousand to a million times weaker', from: 1e3, to: 1e6 },
  { label: 'More than a million times weaker', from: 1e6, to: Infinity },
];

const timesWeaker = 1 / recordedMedian[0]!;

const right = answers.find(({ from, to }) => timesWeaker >= from && timesWeaker < to)!;
const wrong = answers.find((answer) => answer !== right)!;

test.beforeEach(({ page }) => page.goto(pages.basicRnn));

test('the question offers its answers, and nothing to compare before one is chosen', async ({ page }) => {
  const question = await readyQuestion(page);
  await expect(question).toContainText(new RegExp(`${defaults.units} units reads? ${defaults.length} steps`));
  for (const { label } of answers) await expect(question.getByRole('radio', { name: label })).not.toBeChecked();
  await expect(question.getByRole('radio')).toHaveCount(answers.length);
  await expect(question.getByRole('button')).toBeDisabled();
  await expect(question.getByRole('status')).toHaveText('');
});

for (const { label } of answers) {
  test(`“${label}” is judged by what was measured`, async ({ page }) => {
    const question = await readyQuestion(page);
    await question.getByRole('radio', { name: label }).check();
    await expect(question.getByRole('status')).toHaveText('');
    await question.getByRole('button', { name: 'Compare with the measurement' }).click();
    const isRight = label === right.label;
    const verdict = question.getByRole('status');
    await expect(verdict).toContainText(isRight ? 'That is what was measured' : 'The measurement says otherwise');
    await expect(verdict).toContainText(`${approximately(timesWeaker)} times weaker`);
    const shownRight = question.locator('label.right');
    await expect(shownRight).toHaveCount(1);
    await expect(shownRight).toContainText(right.label);
    await expect(question.locator('label.wrong')).toHaveCount(isRight ? 0 : 1);
  });
}

test('the verdict leads to the run, which shows the same number', async ({ page, experiment }) => {
  const question = await readyQuestion(page);
  await question.getByRole('radio').first().check();
  await question.getByRole('button').click();
  await question.getByRole('link', { name: 'See the run' }).click();
  await expect(page).toHaveURL(new RegExp(`#${SLUG}$`));
  await expect(experiment.frame).toBeInViewport();
  await expect(experiment.sentence).toContainText(`${approximately(timesWeaker)} times smaller`);
});

test('another answer can be compared after the first', async ({ page }) => {
  const question = await readyQuestion(page);
  const compare = question.getByRole('button', { name: 'Compare with the measurement' });
  await question.getByRole('radio', { name: wrong.label }).check();
  await compare.click();
  await expect(compare).toBeDisabled();
  await question.getByRole('radio', { name: right.label }).check();
  await compare.click();
  await expect(question.getByRole('status')).toContainText('That is what was measured');
});

test('an answer chosen before the page’s scripts are there counts', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/assets\/Predict[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(pages.basicRnn);
  const question = questionOn(page);
  await question.getByRole('radio', { name: right.label }).check();
  release();
  await readyQuestion(page);
  await expect(question.getByRole('radio', { name: right.label })).toBeChecked();
  await question.getByRole('button', { name: 'Compare with the measurement' }).click();
  await expect(question.getByRole('status')).toContainText('That is what was measured');
});
