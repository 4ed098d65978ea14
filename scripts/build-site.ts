import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a build goes and where it will live. */
export interface BuildTarget {
  folder: string;
  /** The origin, as in https://example.org; without it there are no canonical addresses and no sitemap. */
  siteUrl?: string;
  /** The path under the origin, as in /unrolled/. */
  basePath?: string;
}

const sources = [
  '{src,components,content,public,scripts}/**/*',
  'astro.config.ts',
  'package.json',
  'package-lock.json',
];

/** The path with one slash at both ends. */
export function normalBase(path = ''): string {
  return `/${path}/`.replace(/\/+/g, '/');
}

/** Builds the site unless this very build is already there. @returns whether the site is built */
export function buildSite({ folder, siteUrl = '', basePath = '' }: BuildTarget): boolean {
  const stamp = join('.cache', `${folder.replaceAll('/', '-')}.built`);
  const wanted = fingerprint([folder, siteUrl, basePath, process.env['OFFLINE'] ?? '']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted + lastWritten(folder)) {
    console.log(`${folder} is up to date.`);
    return true;
  }
  const astro = join('node_modules', 'astro', 'bin', 'astro.mjs');
  const built = spawnSync(process.execPath, [astro, 'build', '--outDir', folder], {
    stdio: 'inherit',
    env: { ...process.env, SITE_URL: siteUrl, BASE_PATH: basePath },
  });
  if (built.status !== 0) return false;
  mkdirSync('.cache', { recursive: true });
  writeFileSync(stamp, wanted + lastWritten(folder));
  return true;
}

/** Tells one build in a folder from another that was written over it. */
function lastWritten(folder: string): string {
  const page = join(folder, 'index.html');
  return existsSync(page) ? ` ${statSync(page).mtimeMs}` : ' never';
}

function fingerprint(words: string[]): string {
  const hash = createHash('sha256').update(words.join('\n'));
  for (const path of globSync(sources).sort()) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}
