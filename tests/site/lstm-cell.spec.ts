import { expect, expectQuery, Experiment, pages, test } from './helpers.ts';

const SLUG = 'lstm-cell';

test('the task is solved by keyboard, valve by valve, and the link has the valves', async ({ page }) => {
  await page.goto(`embed/${SLUG}/`);
  const experiment = new Experiment(page, page.locator(`section[data-experiment="${SLUG}"]`));
  const judgement = experiment.frame.locator('.judgement');
  const valve = (gate: string, step: number) =>
    experiment.frame
      .getByRole('button', { name: new RegExp(`${gate} gate at step ${step}$`) })
      .filter({ visible: true });
  await expect(judgement).toContainText('Not yet solved: the answer is right at 5 of 10 steps');

  // The numbers of the default seed: marks at steps 2 and 6, questions at steps 5 and 10.
  await experiment.ready();
  await valve('forget', 1).focus();
  const rows = { forget: '1011101111', input: '0100010000', output: '0000100001' };
  for (const [row, signs] of Object.values(rows).entries()) {
    if (row > 0) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    for (const sign of signs) {
      await page.keyboard.press(sign);
      await page.keyboard.press('ArrowRight');
    }
  }
  await expect(judgement).toContainText('Solved: the answer is right at all 10 steps.');
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('30 valves are held. Solved');
  // The step is where the keys have led.
  await expectQuery(page, { [`${SLUG}.valves`]: 'f1011101111_i0100010000_o0000100001', [`${SLUG}.step`]: '10' });

  await page.keyboard.press('Delete');
  await expect(valve('output', 10)).toHaveAccessibleName(/^0\.50, released/);
  await expect(judgement).toContainText('wrong at step 10');
  await page.keyboard.press('Enter');
  await expect(judgement).toContainText('Solved');

  // By pointer, in the drawing and in the desk.
  await experiment.frame.locator('svg .valve').last().click();
  await expect(judgement).toContainText('wrong at step 10');
  await experiment.frame.getByRole('group', { name: 'Output gate, step 10' }).getByLabel('open').check();
  await expect(judgement).toContainText('Solved');
  await experiment.button('Release all valves').click();
  await experiment.button('Show a solution').click();
  await expect(judgement).toContainText('Solved');
});

test('a unit of gates-at-work is looked at on the belt, with the very weights', async ({ page }) => {
  await page.goto(`${pages.lstm}#gates-at-work`);
  const gates = new Experiment(page, page.locator('section[data-experiment="gates-at-work"]'));
  const cell = new Experiment(page, page.locator(`section[data-experiment="${SLUG}"]`));
  await gates.frame.locator('h3').click();
  await gates.button('See this unit’s numbers on the belt, step by step').click();
  await cell.expectState('done');
  await expect(cell.sentence).toContainText(
    'This cell of 6 units has the weights that “Gates at work” has after 600 updates',
  );
  await expect(cell.frame.getByText('Unit on the belt')).toBeInViewport();
});
