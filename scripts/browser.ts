import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from '@playwright/test';

/** The environment variable that names the browser to test with. */
export const BROWSER_VARIABLE = 'UNROLLED_BROWSER';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const otherPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** What a browser needs so that it starts as root in a container and asks nothing of the network by itself. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * The path of a Chromium that is already here: the one that {@link BROWSER_VARIABLE} names, else Playwright's own, else one
 * on the system.
 * @throws Error where the variable names a file that cannot be run
 */
export function findBrowser(): string | undefined {
  const named = process.env[BROWSER_VARIABLE];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(
      `${BROWSER_VARIABLE} is “${named}”, which is no program that can be run. Name a Chromium or Chrome.`,
    );
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onSystem = commandNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [chromium.executablePath(), ...onSystem, ...otherPlaces].find(isExecutable);
}

/** The path of a Chromium, which is installed if there is none: by Playwright, else by Debian's package manager as root. */
export function provideBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chromium found: asking Playwright to install one …');
  run(process.execPath, [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']);
  const installed = findBrowser();
  if (installed) return installed;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('That did not work: installing Debian’s chromium …');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  const fromDebian = findBrowser();
  if (fromDebian) return fromDebian;
  throw new Error(
    `No Chromium could be installed. Install Chromium or Chrome, or name one: ${BROWSER_VARIABLE}=/path/to/chrome`,
  );
}

function run(command: string, words: string[]): void {
  spawnSync(command, words, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
