import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';

import { addressOf, serveFolder } from '#scripts/static-server.ts';

import { addressVariable, testSites, type TestSite } from './sites.ts';

/** Playwright's global set-up: serves both builds on loopback for as long as the tests run. */
export default async function serveBuilds(): Promise<() => Promise<void>> {
  const servers: Server[] = [];
  for (const site of Object.keys(testSites) as TestSite[]) {
    const { folder, basePath, port } = testSites[site];
    if (!existsSync(join(folder, 'index.html'))) {
      throw new Error(
        `There is no build in ${folder}. Run npm test, or first: npx -c 'node scripts/build-for-tests.ts'`,
      );
    }
    const server = await serveFolder(folder, basePath, port).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      return serveFolder(folder, basePath, 0);
    });
    process.env[addressVariable(site)] = addressOf(server, basePath);
    servers.push(server);
  }
  return async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
}
