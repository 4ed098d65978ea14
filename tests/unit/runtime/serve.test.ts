import { afterEach, describe, expect, test, vi } from 'vitest';

import { define, perform, type Definition, type RunContext } from '#src/experiments/definition.ts';
import { loadDefinition } from '#src/experiments/index.ts';
import { defaultsOf, number } from '#src/experiments/parameters.ts';
import type { Job, Reply, Request } from '#src/runtime/protocol.ts';
import { serve, type Port } from '#src/runtime/serve.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
  vi.restoreAllMocks();
});

/** A served port at the other end of a real channel. */
function connect(load?: (slug: string) => Promise<Definition>) {
  const { port1, port2 } = new MessageChannel();
  closers.push(() => port1.close());
  const replies: Reply[] = [];
  let heard = () => {};
  port2.onmessage = ({ data }: MessageEvent<Reply>) => {
    replies.push(data);
    heard();
  };
  serve(port1 as unknown as Port, load);

  /** The first reply that satisfies the condition, as soon as it is there. */
  async function reply<K extends Reply['kind']>(kind: K, id?: number) {
    for (;;) {
      const found = replies.find(
        (reply) => reply.kind === kind && (id === undefined || ('id' in reply && reply.id === id)),
      );
      if (found) return found as Extract<Reply, { kind: K }>;
      await new Promise<void>((resolve) => (heard = resolve));
    }
  }
  /** Everything that was said up to now. */
  async function all(): Promise<Reply[]> {
    port2.postMessage({ kind: 'ping' } satisfies Request);
    const before = replies.filter(({ kind }) => kind === 'pong').length;
    while (replies.filter(({ kind }) => kind === 'pong').length === before) {
      await new Promise<void>((resolve) => (heard = resolve));
    }
    return replies.filter(({ kind }) => kind !== 'pong' && kind !== 'ready');
  }
  return { send: (request: Request) => port2.postMessage(request), reply, all };
}

type Context = RunContext<number, { at: number }>;

const parameters = { n: number({ label: 'N', help: 'N.', min: 0, max: 9, step: 1, default: 2 }) };

/** A definition whose run is whatever a test makes it. */
function fake(
  run: (params: { n: number }, context: Context) => Promise<number>,
  tell = (result: number) => `It is ${result}.`,
) {
  const definition = define<typeof parameters, number, { at: number }>({
    slug: 'demo',
    title: 'Demo',
    question: 'Demo?',
    live: true,
    parameters,
    run,
    tell,
    table: (result) => ({ columns: ['n'], rows: [[result]] }),
  });
  return async () => definition as unknown as Definition;
}

/** Rejects as soon as the signal is aborted, like a loop that looks at it. */
const untilStopped = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

const job: Job = { slug: 'demo', params: { n: 3 }, seed: 7 };
const start = (id: number, given: Partial<Job> = {}): Request => ({ kind: 'start', id, job: { ...job, ...given } });

describe('a served port', () => {
  test('says that it is ready, and answers a ping at any time', async () => {
    const { send, reply, all } = connect(fake((_, { signal }) => untilStopped(signal)));
    await reply('ready');
    expect(await all()).toEqual([]);
    send(start(1));
    expect(await all()).toEqual([]);
  });

  test('runs a job with its parameters, seed and checkpoint, and gives the result with its words and table', async () => {
    const seen: unknown[] = [];
    const run = async (params: { n: number }, { seed, checkpoint }: Context) => {
      seen.push({ params, seed, checkpoint });
      return params.n * seed;
    };
    const { send, reply } = connect(fake(run));
    send(start(4, { checkpoint: { at: 2 } }));
    expect(await reply('done')).toEqual({
      kind: 'done',
      id: 4,
      outcome: {
        params: { n: 3 },
        seed: 7,
        result: 21,
        sentence: 'It is 21.',
        table: { columns: ['n'], rows: [[21]] },
      },
    });
    expect(seen).toEqual([{ params: { n: 3 }, seed: 7, checkpoint: { at: 2 } }]);
  });

  test('asks for the definition by its slug', async () => {
    const asked: string[] = [];
    const load = fake(async () => 1);
    const { send, reply } = connect((slug) => {
      asked.push(slug);
      return load();
    });
    send(start(1, { slug: 'one' }));
    send(start(2, { slug: 'two' }));
    await reply('done', 2);
    expect(asked).toEqual(['one', 'two']);
  });
});

