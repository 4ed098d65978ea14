import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const builds = vi.hoisted(() => ({ asked: [] as Record<string, string | undefined>[], status: 0 }));

// Writes what a build writes, and notes what it was asked for.
vi.mock('node:child_process', async () => {
  const { mkdirSync, writeFileSync } = await import('node:fs');
  return {
    spawnSync(_: string, words: string[], { env }: { env: Record<string, string> }) {
      const folder = words[words.indexOf('--outDir') + 1]!;
      builds.asked.push({ folder, siteUrl: env['SITE_URL'], basePath: env['BASE_PATH'] });
      if (builds.status === 0) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${folder}/index.html`, `<!-- build ${builds.asked.length} -->`);
      }
      return { status: builds.status };
    },
  };
});

const { buildSite, normalBase } = await import('#scripts/build-site.ts');

describe('the path of a site', () => {
  test.for<[string | undefined, string]>([
    [undefined, '/'],
    ['', '/'],
    ['/', '/'],
    ['unrolled', '/unrolled/'],
    ['/unrolled', '/unrolled/'],
    ['unrolled/', '/unrolled/'],
    ['/some/where/', '/some/where/'],
    ['//some///where//', '/some/where/'],
  ])('%o is %s', ([given, path]) => {
    expect(normalBase(given)).toBe(path);
  });

  test('has one slash at both ends and none too many between, and is then as it should be', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z/.~-]{0,20}$/), (given) => {
        const path = normalBase(given);
        expect(path).toMatch(/^\/(?:[^/]+\/)*$/);
        expect(normalBase(path)).toBe(path);
        expect(path.replaceAll('/', '')).toBe(given.replaceAll('/', ''));
      }),
    );
  });
});

describe('a build', () => {
  const from = process.cwd();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'site-'));
    process.chdir(folder);
    mkdirSync('src');
    writeFileSync('src/page.ts', '1');
    builds.asked.length = 0;
    builds.status = 0;
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  afterEach(() => {
    process.chdir(from);
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
  });

  test('is made for where the site will live', () => {
    expect(buildSite({ folder: 'dist', siteUrl: 'https://example.org', basePath: '/a/' })).toBe(true);
    expect(buildSite({ folder: 'other' })).toBe(true);
    expect(builds.asked).toEqual([
      { folder: 'dist', siteUrl: 'https://example.org', basePath: '/a/' },
      { folder: 'other', siteUrl: '', basePath: '' },
    ]);
  });

  test('is not made again while nothing has changed', () => {
    buildSite({ folder: 'dist' });
    expect(buildSite({ folder: 'dist' })).toBe(true);
    expect(builds.asked).toHaveLength(1);
  });

  test.for<[string, () => void]>([
    ['a source has changed', () => writeFileSync('src/page.ts', '22')],
    ['a source has come', () => writeFileSync('src/other.ts', '1')],
    ['a source has gone', () => rmSync('src/page.ts')],
    ['what was built has gone', () => rmSync('dist', { recursive: true })],
  ])('is made again when %s', ([, change]) => {
    buildSite({ folder: 'dist' });
    change();
    buildSite({ folder: 'dist' });
    expect(builds.asked).toHaveLength(2);
  });

  test('is made again when it is to live elsewhere', () => {
    buildSite({ folder: 'dist' });
    buildSite({ folder: 'dist', basePath: '/a/' });
    buildSite({ folder: 'dist', basePath: '/a/', siteUrl: 'https://example.org' });
    buildSite({ folder: 'dist' });
    expect(builds.asked).toHaveLength(4);
  });

  test('is made again when another build, for elsewhere, was written over it', () => {
    buildSite({ folder: 'dist' });
    // As `BASE_PATH=/a/ npm run build` does, which does not come by here.
    writeFileSync('dist/index.html', '<!-- a build by itself -->');
    buildSite({ folder: 'dist' });
    expect(builds.asked).toHaveLength(2);
  });

  test('that fails says so, and is tried again', () => {
    builds.status = 1;
    expect(buildSite({ folder: 'dist' })).toBe(false);
    builds.status = 0;
    expect(buildSite({ folder: 'dist' })).toBe(true);
    expect(builds.asked).toHaveLength(2);
  });
});
