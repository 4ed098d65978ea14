import { readFileSync } from 'node:fs';

import { test as base, expect, type BrowserContext, type Locator, type Page, type Response } from '@playwright/test';

import type { GradientResult } from '#src/experiments/vanishing-gradient.ts';
import type { Outcome } from '#src/experiments/definition.ts';

import { addressOfSite, pagesIn, readPagesIn, testSites, type TestSite } from './sites.ts';

export { expect };

/** The pages that readers read from first to last, by their addresses relative to the home page's. */
export const pages = {
  home: '',
  sequentialData: 'sequential-data/',
  basicRnn: 'basic-rnn/',
  limits: 'limits/',
  lstm: 'lstm/',
};

export const builtPages = pagesIn(testSites.root.folder);
export const readPages = readPagesIn(testSites.root.folder);

export const SLUG = 'vanishing-gradient';

/** The recorded run of the experiment, as it is kept. */
export const recorded = JSON.parse(
  readFileSync(new URL('../../content/recorded/vanishing-gradient.json', import.meta.url), 'utf8'),
) as Outcome<GradientResult, Record<string, unknown>>;

/** The defaults of the experiment's parameters. */
export const defaults = recorded.params as Record<'length' | 'scale' | 'units' | 'networks', number>;

/** How strong the gradient is at each step, relative to the last, in the recorded run. */
export const recordedMedian = recorded.result.median as number[];

/** The heaviest run that there is. With {@link slowWorker} it takes seconds on any machine. */
export const longRun = { length: 500, units: 64, networks: 100 };

/** The query that opens the experiment with these parameters. */
export function queryFor(params: Record<string, string | number>): string {
  const pairs = Object.entries(params).map(([name, value]) => `${SLUG}.${name}=${encodeURIComponent(value)}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/**
 * Everything that should not happen on any page: console errors and warnings, uncaught errors, violations of the content
 * policy, requests that fail or that leave the site. Kept for the whole of a test, which fails if anything was seen that
 * it did not announce.
 */
export class Troubles {
  readonly seen: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(context: BrowserContext, origin: string) {
    context.on('console', (message) => {
      // Said by Playwright, not by the page.
      if (message.text().startsWith('Service Worker registration blocked')) return;
      if (['error', 'warning', 'assert'].includes(message.type())) {
        this.seen.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.seen.push(`uncaught: ${error.error().message}`));
    context.on('request', (request) => {
      const { protocol, origin: target } = new URL(request.url());
      const local = ['data:', 'blob:', 'about:'].includes(protocol);
      if (!local && target !== origin) this.seen.push(`leaves the site: ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) this.seen.push(`answer ${response.status()}: ${response.url()}`);
    });
    context.on('requestfailed', (request) => {
      // A request that the browser gave up because the page was left.
      const text = request.failure()?.errorText ?? '';
      if (text !== 'net::ERR_ABORTED') this.seen.push(`failed: ${request.url()} ${text}`);
    });
  }

  /** Announces what a test brings about on purpose. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  unexpected(): string[] {
    return this.seen.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }
}

interface Options {
  /** The build that a test opens. */
  site: TestSite;
}

interface Fixtures {
  troubles: Troubles;
  experiment: Experiment;
}

