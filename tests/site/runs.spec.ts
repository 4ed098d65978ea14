import {
  deafWorker,
  expect,
  experimentScript,
  longRun,
  replaceWorker,
  slowWorker,
  test,
  workerScript,
  type Experiment,
} from './helpers.ts';

const bar = (experiment: Experiment) => experiment.frame.getByRole('progressbar');

test('a live run goes from idle through running to done', async ({ experiment }) => {
  await experiment.open();
  await experiment.recordStates();
  await experiment.slideTo('length', 80);
  await experiment.expectState('done');
  expect((await experiment.recordedStates()).states).toEqual(['idle', 'running', 'done']);
});

test('a long run shows how far it is, in the units of its work, and draws what it has', async ({
  page,
  experiment,
}) => {
  await slowWorker(page);
  await experiment.openAt(longRun);
  await expect(bar(experiment)).toBeVisible();
  await expect(experiment.frame).toContainText(/\d+ of 100 networks/);
  await expect(experiment.sentence).toContainText(/So far, in the median of \d\d? networks, the gradient .* step 500/);
  await experiment.expectState('running');
  await experiment.button('Stop').click();
  await experiment.expectState('stopped');
});

test('Stop stops a long run, keeps what was measured, and offers to go on or to start again', async ({
  page,
  experiment,
}) => {
  await slowWorker(page);
  await experiment.openAt(longRun);
  await experiment.recordStates();
  await expect(bar(experiment)).toHaveJSProperty('max', 100);
  await experiment.stopOncePast(2);
  const { states } = await experiment.recordedStates();
  expect(states).not.toContain('done');
  await expect(experiment.frame).toContainText(/Stopped at \d+ of 100 networks/);
  await expect(experiment.button('Stop')).toHaveCount(0);
  await expect(experiment.button('Resume')).toBeVisible();
  await expect(experiment.button('Run from the start')).toBeVisible();
  // The networks that were measured are shown; the others are not.
  const stoppedAt = Number(/Stopped at (\d+) of/.exec(await experiment.frame.innerText())?.[1]);
  expect(stoppedAt).toBeGreaterThanOrEqual(3);
  await expect(experiment.sentence).toContainText(`So far, in the median of ${stoppedAt} networks`);
});

test('after Stop the next run works', async ({ page, experiment }) => {
  await slowWorker(page);
  await experiment.openAt(longRun);
  await experiment.button('Stop').click();
  await experiment.expectState('stopped');
  await experiment.slideTo('networks', 1);
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 500');
  await experiment.slideTo('length', 100);
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 100');
});

test('Resume goes on where Stop was and ends with the very numbers of a run that was not stopped', async ({
  page,
  experiment,
}) => {
  await slowWorker(page);
  await experiment.openAt({ networks: 20, length: 200 });
  await experiment.stopOncePast(9);
  await expect(experiment.frame).toContainText(/Stopped at 1\d of 20 networks/);

  await experiment.recordStates();
  await experiment.button('Resume').click();
  await experiment.expectState('done');
  const { states, progress } = await experiment.recordedStates();
  expect(states).toEqual(['stopped', 'running', 'done']);
  expect(progress.length).toBeGreaterThan(0);
  expect(Math.min(...progress)).toBeGreaterThanOrEqual(10);
  const resumed = await experiment.csv();
  expect(resumed.rows).toHaveLength(200);

  await page.unroute(workerScript);
  await page.reload();
  await experiment.ready();
  await experiment.expectState('done');
  expect((await experiment.csv()).text).toBe(resumed.text);
});

test('a run that was stopped can be run from its start', async ({ page, experiment }) => {
  await slowWorker(page);
  await experiment.openAt(longRun);
  await experiment.stopOncePast(30);
  await experiment.recordStates();
  await experiment.button('Run from the start').click();
  await experiment.stopOncePast(0);
  const { states, progress } = await experiment.recordedStates();
  expect(states).toEqual(['stopped', 'running', 'stopped']);
  expect(Math.min(...progress)).toBeLessThan(30);
});

test('changing a control after Stop starts a run of the new parameters, not the rest of the old', async ({
  page,
  experiment,
}) => {
  await slowWorker(page);
  await experiment.openAt(longRun);
  await experiment.stopOncePast(1);
  await experiment.slideTo('networks', 3);
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('In the median of 3 networks');
  await expect(experiment.lines).toHaveCount(4);
});

test('a worker that does not hear of Stop is ended, and the next run works', async ({ page, experiment }) => {
  const giveBack = await replaceWorker(page, deafWorker);
  await experiment.open();
  const ended = page.waitForEvent('worker').then((worker) => worker.waitForEvent('close'));
  await experiment.slideTo('length', 80);
  await experiment.button('Stop').click();
  await experiment.expectState('stopped');
  await ended;

  await giveBack();
  await experiment.button('Run from the start').click();
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 80');
});

test('a worker that does not hear of newer parameters is ended, and they are run', async ({ page, experiment }) => {
  await page.route(workerScript, (route) => route.fulfill({ contentType: 'text/javascript', body: deafWorker }), {
    times: 1,
  });
  await experiment.open();
  await experiment.slideTo('length', 80);
  await experiment.expectState('running');
  await experiment.slideTo('length', 81);
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 81');
});

async function expectFailure(experiment: Experiment, reason: RegExp): Promise<void> {
  await experiment.expectState('failed');
  await expect(experiment.frame.getByText('It did not work.').filter({ visible: true }).first()).toBeVisible();
  await expect(experiment.frame.locator('.failure')).toContainText(reason);
  await expect(experiment.button('Retry')).toBeVisible();
}

