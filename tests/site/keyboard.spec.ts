import type { Page } from '@playwright/test';

import { readPages, expect, pages, touchAll, readyQuestion, slowWorker, longRun, SLUG, test } from './helpers.ts';

/**
 * Goes from the skip link, which is the first that Tab reaches, to the end of the page by Tab, and hands over each element
 * that had the focus, in order.
 */
async function tabThrough(page: Page): Promise<{ name: string; visible: boolean }[]> {
  await page.locator('.skip').focus();
  await page.locator('.skip').evaluate((skip) => Object.assign(skip, { wasFocused: true }));
  const met = [];
  for (let press = 0; press < 1000; press++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      Object.assign(element, { wasFocused: true });
      const shown = element.matches('input[type="radio"]') ? [element, element.nextElementSibling!] : [element];
      return {
        name: `${element.localName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)} ${element.id}`,
        // The focus is drawn as an outline, on the control or on what stands for it.
        visible: shown.some((part) => {
          const style = part && getComputedStyle(part);
          return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        }),
      };
    });
    if (!focused) break;
    met.push(focused);
  }
  return met;
}

/** Everything on the page that can be operated and never had the focus; of radio buttons, one of each group has to. */
function neverMet(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const operable = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')];
    const wasMet = (element: HTMLElement) => 'wasFocused' in element;
    const radioGroups = new Set(
      operable
        .filter((element) => element.matches('[type="radio"]') && wasMet(element))
        .map((element) => element.getAttribute('name')),
    );
    // In a grid of numbers Tab reaches one, and arrow keys the others.
    const grids = new Set(
      operable
        .filter((element) => element.matches('[data-place]') && wasMet(element))
        .map((met) => met.closest('table')),
    );
    const byArrows = (element: HTMLElement) => element.matches('[data-place]') && grids.has(element.closest('table'));
    return operable
      .filter((element) => !byArrows(element))
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled'))
      .filter((element) => !wasMet(element) && !radioGroups.has(element.getAttribute('name') ?? ''))
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

test('the first Tab reaches the skip link, and that leads into the text', async ({ page }) => {
  for (const path of readPages) {
    await page.goto(path);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the text' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toBeFocused();
    // The next Tab goes on inside the text, past the header.
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  }
});

test('Tab reaches everything that can be operated, and shows where it is', async ({ page, experiment }) => {
  await experiment.open();
  await touchAll(page);
  await experiment.openDrawer('Data');
  await experiment.openDrawer('What just ran');
  const met = await tabThrough(page);
  expect(await neverMet(page)).toEqual([]);
  expect(met.length).toBeGreaterThan(25);
  expect(met.filter(({ visible }) => !visible).map(({ name }) => name)).toEqual([]);
});

test('Tab reaches everything on the home page, and shows where it is', async ({ page }) => {
  await page.goto(pages.home);
  await touchAll(page);
  const met = await tabThrough(page);
  expect(await neverMet(page)).toEqual([]);
  expect(met.filter(({ visible }) => !visible).map(({ name }) => name)).toEqual([]);
});

test('the experiment can be used without a pointer: choices, drawers, Reset', async ({ page, experiment }) => {
  await experiment.open();
  await experiment.choice('activation', 'tanh').focus();
  await page.keyboard.press('ArrowRight');
  await expect(experiment.choice('activation', 'ReLU')).toBeChecked();
  await page.keyboard.press('ArrowRight');
  await expect(experiment.choice('activation', 'identity')).toBeChecked();
  await experiment.expectState('done');

  await experiment.drawer('Data').locator('summary').press('Enter');
  await expect(experiment.rows.first()).toBeVisible();

  await experiment.button('Reset').press('Enter');
  await expect(experiment.choice('activation', 'tanh')).toBeChecked();
  await experiment.expectState('done');
});

test('a long run can be stopped and resumed without a pointer', async ({ page, experiment }) => {
  await slowWorker(page);
  await experiment.openAt(longRun);
  await expect(experiment.frame).toContainText(/[1-9]\d? of 100 networks/);
  await experiment.button('Stop').press('Enter');
  await experiment.expectState('stopped');
  await experiment.button('Resume').press('Space');
  await experiment.expectState('running');
  await experiment.button('Stop').press('Space');
  await experiment.expectState('stopped');
});

test('the question can be answered without a pointer', async ({ page }) => {
  await page.goto(pages.basicRnn);
  const question = await readyQuestion(page);
  await question.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(question.getByRole('radio').nth(1)).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(question.getByRole('status')).toContainText(/measur/);
});

test('keys of the browser are left alone: Backspace and Delete edit what is typed', async ({ page, experiment }) => {
  await experiment.open();
  await experiment.typed('length').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('7');
  await page.keyboard.press('Enter');
  await expect(experiment.slider('length')).toHaveValue('67');
  await expect(page).toHaveURL(new RegExp(`${SLUG}.length=67`));
});