describe('progress', () => {
  const parts = (done: number) => ({ done, total: 9, unit: 'parts', checkpoint: { at: done } });

  /** Progress at the given times after the start of the run, and then the end. */
  const runReporting = (times: readonly number[], partial?: (done: number) => () => number) => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
    return async (_: unknown, { onProgress }: Context) => {
      for (const [done, at] of times.entries()) {
        clock.mockReturnValue(1000 + at);
        onProgress({ ...parts(done), partial: partial?.(done) });
      }
      return 9;
    };
  };

  test('is told no more often than every 50 ms, and not at all of a run that is over before', async () => {
    const { send, reply, all } = connect(fake(runReporting([0, 49, 50, 51, 99, 100, 500])));
    send(start(1));
    await reply('done');
    const told = (await all()).flatMap((reply) => (reply.kind === 'progress' ? [reply.report.done] : []));
    expect(told).toEqual([2, 5, 6]);
  });

  test('carries a partial result with its words and table, which are made only where they are told', async () => {
    const made: number[] = [];
    const partial = (done: number) => () => made.push(done) * 100 + done;
    const { send, reply } = connect(fake(runReporting([10, 20, 60], partial)));
    send(start(1));
    expect((await reply('progress')).report).toEqual({
      ...parts(2),
      outcome: {
        params: { n: 3 },
        seed: 7,
        result: 102,
        sentence: 'It is 102.',
        table: { columns: ['n'], rows: [[102]] },
        part: true,
      },
    });
    expect(made).toEqual([2]);
  });

  test('without a partial result carries none', async () => {
    const { send, reply } = connect(fake(runReporting([50])));
    send(start(1));
    expect((await reply('progress')).report).toEqual({ ...parts(0), outcome: undefined });
  });
});

describe('a stop', () => {
  test('ends the run with the newest checkpoint and the newest partial result, told or not', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const run = (_: unknown, { signal, onProgress }: Context) => {
      clock.mockReturnValue(50);
      for (const at of [1, 2, 3])
        onProgress({ done: at, total: 9, unit: 'parts', partial: () => at, checkpoint: { at } });
      return untilStopped(signal);
    };
    const { send, reply, all } = connect(fake(run));
    send(start(1));
    await reply('progress');
    send({ kind: 'stop', id: 1 });
    const { report } = await reply('stopped');
    expect(report).toMatchObject({ done: 3, checkpoint: { at: 3 }, outcome: { result: 3 } });
    expect((await all()).map(({ kind }) => kind)).toEqual(['progress', 'stopped']);
  });

  test('before anything was said ends it with nothing', async () => {
    const { send, reply } = connect(fake((_, { signal }) => untilStopped(signal)));
    send(start(1));
    send({ kind: 'stop', id: 1 });
    expect(await reply('stopped')).toEqual({ kind: 'stopped', id: 1, report: undefined });
  });

  test('while the definition is still on its way is heard when it is there', async () => {
    let arrive = () => {};
    const load = fake(async (_, { signal }) => {
      signal.throwIfAborted();
      return 1;
    });
    const { send, reply, all } = connect(async () => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return load();
    });
    send(start(1));
    send({ kind: 'stop', id: 1 });
    expect(await all()).toEqual([]);
    arrive();
    expect(await reply('stopped')).toEqual({ kind: 'stopped', id: 1, report: undefined });
  });

  test('that comes too late leaves the result as it is', async () => {
    const { send, reply, all } = connect(fake(async () => 1));
    send(start(1));
    await reply('done');
    send({ kind: 'stop', id: 1 });
    expect((await all()).map(({ kind }) => kind)).toEqual(['done']);
  });

  test('of a run that nobody knows does nothing', async () => {
    const { send, all } = connect(fake((_, { signal }) => untilStopped(signal)));
    send(start(1));
    send({ kind: 'stop', id: 2 });
    expect(await all()).toEqual([]);
  });

  test('leaves the other run alone', async () => {
    const finish = new Map<number, () => void>();
    const run = ({ n }: { n: number }, { signal }: Context) =>
      Promise.race([untilStopped(signal), new Promise<number>((resolve) => finish.set(n, () => resolve(n)))]);
    const { send, reply, all } = connect(fake(run));
    send(start(1, { params: { n: 1 } }));
    send(start(2, { params: { n: 2 } }));
    await all();
    send({ kind: 'stop', id: 1 });
    expect((await reply('stopped')).id).toBe(1);
    finish.get(2)!();
    expect(await reply('done')).toMatchObject({ id: 2, outcome: { result: 2 } });
    expect(await all()).toHaveLength(2);
  });
});

