import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from './accessibility.ts';
import { expect, expectQuery, pages, SLUG, test } from './helpers.ts';

const glossary = 'glossary/';
const references = 'references/';

/** A word of the text that shows a note, and the note. */
function noted(page: Page, name: string): { word: Locator; note: Locator } {
  const word = page.locator('main [data-note]', { hasText: name }).first();
  return { word, note: word.locator('xpath=following-sibling::*[1]') };
}

const question = (page: Page, kind: 'single' | 'multiple' | 'order' | 'numeric') =>
  page.locator(`form.question[data-kind="${kind}"]`).first();

async function openQuiz(page: Page): Promise<void> {
  await page.goto(pages.basicRnn);
  await question(page, 'single').scrollIntoViewIfNeeded();
  await expect(page.locator('[data-quiz]')).toHaveAttribute('data-ready', 'true');
}

const itemsOf = (form: Locator) => form.locator('li .text');

test.describe('a term', () => {
  test('shows its entry on hover; the entry can be pointed at, and goes when the pointer has gone', async ({
    page,
  }) => {
    await page.goto(pages.basicRnn);
    const { word, note } = noted(page, 'hidden state');
    await expect(note).toBeHidden();
    await word.hover();
    await expect(note).toBeVisible();
    await expect(word).toHaveAttribute('aria-expanded', 'true');
    await note.hover();
    await page.waitForTimeout(600);
    await expect(note).toBeVisible();
    await page.mouse.move(2, 2);
    await expect(note).toBeHidden();
    await expect(word).toHaveAttribute('aria-expanded', 'false');
  });

  test('shows its entry on focus; Tab goes on into it, and Escape closes it', async ({ page }) => {
    await page.goto(pages.basicRnn);
    const { word, note } = noted(page, 'hidden state');
    await noted(page, 'Elman').word.focus();
    await page.keyboard.press('Tab');
    await expect(noted(page, 'Elman').note.getByRole('link').first()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(noted(page, 'Elman').note).toBeHidden();
    await expect(noted(page, 'Elman').word).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(word).toBeFocused();
    await expect(note).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(note).toBeVisible();
    await page.keyboard.press('Space');
    await expect(note).toBeHidden();
    await page.keyboard.press('Enter');
    await expect(note).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(note.getByRole('link', { name: 'In the glossary' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(note).toBeHidden();
  });

  test('leads on to the glossary, where its entry is marked', async ({ page }) => {
    await page.goto(pages.basicRnn);
    const { word, note } = noted(page, 'hidden state');
    await word.click();
    await note.getByRole('link', { name: 'In the glossary' }).click();
    await expect(page).toHaveURL(/\/glossary\/#hidden-state$/);
    await expect(page.locator('#hidden-state:target')).toContainText('no logbook');
  });

  test('only one note is open at a time, and a click elsewhere closes it', async ({ page }) => {
    await page.goto(pages.basicRnn);
    await noted(page, 'hidden state').word.click();
    await noted(page, 'time step').word.click();
    await expect(page.locator('.note:popover-open')).toHaveCount(1);
    await page.locator('h1').click();
    await expect(page.locator('.note:popover-open')).toHaveCount(0);
  });

  for (const width of [360, 820, 1440]) {
    test(`every note is inside the window, ${width} px wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(pages.basicRnn);
      for (const word of await page.locator('main [data-note]').all()) {
        if (!(await word.isVisible())) continue;
        await word.scrollIntoViewIfNeeded();
        await word.click();
        const box = (await page.locator('.note:popover-open').boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        await page.keyboard.press('Escape');
      }
    });
  }

  test.describe('on a touch screen', () => {
    test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

    test('shows its entry on a tap, and a second tap closes it', async ({ page }) => {
      await page.goto(pages.basicRnn);
      const { word, note } = noted(page, 'hidden state');
      await word.tap();
      await expect(note).toBeVisible();
      await word.tap();
      await expect(note).toBeHidden();
      expect(page.url()).toContain(pages.basicRnn);
    });
  });
});

test('a citation shows its work in full and leads to the list, where no work is missing', async ({ page }) => {
  await page.goto(pages.basicRnn);
  const { word, note } = noted(page, 'Werbos');
  await word.click();
  await expect(note).toContainText('Paul J. Werbos (1990). Backpropagation through time');
  await note.getByRole('link', { name: 'In the list of sources' }).click();
  await expect(page.locator('#ref-werbos-1990:target')).toBeInViewport();
  for (const href of await page
    .locator('main [data-source]')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href')!))) {
    await expect(page.locator(`.references ${href}`)).toHaveCount(1);
  }
});

test('a recorded number says with which parameters and seed it was measured', async ({ page }) => {
  await page.goto(pages.basicRnn);
  const number = page.locator(`main [data-recorded="${SLUG}"]`).last();
  await number.click();
  const note = page.locator('.note:popover-open');
  await expect(note).toContainText('Sequence length: 60 steps');
  await expect(note).toContainText('Seed: 1');
});

test('no white space stands between a word of the vocabulary and the comma or full stop behind it', async ({
  page,
}) => {
  for (const path of [...Object.values(pages), glossary, references]) {
    await page.goto(path);
    const text = await page.locator('main').evaluate((main: HTMLElement) => {
      for (const formula of main.querySelectorAll('math')) formula.replaceWith('x');
      return main.innerText;
    });
    expect(text.match(/.{0,30}\s[,.;:)](\s|$)/g) ?? [], path).toEqual([]);
  }
});

test('a figure has its number, and a reference to it the same', async ({ page }) => {
  await page.goto(pages.basicRnn);
  const link = page.getByRole('link', { name: /^Figure\s1$/ });
  await expect(page.locator(`figure${await link.getAttribute('href')} figcaption`)).toContainText('Figure 1.');
});

test.describe('a side note', () => {
  test('stands in the margin where there is one', async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(pages.basicRnn);
    const note = (await page.getByRole('note').first().boundingBox())!;
    const text = (await page.locator('article > p').nth(3).boundingBox())!;
    expect(note.x).toBeGreaterThanOrEqual(text.x + text.width);
    expect(note.x + note.width).toBeLessThanOrEqual(1440);
  });

  test('is folded into the text where there is none', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(pages.basicRnn);
    const note = page.getByRole('note').first();
    await expect(note).toBeVisible();
    const box = (await note.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test.describe('a link in the text', () => {
  const first = (page: Page) => page.locator(`a[data-try="${SLUG}"]`).first();
  const back = (page: Page) => page.getByRole('button', { name: 'back', exact: true });

  test('sets the experiment without loading the page, and back restores what was there', async ({
    page,
    experiment,
  }) => {
    await experiment.open();
    await experiment.slideTo('units', 20);
    await experiment.expectState('done');
    const before = { path: await experiment.pathOfLine(), sentence: await experiment.sentence.innerText() };
    await page.evaluate(() => Object.assign(window, { samePage: true }));
    await expect(back(page)).toHaveCount(0);

    await first(page).click();
    await expect(experiment.sentence).toContainText('step 120');
    await expect(experiment.slider('length')).toHaveValue('120');
    await expect(experiment.slider('units')).toHaveValue('32');
    await expectQuery(page, { [`${SLUG}.length`]: '120' });
    await expect(experiment.frame).toBeInViewport();

    await back(page).click();
    await expect(experiment.sentence).toHaveText(before.sentence);
    expect(await experiment.pathOfLine()).toBe(before.path);
    await expectQuery(page, { [`${SLUG}.units`]: '20' });
    await expect(back(page)).toHaveCount(0);
    await expect(first(page)).toBeFocused();
    expect(await page.evaluate(() => 'samePage' in window)).toBe(true);
  });

  test('after another can be taken back one by one, also from the experiment', async ({ page, experiment }) => {
    await experiment.open();
    const fromFrame = experiment.button('Back to the text, as it was');
    await expect(fromFrame).toHaveCount(0);
    await first(page).click();
    await expect(experiment.slider('length')).toHaveValue('120');
    await page.locator(`a[data-try="${SLUG}"]`).nth(1).click();
    await expect(experiment.slider('scale')).toHaveValue('0.5');
    await expect(experiment.slider('length')).toHaveValue('60');
    await fromFrame.click();
    await expect(experiment.slider('length')).toHaveValue('120');
    await expect(experiment.slider('scale')).toHaveValue('1');
    await expect(back(page)).toHaveCount(1);
    await fromFrame.click();
    await expect(experiment.slider('length')).toHaveValue('60');
    await experiment.expectState('idle');
    await expect(fromFrame).toHaveCount(0);
    await expect(back(page)).toHaveCount(0);
  });

  test('works before the experiment’s own script has come', async ({ page, experiment }) => {
    await page.setViewportSize({ width: 1280, height: 300 });
    await page.goto(pages.basicRnn);
    await page.locator('.references').scrollIntoViewIfNeeded();
    await page.locator('details', { hasText: 'long sequence' }).locator('summary').click();
    await expect(experiment.frame).not.toHaveAttribute('data-ready', 'true');
    await page.getByRole('link', { name: 'with a long sequence' }).click();
    await expect(experiment.slider('length')).toHaveValue('200');
    await expect(experiment.sentence).toContainText('step 200');
    await experiment.button('Back to the text, as it was').click();
    await expect(experiment.slider('length')).toHaveValue('60');
  });

  test('opens its state by its address as well', async ({ page, experiment }) => {
    await page.goto(pages.basicRnn);
    await page.goto(await first(page).evaluate((link: HTMLAnchorElement) => link.href));
    await expect(experiment.slider('length')).toHaveValue('120');
    await expect(experiment.notes).toHaveCount(0);
  });
});

test.describe('a quiz', () => {
  test('explains a wrong choice, does not give the right one away, and accepts it', async ({ page }) => {
    await openQuiz(page);
    const form = question(page, 'single');
    const check = form.getByRole('button', { name: 'Check' });
    await expect(check).toHaveAttribute('aria-disabled', 'true');
    await form.getByRole('radio').first().check();
    await check.click();
    await expect(form.getByRole('status')).toContainText('Not that one');
    await expect(form.locator('.why')).toHaveCount(1);
    await expect(form.getByRole('radio').first()).toHaveAccessibleDescription(/copies of one cell/);
    await form.getByRole('radio', { name: 'Nothing.' }).check();
    await expect(form.locator('.why')).toHaveCount(0);
    await check.click();
    await expect(form).toHaveAttribute('data-right', 'true');
  });

  test('with several right answers says how many are still to be found', async ({ page }) => {
    await openQuiz(page);
    const form = question(page, 'multiple');
    await form.getByRole('checkbox').first().check();
    await form.getByRole('checkbox').nth(2).check();
    await form.getByRole('button', { name: 'Check' }).click();
    await expect(form.getByRole('status')).toContainText('1 choice too many, 1 choice still to find');
    await expect(form.locator('.why')).toHaveCount(2);
  });

  test('explains a number that a known mistake leads to', async ({ page }) => {
    await openQuiz(page);
    const form = question(page, 'numeric');
    for (const [typed, says] of [
      ['20', 'multiplied'],
      ['ten', 'not a number'],
      ['1,024', 'Right'],
    ] as const) {
      await form.getByRole('textbox').fill(typed);
      await form.getByRole('textbox').press('Enter');
      await expect(form.getByRole('status')).toContainText(says);
    }
  });

  test('can be put in order by keys alone, says where an item is, and keeps the focus', async ({ page }) => {
    await openQuiz(page);
    const form = question(page, 'order');
    const reads = form.locator('li', { hasText: 'reads the sequence' });
    await reads.getByRole('button', { name: 'Move up' }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(itemsOf(form).first()).toContainText('reads the sequence');
    await expect(reads.getByRole('button', { name: 'Move up' })).toBeFocused();
    await expect(form.getByRole('status').first()).toContainText('now 1 of 5');
    await form.getByRole('button', { name: 'Check' }).click();
    await expect(form.locator('[role="status"].says')).toContainText('1 item out of place');
    await expect(form.locator('.why')).toHaveCount(1);
    const shares = form.locator('li', { hasText: 'added up' });
    await shares.getByRole('button', { name: 'Move down' }).press('ArrowDown');
    await form.getByRole('button', { name: 'Check' }).click();
    await expect(form).toHaveAttribute('data-right', 'true');
  });

  test('can be put in order by dragging', async ({ page }) => {
    await openQuiz(page);
    const form = question(page, 'order');
    const handle = form.locator('li', { hasText: 'reads the sequence' }).locator('.handle');
    await handle.scrollIntoViewIfNeeded();
    const from = (await handle.boundingBox())!;
    const to = (await form.locator('li').first().boundingBox())!;
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 8, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(from.x + 8, to.y + 4, { steps: 4 });
    await page.mouse.up();
    await expect(itemsOf(form).first()).toContainText('reads the sequence');
    await page.mouse.move(from.x + 8, from.y + 200);
    await expect(itemsOf(form).first()).toContainText('reads the sequence');
  });

  test('tells the page once all of it is right, and sends nothing', async ({ page }) => {
    await openQuiz(page);
    await page.waitForLoadState('networkidle');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.evaluate(() => {
      const passed: unknown[] = [];
      Object.assign(window, { passed });
      document.addEventListener('unrolled:quiz-passed', (event) => passed.push((event as CustomEvent).detail));
    });
    for (const form of await page.locator('form.question').all()) await solve(form);
    await expect(page.locator('[data-quiz] .sum')).toHaveText('All of them right.');
    expect(await page.evaluate(() => (window as unknown as { passed: unknown[] }).passed)).toEqual([
      { quiz: 'basic-rnn' },
    ]);
    expect(requests).toEqual([]);
  });

  /** Finds the right answer the way a patient reader would: by trying. */
  async function solve(form: Locator): Promise<void> {
    const check = form.getByRole('button', { name: 'Check' });
    const kind = await form.getAttribute('data-kind');
    if (kind === 'numeric') await form.getByRole('textbox').fill('1024');
    if (kind === 'order') {
      await form
        .locator('li', { hasText: 'reads the sequence' })
        .getByRole('button', { name: 'Move up' })
        .press('ArrowUp');
      await form
        .locator('li', { hasText: 'reads the sequence' })
        .getByRole('button', { name: 'Move up' })
        .press('ArrowUp');
      await form.locator('li', { hasText: 'added up' }).getByRole('button', { name: 'Move down' }).press('ArrowDown');
    }
    if (kind === 'single' || kind === 'multiple') {
      for (const choice of await form.locator('input').all()) {
        await choice.check();
        await check.click();
        if ((await form.getAttribute('data-right')) === 'true') return;
        const wrong = form.locator('.choice[data-right="false"] input');
        if (kind === 'multiple' && (await wrong.count()) > 0) await wrong.first().uncheck();
      }
    }
    await check.click();
    await expect(form).toHaveAttribute('data-right', 'true');
  }
});

test('an exercise keeps its hint and its solution closed until they are asked for', async ({ page }) => {
  await page.goto(pages.basicRnn);
  const exercise = page.locator('#exercise-1');
  for (const name of ['Hint', 'Solution']) {
    const drawer = exercise.locator('details').filter({ has: page.locator('summary', { hasText: name }) });
    await expect(drawer).not.toHaveAttribute('open');
    await drawer.locator('summary').press('Enter');
    await expect(drawer.locator('p').first()).toBeVisible();
  }
});

test('the glossary and the references can be reached from every page', async ({ page }) => {
  for (const path of [...Object.values(pages), glossary, references]) {
    await page.goto(path);
    await expect(page.getByRole('contentinfo').getByRole('link', { name: 'Glossary' })).toBeVisible();
    await expect(page.getByRole('contentinfo').getByRole('link', { name: 'References' })).toBeVisible();
  }
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a term is a link to its entry, and no note is in the way', async ({ page }) => {
    await page.goto(pages.basicRnn);
    await expect(page.locator('.note').filter({ visible: true })).toHaveCount(0);
    await page.getByRole('link', { name: 'hidden state' }).first().click();
    await expect(page).toHaveURL(/\/glossary\/#hidden-state$/);
  });

  test('every question has its answer to open, and every choice its reason', async ({ page }) => {
    await page.goto(pages.basicRnn);
    const answers = page.locator('.quiz details');
    await expect(answers).toHaveCount(await page.locator('.quiz .plain > li').count());
    await expect(page.locator('form.question').filter({ visible: true })).toHaveCount(0);
    await answers.first().locator('summary').click();
    await expect(answers.first().locator('li')).toHaveCount(3);
    await expect(answers.first().locator('li').first()).toBeVisible();
  });

  test('a link in the text is a link with the state in it', async ({ page }) => {
    await page.goto(pages.basicRnn);
    await page.locator('a[data-try]').first().click();
    await expect(page).toHaveURL(new RegExp(`\\?${SLUG}\\.length=120#${SLUG}$`));
    await expect(page.locator('button').filter({ visible: true })).toHaveCount(0);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 820, 1440]) {
    test.describe(`axe finds nothing, ${colorScheme}, ${width} px wide:`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test('glossary and references', async ({ page }) => {
        await page.goto(`${glossary}#hidden-state`);
        await expectAccessible(page);
        await page.goto(`${references}#ref-elman-1990`);
        await expectAccessible(page);
      });

      test('a term open, a quiz judged, exercises open, a link followed', async ({ page, experiment }) => {
        await openQuiz(page);
        await question(page, 'single').getByRole('radio').first().check();
        await question(page, 'multiple').getByRole('checkbox').first().check();
        await question(page, 'numeric').getByRole('textbox').fill('20');
        for (const form of await page.locator('form.question').all()) {
          const check = form.getByRole('button', { name: 'Check' });
          if ((await check.getAttribute('aria-disabled')) === 'false') await check.click();
        }
        for (const summary of await page.locator('.exercise summary').all()) await summary.click();
        await page.locator('a[data-try]').first().click();
        await expect(experiment.slider('length')).toHaveValue('120');
        await experiment.expectState('done');
        await noted(page, 'hidden state').word.click();
        await expectAccessible(page);
      });
    });
  }
}
