import { pageAddress } from './address.ts';

declare global {
  interface ImportMetaEnv {
    /** 'off' where the site is built to be rid of its service worker: see astro.config.ts. */
    readonly OFFLINE: 'on' | 'off';
  }
}

/** The page has the network and the processor to itself for so long after it was loaded. */
const SETTLE_MS = 3000;

/** A part of what browsers say of a connection; not all of them do. */
interface Connection {
  saveData?: boolean;
}

/**
 * Lets the browser keep the whole site, a few megabytes, for reading without a network: once this page is there, and not where
 * the reader has asked to save data. Where service workers are refused, nothing is kept and nothing is missing.
 */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || import.meta.env.OFFLINE === 'off') return;
  const { connection } = navigator as { connection?: Connection };
  if (connection?.saveData) return;
  const settled = () => setTimeout(() => void register(), SETTLE_MS);
  if (document.readyState === 'complete') settled();
  else addEventListener('load', settled, { once: true });
}

async function register(): Promise<void> {
  try {
    await navigator.serviceWorker.register(pageAddress('/sw.js'));
  } catch {
    // A private window, say, or a host that is not to be trusted with it.
  }
}
