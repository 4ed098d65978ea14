/**
 * npm run bench: how fast the built site answers in a real browser. Medians over rounds, written to tests/bench/site.json, and into
 * docs/performance.md.
 * Nothing here passes or fails: machines differ, and the numbers are for people to read.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

import { chromium, type Page } from '@playwright/test';

import { browserArguments, provideBrowser } from './browser.ts';
import { buildSite } from './build-site.ts';
import { writePerformance } from './performance.ts';
import { addressOf, serveFolder } from './static-server.ts';

const ROUNDS = 9;
/** Clicks and keys in a round. */
const INPUTS = 20;
/** On the slowest form, so that there is a middle to stop in. */
const LONG_RUN =
  'engine=typescript&vanishing-gradient.length=500&vanishing-gradient.units=64&vanishing-gradient.networks=100';
const ONE_NETWORK = 'vanishing-gradient.networks=1';
/** The frame of an experiment. */
const frameOf = (slug: string) => `[data-experiment="${slug}"]`;
const frame = frameOf('vanishing-gradient');

function summary(milliseconds: number[]): { median: number; least: number; most: number; times: number } {
  const sorted = [...milliseconds].sort((a, b) => a - b).map((value) => Math.round(value * 10) / 10);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return { median, least: sorted[0]!, most: sorted.at(-1)!, times: sorted.length };
}

async function openPage(page: Page, address: string, query = ''): Promise<void> {
  await touch(page, `${address}basic-rnn/${query && `?${query}`}#vanishing-gradient`, 'vanishing-gradient');
}

async function touch(page: Page, address: string, slug: string): Promise<void> {
  await page.goto(address);
  await page.locator(frameOf(slug)).hover({ position: { x: 5, y: 5 } });
  await page.waitForSelector(`${frameOf(slug)}[data-ready]`);
}

/** From a change of a slider, the length's unless told, to the frame in which the new picture is painted. */
function sliderToPicture(
  page: Page,
  value: number,
  { parameter = 'length', slug = 'vanishing-gradient' } = {},
): Promise<number> {
  return page.evaluate(
    async ([frame, parameter, value]) => {
      const section = document.querySelector<HTMLElement>(frame)!;
      const slider = section.querySelector<HTMLInputElement>(`[data-parameter="${parameter}"] input[type="range"]`)!;
      const picture = () => [...section.querySelectorAll('path.line')].map((line) => line.getAttribute('d')).join();
      const before = picture();
      const started = performance.now();
      slider.value = value;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      while (section.dataset['state'] !== 'done' || picture() === before) await new Promise(requestAnimationFrame);
      return performance.now() - started;
    },
    [frameOf(slug), parameter, String(value)] as const,
  );
}

/** Runs ahead of the worker's own script, and tells the page what each run took it, its answer's being sent included. */
const timesRuns = `
  const channel = new BroadcastChannel('times');
  const post = self.postMessage.bind(self);
  let started = 0;
  self.addEventListener('message', ({ data }) => { if (data.kind === 'start') started = performance.now(); });
  self.postMessage = (message, ...rest) => {
    post(message, ...rest);
    if (message.kind === 'done') channel.postMessage(performance.now() - started);
  };
`;

/** Has the worker's times kept in `window.workerTimes`. */
async function timeWorkers(page: Page): Promise<void> {
  await page.route(/\/assets\/worker-[^/]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: timesRuns + (await response.text()) });
  });
  await page.addInitScript(() => {
    const times: number[] = ((window as unknown as { workerTimes: number[] }).workerTimes = []);
    new BroadcastChannel('times').onmessage = ({ data }: MessageEvent<number>) => times.push(data);
  });
}

const workerTimes = (page: Page) =>
  page.evaluate(() => (window as unknown as { workerTimes: number[] }).workerTimes.splice(0));

/** The lengths that a drag of the slider passes through at its end, and the biases that one passes through. */
const LENGTHS = Array.from({ length: 15 }, (_, i) => 486 + i);
const BIASES = Array.from({ length: 15 }, (_, i) => (i + 5) / 4);

/** Drags a slider over values: the times from each change to its picture, and those that the worker took of them. */
async function drag(
  page: Page,
  values: readonly number[],
  of: Parameters<typeof sliderToPicture>[2] = {},
): Promise<{ pictures: number[]; worker: number[] }> {
  await workerTimes(page);
  const pictures: number[] = [];
  for (const value of values) pictures.push(await sliderToPicture(page, value, of));
  return { pictures, worker: await workerTimes(page) };
}

