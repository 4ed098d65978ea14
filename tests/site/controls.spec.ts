import { defaults, expect, expectQuery, pages, queryOf, SLUG, test, type Experiment } from './helpers.ts';

test.beforeEach(({ experiment }) => experiment.open());

/** What hangs on the length: picture, sentence and table, all of the same run. */
async function expectLength(experiment: Experiment, length: number): Promise<void> {
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText(`the gradient at step ${length}`);
  await expect(experiment.rows).toHaveCount(length);
  // One point for every step: a move and, for each other step, a line.
  expect((await experiment.pathOfLine()).split('L')).toHaveLength(length);
}

async function lengthInControl(experiment: Experiment): Promise<number> {
  return Number(await experiment.slider('length').inputValue());
}

test('dragging the length by pointer changes picture, sentence, table and address, in place', async ({
  page,
  experiment,
}) => {
  await experiment.openDrawer('Data');
  await experiment.slider('length').scrollIntoViewIfNeeded();
  const recordedPath = await experiment.pathOfLine();
  const entries = await page.evaluate(() => history.length);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));

  const track = (await experiment.slider('length').boundingBox())!;
  const at = (share: number) => [track.x + share * track.width, track.y + track.height / 2] as const;
  await page.mouse.move(...at(60 / 500));
  await page.mouse.down();
  for (let step = 1; step <= 10; step++) await page.mouse.move(...at(60 / 500 + step * 0.02));

  // The picture follows while the finger is still down.
  const held = await lengthInControl(experiment);
  expect(held).toBeGreaterThan(100);
  await expectLength(experiment, held);
  expect(await experiment.pathOfLine()).not.toBe(recordedPath);

  for (let step = 1; step <= 10; step++) await page.mouse.move(...at(60 / 500 + 0.2 + step * 0.02));
  await page.mouse.up();
  const released = await lengthInControl(experiment);
  expect(released).toBeGreaterThan(held);
  await expectLength(experiment, released);
  await expect(experiment.typed('length')).toHaveValue(String(released));
  await expectQuery(page, { [`${SLUG}.length`]: String(released) });
  expect(new URL(page.url()).hash).toBe(`#${SLUG}`);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
});

test('arrow keys move the length by one step each, and with it picture, sentence, table and address', async ({
  page,
  experiment,
}) => {
  await experiment.openDrawer('Data');
  const recordedPath = await experiment.pathOfLine();
  const entries = await page.evaluate(() => history.length);

  await experiment.slider('length').focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
  await expect(experiment.slider('length')).toHaveValue('65');
  await expectLength(experiment, 65);
  expect(await experiment.pathOfLine()).not.toBe(recordedPath);
  await expectQuery(page, { [`${SLUG}.length`]: '65' });

  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowLeft');
  await expectLength(experiment, 62);
  await expect(experiment.slider('length')).toHaveAttribute('aria-valuetext', '62 steps');
  await expectQuery(page, { [`${SLUG}.length`]: '62' });
  expect(await page.evaluate(() => history.length)).toBe(entries);
});

test('Home and End reach both ends of the range', async ({ page, experiment }) => {
  await experiment.openDrawer('Data');
  await experiment.slider('length').press('Home');
  await expectLength(experiment, 2);
  await experiment.slider('length').press('End');
  await expectLength(experiment, 500);
  await expectQuery(page, { [`${SLUG}.length`]: '500' });
});

test('a double click sets one slider back to its default and leaves the others', async ({ page, experiment }) => {
  await experiment.slideTo('units', 20);
  await experiment.slideTo('scale', 0.5);
  await experiment.expectState('done');
  await experiment.slider('scale').dblclick();
  await expect(experiment.slider('scale')).toHaveValue('1');
  await expect(experiment.typed('scale')).toHaveValue('1');
  await experiment.expectState('done');
  await expectQuery(page, { [`${SLUG}.units`]: '20' });
});

for (const key of ['Delete', 'Backspace']) {
  test(`${key} sets one slider back to its default and leaves the others`, async ({ page, experiment }) => {
    await experiment.slideTo('units', 20);
    await experiment.slideTo('scale', 0.5);
    await expectQuery(page, { [`${SLUG}.units`]: '20', [`${SLUG}.scale`]: '0.5' });
    await experiment.slider('scale').press(key);
    await expect(experiment.slider('scale')).toHaveValue('1');
    await experiment.expectState('done');
    await expectQuery(page, { [`${SLUG}.units`]: '20' });
  });
}

