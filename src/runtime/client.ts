import type { Outcome } from '#src/experiments/definition.ts';

import type { Job, Reply, Report, Request } from './protocol.ts';

/** A run younger than this is left to finish when newer parameters arrive, so that a picture follows a moving slider. */
const GRACE_MS = 150;
/** A worker that has not stopped by itself after this is terminated; the rest of 100 ms is for the page to show it. */
const STOP_PATIENCE_MS = 70;
const PING_EVERY_MS = 1000;
/** Pings in a row without any answer after which a worker counts as dead: a live one pauses every 50 ms. */
const PINGS_UNTIL_DEAD = 4;
/** The same while its script is still on its way: a slow network is no death. */
const PINGS_UNTIL_UNLOADABLE = 60;
const IDLE_SHUTDOWN_MS = 120_000;

export type RunEvent =
  | { kind: 'started'; job: Job }
  | { kind: 'progress'; report: Report }
  | { kind: 'done'; outcome: Outcome }
  | { kind: 'part-done'; value: unknown }
  | { kind: 'stopped'; report?: Report }
  | { kind: 'failed'; reason: string };

/** The part of a Worker that the client uses, so that tests can put another in its place. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

export function startWorker(): WorkerLike {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'experiment' });
}

type TimerName = 'grace' | 'stop' | 'ping' | 'idle';

/** Runs parts of a run side by side: see pool.ts. */
export interface PartRunner {
  /** Resolves to what the part gives. Rejects with the reason where it fails, and with the signal's once that is aborted. */
  run(job: Job, signal: AbortSignal): Promise<unknown>;
}

interface Current {
  id: number;
  job: Job;
  /** Aborted when the run ends, however it does: parts that are still under way are of no use then. */
  ended: AbortController;
  startedAt: number;
  lastReport?: Report;
}

/**
 * Owns a worker and at most one run in it. The newest job wins and none is queued: a job that arrives during a run
 * replaces the one that waits, and the run is cut short once it is older than {@link GRACE_MS}. Every run that has
 * started ends with exactly one of `done`, `stopped` and `failed`, unless a newer job takes its place.
 */
export class ExperimentClient {
  #worker?: WorkerLike;
  #ready = false;
  #current?: Current;
  #next?: Job;
  #ids = 0;
  #unanswered = 0;
  #timers: Partial<Record<TimerName, ReturnType<typeof setTimeout>>> = {};
  readonly #onEvent: (event: RunEvent) => void;
  readonly #createWorker: () => WorkerLike;
  readonly #parts?: PartRunner;

  constructor(
    onEvent: (event: RunEvent) => void,
    createWorker: () => WorkerLike = startWorker,
    parts: PartRunner | undefined = undefined,
  ) {
    this.#onEvent = onEvent;
    this.#createWorker = createWorker;
    this.#parts = parts;
  }

  /** Starts a job, or makes it the next one. */
  start(job: Job): void {
    if (!this.#current) return this.#begin(job);
    this.#next = job;
    const age = performance.now() - this.#current.startedAt;
    this.#after('grace', Math.min(GRACE_MS, Math.max(0, GRACE_MS - age)), () => this.#askToStop());
  }

  /** Stops the run, and forgets the job that waits. Its end is told within 100 ms. */
  stop(): void {
    this.#next = undefined;
    if (this.#current) this.#askToStop();
  }

  /** Drops the worker and the run in it without a word. A later start summons another. */
  dispose(): void {
    this.#next = undefined;
    this.#current?.ended.abort();
    this.#current = undefined;
    this.#dropWorker();
  }

  #begin(job: Job): void {
    this.#next = undefined;
    const current = { id: ++this.#ids, job, ended: new AbortController(), startedAt: performance.now() };
    this.#current = current;
    this.#onEvent({ kind: 'started', job });
    try {
      this.#worker ??= this.#summon();
    } catch (error) {
      return this.#fail(`The experiment's worker could not be started: ${String(error)}`);
    }
    this.#clear('idle');
    this.#post({ kind: 'start', id: current.id, job });
    this.#unanswered = 0;
    this.#ping();
  }

  #summon(): WorkerLike {
    const worker = this.#createWorker();
    this.#ready = false;
    worker.addEventListener('message', (event) => {
      if (worker === this.#worker) this.#hear((event as MessageEvent<Reply>).data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const said = (event as ErrorEvent).message;
      const reason = this.#ready
        ? `The experiment's worker died${said ? `: ${said}` : '.'}`
        : `The experiment's worker could not be loaded${said ? `: ${said}` : '.'}`;
      if (worker !== this.#worker) return;
      if (this.#current) this.#fail(reason);
      else this.#dropWorker();
    });
    return worker;
  }

  #post(request: Request): void {
    this.#worker?.postMessage(request);
  }

  #hear(reply: Reply): void {
    this.#unanswered = 0;
    if (reply.kind === 'ready') this.#ready = true;
    if (reply.kind === 'ready' || reply.kind === 'pong' || reply.id !== this.#current?.id) return;
    if (reply.kind === 'want-part') return void this.#runPart(this.#current, reply.index);
    if (reply.kind === 'progress') {
      this.#current.lastReport = reply.report;
      return this.#onEvent(reply);
    }
    this.#end(reply);
  }

  async #runPart({ id, job, ended }: Current, index: number): Promise<void> {
    try {
      if (!this.#parts) throw new Error('There is nothing here that runs parts.');
      const value = await this.#parts.run({ ...job, checkpoint: undefined, part: index }, ended.signal);
      this.#post({ kind: 'part', id, index, value });
    } catch (error) {
      if (!ended.signal.aborted) this.#post({ kind: 'part-failed', id, index, reason: (error as Error).message });
    }
  }

  #end(event: RunEvent): void {
    this.#current?.ended.abort();
    this.#current = undefined;
    for (const timer of ['grace', 'stop', 'ping'] as const) this.#clear(timer);
    const next = event.kind === 'failed' ? undefined : this.#next;
    this.#next = undefined;
    this.#after('idle', IDLE_SHUTDOWN_MS, () => this.#dropWorker());
    // A run that gave way to a newer one is not told as stopped.
    if (!next || event.kind === 'done') this.#onEvent(event);
    // Whoever heard that may have started another.
    if (next && !this.#current) this.#begin(next);
  }

  #fail(reason: string): void {
    this.#dropWorker();
    this.#end({ kind: 'failed', reason });
  }

  #askToStop(): void {
    const current = this.#current;
    if (!current || this.#timers.stop !== undefined) return;
    this.#post({ kind: 'stop', id: current.id });
    this.#after('stop', STOP_PATIENCE_MS, () => {
      this.#dropWorker();
      this.#end({ kind: 'stopped', report: current.lastReport });
    });
  }

  #ping(): void {
    this.#after('ping', PING_EVERY_MS, () => {
      const limit = this.#ready ? PINGS_UNTIL_DEAD : PINGS_UNTIL_UNLOADABLE;
      if (this.#unanswered >= limit) return this.#fail('The experiment’s worker stopped answering.');
      this.#unanswered++;
      this.#post({ kind: 'ping' });
      this.#ping();
    });
  }

  #dropWorker(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const timer of ['grace', 'stop', 'ping', 'idle'] as const) this.#clear(timer);
  }

  #after(timer: TimerName, ms: number, action: () => void): void {
    this.#clear(timer);
    this.#timers[timer] = setTimeout(() => {
      this.#timers[timer] = undefined;
      action();
    }, ms);
  }

  #clear(timer: TimerName): void {
    clearTimeout(this.#timers[timer]);
    this.#timers[timer] = undefined;
  }
}
