import { createHash } from 'node:crypto';

import { slugs, type Slug } from '#src/experiments/index.ts';
import { tableToCsv } from '#src/site/csv.ts';
import { expectedOf, queryOf, type Expected } from '#tests/site/expected.ts';
import { readPagesIn } from '#tests/site/sites.ts';

import { until, type SteeredBrowser } from './browser.ts';
import * as inPage from './in-page.ts';

/** What came of one try. */
export interface Tried {
  /** An experiment's slug, or a page's path. */
  what: string;
  /** Why it did not work; undefined where it did. */
  failure?: string;
  /** The beginning of the hash of the run's table, to the last digit. */
  hash?: string;
  /** Whether that is the hash of what Node computes; undefined where the run measures times. */
  same?: boolean;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** A test that has to be true of the page before long. */
const pageSays = (browser: SteeredBrowser, what: string, look: () => boolean, seconds?: number) =>
  until(what, () => browser.call(look), seconds);

async function noTroubles(browser: SteeredBrowser): Promise<void> {
  const troubles = await browser.call(inPage.troublesSoFar);
  if (troubles.length > 0) throw new Error(troubles.join('; '));
}

/** Sets a value, and sets it back, by keyboard alone, and sees the address follow. */
async function changeAndSetBack(browser: SteeredBrowser): Promise<void> {
  const before = await browser.call(inPage.query);
  const follows = (what: string, changed: boolean) =>
    until(what, async () => ((await browser.call(inPage.query)) !== before) === changed);
  const way = await browser.call(inPage.focusControl);
  if (way === 'seed') {
    await browser.press('2');
    await browser.press('Enter');
    await follows('an address with the other seed', true);
    await browser.call(inPage.focusControl);
    await browser.press('1');
    await browser.press('Enter');
    await until('an address with the first seed', async () => /seed=1$/.test(await browser.call(inPage.query)));
    return;
  }
  await browser.press(way === 'up' ? 'ArrowRight' : 'ArrowLeft');
  await follows('an address with the other value', true);
  await browser.press(way === 'up' ? 'ArrowLeft' : 'ArrowRight');
  await follows('the address as it was', false);
}

async function openExperiment(browser: SteeredBrowser, address: string): Promise<void> {
  await browser.open(address);
  await browser.call(inPage.keepTroubles);
  await pageSays(browser, 'an experiment that answers', inPage.touch);
}

/** By keyboard: changes a value and back, runs, and compares the table with what Node gives. */
async function tryExperiment(browser: SteeredBrowser, home: string, expected: Expected): Promise<Tried> {
  const { definition, outcome } = expected;
  const query = new URLSearchParams(queryOf(definition, outcome.params as never));
  await openExperiment(browser, `${home}embed/${definition.slug}/?${query}`);
  await changeAndSetBack(browser);
  if (!definition.live) {
    await browser.call(inPage.focusButton, 'Run');
    await browser.press('Enter');
  }
  await pageSays(browser, 'a run that is done', inPage.isDone, 90);
  const csv = await until('a table', () => browser.call(inPage.csv));
  await noTroubles(browser);
  const wanted = tableToCsv(outcome.table);
  const lines = (text: string) => text.split('\r\n').length;
  if (lines(csv) !== lines(wanted)) throw new Error(`a table of ${lines(csv)} lines, not ${lines(wanted)}`);
  if (definition.untimed) return { what: definition.slug };
  return { what: definition.slug, hash: hashOf(csv), same: csv === wanted };
}

/** Stops a run that takes long. */
async function tryStop(browser: SteeredBrowser, home: string): Promise<Tried> {
  await openExperiment(browser, `${home}embed/fading-memory/`);
  await browser.call(inPage.focusButton, 'Run');
  await browser.press('Enter');
  await until('a Stop button', () => browser.call(inPage.focusButton, 'Stop'));
  await browser.press('Enter');
  await pageSays(browser, 'a run that was stopped', inPage.isStopped);
  await noTroubles(browser);
  return { what: 'Stop' };
}

async function tryPage(browser: SteeredBrowser, address: string, path: string): Promise<Tried> {
  await browser.open(address + path);
  await browser.call(inPage.keepTroubles);
  await browser.call(inPage.readToTheEnd);
  await pageSays(browser, 'a page with a heading', inPage.hasHeading);
  await noTroubles(browser);
  return { what: `/${path}` };
}

/** Node's runs, by experiment: computed once for all browsers. */
export const expectedRuns = () => Promise.all(slugs.map((slug: Slug) => expectedOf(slug)));

/** Tries a built site in a browser: each page, each experiment, and Stop. */
export async function tryBrowser(
  browser: SteeredBrowser,
  { home, folder, runs }: { home: string; folder: string; runs: readonly Expected[] },
): Promise<Tried[]> {
  const tries: [string, () => Promise<Tried>][] = [
    ['Stop', () => tryStop(browser, home)],
    ...runs.map((run): [string, () => Promise<Tried>] => [
      run.definition.slug,
      () => tryExperiment(browser, home, run),
    ]),
    ...readPagesIn(folder).map((path): [string, () => Promise<Tried>] => [
      `/${path}`,
      () => tryPage(browser, home, path),
    ]),
  ];
  const came: Tried[] = [];
  for (const [what, attempt] of tries) {
    const tried = await attempt().catch((error: Error): Tried => ({ what, failure: error.message }));
    console.log(
      `  ${what}: ${tried.failure ?? (tried.same === false ? `not the same (${tried.hash})` : 'as it should be')}`,
    );
    came.push(tried);
  }
  return came;
}
