import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { chromium, type Page } from '@playwright/test';
import sirv from 'sirv';

import { browserArguments, provideBrowser } from '#scripts/browser.ts';

function serve(folder: string): Promise<Server> {
  const files = sirv(folder);
  const server = createServer((request, response) =>
    files(request, response, () => {
      // The page itself: empty, on the same origin as the bundle.
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>bundle</title>');
    }),
  );
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Opens an empty page of headless Chromium that can import what the folder holds, and closes all when `use` is done. */
export async function inChromium<T>(folder: string, use: (page: Page) => Promise<T>): Promise<T> {
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath: provideBrowser(), args: browserArguments });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await use(page);
  } finally {
    await browser.close();
    server.close();
  }
}

/** What the bundle's exported function gives, called in a page. */
export async function callInChromium<T>(folder: string, name: string, argument?: unknown): Promise<T> {
  // As text: a test runner rewrites the imports of a function.
  const call = `import('/entry.js').then((entry) => entry[${JSON.stringify(name)}](${JSON.stringify(argument)}))`;
  return inChromium(folder, (page) => page.evaluate<T>(call));
}
