/**
 * Keeps the whole site on the reader's device, so that it works without a network after one visit. scripts/offline.ts bundles
 * it, and puts in the list of files.
 *
 * A new build takes over at once and yet never mixes with an old one: a page asks for nothing but files whose names change with
 * what is in them, and those of an old build stay for as long as a page is open that could ask for them.
 */
import { Serwist, type PrecacheEntry } from 'serwist';

/** What is used of a service worker's scope: the types of a page do not have it. */
interface Scope {
  registration: { installing: unknown; waiting: unknown };
  clients: { matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly unknown[]> };
  addEventListener(kind: string, listener: (event: ScopeEvent) => void): void;
}
interface ScopeEvent extends Event {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
}

declare const FILES: readonly PrecacheEntry[];

const scope = self as unknown as Scope;

const serwist = new Serwist({
  precacheEntries: [...FILES],
  precacheOptions: {
    // What stands in a query sets an experiment: the page is the same.
    ignoreURLParametersMatching: [/./],
    directoryIndex: null,
    cleanURLs: false,
    concurrency: 3,
  },
  skipWaiting: true,
  clientsClaim: true,
  runtimeCaching: [
    {
      // Files of an older build, for a page of it that is still open.
      matcher: ({ sameOrigin, request }) => sameOrigin && request.mode !== 'navigate',
      handler: async ({ request }) => (await caches.match(request)) ?? fetch(request),
    },
  ],
});
// Where the browser has thrown a file away, whatever the host has now will do.
serwist.setCatchHandler(({ request }) => fetch(request));

/** Forgets the files of older builds once no page is open any more. */
async function forgetOldFiles(event: ScopeEvent): Promise<void> {
  const { installing, waiting } = scope.registration;
  const open = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (open.length === 0 && !installing && !waiting) await serwist.handleActivate(event as never);
}

scope.addEventListener('install', (event) => void serwist.handleInstall(event as never));
scope.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.waitUntil(forgetOldFiles(event));
  serwist.handleFetch(event as never);
});
