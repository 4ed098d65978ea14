import fc from 'fast-check';

import { loadDefinition, slugs } from '#src/experiments/index.ts';
import { hostileText } from '#tests/unit/experiments/arbitraries.ts';

import { defaults, expect, expectQuery, longRun, pages, queryFor, slowWorker, SLUG, test } from './helpers.ts';

test('a link opens its state, runs it and leads to the experiment', async ({ page, experiment }) => {
  await experiment.open(`?${SLUG}.length=200&${SLUG}.seed=7`);
  await experiment.expectState('done');
  await expect(experiment.slider('length')).toHaveValue('200');
  await expect(experiment.typed('seed')).toHaveValue('7');
  await expect(experiment.sentence).toContainText('the gradient at step 200');
  await experiment.openDrawer('Data');
  await expect(experiment.rows).toHaveCount(200);
  await expect(experiment.notes).toHaveCount(0);
  await expect(experiment.frame).toBeInViewport();
  await expectQuery(page, { [`${SLUG}.length`]: '200', [`${SLUG}.seed`]: '7' });
});

test('a link can set every parameter', async ({ experiment }) => {
  await experiment.openAt({
    length: 30,
    scale: 0.85,
    units: 5,
    activation: 'relu',
    loss: 'every',
    networks: 3,
    seed: 99,
  });
  await experiment.expectState('done');
  await expect(experiment.slider('length')).toHaveValue('30');
  await expect(experiment.slider('scale')).toHaveValue('0.85');
  await expect(experiment.slider('units')).toHaveValue('5');
  await expect(experiment.choice('activation', 'ReLU')).toBeChecked();
  await expect(experiment.choice('loss', 'at every step')).toBeChecked();
  await expect(experiment.slider('networks')).toHaveValue('3');
  await expect(experiment.typed('seed')).toHaveValue('99');
  await expect(experiment.sentence).toContainText('In the median of 3 networks, the gradient at step 1');
  await expect(experiment.notes).toHaveCount(0);
});

test('a link with nothing in it shows the recorded run and starts none', async ({ page, experiment }) => {
  await experiment.open();
  await experiment.expectState('idle');
  expect(page.workers()).toHaveLength(0);
  await expect(experiment.notes).toHaveCount(0);
});

/** Values that cannot be used, no two for one parameter in a link, with what the note says of each. */
const badLinks: Record<string, { query: string; says: string[] }[]> = {
  'unknown, doubled, below the range or not an option': [
    { query: `${SLUG}.colour=red`, says: ['colour', 'no parameter'] },
    { query: `${SLUG}.length=70&${SLUG}.length=80`, says: ['length', '2 times', `default, ${defaults.length},`] },
    { query: `${SLUG}.scale=-1`, says: ['scale', '“-1”', 'from 0.1 to 3', `default, ${defaults.scale},`] },
    { query: `${SLUG}.activation=sigmoid`, says: ['activation', '“sigmoid”', 'tanh, relu, identity'] },
  ],
  'above the range, between two steps, no number, empty or a seed that is none': [
    { query: `${SLUG}.length=501`, says: ['length', '“501”', 'a whole number from 2 to 500', `${defaults.length}`] },
    { query: `${SLUG}.units=2.5`, says: ['units', '“2.5”', 'a whole number', `default, ${defaults.units},`] },
    { query: `${SLUG}.networks=lots`, says: ['networks', '“lots”', `default, ${defaults.networks},`] },
    { query: `${SLUG}.scale=`, says: ['scale', '“”', `default, ${defaults.scale},`] },
    { query: `${SLUG}.seed=-1`, says: ['seed', '“-1”', 'default, 1,'] },
  ],
  'huge, very long, a number only in name or a property of every object': [
    { query: `${SLUG}.length=1e308`, says: ['length', '“1e308”', `default, ${defaults.length},`] },
    {
      query: `${SLUG}.units=${'9'.repeat(5000)}`,
      says: ['units', `“${'9'.repeat(40)}…”`, `default, ${defaults.units},`],
    },
    { query: `${SLUG}.networks=NaN`, says: ['networks', '“NaN”', `default, ${defaults.networks},`] },
    { query: `${SLUG}.__proto__=1`, says: ['__proto__', 'no parameter'] },
  ],
};

for (const [why, values] of Object.entries(badLinks)) {
  test(`values in a link that are ${why} give way to the defaults, each with a note that says so`, async ({
    page,
    experiment,
  }) => {
    await experiment.open(`?${values.map(({ query }) => query).join('&')}`);
    await expect(experiment.notes).toHaveCount(values.length);
    for (const { says } of values) {
      const note = experiment.notes.filter({ hasText: says[0]! });
      await expect(note).toBeVisible();
      for (const words of says) await expect(note).toContainText(words);
    }
    for (const name of ['length', 'scale', 'units', 'networks'] as const) {
      await expect(experiment.slider(name)).toHaveValue(String(defaults[name]));
    }
    await expect(experiment.choice('activation', 'tanh')).toBeChecked();
    await expect(experiment.typed('seed')).toHaveValue('1');
    await experiment.expectState('idle');

    // The next change writes an address without what could not be used.
    await experiment.slideTo('length', 61);
    await expectQuery(page, { [`${SLUG}.length`]: '61' });
  });
}

