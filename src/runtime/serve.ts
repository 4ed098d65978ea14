import { perform, type Definition } from '#src/experiments/definition.ts';
import { isSlug, loadDefinition } from '#src/experiments/index.ts';

import type { Job, Reply, Report, Request } from './protocol.ts';

/** Progress is told no more often than this: more would only slow the run. */
const REPORT_EVERY_MS = 50;

/** The side of a worker that this needs; a MessagePort and a worker's global scope both have it. */
export interface Port {
  postMessage(reply: Reply): void;
  onmessage: ((event: MessageEvent<Request>) => unknown) | null;
}

/** Answers requests on a port: the whole of a worker, and, on a MessageChannel, of a test. */
export function serve(port: Port, load: (slug: string) => Promise<Definition> = loadKnown): void {
  const running = new Map<number, AbortController>();
  port.onmessage = ({ data: request }) => {
    switch (request.kind) {
      case 'start': {
        const stopper = new AbortController();
        running.set(request.id, stopper);
        void run(port, load, request.id, request.job, stopper.signal).finally(() => running.delete(request.id));
        break;
      }
      case 'stop':
        running.get(request.id)?.abort();
        break;
      case 'ping':
        port.postMessage({ kind: 'pong' });
    }
  };
  port.postMessage({ kind: 'ready' });
}

async function loadKnown(slug: string): Promise<Definition> {
  if (!isSlug(slug)) throw new Error(`There is no experiment named ${slug}.`);
  return loadDefinition(slug);
}

async function run(
  port: Port,
  load: (slug: string) => Promise<Definition>,
  id: number,
  { slug, params, seed, checkpoint, form }: Job,
  signal: AbortSignal,
): Promise<void> {
  let latest: Report | undefined;
  let reportedAt = -Infinity;
  try {
    const definition = await load(slug);
    const outcome = await perform(definition, params, seed, {
      signal,
      checkpoint,
      form,
      onProgress(progress, partial) {
        const due = performance.now() - reportedAt >= REPORT_EVERY_MS;
        latest = { ...progress, outcome: due ? partial() : latest?.outcome };
        if (!due) return;
        reportedAt = performance.now();
        port.postMessage({ kind: 'progress', id, report: latest });
      },
    });
    port.postMessage({ kind: 'done', id, outcome });
  } catch (error) {
    if (signal.aborted) port.postMessage({ kind: 'stopped', id, report: latest });
    else port.postMessage({ kind: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  }
}