test('a slider stays under the pointer while its value changes', async ({ experiment }) => {
  for (const name of ['length', 'scale', 'units', 'networks']) {
    const slider = experiment.slider(name);
    await slider.scrollIntoViewIfNeeded();
    const place = () => slider.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
    const before = await place();
    for (const key of ['End', 'Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await slider.press(key);
      expect(await place(), `${name} after ${key}`).toEqual(before);
    }
    await slider.press('Delete');
    await experiment.expectState('done');
    expect(await place(), `${name} once it has run`).toEqual(before);
  }
});

test('a value can be typed, with a comma or a point', async ({ page, experiment }) => {
  await experiment.openDrawer('Data');
  await experiment.typed('length').fill('123');
  await experiment.typed('length').press('Enter');
  await expect(experiment.slider('length')).toHaveValue('123');
  await expectLength(experiment, 123);

  for (const written of ['0,85', '0.85']) {
    await experiment.slideTo('scale', 1);
    await experiment.typed('scale').fill(written);
    await experiment.typed('scale').blur();
    await expect(experiment.slider('scale')).toHaveValue('0.85');
  }
  await expectQuery(page, { [`${SLUG}.length`]: '123', [`${SLUG}.scale`]: '0.85' });
});

test('a typed value that cannot be used is refused in words, and changes nothing', async ({ page, experiment }) => {
  const path = await experiment.pathOfLine();
  const sentence = await experiment.sentence.innerText();
  const refusal = experiment.control('length').getByRole('alert');
  for (const written of ['501', '1', '60.5', 'many', '', '1e999', '<img src=x onerror=alert(1)>']) {
    await experiment.typed('length').fill(written);
    await experiment.typed('length').press('Enter');
    await expect(refusal).toContainText(`“${written}”`);
    await expect(refusal).toContainText('a whole number from 2 to 500');
    await expect(experiment.typed('length')).toHaveAttribute('aria-invalid', 'true');
    await expect(experiment.typed('length')).toHaveAccessibleDescription(await refusal.innerText());
    await expect(experiment.slider('length')).toHaveValue(String(defaults.length));
  }
  await experiment.expectState('idle');
  expect(await experiment.pathOfLine()).toBe(path);
  await expect(experiment.sentence).toHaveText(sentence);
  expect(queryOf(page)).toEqual({});
  await expect(experiment.frame.locator('img')).toHaveCount(0);

  // The next usable value takes the refusal away.
  await experiment.typed('length').fill('70');
  await experiment.typed('length').press('Enter');
  await expect(refusal).toHaveCount(0);
  await expectQuery(page, { [`${SLUG}.length`]: '70' });
});

test('Reset brings back the defaults and leaves no trace in the address', async ({ page, experiment }) => {
  const recordedSentence = await experiment.sentence.innerText();
  await expect(experiment.button('Reset')).toBeDisabled();
  await experiment.slideTo('length', 90);
  await experiment.choice('activation', 'identity').check();
  await experiment.button('New seed').click();
  await expect.poll(() => Object.keys(queryOf(page))).toHaveLength(3);

  await experiment.button('Reset').click();
  await expectQuery(page, {});
  await experiment.expectState('done');
  await expect(experiment.sentence).toHaveText(recordedSentence);
  await expect(experiment.slider('length')).toHaveValue('60');
  await expect(experiment.choice('activation', 'tanh')).toBeChecked();
  await expect(experiment.typed('seed')).toHaveValue('1');
  await expect(experiment.button('Reset')).toBeDisabled();
});

test('Reset takes a refusal away with what was typed', async ({ experiment }) => {
  await experiment.slideTo('length', 90);
  await experiment.typed('units').fill('1000');
  await experiment.typed('units').press('Enter');
  await expect(experiment.control('units').getByRole('alert')).toBeVisible();
  await experiment.button('Reset').click();
  await expect(experiment.typed('units')).toHaveValue(String(defaults.units));
  await expect(experiment.control('units').getByRole('alert')).toHaveCount(0);
});

test('New seed draws another network and is kept in the address', async ({ page, experiment }) => {
  const before = await experiment.pathOfLine();
  await experiment.button('New seed').click();
  await experiment.expectState('done');
  const seed = await experiment.typed('seed').inputValue();
  expect(Number(seed)).toBeGreaterThanOrEqual(0);
  expect(seed).not.toBe('1');
  expect(await experiment.pathOfLine()).not.toBe(before);
  await expectQuery(page, { [`${SLUG}.seed`]: seed });
});

test('the choices take effect: activation and where the loss sits', async ({ page, experiment }) => {
  const tanh = await experiment.pathOfLine();
  await experiment.choice('activation', 'identity').click();
  await expect(experiment.choice('activation', 'identity')).toBeChecked();
  await experiment.expectState('done');
  await expect.poll(() => experiment.pathOfLine()).not.toBe(tanh);

  await experiment.choice('loss', 'at every step').click();
  await expect(experiment.sentence).toContainText('Each step has a loss of its own here');
  await expect(experiment.frame.locator('.picture')).toContainText('a loss at every step');
  await expectQuery(page, { [`${SLUG}.activation`]: 'identity', [`${SLUG}.loss`]: 'every' });
});

test('one network is drawn as one line, several as their median with each behind it, many as a median and a band', async ({
  experiment,
}) => {
  await expect(experiment.lines).toHaveCount(1 + defaults.networks);
  await experiment.slideTo('networks', 1);
  await expect(experiment.sentence).toContainText('The gradient at step 1');
  await expect(experiment.lines).toHaveCount(1);
  await experiment.slideTo('networks', 3);
  await expect(experiment.sentence).toContainText('In the median of 3 networks');
  await expect(experiment.lines).toHaveCount(4);
  await experiment.slideTo('networks', 40);
  await expect(experiment.sentence).toContainText('In the median of 40 networks');
  await expect(experiment.lines).toHaveCount(1);
  await expect(experiment.frame.getByRole('img').locator('path.band')).toHaveCount(1);
});

test('what underflows and what overflows is marked in the picture and said', async ({ experiment }) => {
  await experiment.slideTo('length', 200);
  await experiment.slideTo('scale', 0.3);
  await experiment.expectState('done');
  await expect(experiment.frame.locator('.span-label')).toContainText(['underflows to 0']);
  await expect(experiment.sentence).toContainText('underflows to zero');

  await experiment.slideTo('scale', 3);
  await experiment.choice('activation', 'identity').check();
  await experiment.expectState('done');
  await expect(experiment.frame.locator('.span-label')).toContainText(['overflows float32']);
  await expect(experiment.sentence).toContainText(/float32|overflows/);
});

test('the newest parameters win: of a burst of changes the first and the last are run, and none between', async ({
  page,
  experiment,
}) => {
  await page.evaluate(() => {
    const lengths: number[] = [];
    Object.assign(window, { startedLengths: lengths });
    const post = Worker.prototype.postMessage as (this: Worker, message: unknown) => void;
    Worker.prototype.postMessage = function (
      this: Worker,
      message: { kind: string; job?: { params: { length: number } } },
    ) {
      if (message.kind === 'start') lengths.push(message.job!.params.length);
      post.call(this, message);
    };
  });
  await experiment.openDrawer('Data');
  await experiment.slider('length').evaluate((slider: HTMLInputElement) => {
    for (let length = 101; length <= 180; length++) {
      slider.value = String(length);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await expect(experiment.rows).toHaveCount(180);
  await expectLength(experiment, 180);
  expect(await page.evaluate(() => (window as unknown as { startedLengths: number[] }).startedLengths)).toEqual([
    101, 180,
  ]);
  await expectQuery(page, { [`${SLUG}.length`]: '180' });
});

test('a long drag over many frames ends with the picture of the last value, done', async ({ page, experiment }) => {
  await experiment.slideTo('units', 64);
  await experiment.openDrawer('Data');
  await experiment.slider('length').focus();
  for (let press = 0; press < 60; press++) await page.keyboard.press('ArrowRight');
  await expectLength(experiment, 120);
  await expectQuery(page, { [`${SLUG}.length`]: '120', [`${SLUG}.units`]: '64' });
});

test('the help of a control opens and closes in place', async ({ experiment }) => {
  const ask = experiment.control('length').getByRole('button', { name: 'What is “Sequence length”?' });
  const help = experiment.control('length').getByText('How many time steps the network is unrolled over');
  await expect(help).toBeHidden();
  await expect(ask).toHaveAttribute('aria-expanded', 'false');
  await ask.click();
  await expect(help).toBeVisible();
  await expect(ask).toHaveAttribute('aria-expanded', 'true');
  await ask.click();
  await expect(help).toBeHidden();
});

test('one step of the picture can be read out, by pointer and by keyboard', async ({ page, experiment }) => {
  const look = experiment.frame.getByRole('slider', { name: 'Look at time step' });
  await look.focus();
  await page.keyboard.press('Home');
  await expect(experiment.frame.locator('.look')).toContainText('Step 1, 59 steps before the last');
  await expect(look).toHaveAttribute('aria-valuetext', /^Step 1, 59 steps before the last/);
  await page.keyboard.press('End');
  await expect(experiment.frame.locator('.look')).toContainText('Step 60, the last step: 1 of the gradient');

  const picture = experiment.frame.getByRole('img', { name: /norm of the gradient/ });
  const box = (await picture.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(experiment.frame.locator('.look')).toContainText(/Step (2|3)\d, \d+ steps before the last/);
  await experiment.expectState('idle');
});

test('a slider that is moved before the page’s scripts are there does not say one thing and show another', async ({
  page,
  experiment,
}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/assets\/VanishingGradient[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(pages.basicRnn);
  await experiment.slideTo('length', 80);
  release();
  await experiment.ready();
  const length = await lengthInControl(experiment);
  await expect(experiment.typed('length')).toHaveValue(String(length));
  await expect(experiment.sentence).toContainText(`the gradient at step ${length}`);
});
