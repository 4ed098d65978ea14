import { cpSync, globSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { writeServiceWorker } from '#scripts/offline.ts';
import { addressOf, serveFolder } from '#scripts/static-server.ts';

import { testSites, type TestSite } from './sites.ts';

/** What the titles of the other build begin with. */
export const OTHER_BUILD = 'Another build: ';

/** A host of its own with a copy of a build, which another build can take the place of, and which can be cut off. */
export interface Host {
  address: string;
  /** Puts another build in the place of the present one, of which nothing stays. */
  deployAnother(): Promise<void>;
  /** Puts in its place a build whose service worker removes itself. */
  retire(): Promise<void>;
  cutOff(): Promise<void>;
  remove(): Promise<void>;
}

export async function hostCopy(site: TestSite): Promise<Host> {
  const { folder: build, basePath } = testSites[site];
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-host-'));
  cpSync(build, folder, { recursive: true });
  const server = await serveFolder(folder, basePath, 0);
  const cutOff = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    address: addressOf(server, basePath),
    cutOff,
    async deployAnother() {
      renameAssets(folder);
      await writeServiceWorker(folder, basePath);
    },
    async retire() {
      await writeServiceWorker(folder, basePath, true);
    },
    async remove() {
      if (server.listening) await cutOff();
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * What a change of the source would do to a build: other names for all files that have their content in the name, in all files.
 * The fonts keep theirs, for they stand in style sheets within the pages, which the content policy knows by their hash.
 */
function renameAssets(folder: string): void {
  const assets = globSync('assets/*.{js,css,wasm}', { cwd: folder });
  const otherName = (name: string) => name.replace(/(\.\w+)$/, '-other$1');
  const names = assets.map((path) => basename(path).replaceAll('.', '\\.'));
  const anyName = new RegExp(names.join('|'), 'g');
  for (const path of assets) renameSync(join(folder, path), join(folder, otherName(path)));
  for (const path of globSync('**/*.{js,css,html}', { cwd: folder })) {
    const text = readFileSync(join(folder, path), 'utf8');
    const other = text.replaceAll(anyName, otherName).replace('<title>', `<title>${OTHER_BUILD}`);
    writeFileSync(join(folder, path), other);
  }
}