test('what of a link can be used is used beside what cannot', async ({ experiment }) => {
  await experiment.open(`?${SLUG}.length=100&${SLUG}.units=1000&${SLUG}.seed=3`);
  await experiment.expectState('done');
  await expect(experiment.slider('length')).toHaveValue('100');
  await expect(experiment.typed('seed')).toHaveValue('3');
  await expect(experiment.slider('units')).toHaveValue('32');
  await expect(experiment.notes).toHaveCount(1);
  await expect(experiment.notes).toContainText('units');
});

test('very many bad values make a short list of notes', async ({ experiment }) => {
  const unknown = Array.from({ length: 300 }, (_, i) => `${SLUG}.x${i}=1`);
  await experiment.open(`?${unknown.join('&')}`);
  await expect(experiment.notes).toHaveCount(6);
  await expect(experiment.notes.last()).toContainText('295 more');
});

test('markup in a link, in values and in names, stays text', async ({ page, experiment }) => {
  const markup = '<img src="x" onerror="window.hacked = true"><script>window.hacked = true</script>';
  const query = new URLSearchParams([
    [`${SLUG}.length`, markup],
    [`${SLUG}.activation`, `"><svg onload=window.hacked=true>`],
    [`${SLUG}.${markup}`, markup],
    [`${SLUG}.seed`, `javascript:window.hacked=true`],
  ]);
  await experiment.open(`?${query}`);
  await expect(experiment.notes).toHaveCount(4);
  await expect(experiment.notes.filter({ hasText: 'length' })).toContainText('“<img src="x"');
  await expect(experiment.frame.locator('img, script, svg[onload]')).toHaveCount(0);
  await experiment.slideTo('length', 61);
  await experiment.expectState('done');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

/** Markup and addresses that would set `hacked` if the page took them for more than text. */
const attacks = [
  '<img src=x onerror="hacked=1">',
  '"><svg onload=hacked=1>',
  '</script><script>hacked=1</script>',
  'javascript:hacked=1',
  '{{constructor.constructor("hacked=1")()}}',
  '${hacked=1}',
  '<iframe srcdoc="<script>parent.hacked=1</script>">',
  '__proto__[hacked]=1',
];

test('fifty hostile links: nothing of them becomes markup, and the page answers', async ({ page, troubles }) => {
  test.slow();
  const samples = fc.sample(fc.array(hostileText, { minLength: 3, maxLength: 3 }), { numRuns: 50, seed: 1 });
  for (const [i, texts] of samples.entries()) {
    const slug = slugs[i % slugs.length]!;
    const { parameters } = await loadDefinition(slug);
    const attack = attacks[i % attacks.length]!;
    const names = [...Object.keys(parameters), 'seed', 'theme', 'hide', 'engine', attack];
    const pairs = names.map((name, j) => [name, (i + j) % 2 === 0 ? attack : texts[j % texts.length]!]);
    const hash = i % 3 === 0 ? `#${encodeURIComponent(attack)}` : '';
    await page.goto(`embed/${slug}/?${new URLSearchParams(pairs)}${hash}`);
    await expect(page.locator(`section[data-experiment="${slug}"][data-ready]`)).toHaveAttribute(
      'data-state',
      /idle|done/,
    );
    const found = await page.evaluate(() => ({
      hacked: 'hacked' in window || 'hacked' in {},
      markup: document.querySelectorAll('.notes *:not(li), [data-embed-notes] *, iframe, [onerror], [onload]').length,
    }));
    expect(found, `${slug} ${attack}`).toEqual({ hacked: false, markup: 0 });
  }
  expect(troubles.unexpected()).toEqual([]);
});

test('invisible characters in a link are shown as such', async ({ experiment }) => {
  await experiment.open(`?${SLUG}.length=${encodeURIComponent('1\u202e2\u0000')}`);
  await expect(experiment.notes).toContainText('“1�2�”');
});

test('the address carries only what differs from the defaults', async ({ page, experiment }) => {
  await experiment.open(`?${SLUG}.length=60&${SLUG}.units=20`);
  await experiment.slideTo('length', 75);
  await expectQuery(page, { [`${SLUG}.length`]: '75', [`${SLUG}.units`]: '20' });
  await experiment.slideTo('length', 60);
  await expectQuery(page, { [`${SLUG}.units`]: '20' });
  await experiment.slideTo('units', 32);
  await expectQuery(page, {});
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe(`/${pages.basicRnn}#${SLUG}`);
});

test('a seed that was once changed stays in the address, even as the default; Reset takes it out', async ({
  page,
  experiment,
}) => {
  await experiment.open();
  await experiment.typed('seed').fill('7');
  await experiment.typed('seed').press('Enter');
  await expectQuery(page, { [`${SLUG}.seed`]: '7' });
  await experiment.typed('seed').fill('1');
  await experiment.typed('seed').press('Enter');
  await expectQuery(page, { [`${SLUG}.seed`]: '1' });
  await experiment.button('Reset').click();
  await expectQuery(page, {});
});

test('what else is in the query survives every change, and Reset', async ({ page, experiment }) => {
  await experiment.open(`?from=a%20b&${SLUG}.units=20&other-experiment.length=3`);
  await experiment.slideTo('length', 75);
  await expectQuery(page, {
    from: 'a b',
    'other-experiment.length': '3',
    [`${SLUG}.length`]: '75',
    [`${SLUG}.units`]: '20',
  });
  await experiment.button('Reset').click();
  await expectQuery(page, { from: 'a b', 'other-experiment.length': '3' });
});

test('a reload shows what the address says', async ({ page, experiment }) => {
  await experiment.open();
  await experiment.slideTo('length', 140);
  await expectQuery(page, { [`${SLUG}.length`]: '140' });
  await experiment.expectState('done');
  const sentence = await experiment.sentence.innerText();
  expect(sentence).toContain('the gradient at step 140');
  await page.reload();
  await experiment.ready();
  await experiment.expectState('done');
  await expect(experiment.slider('length')).toHaveValue('140');
  await expect(experiment.sentence).toHaveText(sentence);
});

test('Back returns to the state that was left for another page', async ({ page, experiment }) => {
  await experiment.open();
  await experiment.slideTo('length', 140);
  await expectQuery(page, { [`${SLUG}.length`]: '140' });
  await page.locator(`header a[href$="${pages.lstm}"]`).click();
  await expect(page).toHaveURL(/\/lstm\/$/);
  await page.goBack();
  await experiment.ready();
  await expect(experiment.slider('length')).toHaveValue('140');
  await expect(experiment.sentence).toContainText('the gradient at step 140');
});

test.describe('Copy link', () => {
  test('puts the whole link on the clipboard, at once and with the experiment’s place', async ({
    page,
    context,
    experiment,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await experiment.open('?from=here');
    await experiment.slideTo('length', 75);
    await experiment.button('Copy link').click();
    await expect(experiment.button('Link copied')).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const { origin } = new URL(page.url());
    expect(copied).toBe(`${origin}/${pages.basicRnn}?from=here&${SLUG}.length=75#${SLUG}`);

    // It is a link: it opens the same state.
    await experiment.slideTo('length', 90);
    await expect(experiment.button('Copy link')).toBeVisible();
    await expectQuery(page, { from: 'here', [`${SLUG}.length`]: '90' });
    await page.goto(copied);
    await experiment.ready();
    await expect(experiment.slider('length')).toHaveValue('75');
  });

  test('shows the link, ready to be copied by hand, where the browser refuses', async ({ page, experiment }) => {
    await page.addInitScript(() => {
      navigator.clipboard.writeText = () =>
        Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
    });
    await experiment.openAt({ length: 75, seed: 3 });
    await experiment.button('Copy link').click();
    const field = experiment.frame.getByRole('textbox', { name: 'Copy this link' });
    await expect(field).toHaveValue(
      `${new URL(page.url()).origin}/${pages.basicRnn}?${SLUG}.length=75&${SLUG}.seed=3#${SLUG}`,
    );
    await field.focus();
    const selected = await field.evaluate((input: HTMLInputElement) =>
      input.value.slice(input.selectionStart!, input.selectionEnd!),
    );
    expect(selected).toBe(await field.inputValue());

    // A changed state would make it a lie.
    await experiment.slideTo('length', 90);
    await expect(field).toHaveCount(0);
  });

  test('shows the link where there is no clipboard at all', async ({ page, experiment }) => {
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });
    });
    await experiment.open();
    await experiment.button('Copy link').click();
    await expect(experiment.frame.getByRole('textbox', { name: 'Copy this link' })).toHaveValue(
      new RegExp(`#${SLUG}$`),
    );
  });
});

