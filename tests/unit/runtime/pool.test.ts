import { afterEach, describe, expect, test } from 'vitest';

import { define, type Definition } from '#src/experiments/definition.ts';
import { number } from '#src/experiments/parameters.ts';
import { ExperimentClient, type RunEvent, type WorkerLike } from '#src/runtime/client.ts';
import { poolSize, WorkerPool } from '#src/runtime/pool.ts';
import { serve, type Port } from '#src/runtime/serve.ts';
import { createRandom, seedOfRun } from '#src/sequences/random.ts';

/** Sums what its parts draw; a part numbered in `failing` fails, and one in `endless` ends only when it is stopped. */
function summing({ failing = [] as number[], endless = [] as number[] } = {}): Definition {
  const parameters = { parts: number({ label: 'Parts', min: 1, max: 50, step: 1, default: 7, help: '' }) };
  return define<typeof parameters, number[], number[]>({
    slug: 'summing',
    title: '',
    question: '',
    live: false,
    parameters,
    async run({ parts }, { onProgress, runParts, checkpoint }) {
      const drawn = [...(checkpoint ?? [])];
      const missing = Array.from({ length: parts }, (_, i) => i).filter((i) => drawn[i] === undefined);
      await runParts<number>(missing, (index, part) => {
        drawn[index] = part;
        onProgress({ done: Object.keys(drawn).length, total: parts, unit: 'parts', checkpoint: [...drawn] });
      });
      return drawn;
    },
    async part(_, index, { seed, signal }) {
      if (failing.includes(index)) throw new Error(`part ${index} fails`);
      if (endless.includes(index)) {
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      }
      return createRandom(seedOfRun(seed, index), 'part').uniform(0, 1);
    },
    tell: (drawn) => `${drawn.length} parts`,
    table: (drawn) => ({ columns: ['part'], rows: drawn.map((part) => [part]) }),
  }) as unknown as Definition;
}

const channels: MessageChannel[] = [];

/** A worker that is the real thing but for the thread: `serve` at the other end of a message channel. */
function inThisThread(definition: Definition, onStart: () => void = () => undefined): WorkerLike {
  onStart();
  const channel = new MessageChannel();
  channels.push(channel);
  serve(channel.port2 as unknown as Port, async () => definition);
  channel.port1.start();
  return {
    postMessage: (message: unknown) => channel.port1.postMessage(message),
    terminate: () => channel.port1.close(),
    addEventListener: ((kind: string, listener: (event: Event) => void) => {
      if (kind === 'message') channel.port1.addEventListener('message', listener);
    }) as WorkerLike['addEventListener'],
  };
}

afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** Runs to the end. @returns the events, and what to do with the client meanwhile */
function start(definition: Definition, pool: WorkerPool, parts: number, checkpoint?: unknown) {
  const events: RunEvent[] = [];
  const ended = Promise.withResolvers<RunEvent>();
  const client = new ExperimentClient(
    (event) => {
      events.push(event);
      if (['done', 'stopped', 'failed'].includes(event.kind)) ended.resolve(event);
    },
    () => inThisThread(definition),
    pool,
  );
  client.start({ slug: 'summing', params: { parts }, seed: 5, checkpoint });
  return { client, events, ended: ended.promise };
}

describe('a pool of workers', () => {
  test('gives the same results whatever its size', async () => {
    const results = [];
    for (const size of [1, 2, 3, 8]) {
      let workers = 0;
      const pool = new WorkerPool(size, () => inThisThread(summing(), () => workers++));
      const { ended } = start(summing(), pool, 7);
      const end = await ended;
      expect(end.kind).toBe('done');
      expect(workers).toBe(Math.min(size, 7));
      results.push(end.kind === 'done' && end.outcome.result);
    }
    const alone = Array.from({ length: 7 }, (_, i) => createRandom(seedOfRun(5, i), 'part').uniform(0, 1));
    expect(results).toEqual([alone, alone, alone, alone]);
  });

  test('runs only the parts that a checkpoint lacks', async () => {
    let started = 0;
    const counted = summing();
    const part = counted.part!;
    counted.part = (...given) => {
      started++;
      return part(...given);
    };
    const pool = new WorkerPool(2, () => inThisThread(counted));
    const { ended } = start(counted, pool, 5, [10, 20, 30]);
    const end = await ended;
    expect(end.kind === 'done' && (end.outcome.result as number[]).slice(0, 3)).toEqual([10, 20, 30]);
    expect(started).toBe(2);
  });

  test('lets a run fail with the reason of the part that failed', async () => {
    const pool = new WorkerPool(2, () => inThisThread(summing({ failing: [3] })));
    const { ended } = start(summing(), pool, 7);
    expect(await ended).toMatchObject({ kind: 'failed', reason: 'part 3 fails' });
  });

  test('stops the parts with the run, keeps what they gave, and is free for the next run', async () => {
    const stuck = summing({ endless: [2, 3, 4, 5, 6] });
    const pool = new WorkerPool(2, () => inThisThread(stuck));
    const { client, ended, events } = start(stuck, pool, 7);
    await expect.poll(() => events.some((event) => event.kind === 'progress')).toBe(true);
    client.stop();
    const end = await ended;
    expect(end.kind).toBe('stopped');

    const next = start(stuck, pool, 2);
    expect((await next.ended).kind).toBe('done');
  });

  test('is as large as the machine has cores, less one, and at least one', () => {
    expect([undefined, 1, 2, 3, 16].map((cores) => poolSize(cores ?? 0))).toEqual([1, 1, 1, 2, 15]);
  });
});
