/**
 * Takes the place of the service worker where the site is built with OFFLINE=off: it removes what an earlier one has kept, and
 * itself. Pages then come from the network, as they do where there never was one.
 */
interface Scope {
  registration: { scope: string; unregister(): Promise<boolean> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: string, listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void;
}

const worker = self as unknown as Scope;

async function retire(): Promise<void> {
  const { registration } = worker;
  const names = await caches.keys();
  // Other sites may live at the same origin.
  await Promise.all(names.filter((name) => name.endsWith(registration.scope)).map((name) => caches.delete(name)));
  await registration.unregister();
}

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(retire()));
