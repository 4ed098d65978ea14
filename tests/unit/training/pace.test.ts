import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createPace } from '#src/training/pace.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Whether a promise is settled once everything that can run without the clock has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  for (let i = 0; i < 10; i++) await Promise.resolve();
  return settled;
}

describe('a pace', () => {
  test('goes on at once while the last rest is recent', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const pace = createPace(new AbortController().signal);
    now.mockReturnValue(29);
    expect(await isSettled(pace())).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('waits for a turn of the event loop once 30 ms have passed, and then not for another 30', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const pace = createPace(new AbortController().signal);
    now.mockReturnValue(30);
    const waiting = pace();
    expect(await isSettled(waiting)).toBe(false);
    vi.advanceTimersByTime(0);
    expect(await isSettled(waiting)).toBe(true);
    now.mockReturnValue(59);
    expect(await isSettled(pace())).toBe(true);
    now.mockReturnValue(60);
    expect(await isSettled(pace())).toBe(false);
  });

  test('counts from the end of a rest, not from its start', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const pace = createPace(new AbortController().signal);
    now.mockReturnValue(40);
    const waiting = pace();
    now.mockReturnValue(500);
    vi.advanceTimersByTime(0);
    await waiting;
    now.mockReturnValue(520);
    expect(await isSettled(pace())).toBe(true);
  });

  test('rejects with the reason of the signal, at once or after the rest in which it came', async () => {
    const stopper = new AbortController();
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const pace = createPace(stopper.signal);
    now.mockReturnValue(31);
    const waiting = pace();
    const reason = new Error('Stopped by the reader.');
    setTimeout(() => stopper.abort(reason));
    vi.advanceTimersByTime(0);
    await expect(waiting).rejects.toBe(reason);
    await expect(pace()).rejects.toBe(reason);
  });

  test('lets a message in before it goes on', async () => {
    const order: string[] = [];
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const pace = createPace(new AbortController().signal);
    setTimeout(() => order.push('message'));
    now.mockReturnValue(30);
    const going = pace().then(() => order.push('work'));
    await vi.advanceTimersByTimeAsync(0);
    await going;
    expect(order).toEqual(['message', 'work']);
  });
});
