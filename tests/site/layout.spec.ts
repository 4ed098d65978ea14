import type { Locator } from '@playwright/test';

import {
  expect,
  expectNoSidewaysScrolling,
  pages,
  questionOn,
  queryFor,
  touchAll,
  recorded,
  SLUG,
  test,
} from './helpers.ts';

for (const width of [320, 390, 820, 1440]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 900 } });

    test('an experiment in which everything is open, and with long notes, does not scroll sideways', async ({
      page,
      experiment,
    }) => {
      await page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
      });
      const long = 'x'.repeat(300);
      await experiment.open(`${queryFor({ length: 200, scale: 3 })}&${SLUG}.${long}=1&${SLUG}.units=${long}`);
      await experiment.expectState('done');
      await expect(experiment.notes).toHaveCount(2);
      await experiment.openDrawer('Data');
      await experiment.openDrawer('What just ran');
      await experiment.button('Copy link').click();
      await expect(experiment.frame.getByRole('textbox', { name: 'Copy this link' })).toBeVisible();
      for (const ask of await experiment.frame.getByRole('button', { name: /^What is/ }).all()) await ask.click();
      await experiment.typed('units').fill('9'.repeat(200));
      await experiment.typed('units').press('Enter');
      await expect(experiment.control('units').getByRole('alert')).toBeVisible();
      await expectNoSidewaysScrolling(page, 'everything open');
    });

    test('every control of the experiment is there, whole and large enough', async ({ experiment }) => {
      await experiment.open();
      for (const name of [...Object.keys(recorded.params), 'seed']) {
        await expect(experiment.control(name), name).toBeVisible();
      }
      for (const name of ['Reset', 'Copy link', 'New seed']) await expect(experiment.button(name)).toBeVisible();
      await expectTargets(experiment.frame, 24);
    });

    test('the picture is drawn for the width there is, its words inside it and of a readable size', async ({
      experiment,
    }) => {
      await experiment.open();
      const picture = experiment.frame.getByRole('img', { name: /norm of the gradient/ }).filter({ visible: true });
      await expect(picture).toHaveCount(1);
      const words = await picture.evaluate((svg) => {
        const frame = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].map((text) => {
          const box = text.getBoundingClientRect();
          return {
            text: text.textContent,
            inside: box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1,
            size:
              (parseFloat(getComputedStyle(text).fontSize) * frame.width) /
              (svg as SVGSVGElement).viewBox.baseVal.width,
          };
        });
      });
      expect(words.length).toBeGreaterThan(5);
      for (const { text, inside, size } of words) {
        expect(inside, `“${text}” is inside`).toBe(true);
        expect(size, `“${text}” is readable`).toBeGreaterThanOrEqual(11.5);
      }
    });
  });
}

/**
 * What a pointer meets: how far to each side of a control's middle a press still reaches that control, or its label, up to
 * `least`, and whether all of that is on the screen.
 */
async function sizeOfTarget(control: Locator, least: number): Promise<{ name: string; width: number; height: number }> {
  return control.evaluate((element, least) => {
    element.scrollIntoView({ block: 'center', inline: 'nearest' });
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const label = element.closest('label');
    const reaches = (dx: number, dy: number) => {
      const met = document.elementFromPoint(x + dx, y + dy);
      return met !== null && (element.contains(met) || (label?.contains(met) ?? false));
    };
    const extent = (dx: number, dy: number) => {
      let far = 0;
      while (far < least && reaches(dx * (far + 0.5), dy * (far + 0.5))) far += 0.5;
      return far;
    };
    const name =
      element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? (label ?? element).textContent;
    return {
      name: `${element.localName} “${name?.trim().slice(0, 40)}” ${element.id}`,
      width: extent(-1, 0) + extent(1, 0),
      height: extent(0, -1) + extent(0, 1),
    };
  }, least);
}

/** Everything that can be pressed; of links those that stand alone, for one in running text is as large as the text. */
const targets = 'button, input, select, summary, nav a, a.name, .start a';

