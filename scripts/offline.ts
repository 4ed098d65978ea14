import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { AstroIntegration } from 'astro';
import { build } from 'vite';

/** What nobody reads without a network: files for hosts, for search engines and for other people's pages. */
const leftOut = ['404.html', '_headers', '*.xml', 'robots.txt', 'oembed/**', 'share/**', 'sw.js'];

/** A file that the service worker keeps, in the words of the library that does so. */
interface Entry {
  url: string;
  /** Null where the name changes with what is in it. */
  revision: string | null;
  /** A host that has a newer file by that name already must not get it into an older build's list. */
  integrity?: string;
}

/** What of a built site is kept on a reader's device. */
export function filesToKeep(folder: string, base: string): Entry[] {
  const paths = globSync('**/*', { cwd: folder, exclude: leftOut }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => {
      const url = base + path.replace(/(^|\/)index\.html$/, '$1');
      if (path.startsWith('assets/')) return { url, revision: null };
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('base64');
      return { url, revision: hash.slice(0, 16), integrity: `sha256-${hash}` };
    });
}

/** Writes a built site's `sw.js`. With `retired` it is one that removes itself. */
export async function writeServiceWorker(folder: string, base: string, retired = false): Promise<number> {
  const files = filesToKeep(folder, base);
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { FILES: JSON.stringify(files), 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: fileURLToPath(new URL(`../src/offline/${retired ? 'retired' : 'service-worker'}.ts`, import.meta.url)),
        output: { format: 'iife', entryFileNames: 'sw.js' },
      },
    },
  });
  return files.length;
}

/** Writes the service worker beside the built pages. It has to come after everything else that writes files. */
export function offline(): AstroIntegration {
  let base = '/';
  return {
    name: 'offline',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/*$/, '/');
      },
      'astro:build:done': async ({ dir, logger }) => {
        const retired = process.env['OFFLINE'] === 'off';
        const count = await writeServiceWorker(fileURLToPath(dir), base, retired);
        logger.info(retired ? 'The service worker removes itself.' : `${count} files are kept for reading offline.`);
      },
    },
  };
}