/** Playwright's test, on a served build, with {@link Troubles} watched in every one. */
export const test = base.extend<Options & Fixtures>({
  site: ['root', { option: true }],
  baseURL: async ({ site }, use) => use(addressOfSite(site)),
  page: async ({ page }, use) => {
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    page.goto = (...given) => goto(...given).finally(() => onScreen(page));
    page.reload = (...given) => reload(...given).finally(() => onScreen(page));
    await use(page);
    // A script that is being fetched as the test ends, for a worker that nobody waits for, is no error of its own.
    if (!page.isClosed()) await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
  troubles: [
    async ({ context, baseURL }, use) => {
      const troubles = new Troubles(context, new URL(baseURL!).origin);
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`);
        });
      });
      await use(troubles);
      expect(troubles.unexpected(), 'nothing unexpected was seen on the way').toEqual([]);
    },
    { auto: true },
  ],
  experiment: async ({ page }, use) => use(new Experiment(page)),
});

/**
 * Waits until the page that was opened is on the screen. Before its first frame what is seen is the page before it, and the
 * browser throws away whatever the pointer and the keys do.
 */
export async function onScreen(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => performance.getEntriesByType('paint').length)).toBeGreaterThan(0);
  // The first is painted before the browser listens. Where scripts are off no callback is called.
  await page.evaluate(() =>
    matchMedia('(scripting: none)').matches
      ? undefined
      : new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** The experiment on the page about the basic RNN, as a reader meets it. */
export class Experiment {
  readonly page: Page;
  readonly frame: Locator;

  constructor(page: Page, frame = page.locator(`section[data-experiment="${SLUG}"]`)) {
    this.page = page;
    this.frame = frame;
  }

  /** Opens its page, in the state of a query, and waits until it answers. */
  async open(query = ''): Promise<void> {
    await this.page.goto(`${pages.basicRnn}${query}#${SLUG}`);
    await this.ready();
  }

  async openAt(params: Record<string, string | number>): Promise<void> {
    await this.open(queryFor(params));
  }

  /** Touches it, at its edge, and waits until it answers. */
  async ready(): Promise<void> {
    await this.frame.hover({ position: { x: 5, y: 5 } });
    await expect(this.frame).toHaveAttribute('data-ready', 'true');
  }

  async expectState(state: 'idle' | 'running' | 'done' | 'stopped' | 'failed'): Promise<void> {
    await expect(this.frame).toHaveAttribute('data-state', state);
  }

  control(name: string): Locator {
    return this.frame.locator(`[data-parameter="${name}"]`);
  }

  slider(name: string): Locator {
    return this.control(name).getByRole('slider');
  }

  typed(name: string): Locator {
    return this.control(name).getByRole('textbox');
  }

  choice(name: string, label: string): Locator {
    return this.control(name).getByRole('radio', { name: label, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  drawer(name: 'Data' | 'What just ran'): Locator {
    return this.frame.locator('details').filter({ has: this.page.locator('summary', { hasText: name }) });
  }

  get notes(): Locator {
    return this.frame.getByRole('list', { name: 'About the link' }).getByRole('listitem');
  }

  get sentence(): Locator {
    return this.frame.locator('p.sentence');
  }

  /** The lines of the picture that is shown: the main one, and those behind it. */
  get lines(): Locator {
    return this.frame.locator('path.line').filter({ visible: true });
  }

  get line(): Locator {
    return this.frame.locator('path.line:not(.faint)').filter({ visible: true });
  }

  get rows(): Locator {
    return this.drawer('Data').locator('tbody tr');
  }

  async pathOfLine(): Promise<string> {
    return (await this.line.getAttribute('d')) ?? '';
  }

  async openDrawer(name: 'Data' | 'What just ran'): Promise<void> {
    await this.drawer(name).locator('summary').click();
    await expect(this.drawer(name)).toHaveAttribute('open');
  }

  /** Opens everything in the frame that opens: drawers, and what each control is. */
  async openEverything(): Promise<void> {
    await this.frame.evaluate((frame) => {
      for (const details of frame.querySelectorAll('details')) details.open = true;
      for (const ask of frame.querySelectorAll<HTMLElement>('.ask[aria-expanded="false"]')) ask.click();
    });
  }

  /** The result as the reader's CSV file, cells by column. */
  async csv(): Promise<{ name: string; text: string; columns: string[]; rows: string[][] }> {
    if ((await this.drawer('Data').getAttribute('open')) === null) await this.openDrawer('Data');
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.drawer('Data').getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    const [columns, ...rows] = text
      .split('\r\n')
      .slice(0, -1)
      .map((row) => row.split(','));
    return { name: download.suggestedFilename(), text, columns: columns!, rows };
  }

  /** Sets a number by its range element, as one step of a drag does. */
  async slideTo(name: string, value: number): Promise<void> {
    await this.slider(name).fill(String(value));
  }

  /** From now on, keeps every state and every value of the progress bar. */
  async recordStates(): Promise<void> {
    await this.frame.evaluate((frame) => {
      const kept = { states: [frame.dataset['state'] ?? ''], progress: [] as number[] };
      Object.assign(window, { keptStates: kept });
      new MutationObserver(() => {
        const state = frame.dataset['state'] ?? '';
        if (state !== kept.states.at(-1)) kept.states.push(state);
        const bar = frame.querySelector('progress');
        if (bar?.hasAttribute('value')) kept.progress.push(bar.value);
      }).observe(frame, { attributes: true, childList: true, subtree: true });
    });
  }

  /** Clicks Stop in the very moment in which the progress bar passes a value, and waits until the run has stopped. */
  async stopOncePast(done: number): Promise<void> {
    await this.frame.evaluate(
      (frame, done) =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(look);
          function look(): void {
            if ((frame.querySelector('progress')?.value ?? 0) <= done) return;
            observer.disconnect();
            [...frame.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === 'Stop')!.click();
            resolve();
          }
          observer.observe(frame, { attributes: true, childList: true, subtree: true });
          look();
        }),
      done,
    );
    await this.expectState('stopped');
  }

  recordedStates(): Promise<{ states: string[]; progress: number[] }> {
    return this.page.evaluate(
      () => (window as unknown as { keptStates: { states: string[]; progress: number[] } }).keptStates,
    );
  }
}

/** Reads the open page to its end, and touches nothing on the way. */
export async function readToTheEnd(page: Page): Promise<void> {
  for (const island of await page.locator('astro-island').all()) {
    await island.evaluate((element) => (element.firstElementChild ?? element).scrollIntoView());
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
}

/** Words that TensorFlow.js cannot do without, wherever it is bundled. */
export const tensorflow = /tensorflow|registerKernel|registerBackend|makeTensorFromDataId/i;

/** Every script that a page loads from now on, workers' among them, by its address. */
export function scriptsOf(page: Page): Map<string, Response> {
  const scripts = new Map<string, Response>();
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    if (response.request().resourceType() === 'script' || type.includes('javascript') || type.includes('wasm')) {
      if (response.status() === 200) scripts.set(response.url(), response);
    }
  });
  return scripts;
}

/** Touches all on the open page that answers, so that it has come to life: Astro takes `ssr` off an island that has. */
export async function touchAll(page: Page): Promise<void> {
  for (const island of await page.locator('astro-island').all()) await touch(island);
}

async function touch(island: Locator): Promise<void> {
  await island
    .locator(':scope > *')
    .first()
    .hover({ position: { x: 5, y: 5 } });
  await expect(island).not.toHaveAttribute('ssr');
}

/** The question to predict about {@link SLUG}, on the open page. */
export const questionOn = (page: Page): Locator => page.locator('.predict').filter({ hasText: 'the loss sits at' });

/** The same once it answers. */
export async function readyQuestion(page: Page): Promise<Locator> {
  await touch(page.locator('astro-island').filter({ has: questionOn(page) }));
  return questionOn(page);
}

/** The page's query, decoded. */
export function queryOf(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

/** Waits until the address carries exactly this query: it follows the controls with a little delay. */
export async function expectQuery(page: Page, query: Record<string, string>): Promise<void> {
  await expect.poll(() => queryOf(page)).toEqual(query);
}

/** What readers set: words twice as large, and as far apart as WCAG names in 1.4.12. */
const settings = {
  'words twice as large': ':root { font-size: 200% !important; }',
  'words and lines further apart': `
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }
  `,
};

/** On a screen of usual size, and at half its width, nothing needs more room than there is, or is cut off. */
export async function expectRoomForWords(page: Page, where: string): Promise<void> {
  await expectRoomFor(page, 'words twice as large', 1280, where);
  await expectRoomFor(page, 'words and lines further apart', 640, where);
}

async function expectRoomFor(page: Page, what: keyof typeof settings, width: number, where: string): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, settings[what]);
  await expectNoSidewaysScrolling(page, `${where}, ${what}`);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a, button, label, summary, legend, p, th, h1, h2, h3')]
      .filter((element) => element.checkVisibility() && !element.classList.contains('visually-hidden'))
      .filter(
        (element) => getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1,
      )
      .map((element) => element.outerHTML.slice(0, 90)),
  );
  expect(cut, `${where}, ${what}`).toEqual([]);
  await page.evaluate(() => (document.adoptedStyleSheets = []));
}

export async function expectNoSidewaysScrolling(page: Page, where: string): Promise<void> {
  const measure = () =>
    page.evaluate(() => ({
      wider: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
      // A page that hides what is too wide would pass, and lose it.
      clipped: [document.documentElement, document.body].some(
        (element) => getComputedStyle(element).overflowX !== 'visible',
      ),
    }));
  // Pictures follow the width in the frame after it.
  await expect.poll(measure, where).toEqual({ wider: 0, clipped: false });
}

/** From a screen of 1280 pixels at a zoom of 400 % on. */
export const widths = [320, 390, 820, 1440] as const;

export async function expectNoSidewaysScrollingAtAnyWidth(page: Page, where: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScrolling(page, `${where}, ${width} px wide`);
  }
}

