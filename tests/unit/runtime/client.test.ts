import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { Outcome } from '#src/experiments/definition.ts';
import { ExperimentClient, type RunEvent } from '#src/runtime/client.ts';
import type { Job, Report } from '#src/runtime/protocol.ts';

import { FakeWorker } from './fake-worker.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const job = (n: number): Job => ({ slug: 'demo', params: { n }, seed: 1 });
const report = (done: number): Report => ({ done, total: 10, unit: 'parts', checkpoint: { at: done } });
const outcome = (n: number): Outcome => ({
  params: { n },
  seed: 1,
  result: n,
  sentence: `It is ${n}.`,
  table: { columns: ['n'], rows: [[n]] },
});

/** A client with what it tells, and the workers that it started, first to last. */
function setUp(createWorker?: () => FakeWorker) {
  const events: RunEvent[] = [];
  const workers: FakeWorker[] = [];
  const client = new ExperimentClient(
    (event) => events.push(event),
    () => {
      const worker = createWorker?.() ?? new FakeWorker();
      workers.push(worker);
      return worker;
    },
  );
  /** What was told since the last time that this was asked. */
  const told = () => events.splice(0).map(inShort);
  return { client, workers, told, worker: () => workers.at(-1)! };
}

function inShort(event: RunEvent): string {
  switch (event.kind) {
    case 'started':
      return `started ${(event.job.params as { n: number }).n}`;
    case 'progress':
      return `progress ${event.report.done}`;
    case 'done':
      return `done ${String(event.outcome.result)}`;
    case 'part-done':
      return `part-done ${String(event.value)}`;
    case 'stopped':
      return `stopped ${event.report?.done ?? 'with nothing'}`;
    case 'failed':
      return `failed: ${event.reason}`;
  }
}

describe('a run', () => {
  test('is started in a worker, tells how far it is, and ends with what came out', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    expect(told()).toEqual(['started 1']);
    expect(worker().posted[0]).toEqual({ kind: 'start', id: 1, job: job(1) });
    worker().say({ kind: 'ready' });
    worker().say({ kind: 'progress', id: 1, report: report(3) });
    worker().say({ kind: 'progress', id: 1, report: report(7) });
    worker().say({ kind: 'done', id: 1, outcome: outcome(5) });
    expect(told()).toEqual(['progress 3', 'progress 7', 'done 5']);
  });

  test('takes the worker of the run before it', () => {
    const { client, workers, worker, told } = setUp();
    for (const n of [1, 2, 3]) {
      client.start(job(n));
      worker().say({ kind: 'done', id: n, outcome: outcome(n) });
    }
    expect(workers).toHaveLength(1);
    expect(told()).toEqual(['started 1', 'done 1', 'started 2', 'done 2', 'started 3', 'done 3']);
  });

  test('that fails by itself tells its reason, and the worker goes on', () => {
    const { client, workers, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'failed', id: 1, reason: 'The numbers ran out.' });
    expect(told()).toEqual(['started 1', 'failed: The numbers ran out.']);
    client.start(job(2));
    expect(workers).toHaveLength(1);
    expect(worker().asked).toBe('start 1, start 2');
  });

  test('hears nothing of one that is over', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    client.start(job(2));
    told();
    worker().say({ kind: 'progress', id: 1, report: report(9) });
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    worker().say({ kind: 'stopped', id: 1 });
    worker().say({ kind: 'failed', id: 1, reason: 'Late.' });
    expect(told()).toEqual([]);
    worker().say({ kind: 'done', id: 2, outcome: outcome(2) });
    expect(told()).toEqual(['done 2']);
  });
});