test('a link to a long run starts it, and it can be stopped', async ({ page, experiment }) => {
  await slowWorker(page);
  await experiment.open(queryFor(longRun));
  await experiment.button('Stop').click();
  await experiment.expectState('stopped');
  await expectQuery(page, {
    [`${SLUG}.length`]: '500',
    [`${SLUG}.units`]: '64',
    [`${SLUG}.networks`]: '100',
  });
});

test('?engine= runs the same on another form of the kernels, and is kept; one that there is not is refused', async ({
  page,
  experiment,
}) => {
  await experiment.open(`?engine=typescript&${SLUG}.length=70`);
  await experiment.expectState('done');
  await expect(experiment.frame).toContainText('by plain TypeScript');
  const sentence = await experiment.sentence.innerText();
  await experiment.slideTo('length', 71);
  await experiment.slideTo('length', 70);
  await expectQuery(page, { engine: 'typescript', [`${SLUG}.length`]: '70' });

  await experiment.openAt({ length: 70 });
  await experiment.expectState('done');
  await expect(experiment.frame).toContainText('by WebAssembly');
  await expect(experiment.sentence).toHaveText(sentence);

  await experiment.open('?engine=steam');
  await expect(experiment.notes).toHaveCount(1);
  await expect(experiment.notes).toContainText('engine “steam”');
});
