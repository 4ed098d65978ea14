import { ExperimentClient, startWorker, type PartRunner, type RunEvent, type WorkerLike } from './client.ts';
import type { Job } from './protocol.ts';

interface Waiting {
  job: Job;
  signal: AbortSignal;
  settle: PromiseWithResolvers<unknown>;
}

/** One worker of the pool, and what it is at. */
interface Member {
  client: ExperimentClient;
  current?: Waiting;
}

/** As many workers as the machine has cores, less the one that the page runs on; at least one. */
export function poolSize(cores: number | undefined = navigator.hardwareConcurrency): number {
  return Math.max(1, (cores ?? 1) - 1);
}

/**
 * Runs parts of runs in several workers at once, first come, first served. What a part gives follows from its job alone, so
 * results do not depend on the number of workers; only the time that they take does.
 */
export class WorkerPool implements PartRunner {
  readonly #queue: Waiting[] = [];
  readonly #members: Member[] = [];
  readonly #size: number;
  readonly #createWorker: () => WorkerLike;

  constructor(size: number = poolSize(), createWorker: () => WorkerLike = startWorker) {
    this.#size = size;
    this.#createWorker = createWorker;
  }

  run(job: Job, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const waiting: Waiting = { job, signal, settle: Promise.withResolvers() };
    signal.addEventListener('abort', () => this.#cancel(waiting), { once: true });
    this.#queue.push(waiting);
    this.#assign();
    return waiting.settle.promise;
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const member = this.#members.find(({ current }) => !current) ?? this.#hire();
      if (!member) return;
      member.current = this.#queue.shift()!;
      member.client.start(member.current.job);
    }
  }

  #hire(): Member | undefined {
    if (this.#members.length >= this.#size) return undefined;
    const member: Member = { client: new ExperimentClient((event) => this.#hear(member, event), this.#createWorker) };
    this.#members.push(member);
    return member;
  }

  #hear(member: Member, event: RunEvent): void {
    const settle = member.current?.settle;
    if (event.kind === 'started' || event.kind === 'progress') return;
    member.current = undefined;
    if (event.kind === 'part-done') settle?.resolve(event.value);
    else settle?.reject(new Error(event.kind === 'failed' ? event.reason : 'The part was stopped.'));
    this.#assign();
  }

  #cancel(waiting: Waiting): void {
    const place = this.#queue.indexOf(waiting);
    if (place !== -1) this.#queue.splice(place, 1);
    waiting.settle.reject(waiting.signal.reason);
    this.#members.find(({ current }) => current === waiting)?.client.stop();
  }
}

let shared: WorkerPool | undefined;

/** The pool of the page. Its workers start when the first part is to be run. */
export function sharedPool(): WorkerPool {
  return (shared ??= new WorkerPool());
}