describe('a newer job', () => {
  test('waits while the run is young, and follows it when it is done', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    vi.advanceTimersByTime(100);
    client.start(job(2));
    vi.advanceTimersByTime(49);
    expect(worker().asked).toBe('start 1');
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    expect(told()).toEqual(['started 1', 'done 1', 'started 2']);
    expect(worker().asked).toBe('start 1, start 2');
  });

  test('cuts the run short once that is 150 ms old, and the end of that is not told', () => {
    const { client, workers, worker, told } = setUp();
    client.start(job(1));
    vi.advanceTimersByTime(100);
    client.start(job(2));
    vi.advanceTimersByTime(50);
    expect(worker().asked).toBe('start 1, stop 1');
    worker().say({ kind: 'stopped', id: 1, report: report(4) });
    expect(told()).toEqual(['started 1', 'started 2']);
    expect(worker().asked).toBe('start 1, stop 1, start 2');
    expect(workers).toHaveLength(1);
  });

  test('cuts an old run short at once', () => {
    const { client, worker } = setUp();
    client.start(job(1));
    vi.advanceTimersByTime(900);
    client.start(job(2));
    vi.advanceTimersByTime(0);
    expect(worker().asked).toBe('start 1, stop 1');
  });

  test('is the newest of many: the others are never run', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    for (let n = 2; n <= 40; n++) {
      client.start(job(n));
      vi.advanceTimersByTime(1);
    }
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    worker().say({ kind: 'done', id: 2, outcome: outcome(40) });
    vi.advanceTimersByTime(10_000);
    expect(told()).toEqual(['started 1', 'done 1', 'started 40', 'done 40']);
    expect(worker().asked).toBe('start 1, start 2');
  });

  test('does not give the young run more time each time that it is replaced', () => {
    const { client, worker } = setUp();
    client.start(job(1));
    for (let n = 2; n <= 11; n++) {
      vi.advanceTimersByTime(14);
      client.start(job(n));
    }
    vi.advanceTimersByTime(9);
    expect(worker().asked).toBe('start 1');
    vi.advanceTimersByTime(1);
    expect(worker().asked).toBe('start 1, stop 1');
  });

  test('gets a new worker where the old one does not let go of its run', () => {
    const { client, workers, worker, told } = setUp();
    client.start(job(1));
    vi.advanceTimersByTime(200);
    client.start(job(2));
    vi.advanceTimersByTime(70);
    expect(told()).toEqual(['started 1', 'started 2']);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(worker().asked).toBe('start 2');
    worker().say({ kind: 'done', id: 2, outcome: outcome(2) });
    expect(told()).toEqual(['done 2']);
  });

  test('is told of a run that was done after all when it was asked to stop', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    vi.advanceTimersByTime(200);
    client.start(job(2));
    vi.advanceTimersByTime(10);
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    expect(told()).toEqual(['started 1', 'done 1', 'started 2']);
    vi.advanceTimersByTime(100);
    expect(worker().terminated).toBe(false);
  });
});

