import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { Job } from '#src/runtime/protocol.ts';
import { poolSize, WorkerPool } from '#src/runtime/pool.ts';

import { FakeWorker } from './fake-worker.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const part = (index: number): Job => ({ slug: 'demo', params: { n: 1 }, seed: 1, part: index });

function setUp(size: number) {
  const workers: FakeWorker[] = [];
  const pool = new WorkerPool(size, () => {
    workers.push(new FakeWorker());
    return workers.at(-1)!;
  });
  const finish = (worker: number, value: unknown) =>
    workers[worker]!.say({ kind: 'part-done', id: workers[worker]!.lastStart.id, value });
  return { pool, workers, finish, parts: () => workers.map((worker) => worker.lastStart.job.part) };
}

describe('a pool of workers', () => {
  test('leaves one core to the page, and has at least one worker', () => {
    expect([1, 2, 8, undefined].map((cores) => poolSize(cores))).toEqual([1, 1, 7, expect.any(Number)]);
  });

  test('starts no more workers than it may, and none before there is something to do', async () => {
    const { pool, workers, parts, finish } = setUp(2);
    expect(workers).toEqual([]);
    const { signal } = new AbortController();
    const values = Promise.all([0, 1, 2, 3].map((index) => pool.run(part(index), signal)));
    expect(parts()).toEqual([0, 1]);
    finish(1, 'one');
    expect(parts()).toEqual([0, 2]);
    finish(0, 'zero');
    expect(parts()).toEqual([3, 2]);
    finish(0, 'three');
    finish(1, 'two');
    expect(await values).toEqual(['zero', 'one', 'two', 'three']);
    expect(workers).toHaveLength(2);
  });

  test('tells why a part failed, and goes on with the others', async () => {
    const { pool, workers, finish } = setUp(1);
    const { signal } = new AbortController();
    const first = pool.run(part(0), signal);
    const second = pool.run(part(1), signal);
    workers[0]!.say({ kind: 'failed', id: 1, reason: 'No more numbers.' });
    await expect(first).rejects.toThrow('No more numbers.');
    finish(0, 'one');
    expect(await second).toBe('one');
  });

  test('replaces a worker that dies', async () => {
    const { pool, workers, finish } = setUp(1);
    const { signal } = new AbortController();
    const first = pool.run(part(0), signal);
    const second = pool.run(part(1), signal);
    workers[0]!.breakDown('out of memory');
    await expect(first).rejects.toThrow('out of memory');
    expect(workers).toHaveLength(2);
    finish(1, 'one');
    expect(await second).toBe('one');
  });

  test('drops the parts of a run that is over: those that wait at once, those under way when they have stopped', async () => {
    const { pool, workers, finish } = setUp(1);
    const stopper = new AbortController();
    const reason = new Error('Over.');
    const dropped = [0, 1].map((index) => pool.run(part(index), stopper.signal));
    const other = pool.run(part(9), new AbortController().signal);
    stopper.abort(reason);
    for (const one of dropped) await expect(one).rejects.toBe(reason);
    expect(workers[0]!.asked).toBe('start 1, stop 1');
    workers[0]!.say({ kind: 'stopped', id: 1 });
    expect(workers[0]!.lastStart.job.part).toBe(9);
    finish(0, 'nine');
    expect(await other).toBe('nine');
  });

  test('gives the place of a part that ignores the end of its run to the next one after 70 ms', async () => {
    const { pool, workers, finish } = setUp(1);
    const stopper = new AbortController();
    const dropped = pool.run(part(0), stopper.signal);
    const other = pool.run(part(9), new AbortController().signal);
    stopper.abort(new Error('Over.'));
    await expect(dropped).rejects.toThrow('Over.');
    vi.advanceTimersByTime(70);
    expect(workers[0]!.terminated).toBe(true);
    finish(1, 'nine');
    expect(await other).toBe('nine');
  });

  test('does not begin a part of a run that is over already', async () => {
    const { pool, workers } = setUp(1);
    const dropped = pool.run(part(0), AbortSignal.abort(new Error('Over.')));
    dropped.catch(() => undefined);
    expect(workers).toEqual([]);
    await expect(dropped).rejects.toThrow('Over.');
  });
});
