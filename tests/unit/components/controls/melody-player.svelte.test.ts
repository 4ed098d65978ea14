import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { frequencyOf, MelodyPlayer } from '#components/controls/melody-player.svelte.ts';

const notes = [
  { pitch: 69, beats: 1 },
  { pitch: 81, beats: 2 },
];

/** The part of Web Audio that the player uses, keeping what it is told. */
class FakeParameter {
  value = 0;
  setValueAtTime = vi.fn();
  linearRampToValueAtTime = vi.fn();
  setTargetAtTime = vi.fn((value: number) => (this.value = value));
}
class FakeNode {
  connect = vi.fn((next: unknown) => next);
}
class FakeGain extends FakeNode {
  gain = new FakeParameter();
}
const oscillators: FakeOscillator[] = [];
class FakeOscillator extends FakeNode {
  start = vi.fn();
  stop = vi.fn();
  readonly frequency = new FakeParameter();
  constructor(_: unknown, options: { frequency: number }) {
    super();
    this.frequency.value = options.frequency;
    oscillators.push(this);
  }
}
const contexts: FakeContext[] = [];
class FakeContext {
  currentTime = 10;
  destination = {};
  master = new FakeGain();
  resume = vi.fn(async () => {});
  close = vi.fn(async () => {});
  createGain = () => this.master;
  constructor() {
    contexts.push(this);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  oscillators.length = 0;
  contexts.length = 0;
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('GainNode', FakeGain);
  vi.stubGlobal('OscillatorNode', FakeOscillator);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a semitone is a twelfth of an octave', () => {
  expect(frequencyOf(69)).toBe(440);
  expect(frequencyOf(81)).toBeCloseTo(880, 10);
  expect(frequencyOf(60)).toBeCloseTo(261.63, 2);
});

describe('a player of melodies', () => {
  test('makes no sound and opens nothing before it is asked to play', () => {
    const player = new MelodyPlayer();
    player.setVolume(80);
    player.stop();
    expect(contexts).toEqual([]);
  });

  test('plays one note after the other, says which, and is silent in the end', async () => {
    const player = new MelodyPlayer();
    await player.play(notes);
    expect(oscillators.map(({ frequency }) => Math.round(frequency.value))).toEqual([440, 880]);
    const [first, second] = oscillators.map(({ start }) => start.mock.calls[0]![0] as number);
    expect(second! - first!).toBeCloseTo(0.3, 10);
    vi.advanceTimersByTime(100);
    expect(player.playing).toBe(0);
    vi.advanceTimersByTime(300);
    expect(player.playing).toBe(1);
    vi.advanceTimersByTime(700);
    expect(player.playing).toBeUndefined();
  });

  test('glides through the pitches of a note, evenly, and is silent in a rest', async () => {
    const player = new MelodyPlayer();
    await player.play([
      { pitch: [69, 81, 69], beats: 2 },
      { pitch: [], beats: 1 },
      { pitch: 69, beats: 1 },
    ]);
    expect(oscillators).toHaveLength(2);
    const [glide, last] = oscillators;
    const ramps = glide!.frequency.linearRampToValueAtTime.mock.calls as [number, number][];
    expect(ramps.map(([frequency]) => Math.round(frequency))).toEqual([880, 440]);
    const [from] = glide!.start.mock.calls[0] as [number];
    const [middle, end] = ramps.map(([, at]) => at - from);
    expect(middle! * 2).toBeCloseTo(end!, 10);
    expect((last!.start.mock.calls[0] as [number])[0] - from).toBeCloseTo(0.9, 10);
  });

  test('stops at once, and all of it', async () => {
    const player = new MelodyPlayer();
    await player.play(notes);
    vi.advanceTimersByTime(100);
    player.stop();
    expect(player.playing).toBeUndefined();
    for (const { stop } of oscillators) expect(stop).toHaveBeenLastCalledWith();
    vi.advanceTimersByTime(5000);
    expect(player.playing).toBeUndefined();
  });

  test('that is stopped before it could begin does not begin', async () => {
    const player = new MelodyPlayer();
    const playing = player.play(notes);
    player.stop();
    await playing;
    expect(oscillators).toEqual([]);
  });

  test('that is asked again before it could begin plays once', async () => {
    const player = new MelodyPlayer();
    await Promise.all([player.play(notes), player.play(notes)]);
    expect(oscillators).toHaveLength(2);
    expect(contexts).toHaveLength(1);
  });

  test('takes the volume, while it plays too, and nothing at all is silence', async () => {
    const player = new MelodyPlayer();
    await player.play(notes);
    const { gain } = contexts[0]!.master;
    const before = gain.value;
    expect(before).toBeGreaterThan(0);
    player.setVolume(80);
    expect(gain.value).toBeGreaterThan(before);
    player.setVolume(0);
    expect(gain.value).toBe(0);
  });

  test('says so where there is no Web Audio, or where it refuses', async () => {
    vi.stubGlobal('AudioContext', undefined);
    const without = new MelodyPlayer();
    await without.play(notes);
    expect(without.trouble).toContain('no Web Audio');
    expect(without.playing).toBeUndefined();

    vi.stubGlobal('AudioContext', FakeContext);
    const refused = new MelodyPlayer();
    await refused.play(notes);
    refused.stop();
    contexts[0]!.resume.mockRejectedValueOnce(new Error('no device'));
    await refused.play(notes);
    expect(refused.trouble).toContain('no device');
    await refused.play(notes);
    expect(refused.trouble).toBe('');
  });

  test('closes what it opened', async () => {
    const player = new MelodyPlayer();
    await player.play(notes);
    player.dispose();
    expect(contexts[0]!.close).toHaveBeenCalledOnce();
  });
});
