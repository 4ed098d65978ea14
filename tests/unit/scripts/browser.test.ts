import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const fake = vi.hoisted(() => ({
  playwrightsOwn: '/nowhere/chrome',
  /** What was run, and what running it does. */
  commands: [] as string[],
  effect: (_command: string): unknown => undefined,
}));

// Nothing here may start a browser or install one.
vi.mock('@playwright/test', () => ({ chromium: { executablePath: () => fake.playwrightsOwn } }));
vi.mock('node:child_process', () => ({
  spawnSync: (command: string, words: string[]) => {
    const said = [command, ...words].join(' ').replace(process.execPath, 'node');
    fake.commands.push(said);
    fake.effect(said);
    return { status: 0 };
  },
}));

const { BROWSER_VARIABLE, findBrowser, provideBrowser } = await import('#scripts/browser.ts');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browsers-'));
  fake.playwrightsOwn = join(folder, 'playwright', 'chrome');
  fake.commands.length = 0;
  fake.effect = () => undefined;
  vi.stubEnv(BROWSER_VARIABLE, '');
  vi.stubEnv('PATH', [join(folder, 'bin'), join(folder, 'other')].join(delimiter));
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A program at a path under the folder of the test. */
function put(...path: string[]): string {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

describe('the browser that is taken', () => {
  test('is the one that the environment names, before any other', () => {
    const named = put('mine', 'my-chrome');
    put('playwright', 'chrome');
    put('bin', 'chromium');
    vi.stubEnv(BROWSER_VARIABLE, named);
    expect(findBrowser()).toBe(named);
    expect(provideBrowser()).toBe(named);
    expect(fake.commands).toEqual([]);
  });

  test('is else Playwright’s own', () => {
    put('bin', 'chromium');
    expect(findBrowser()).toBe(join(folder, 'bin', 'chromium'));
    expect(findBrowser()).not.toBe(put('playwright', 'chrome'));
    expect(findBrowser()).toBe(fake.playwrightsOwn);
  });

  test('is else one on the system: Chromium by any name before Chrome, wherever on the path', () => {
    const chrome = put('bin', 'google-chrome');
    expect(findBrowser()).toBe(chrome);
    const chromium = put('other', 'chromium-browser');
    expect(findBrowser()).toBe(chromium);
    expect(findBrowser()).not.toBe(put('bin', 'chromium'));
    expect(findBrowser()).toBe(join(folder, 'bin', 'chromium'));
  });

  test('is not a file that cannot be run, nor a folder', () => {
    chmodSync(put('bin', 'chromium'), 0o644);
    mkdirSync(join(folder, 'other', 'chromium'), { recursive: true });
    expect(findBrowser()).not.toBe(join(folder, 'bin', 'chromium'));
    expect(findBrowser()).not.toBe(join(folder, 'other', 'chromium'));
  });
});

describe('a browser that the environment names and that cannot be run', () => {
  test.for(['is not there', 'is no program', 'is a folder'])(
    'because it %s is told in a sentence, and no other is taken',
    (why) => {
      const file = put('mine', 'my-chrome');
      put('playwright', 'chrome');
      if (why === 'is not there') rmSync(file);
      if (why === 'is no program') chmodSync(file, 0o644);
      const named = why === 'is a folder' ? join(folder, 'mine') : file;
      vi.stubEnv(BROWSER_VARIABLE, named);
      const sentence = `${BROWSER_VARIABLE} is “${named}”, which is no program that can be run. Name a Chromium or Chrome.`;
      expect(() => findBrowser()).toThrow(sentence);
      expect(() => provideBrowser()).toThrow(sentence);
      expect(fake.commands).toEqual([]);
    },
  );
});

// On a machine whose Chrome stands where this cannot hide it there is always one, and none is ever installed.
describe.skipIf(process.platform !== 'linux')('where there is none', () => {
  const install = `node ${join('node_modules', '@playwright', 'test', 'cli.js')} install chromium`;
  const debian = ['apt-get update -qq', 'apt-get install -y -qq --no-install-recommends chromium'];
  const asUser = (id: number) => vi.spyOn(process, 'getuid' as 'cwd').mockReturnValue(id as never);

  test('Playwright is asked to install its own', () => {
    fake.effect = (command) => {
      if (command === install) put('playwright', 'chrome');
    };
    expect(provideBrowser()).toBe(fake.playwrightsOwn);
    expect(fake.commands).toEqual([install]);
  });

  test('and Playwright cannot, nobody but root asks Debian', () => {
    asUser(1000);
    expect(() => provideBrowser()).toThrow(
      `No Chromium could be installed. Install Chromium or Chrome, or name one: ${BROWSER_VARIABLE}=/path/to/chrome`,
    );
    expect(fake.commands).toEqual([install]);
  });

  test('and Playwright cannot, root asks Debian, where that is what the machine runs', async () => {
    asUser(0);
    fake.effect = (command) => {
      if (command === debian[1]) put('bin', 'chromium');
    };
    const { existsSync } = await import('node:fs');
    if (existsSync('/usr/bin/apt-get')) {
      expect(provideBrowser()).toBe(join(folder, 'bin', 'chromium'));
      expect(fake.commands).toEqual([install, ...debian]);
    } else {
      expect(() => provideBrowser()).toThrow('No Chromium could be installed.');
      expect(fake.commands).toEqual([install]);
    }
  });
});