describe('Stop', () => {
  test('is told when the worker has stopped, with what it last had', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'progress', id: 1, report: report(3) });
    client.stop();
    expect(worker().asked).toBe('start 1, stop 1');
    worker().say({ kind: 'stopped', id: 1, report: report(4) });
    expect(told()).toEqual(['started 1', 'progress 3', 'stopped 4']);
    vi.advanceTimersByTime(1000);
    expect(worker().terminated).toBe(false);
    expect(told()).toEqual([]);
  });

  test('ends a worker that ignores it after 70 ms, with the last report, and the next run works', () => {
    const { client, workers, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'progress', id: 1, report: report(3) });
    client.stop();
    vi.advanceTimersByTime(69);
    expect(told()).toEqual(['started 1', 'progress 3']);
    vi.advanceTimersByTime(1);
    expect(told()).toEqual(['stopped 3']);
    expect(worker().terminated).toBe(true);

    client.start(job(2));
    expect(workers).toHaveLength(2);
    worker().say({ kind: 'ready' });
    worker().say({ kind: 'done', id: 2, outcome: outcome(2) });
    expect(told()).toEqual(['started 2', 'done 2']);
  });

  test('takes 70 ms and no longer where the worker is still on its way', () => {
    const { client, told } = setUp();
    client.start(job(1));
    client.stop();
    vi.advanceTimersByTime(70);
    expect(told()).toEqual(['started 1', 'stopped with nothing']);
  });

  test('asked for again and again does not put itself off', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    for (let i = 0; i < 7; i++) {
      client.stop();
      vi.advanceTimersByTime(10);
    }
    expect(told()).toEqual(['started 1', 'stopped with nothing']);
    expect(worker().asked).toBe('start 1, stop 1');
  });

  test('forgets the job that waits', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    client.start(job(2));
    client.stop();
    worker().say({ kind: 'stopped', id: 1 });
    vi.advanceTimersByTime(1000);
    expect(told()).toEqual(['started 1', 'stopped with nothing']);
    expect(worker().asked).toBe('start 1, stop 1');
  });

  test('gives way to a job that comes after it', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    client.stop();
    client.start(job(2));
    worker().say({ kind: 'stopped', id: 1 });
    expect(told()).toEqual(['started 1', 'started 2']);
  });

  test('does nothing where nothing runs', () => {
    const { client, workers, told } = setUp();
    client.stop();
    vi.advanceTimersByTime(1000);
    expect(told()).toEqual([]);
    expect(workers).toEqual([]);
  });

  test('does not hear what a terminated worker still had to say', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    client.stop();
    vi.advanceTimersByTime(70);
    told();
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    worker().breakDown('late');
    expect(told()).toEqual([]);
    client.start(job(2));
    worker().say({ kind: 'done', id: 2, outcome: outcome(2) });
    expect(told()).toEqual(['started 2', 'done 2']);
  });
});

describe('a worker that dies', () => {
  test('before it was ready could not be loaded, and the reason is told', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().breakDown('Script error');
    expect(told()).toEqual(['started 1', "failed: The experiment's worker could not be loaded: Script error"]);
    expect(worker().terminated).toBe(true);
  });

  test('before it was ready, without a word, could not be loaded', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().breakDown();
    expect(told()).toEqual(['started 1', "failed: The experiment's worker could not be loaded."]);
  });

  test('after it was ready died, and the reason is told', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'ready' });
    worker().breakDown('out of memory');
    expect(told()).toEqual(['started 1', "failed: The experiment's worker died: out of memory"]);
  });

  test('is not spoken of on the console: the page tells it', () => {
    const { client, worker } = setUp();
    client.start(job(1));
    const prevented = vi.spyOn(Event.prototype, 'preventDefault');
    worker().breakDown('out of memory');
    expect(prevented).toHaveBeenCalledOnce();
    prevented.mockRestore();
  });

  test('is replaced for the next run', () => {
    const { client, workers, worker, told } = setUp();
    client.start(job(1));
    worker().breakDown();
    told();
    client.start(job(2));
    worker().say({ kind: 'ready' });
    worker().say({ kind: 'done', id: 2, outcome: outcome(2) });
    expect(workers).toHaveLength(2);
    expect(told()).toEqual(['started 2', 'done 2']);
  });

  test('while nothing runs is replaced without a word', () => {
    const { client, workers, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'ready' });
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    told();
    worker().breakDown('gone');
    expect(told()).toEqual([]);
    client.start(job(2));
    expect(workers).toHaveLength(2);
    expect(told()).toEqual(['started 2']);
  });

  test('and cannot even be made fails the run with the reason', () => {
    const { client, told } = setUp(() => {
      throw new Error('blocked by the policy');
    });
    client.start(job(1));
    expect(told()).toEqual([
      'started 1',
      "failed: The experiment's worker could not be started: Error: blocked by the policy",
    ]);
    client.start(job(2));
    expect(told()[0]).toBe('started 2');
  });

  test('without a word is found out, because it answers no ping', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'ready' });
    told();
    worker().answersPings = false;
    vi.advanceTimersByTime(4999);
    expect(told()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told()).toEqual(['failed: The experiment’s worker stopped answering.']);
    expect(worker().terminated).toBe(true);
  });

  test('is not mistaken for one that is alive and takes long', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'ready' });
    vi.advanceTimersByTime(3_600_000);
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    expect(told()).toEqual(['started 1', 'done 1']);
  });

  test('is not mistaken for one that pauses now and then', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'ready' });
    told();
    worker().answersPings = false;
    for (let i = 0; i < 20; i++) {
      vi.advanceTimersByTime(4000);
      worker().say({ kind: 'progress', id: 1, report: report(i) });
    }
    expect(told().filter((said) => said.startsWith('failed'))).toEqual([]);
  });

  test('is not mistaken for one that is slow to load: that has a minute', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().answersPings = false;
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual(['started 1']);
    worker().answersPings = true;
    worker().say({ kind: 'ready' });
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    expect(told()).toEqual(['done 1']);
  });

  test('on its way is given up after a minute', () => {
    const { client, worker, told } = setUp();
    client.start(job(1));
    worker().answersPings = false;
    vi.advanceTimersByTime(61_000);
    expect(told()).toEqual(['started 1', 'failed: The experiment’s worker stopped answering.']);
  });
});