/** From a click on Stop, in the middle of a long run, to the state that says so. */
async function stopLatency(page: Page): Promise<number> {
  const stop = page.locator(frame).getByRole('button', { name: 'Stop' });
  await stop.waitFor();
  return page.evaluate(async (frame) => {
    const section = document.querySelector<HTMLElement>(frame)!;
    const button = [...section.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop')!;
    const started = performance.now();
    button.click();
    while (section.dataset['state'] !== 'stopped') await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - started;
  }, frame);
}

/** From each of many clicks and keys to the next paint, while an experiment trains in its worker; as browsers count it, in steps of 8 ms. */
async function inputsWhileTraining(page: Page, address: string): Promise<number[]> {
  const slug = 'fading-memory';
  await touch(page, `${address}limits/#${slug}`, slug);
  await page.evaluate(() => {
    const durations = new Map<number, number>();
    Object.assign(window, { durations });
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries() as PerformanceEventTiming[]) {
        if (interactionId) durations.set(interactionId, Math.max(duration, durations.get(interactionId) ?? 0));
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  const experiment = page.locator(`[data-experiment="${slug}"]`);
  await experiment.getByRole('button', { name: 'Run', exact: true }).click();
  await experiment.getByRole('progressbar').waitFor();
  const data = experiment.locator('summary', { hasText: 'Data' });
  for (let i = 0; i < INPUTS; i++) {
    if (i % 2 === 0) await data.click();
    else await data.press('Enter');
    await page.waitForTimeout(50);
  }
  await page.waitForTimeout(500);
  // What took less than a frame is not listed.
  const durations = await page.evaluate(() => [
    ...(window as unknown as { durations: Map<number, number> }).durations.values(),
  ]);
  return [...durations, ...Array.from({ length: Math.max(0, INPUTS - durations.length) }, () => 8)];
}

if (!buildSite({ folder: '.cache/site-root', basePath: '/' })) process.exit(1);
const server = await serveFolder('.cache/site-root', '/', 0);
const address = addressOf(server, '/');
const browser = await chromium.launch({ executablePath: provideBrowser(), args: browserArguments });

const first: number[] = [];
const at200: number[] = [];
const at500: number[] = [];
const stops: number[] = [];
const worker500: number[] = [];
const worker500One: number[] = [];
const highwayLength: number[] = [];
const highwayBias: number[] = [];
const inputs: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await timeWorkers(page);
  await openPage(page, address);
  first.push(await sliderToPicture(page, 61));
  await sliderToPicture(page, 100);
  at200.push(await sliderToPicture(page, 200));
  const { pictures, worker } = await drag(page, LENGTHS);
  at500.push(...pictures);
  worker500.push(...worker);
  await openPage(page, address, ONE_NETWORK);
  await sliderToPicture(page, 200);
  worker500One.push(...(await drag(page, LENGTHS)).worker);

  const highway = { slug: 'gradient-highway' };
  await touch(page, `${address}embed/gradient-highway/`, highway.slug);
  await sliderToPicture(page, 200, highway);
  highwayLength.push(...(await drag(page, LENGTHS, highway)).worker);
  highwayBias.push(...(await drag(page, BIASES, { ...highway, parameter: 'forgetBias' })).worker);
  await page.close();

  const long = await browser.newPage({ serviceWorkers: 'block' });
  await openPage(long, address, LONG_RUN);
  stops.push(await stopLatency(long));
  await long.close();

  const training = await browser.newPage({ serviceWorkers: 'block' });
  inputs.push(...(await inputsWhileTraining(training, address)));
  await training.close();
  console.log(`round ${round + 1} of ${ROUNDS}`);
}

const report = {
  what: 'milliseconds in the built site; see scripts/bench.ts',
  command: 'npm run bench',
  machine: { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, browser: `Chromium ${browser.version()}` },
  firstTouchToPicture: summary(first),
  sliderToPictureAtLength200: summary(at200),
  sliderToPictureAtLength500: summary(at500),
  workerAtLength500: summary(worker500),
  workerAtLength500OneNetwork: summary(worker500One),
  highwayWorkerAtLength500: summary(highwayLength),
  highwayWorkerForgetBiasAtLength500: summary(highwayBias),
  clickToStopped: summary(stops),
  inputToPaintWhileTraining: summary(inputs),
};
writeFileSync('tests/bench/site.json', `${JSON.stringify(report, null, 2)}\n`);
console.log(report, '\nWrote tests/bench/site.json.');
await writePerformance();
await browser.close();
server.close();
