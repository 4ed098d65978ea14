import { perform, performPart, type Definition, type Outcome } from '#src/experiments/definition.ts';
import { isSlug, loadDefinition } from '#src/experiments/index.ts';

import type { Job, Reply, Report, Request } from './protocol.ts';

/** Progress is told no more often than this: more would only slow the run. */
const REPORT_EVERY_MS = 50;

/** The side of a worker that this needs; a MessagePort and a worker's global scope both have it. */
export interface Port {
  postMessage(reply: Reply): void;
  onmessage: ((event: MessageEvent<Request>) => unknown) | null;
}

interface Running {
  stopper: AbortController;
  /** The parts that are being run elsewhere, by index. */
  awaited: Map<number, PromiseWithResolvers<unknown>>;
}

/** Answers requests on a port: the whole of a worker, and, on a MessageChannel, of a test. */
export function serve(port: Port, load: (slug: string) => Promise<Definition> = loadKnown): void {
  const running = new Map<number, Running>();
  port.onmessage = ({ data: request }) => {
    switch (request.kind) {
      case 'start': {
        const run: Running = { stopper: new AbortController(), awaited: new Map() };
        running.set(request.id, run);
        void answer(port, load, request.id, request.job, run).finally(() => running.delete(request.id));
        break;
      }
      case 'stop':
        running.get(request.id)?.stopper.abort();
        break;
      case 'part':
        running.get(request.id)?.awaited.get(request.index)?.resolve(request.value);
        break;
      case 'part-failed':
        running.get(request.id)?.awaited.get(request.index)?.reject(new Error(request.reason));
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

async function answer(
  port: Port,
  load: (slug: string) => Promise<Definition>,
  id: number,
  job: Job,
  { stopper: { signal }, awaited }: Running,
): Promise<void> {
  const reporter = createReporter((report) => port.postMessage({ kind: 'progress', id, report }));
  const { params, seed, form, checkpoint, part } = job;
  try {
    const definition = await load(job.slug);
    if (part !== undefined) {
      const value = await performPart(definition, params, part, { seed, signal, form });
      return port.postMessage({ kind: 'part-done', id, value });
    }
    const outcome = await perform(definition, params, seed, {
      signal,
      checkpoint,
      form,
      onProgress: reporter.hear,
      runPart(index) {
        const waiting = Promise.withResolvers<unknown>();
        awaited.set(index, waiting);
        signal.addEventListener('abort', () => waiting.reject(signal.reason));
        port.postMessage({ kind: 'want-part', id, index });
        return waiting.promise;
      },
    });
    port.postMessage({ kind: 'done', id, outcome });
  } catch (error) {
    if (signal.aborted) port.postMessage({ kind: 'stopped', id, report: reporter.latest() });
    else port.postMessage({ kind: 'failed', id, reason: reasonOf(error) });
  } finally {
    reporter.end();
  }
}

/** Why a run has failed, in words for the reader. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  // Browsers say it so, or like it.
  return /(allocation|allocating).*fail|out of memory/i.test(said)
    ? 'There is not enough memory for that here: smaller settings need less.'
    : said;
}

/**
 * Hands on progress at most every {@link REPORT_EVERY_MS}, the newest and never the same twice. What comes in the first such
 * stretch waits for its end: a run shorter than that is told once, when it is done.
 */
function createReporter(report: (report: Report) => void) {
  let newest: { progress: Omit<Report, 'outcome'>; partial: () => Outcome | undefined } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reportedAt = performance.now();

  const latest = (): Report | undefined => newest && { ...newest.progress, outcome: newest.partial() };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    reportedAt = performance.now();
    report(latest()!);
  };
  return {
    latest,
    hear(progress: Omit<Report, 'outcome'>, partial: () => Outcome | undefined) {
      newest = { progress, partial };
      // A clock that was set back must not silence it.
      const wait = Math.min(REPORT_EVERY_MS, REPORT_EVERY_MS - (performance.now() - reportedAt));
      if (wait <= 0) flush();
      else timer ??= setTimeout(flush, wait);
    },
    end: () => clearTimeout(timer),
  };
}