async function expectPageLivesOn(experiment: Experiment): Promise<void> {
  const { page } = experiment;
  const theme = page.getByRole('button', { name: /^Theme/ });
  await theme.click();
  await expect(theme).toHaveText('Theme: light');
  await experiment.openDrawer('What just ran');
  await expect(experiment.drawer('What just ran').locator('pre').first()).toBeVisible();
}

test('a worker killed in the middle of a run: the reason is shown, the page lives on, Retry works', async ({
  page,
  experiment,
}) => {
  await slowWorker(page);
  await experiment.openAt({ networks: 30 });
  await expect(experiment.frame).toContainText(/[1-9]\d of 30 networks/);
  await page
    .workers()[0]!
    .evaluate(() => self.close())
    .catch(() => undefined);
  await expectFailure(experiment, /worker stopped answering/);
  await expectPageLivesOn(experiment);

  await experiment.recordStates();
  await experiment.button('Retry').click();
  await experiment.expectState('done');
  // It goes on where it was killed.
  const { progress } = await experiment.recordedStates();
  expect(Math.min(...progress)).toBeGreaterThanOrEqual(10);
  await expect(experiment.sentence).toContainText('In the median of 30 networks');
});

test('a worker killed between two runs: the next one tells the reason, and Retry works', async ({
  page,
  experiment,
}) => {
  await experiment.openAt({ length: 80 });
  await experiment.expectState('done');
  await page
    .workers()[0]!
    .evaluate(() => self.close())
    .catch(() => undefined);
  await experiment.slideTo('length', 90);
  await expectFailure(experiment, /worker stopped answering/);
  await experiment.button('Retry').click();
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 90');
});

test('a worker that throws: its message is shown, and moving on works', async ({ page, experiment, troubles }) => {
  troubles.expect(/out of tea/);
  const body = `postMessage({ kind: 'ready' }); onmessage = () => { throw new Error('out of tea'); };`;
  const giveBack = await replaceWorker(page, body);
  await experiment.open();
  await experiment.slideTo('length', 80);
  await expectFailure(experiment, /out of tea/);
  await giveBack();
  await experiment.slideTo('length', 90);
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 90');
});

test('a run that fails inside the worker: its reason is shown, as text', async ({ page, experiment }) => {
  const reason = 'no <b>numbers</b> left';
  const giveBack = await replaceWorker(
    page,
    `postMessage({ kind: 'ready' });
     onmessage = ({ data: { kind, id } }) => { if (kind === 'start') postMessage({ kind: 'failed', id, reason: ${JSON.stringify(reason)} }); };`,
  );
  await experiment.open();
  await experiment.slideTo('length', 80);
  await expectFailure(experiment, /no <b>numbers<\/b> left/);
  await giveBack();
});

test('the worker’s script cannot be loaded: the reason is shown, the page lives on, Retry works once it can', async ({
  page,
  experiment,
  troubles,
}) => {
  troubles.expect(/worker-/);
  await page.route(workerScript, (route) => route.abort());
  await experiment.open();
  await experiment.slideTo('length', 80);
  await expectFailure(experiment, /could not be loaded/);
  await expectPageLivesOn(experiment);

  await experiment.button('Retry').click();
  await expectFailure(experiment, /could not be loaded/);

  await page.unroute(workerScript);
  await experiment.button('Retry').click();
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 80');
});

test('the experiment’s own script cannot be loaded: the reason is shown, and Retry works once it can', async ({
  page,
  experiment,
  troubles,
}) => {
  troubles.expect(/vanishing-gradient-/);
  await page.route(experimentScript, (route) => route.abort());
  await experiment.open();
  await experiment.slideTo('length', 80);
  await expectFailure(experiment, /\w/);
  await expectPageLivesOn(experiment);

  await page.unroute(experimentScript);
  await experiment.button('Retry').click();
  await experiment.expectState('done');
  await expect(experiment.sentence).toContainText('the gradient at step 80');
});

test('after a failure the picture that was there is still there', async ({ page, experiment, troubles }) => {
  troubles.expect(/worker-/);
  await page.route(workerScript, (route) => route.abort());
  await experiment.open();
  const path = await experiment.pathOfLine();
  const sentence = await experiment.sentence.innerText();
  await experiment.slideTo('length', 80);
  await experiment.expectState('failed');
  expect(await experiment.pathOfLine()).toBe(path);
  await expect(experiment.sentence).toHaveText(sentence);
});

test.describe('screen readers are told', () => {
  const status = (experiment: Experiment) => experiment.frame.locator('[role="status"]');

  test('what is seen, once a run is done', async ({ experiment }) => {
    await experiment.open();
    await expect(status(experiment)).toHaveText('');
    await experiment.slideTo('length', 80);
    await experiment.expectState('done');
    await expect(status(experiment)).toHaveText(await experiment.sentence.innerText());
  });

  test('that a run was stopped', async ({ page, experiment }) => {
    await slowWorker(page);
    await experiment.openAt(longRun);
    await experiment.button('Stop').click();
    await expect(status(experiment)).toContainText('Stopped.');
  });

  test('that a run failed, and why', async ({ page, experiment, troubles }) => {
    troubles.expect(/worker-/);
    await page.route(workerScript, (route) => route.abort());
    await experiment.open();
    await experiment.slideTo('length', 80);
    await expect(status(experiment)).toContainText(/It did not work\. .*could not be loaded/);
  });
});

test('every run of one page happens in one and the same worker', async ({ page, experiment }) => {
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await experiment.open();
  for (const length of [80, 90, 100]) {
    await experiment.slideTo('length', length);
    await experiment.expectState('done');
  }
  expect(workers).toHaveLength(1);
});
