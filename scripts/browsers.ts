/**
 * npm run test:browsers: the built site in Chromium, Firefox and WebKit. Where Playwright's own builds of the last two can be had,
 * those; else Debian's firefox-esr and webkit2gtk-driver. What came of it goes into tests/bench/browsers.json and docs/browsers.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, firefox, webkit, type BrowserType } from '@playwright/test';

import type { SteeredBrowser } from '#tests/browsers/browser.ts';
import { startFirefox } from '#tests/browsers/firefox.ts';
import { startWithPlaywright } from '#tests/browsers/playwright.ts';
import { expectedRuns, tryBrowser, type Tried } from '#tests/browsers/suite.ts';
import { startWebKit } from '#tests/browsers/webkit.ts';
import { testSites } from '#tests/site/sites.ts';

import { browserArguments, provideBrowser } from './browser.ts';
import { buildSite } from './build-site.ts';
import { addressOf, serveFolder } from './static-server.ts';
import { writeFormatted } from './write-formatted.ts';

/** What came of one engine. */
export interface EngineTried {
  engine: 'Chromium' | 'Firefox' | 'WebKit';
  /** The browser, with its version; undefined where none could be had. */
  browser?: string;
  /** Why it could not be tried. */
  failure?: string;
  tried: Tried[];
}

export interface BrowsersRecord {
  command: string;
  date: string;
  engines: EngineTried[];
}

const debian = {
  firefox: { program: '/usr/bin/firefox-esr', packages: ['firefox-esr'] },
  webkit: { program: '/usr/bin/WebKitWebDriver', packages: ['webkit2gtk-driver', 'xvfb', 'xauth'] },
};

function run(command: string, ...words: string[]): void {
  spawnSync(command, words, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

/** Debian's program, which is installed if it is not there and can be. */
function provideFromDebian({ program, packages }: (typeof debian)['firefox']): string {
  if (!existsSync(program) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
  }
  if (!existsSync(program)) throw new Error(`Neither Playwright’s build nor ${packages[0]} could be installed.`);
  return program;
}

async function start(type: BrowserType, fromDebian: () => Promise<SteeredBrowser>): Promise<SteeredBrowser> {
  if (!existsSync(type.executablePath())) {
    run(process.execPath, join('node_modules', '@playwright', 'test', 'cli.js'), 'install', type.name());
  }
  return existsSync(type.executablePath()) ? startWithPlaywright(type) : fromDebian();
}

const engines: [EngineTried['engine'], () => Promise<SteeredBrowser>][] = [
  ['Chromium', () => startWithPlaywright(chromium, { executablePath: provideBrowser(), args: browserArguments })],
  ['Firefox', () => start(firefox, () => startFirefox(provideFromDebian(debian.firefox)))],
  ['WebKit', () => start(webkit, () => startWebKit(provideFromDebian(debian.webkit)))],
];

/** What is wrong with a try, in words; nothing where nothing is. */
const wrongWith = ({ failure, same, hash }: Tried): string =>
  failure ?? (same === false ? `its result is not Node’s: ${hash}` : '');

function rowsOf({ engines }: BrowsersRecord): string[] {
  const [first] = engines;
  return (first?.tried ?? [])
    .filter(({ hash }) => hash)
    .map(({ what }) => {
      const cells = engines.map(({ tried }) => {
        const own = tried.find((other) => other.what === what);
        return own ? `${own.hash ? `\`${own.hash}\`` : ''} ${own.failure ? 'failed' : ''}` : 'not tried';
      });
      return `| ${[what, ...cells].join(' | ')} |`;
    });
}

/** The record as a page. */
function pageOf(record: BrowsersRecord): string {
  const summaries = record.engines.map(({ engine, browser, failure, tried }) => {
    if (failure) return `- **${engine}** was not tried: ${failure}`;
    const wrong = tried.filter((one) => wrongWith(one) !== '');
    const hashed = tried.filter(({ same }) => same !== undefined);
    const same = hashed.filter(({ same }) => same).length;
    const log = wrong.map((one) => `  - \`${one.what}\`: ${wrongWith(one)}`);
    return [
      `- **${browser}**: ${tried.length - wrong.length} of ${tried.length} tries as they should be; ${same} of ${hashed.length} results are Node’s to the last digit.`,
      ...log,
    ].join('\n');
  });
  return `# In other browsers

\`${record.command}\`, ${record.date}. Every page is opened and read to its end; every experiment is, on a page of its own, changed and
set back by keyboard, run, and its table taken, and nothing may be reported as an error meanwhile; a long run is stopped. In WebKit, and in
Firefox where Playwright does not steer it, what a page reports before it has loaded is not heard of.

${summaries.join('\n')}

The same seed gives the same numbers: the beginnings of the hashes of the tables that were computed, all digits of them.

| experiment | ${record.engines.map(({ engine, browser }) => browser ?? engine).join(' | ')} |
| --- | ${record.engines.map(() => '---').join(' | ')} |
${rowsOf(record).join('\n')}

Of experiments that measure times, which no two runs have alike, only the shape of the table is compared, and no hash is listed.
`;
}

const { folder, basePath } = testSites.root;
if (!buildSite(testSites.root)) process.exit(1);
const server = await serveFolder(folder, basePath, 0);
const runs = await expectedRuns();
const record: BrowsersRecord = {
  command: 'npm run test:browsers',
  date: new Date().toISOString().slice(0, 10),
  engines: [],
};
for (const [engine, begin] of engines) {
  try {
    const browser = await begin();
    console.log(browser.name);
    const tried = await tryBrowser(browser, { home: addressOf(server, basePath), folder, runs });
    await browser.close();
    record.engines.push({ engine, browser: browser.name, tried });
  } catch (error) {
    console.error(`${engine}: ${(error as Error).message}`);
    record.engines.push({ engine, failure: (error as Error).message, tried: [] });
  }
}
server.close();
await writeFormatted('tests/bench/browsers.json', JSON.stringify(record));
await writeFormatted('docs/browsers.md', pageOf(record));
console.log('Wrote tests/bench/browsers.json and docs/browsers.md.');
const wrong = record.engines.some(({ failure, tried }) => failure ?? tried.some((one) => wrongWith(one)));
process.exit(wrong ? 1 : 0);