describe('a failure tells its reason', () => {
  test.for<[string, Parameters<typeof connect>[0], string | RegExp]>([
    ['where the run rejects', fake(() => Promise.reject(new Error('No more numbers.'))), 'No more numbers.'],
    ['where what it throws is no error', fake(() => Promise.reject('a word')), 'a word'],
    [
      'where the run throws before it waits',
      fake(() => {
        throw new RangeError('n is 3');
      }),
      'n is 3',
    ],
    [
      'where the definition cannot be loaded',
      () => Promise.reject(new Error('The network is gone.')),
      'The network is gone.',
    ],
    [
      'where the result cannot be put into words',
      fake(
        async () => 1,
        () => {
          throw new Error('No words.');
        },
      ),
      'No words.',
    ],
    ['where the result cannot be posted', fake(async () => (() => 1) as unknown as number), /could not be cloned/],
    [
      'where a part of the result cannot be put into words',
      fake(
        async (_, { onProgress }) => {
          vi.spyOn(performance, 'now').mockReturnValue(Infinity);
          onProgress({ done: 1, total: 2, unit: 'parts', partial: () => 1 });
          return untilStopped(new AbortController().signal);
        },
        () => {
          throw new Error('No words.');
        },
      ),
      'No words.',
    ],
  ])('%s', async ([, load, reason]) => {
    const { send, reply, all } = connect(load);
    send(start(1));
    expect(await reply('failed')).toEqual({ kind: 'failed', id: 1, reason: expect.stringMatching(reason) });
    expect(await all()).toHaveLength(1);
  });

  test('and the next run works', async () => {
    const { send, reply } = connect(
      fake(({ n }) => (n === 1 ? Promise.reject(new Error('One.')) : Promise.resolve(n))),
    );
    send(start(1, { params: { n: 1 } }));
    send(start(2, { params: { n: 2 } }));
    expect((await reply('failed')).id).toBe(1);
    expect((await reply('done')).id).toBe(2);
  });

  test.for(['no-such-thing', 'constructor', '__proto__', ''])(
    'where there is no experiment named “%s”',
    async (slug) => {
      const { send, reply } = connect();
      send(start(1, { slug }));
      expect(await reply('failed')).toEqual({ kind: 'failed', id: 1, reason: `There is no experiment named ${slug}.` });
    },
  );
});

describe('a part', () => {
  const summing = (part?: (params: { n: number }, index: number) => Promise<unknown>) => {
    const load = fake(async (_, { runParts }) => {
      const parts: number[] = [];
      await runParts<number>([0, 1, 2], (index, part) => (parts[index] = part));
      return parts.reduce((sum, part) => sum + part);
    });
    return async () => ({ ...(await load()), part }) as Definition;
  };

  test('of a run is asked for, and given back makes the result, in whatever order', async () => {
    const { send, reply, all } = connect(summing());
    send(start(1));
    const asked = await all();
    expect(asked).toEqual([0, 1, 2].map((index) => ({ kind: 'want-part', id: 1, index })));
    for (const index of [2, 0, 1]) send({ kind: 'part', id: 1, index, value: 10 ** index });
    expect(await reply('done')).toMatchObject({ id: 1, outcome: { result: 111 } });
  });

  test('that fails elsewhere fails the run, with the reason', async () => {
    const { send, reply, all } = connect(summing());
    send(start(1));
    await all();
    send({ kind: 'part', id: 1, index: 0, value: 1 });
    send({ kind: 'part-failed', id: 1, index: 1, reason: 'No more numbers.' });
    expect(await reply('failed')).toEqual({ kind: 'failed', id: 1, reason: 'No more numbers.' });
  });

  test('that is still under way does not keep a run from stopping', async () => {
    const { send, reply, all } = connect(summing());
    send(start(1));
    await all();
    send({ kind: 'stop', id: 1 });
    expect(await reply('stopped')).toEqual({ kind: 'stopped', id: 1, report: undefined });
  });

  test('by itself is a job, and its value comes as it is', async () => {
    const { send, reply } = connect(summing(async ({ n }, index) => ({ n, index })));
    send(start(5, { part: 2 }));
    expect(await reply('part-done')).toEqual({ kind: 'part-done', id: 5, value: { n: 3, index: 2 } });
  });

  test('of an experiment that has none fails', async () => {
    const { send, reply } = connect(summing());
    send(start(5, { part: 2 }));
    expect(await reply('failed')).toMatchObject({ id: 5, reason: 'demo has no parts' });
  });
});

describe('the real experiment', () => {
  test('gives over the channel what it gives when it is called', async () => {
    const definition = await loadDefinition('vanishing-gradient');
    const params = { ...defaultsOf(definition.parameters), length: 25, networks: 2 };
    const { send, reply } = connect();
    send(start(1, { slug: 'vanishing-gradient', params, seed: 3 }));
    const { outcome } = await reply('done');
    expect(outcome).toEqual(await perform(definition, params, 3, { signal: new AbortController().signal }));
  });

  test('hears Stop in the middle of a long run, and leaves a checkpoint', async () => {
    const definition = await loadDefinition('vanishing-gradient');
    const params = { ...defaultsOf(definition.parameters), length: 500, units: 64, networks: 100 };
    const { send, reply, all } = connect();
    send(start(1, { slug: 'vanishing-gradient', params }));
    await reply('progress');
    send({ kind: 'stop', id: 1 });
    const { report } = await reply('stopped');
    expect(report!.done).toBeLessThan(100);
    expect(report!.checkpoint).toBeDefined();
    expect((await all()).at(-1)!.kind).toBe('stopped');
  });
});
