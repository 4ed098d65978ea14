import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Bundle {
  /** The folder that it was built into; the entry is entry.js. */
  folder: string;
  /** Bytes of each file after gzip, by its path in the folder. */
  gzipped: Record<string, number>;
  remove(): Promise<void>;
}

/** Builds a module as the site's build does, for the browser, into a folder of its own. `entry` is its path in the repository. */
export async function bundle(entry: string): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'unrolled-bundle-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: {
        input: join(root, entry),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'entry.js' },
      },
    },
  });
  const gzipped: Record<string, number> = {};
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    gzipped[path.slice(folder.length + 1)] = gzipSync(await readFile(path)).length;
  }
  return { folder, gzipped, remove: () => rm(folder, { recursive: true }) };
}
