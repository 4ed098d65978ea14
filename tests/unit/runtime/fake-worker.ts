import type { WorkerLike } from '#src/runtime/client.ts';
import type { Job, Reply, Request } from '#src/runtime/protocol.ts';

/** A worker that does nothing by itself: a test reads what was posted to it, and says what it answers. */
export class FakeWorker implements WorkerLike {
  readonly posted: Request[] = [];
  terminated = false;
  /** Whether it answers pings, as a worker does that is alive. */
  answersPings = true;
  readonly #listeners: Record<string, ((event: Event) => void)[]> = {};

  /** Keeps a clone, which throws for what a real worker could not be sent. */
  postMessage(message: unknown): void {
    if (this.terminated) throw new Error('A terminated worker was posted to.');
    const request = structuredClone(message) as Request;
    this.posted.push(request);
    if (request.kind === 'ping' && this.answersPings) this.say({ kind: 'pong' });
  }

  terminate(): void {
    this.terminated = true;
  }

  addEventListener(type: string, listener: unknown): void {
    (this.#listeners[type] ??= []).push(listener as (event: Event) => void);
  }

  say(reply: Reply): void {
    this.#dispatch(new MessageEvent('message', { data: structuredClone(reply) }));
  }

  /** What the browser tells of a worker that cannot be loaded, or that threw outside of any run. */
  breakDown(message = ''): void {
    this.#dispatch(Object.assign(new Event('error', { cancelable: true }), { message }));
  }

  /** The run that it was last asked for. */
  get lastStart(): { id: number; job: Job } {
    return this.posted.findLast((request) => request.kind === 'start')!;
  }

  get asked(): string {
    return this.posted
      .filter(({ kind }) => kind !== 'ping')
      .map((request) => (request.kind === 'ping' ? '' : `${request.kind} ${request.id}`))
      .join(', ');
  }

  #dispatch(event: Event): void {
    for (const listener of this.#listeners[event.type] ?? []) listener(event);
  }
}