describe('an idle worker', () => {
  test('is let go after two minutes, and the next run gets a new one', () => {
    const { client, workers, worker, told } = setUp();
    client.start(job(1));
    worker().say({ kind: 'done', id: 1, outcome: outcome(1) });
    vi.advanceTimersByTime(119_999);
    expect(worker().terminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(worker().terminated).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    client.start(job(2));
    expect(workers).toHaveLength(2);
    worker().say({ kind: 'done', id: 2, outcome: outcome(2) });
    expect(told()).toEqual(['started 1', 'done 1', 'started 2', 'done 2']);
  });

  test('is kept while runs come, and is not pinged between them', () => {
    const { client, worker } = setUp();
    for (const n of [1, 2, 3]) {
      client.start(job(n));
      worker().say({ kind: 'done', id: n, outcome: outcome(n) });
      const posted = worker().posted.length;
      vi.advanceTimersByTime(100_000);
      expect(worker().posted).toHaveLength(posted);
      expect(worker().terminated).toBe(false);
    }
  });
});

describe('a client that is disposed of', () => {
  test.for(['in a run', 'with a job that waits', 'while it stops', 'while idle', 'before anything'] as const)(
    '%s is silent, and leaves no worker and no timer',
    (when) => {
      const { client, workers, told } = setUp();
      if (when !== 'before anything') client.start(job(1));
      if (when === 'with a job that waits') client.start(job(2));
      if (when === 'while it stops') client.stop();
      if (when === 'while idle') workers[0]!.say({ kind: 'done', id: 1, outcome: outcome(1) });
      told();
      client.dispose();
      for (const worker of workers) {
        expect(worker.terminated).toBe(true);
        worker.say({ kind: 'done', id: 1, outcome: outcome(1) });
        worker.breakDown();
      }
      expect(vi.getTimerCount()).toBe(0);
      expect(told()).toEqual([]);
    },
  );
});

describe('a part that a run asks for', () => {
  function setUpWithParts() {
    const asked: { job: Job; signal: AbortSignal; settle: PromiseWithResolvers<unknown> }[] = [];
    const worker = new FakeWorker();
    const client = new ExperimentClient(
      () => undefined,
      () => worker,
      {
        run(job, signal) {
          const settle = Promise.withResolvers<unknown>();
          asked.push({ job, signal, settle });
          return settle.promise;
        },
      },
    );
    client.start({ ...job(1), checkpoint: { at: 3 } });
    worker.say({ kind: 'want-part', id: 1, index: 4 });
    return { client, worker, asked };
  }

  test('is run elsewhere, from its start, and given to the worker', async () => {
    const { worker, asked } = setUpWithParts();
    expect(asked[0]!.job).toEqual({ ...job(1), part: 4 });
    asked[0]!.settle.resolve('four');
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.posted.at(-1)).toEqual({ kind: 'part', id: 1, index: 4, value: 'four' });
  });

  test('and that fails is told to the worker with the reason', async () => {
    const { worker, asked } = setUpWithParts();
    asked[0]!.settle.reject(new Error('No more numbers.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.posted.at(-1)).toEqual({ kind: 'part-failed', id: 1, index: 4, reason: 'No more numbers.' });
  });

  test.for(['done', 'stopped', 'terminated', 'disposed of'])('is given up when the run is %s', async (how) => {
    const { client, worker, asked } = setUpWithParts();
    if (how === 'done') worker.say({ kind: 'done', id: 1, outcome: outcome(1) });
    if (how === 'stopped') worker.say({ kind: 'stopped', id: 1 });
    if (how === 'terminated') {
      client.stop();
      vi.advanceTimersByTime(70);
    }
    if (how === 'disposed of') client.dispose();
    expect(asked[0]!.signal.aborted).toBe(true);
    const posted = worker.posted.length;
    asked[0]!.settle.reject(asked[0]!.signal.reason);
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.posted).toHaveLength(posted);
  });
});

describe('whoever listens', () => {
  test('may start the next job on hearing that one is done, and it is the one that runs', () => {
    const told: string[] = [];
    const workers: FakeWorker[] = [];
    const client = new ExperimentClient(
      (event) => {
        told.push(inShort(event));
        if (event.kind === 'done' && event.outcome.result === 1) client.start(job(3));
      },
      () => {
        workers.push(new FakeWorker());
        return workers.at(-1)!;
      },
    );
    client.start(job(1));
    client.start(job(2));
    workers[0]!.say({ kind: 'done', id: 1, outcome: outcome(1) });
    expect(told).toEqual(['started 1', 'done 1', 'started 3']);
    workers[0]!.say({ kind: 'done', id: 2, outcome: outcome(3) });
    expect(told).toEqual(['started 1', 'done 1', 'started 3', 'done 3']);
  });
});

describe('whatever happens, in whatever order', () => {
  type Action =
    | { does: 'start' | 'stop' | 'ready' | 'progress' | 'done' | 'obey' | 'fail' | 'break' | 'mute' }
    | { does: 'wait'; ms: number };
  const action: fc.Arbitrary<Action> = fc.oneof(
    { weight: 5, arbitrary: fc.constant({ does: 'start' as const }) },
    { weight: 3, arbitrary: fc.constant({ does: 'stop' as const }) },
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(1, 10, 30, 69, 70, 71, 149, 150, 200, 1000, 5000)
        .map((ms) => ({ does: 'wait' as const, ms })),
    },
    {
      weight: 8,
      arbitrary: fc
        .constantFrom('ready', 'progress', 'done', 'obey', 'fail', 'break', 'mute')
        .map((does) => ({ does })),
    } as { weight: number; arbitrary: fc.Arbitrary<Action> },
  );

  /** Drives a client, and holds what it tells against what it promises. */
  class Trial {
    readonly workers: FakeWorker[] = [];
    readonly client = new ExperimentClient(
      (event) => this.hear(event),
      () => this.createWorker(),
    );
    jobs = 0;
    /** The job of the run that has started and not ended. */
    open: number | undefined;
    startedAt = 0;
    /** The newest job that came during the run. */
    waiting: number | undefined;
    /** When the run that is open has to be over. */
    deadline = Infinity;
    starting: number | undefined;

    createWorker(): FakeWorker {
      expect(this.workers.every(({ terminated }) => terminated)).toBe(true);
      this.workers.push(new FakeWorker());
      return this.workers.at(-1)!;
    }

    get worker(): FakeWorker | undefined {
      return this.workers.findLast(({ terminated }) => !terminated);
    }

    hear(event: RunEvent): void {
      if (event.kind === 'started') {
        const { n } = event.job.params as { n: number };
        expect(n).toBe(this.starting ?? this.waiting);
        this.open = n;
        this.startedAt = performance.now();
        this.deadline = Infinity;
        this.waiting = undefined;
        this.starting = undefined;
        return;
      }
      expect(this.open).toBeDefined();
      if (event.kind === 'progress') return;
      // A job that waits begins at once, except after a failure.
      if (event.kind === 'stopped') expect(this.waiting).toBeUndefined();
      if (event.kind === 'failed') this.waiting = undefined;
      this.open = undefined;
      this.deadline = Infinity;
    }

    do(action: Action): void {
      const { worker } = this;
      const starts = worker?.posted.filter(({ kind }) => kind === 'start') ?? [];
      const asked = starts.at(-1);
      const id = asked?.kind === 'start' ? asked.id : 0;
      switch (action.does) {
        case 'start': {
          const n = ++this.jobs;
          if (this.open === undefined) {
            this.starting = n;
          } else {
            this.waiting = n;
            const cutAt = Math.max(performance.now(), this.startedAt + 150);
            this.deadline = Math.min(this.deadline, cutAt + 70);
          }
          this.client.start(job(n));
          expect(this.starting).toBeUndefined();
          break;
        }
        case 'stop':
          if (this.open !== undefined) this.deadline = Math.min(this.deadline, performance.now() + 70);
          this.waiting = undefined;
          this.client.stop();
          break;
        case 'wait':
          vi.advanceTimersByTime(action.ms);
          break;
        case 'ready':
          worker?.say({ kind: 'ready' });
          break;
        case 'progress':
          if (this.isRunning(id)) worker!.say({ kind: 'progress', id, report: report(1) });
          break;
        case 'done':
          if (this.isRunning(id)) this.answer(id, () => worker!.say({ kind: 'done', id, outcome: outcome(1) }));
          break;
        case 'obey':
          if (this.isRunning(id) && worker!.posted.some((request) => request.kind === 'stop' && request.id === id)) {
            this.answer(id, () => worker!.say({ kind: 'stopped', id, report: report(1) }));
          }
          break;
        case 'fail':
          if (this.isRunning(id)) this.answer(id, () => worker!.say({ kind: 'failed', id, reason: 'No.' }));
          break;
        case 'break':
          worker?.breakDown('Broken.');
          break;
        case 'mute':
          if (worker) worker.answersPings = false;
      }
      this.check();
    }

    readonly answered = new Set<number>();
    isRunning(id: number): boolean {
      return id > 0 && !this.answered.has(id);
    }
    answer(id: number, say: () => void): void {
      this.answered.add(id);
      say();
    }

    check(): void {
      expect(this.workers.filter(({ terminated }) => !terminated).length).toBeLessThanOrEqual(1);
      if (this.open !== undefined) expect(performance.now()).toBeLessThan(this.deadline);
      for (const worker of this.workers) {
        const ids = worker.posted.flatMap((request) => (request.kind === 'start' ? [request.id] : []));
        for (const id of ids.slice(0, -1)) expect(this.answered.has(id), `run ${id} had ended`).toBe(true);
      }
      // A run is open exactly where a live worker has one to answer.
      const last = this.worker?.posted.findLast((request) => request.kind === 'start');
      const busy = last?.kind === 'start' && !this.answered.has(last.id);
      expect(busy).toBe(this.open !== undefined);
    }
  }

  test('each run ends once, the newest job wins, none is queued, Stop takes 70 ms, and all is let go in the end', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        vi.clearAllTimers();
        const trial = new Trial();
        for (const action of actions) trial.do(action);
        if (trial.worker) trial.worker.answersPings = false;
        trial.do({ does: 'wait', ms: 70_000 });
        if (trial.worker) trial.worker.answersPings = false;
        trial.do({ does: 'wait', ms: 200_000 });
        expect(trial.open).toBeUndefined();
        expect(trial.waiting).toBeUndefined();
        expect(trial.workers.every(({ terminated }) => terminated)).toBe(true);
        expect(vi.getTimerCount()).toBe(0);
      }),
      { numRuns: 600 },
    );
  });
});