/** The addresses of the worker's script and of an experiment's chunk, which only a worker loads. */
export const workerScript = /\/assets\/worker-[^/]+\.js$/;
export const experimentScript = /\/assets\/vanishing-gradient-[^/]+\.js$/;

/**
 * Puts another script in the worker's place, one that keeps to the protocol as far as a test wants it to.
 * @returns a function that gives the real one back
 */
export async function replaceWorker(page: Page, body: string): Promise<() => Promise<void>> {
  await page.route(workerScript, (route) => route.fulfill({ contentType: 'text/javascript', body }));
  return () => page.unroute(workerScript);
}

/** A worker that starts a run and then never looks up again. */
export const deafWorker = `
  postMessage({ kind: 'ready' });
  onmessage = ({ data }) => { if (data.kind === 'start') for (;;); };
`;

/** A worker whose run stays for ever where it is, at 7 of 20 networks, and that is otherwise well. */
export const patientWorker = `
  const report = { done: 7, total: 20, unit: 'networks', checkpoint: {} };
  postMessage({ kind: 'ready' });
  onmessage = ({ data: { kind, id } }) => {
    if (kind === 'ping') postMessage({ kind: 'pong' });
    if (kind === 'start') postMessage({ kind: 'progress', id, report });
    if (kind === 'stop') postMessage({ kind: 'stopped', id, report });
  };
`;

/** Has the real worker, or another script, run something of a test's own before everything else. */
export async function beginWorkerWith(page: Page, script: string, address = workerScript): Promise<void> {
  await page.route(address, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: script + (await response.text()) });
  });
}

/** Every pause takes 60 ms. */
export const longPauses = `
  const wait = self.setTimeout.bind(self);
  self.setTimeout = (action, ms = 0) => wait(action, ms + 60);
`;

/**
 * Makes the worker one of a machine that is slow to the same degree everywhere: the real one, with the real numbers, that takes
 * every occasion to pause, and pauses for 60 ms.
 */
export async function slowWorker(page: Page): Promise<void> {
  const everyOccasion = `
    const now = performance.now.bind(performance);
    performance.now = () => 1000 * now();
  `;
  await beginWorkerWith(page, everyOccasion + longPauses);
}
