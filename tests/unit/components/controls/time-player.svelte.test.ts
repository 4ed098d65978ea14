import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { TimePlayer } from '#components/controls/time-player.svelte.ts';

let step = 1;
const steps: number[] = [];
const create = (length = 4) =>
  new TimePlayer({
    step: () => step,
    length: () => length,
    onstep: (to) => {
      step = to;
      steps.push(to);
    },
  });

beforeEach(() => {
  vi.useFakeTimers();
  step = 1;
  steps.length = 0;
});
afterEach(() => vi.useRealTimers());

describe('a player of time steps', () => {
  test('goes on by itself, a step at a time, and stops at the end', () => {
    const player = create();
    player.toggle();
    expect(player.playing).toBe(true);
    expect(steps).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(steps).toEqual([2]);
    vi.advanceTimersByTime(10_000);
    expect(steps).toEqual([2, 3, 4]);
    expect(player.playing).toBe(false);
  });

  test('starts from the beginning where it is at the end', () => {
    step = 4;
    const player = create();
    player.toggle();
    expect(step).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(step).toBe(2);
  });

  test('pauses where it is, and goes on from there', () => {
    const player = create();
    player.toggle();
    vi.advanceTimersByTime(1000);
    player.toggle();
    vi.advanceTimersByTime(10_000);
    expect([step, player.playing]).toEqual([2, false]);
    player.toggle();
    vi.advanceTimersByTime(1000);
    expect(step).toBe(3);
  });

  test('keeps the pace that it is given, from then on', () => {
    const player = create();
    player.toggle();
    player.setPace('2');
    vi.advanceTimersByTime(1999);
    expect(step).toBe(1);
    vi.advanceTimersByTime(1);
    expect(step).toBe(2);
    player.setPace('0.4');
    vi.advanceTimersByTime(800);
    expect(step).toBe(4);
  });

  test('a change of pace alone starts nothing', () => {
    create().setPace('0.4');
    vi.advanceTimersByTime(10_000);
    expect(steps).toEqual([]);
  });

  test('goes no further than the ends', () => {
    const player = create();
    player.go(0);
    player.go(9);
    expect(steps).toEqual([1, 4]);
  });

  test('of a single step is over as soon as it has begun', () => {
    const player = create(1);
    player.toggle();
    vi.advanceTimersByTime(1000);
    expect([step, player.playing]).toEqual([1, false]);
  });
});