/** Holds all that can be pressed in a part of the page to a size. */
async function expectTargets(part: Locator, least: number, selector = targets): Promise<void> {
  const controls = part.locator(selector).filter({ visible: true });
  const small: string[] = [];
  expect(await controls.count()).toBeGreaterThan(0);
  for (const control of await controls.all()) {
    const { name, width, height } = await sizeOfTarget(control, least);
    // Half a pixel either way is the grain of the measurement.
    if (width < least - 1 || height < least - 1) small.push(`${name}: ${width} × ${height}`);
  }
  expect(small).toEqual([]);
}

test.describe('for a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('every target of the experiment is 44 px or more', async ({ page, experiment }) => {
    await experiment.open();
    expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
    await expectTargets(experiment.frame, 44);
  });

  test('every target of the header, the question and the home page is 44 px or more', async ({ page }) => {
    await page.goto(pages.basicRnn);
    await touchAll(page);
    await expectTargets(page.locator('body > header'), 44);
    await expectTargets(questionOn(page), 44);
    await expectTargets(page.locator('nav.onward'), 44, 'a');
    await page.goto(pages.home);
    await touchAll(page);
    await expectTargets(page.locator('main'), 44);
  });

  test('a tap on the slider’s track sets it, and the picture follows', async ({ page, experiment }) => {
    await experiment.open();
    const slider = experiment.slider('length');
    await slider.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const track = (await slider.boundingBox())!;
    await page.touchscreen.tap(track.x + track.width * 0.7, track.y + track.height / 2);
    const length = Number(await slider.inputValue());
    expect(length).toBeGreaterThan(300);
    await experiment.expectState('done');
    await expect(experiment.sentence).toContainText(`the gradient at step ${length}`);
  });

  test('nothing scrolls sideways', async ({ page, experiment }) => {
    await experiment.open();
    await expectNoSidewaysScrolling(page, 'basic RNN');
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the picture and the control that is used are in sight together', async ({ page, experiment }) => {
    await experiment.open();
    for (const name of ['length', 'scale', 'units', 'networks']) {
      await experiment.slider(name).focus();
      await page.keyboard.press('ArrowRight');
      await experiment.expectState('done');
      await expect(experiment.line, name).toBeInViewport({ ratio: 0.95 });
      expect(await isMet(experiment.slider(name)), `${name} is covered by nothing`).toBe(true);
    }
  });

  test('no control that gets the focus is hidden behind the picture', async ({ page, experiment }) => {
    await experiment.open();
    await experiment.control('length').getByRole('button').focus();
    const focused = experiment.frame.locator(':focus');
    let met = 0;
    for (; (await focused.count()) > 0; met++) {
      expect(await isMet(focused), await focused.evaluate((element) => element.outerHTML.slice(0, 90))).toBe(true);
      await page.keyboard.press('Tab');
    }
    expect(met).toBeGreaterThan(18);
  });
});

/** Whether a press on the middle of an element reaches it. */
function isMet(element: Locator): Promise<boolean> {
  return element.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const met = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return met !== null && (element.contains(met) || (element.closest('label')?.contains(met) ?? false));
  });
}

test('on a phone the name of a map and its legend leave each other room', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 900 });
  await page.goto('embed/bottleneck/');
  const map = page
    .locator('.picture svg')
    .filter({ visible: true, has: page.locator('rect.edge') })
    .first();
  const [name, legend] = await Promise.all([
    map.locator('.y-label').boundingBox(),
    map.locator('rect.edge').first().boundingBox(),
  ]);
  expect(name!.x + name!.width).toBeGreaterThan(legend!.x);
  expect(name!.y + name!.height).toBeLessThanOrEqual(legend!.y);
});

test('nothing jumps when an experiment comes to life', async ({ page, experiment }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/assets\/VanishingGradient[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${pages.basicRnn}#${SLUG}`);
  const heights = () =>
    experiment.frame.evaluate((frame) => ({
      frame: Math.round(frame.getBoundingClientRect().height),
      slider: Math.round(
        frame.querySelector('[data-parameter="length"] input[type="range"]')!.getBoundingClientRect().top,
      ),
    }));
  await page.evaluate(() => document.fonts.ready);
  const before = await heights();
  release();
  await experiment.ready();
  expect(await heights()).toEqual(before);
});
