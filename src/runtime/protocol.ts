import type { Form, Outcome, Progress } from '#src/experiments/definition.ts';
import type { Values } from '#src/experiments/parameters.ts';

/** What is to be run: a slug, its parameters and seed, and where an earlier run of the same was stopped. */
export interface Job {
  slug: string;
  params: Values;
  seed: number;
  checkpoint?: unknown;
  /** The form of the recurrent kernels to run on, where one is forced. */
  form?: Form;
  /** The number of the part that is to be run, where a run has handed out parts of itself. */
  part?: number;
}

/** How far a run is. A partial result comes with its words and its table. */
export interface Report extends Pick<Progress<unknown, unknown>, 'done' | 'total' | 'unit' | 'share' | 'checkpoint'> {
  outcome?: Outcome;
}

/** From the page to the worker. `id` counts the runs of a page. `part` and `part-failed` answer `want-part`. */
export type Request =
  | { kind: 'start'; id: number; job: Job }
  | { kind: 'stop'; id: number }
  | { kind: 'ping' }
  | { kind: 'part'; id: number; index: number; value: unknown }
  | { kind: 'part-failed'; id: number; index: number; reason: string };

/**
 * From the worker to the page. Each start is answered by any number of `progress` and `want-part`, which asks for a part to be
 * run elsewhere, and by one of the last four; `part-done` ends a job that was itself a part.
 */
export type Reply =
  | { kind: 'ready' }
  | { kind: 'pong' }
  | { kind: 'progress'; id: number; report: Report }
  | { kind: 'want-part'; id: number; index: number }
  | { kind: 'done'; id: number; outcome: Outcome }
  | { kind: 'part-done'; id: number; value: unknown }
  | { kind: 'stopped'; id: number; report?: Report }
  | { kind: 'failed'; id: number; reason: string };
