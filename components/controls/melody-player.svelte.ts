export interface Note {
  /** MIDI: 69 is the A of 440 Hz, and each semitone counts one. Several: it glides through them, evenly. None: a rest. */
  pitch: number | readonly number[];
  beats: number;
}

export const SECONDS_A_BEAT = 0.3;
/** A note ends a little before the next begins, so that two of the same pitch are two. */
const GAP = 0.04;
/** What is shorter is a click. */
const SHORTEST = 0.1;
const LOUDEST = 0.5;

export const frequencyOf = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12);

/** Plays notes by Web Audio, when it is asked to and not before. */
export class MelodyPlayer {
  /** The place of the note that sounds; undefined in silence. */
  playing: number | undefined = $state();
  /** In per cent. */
  volume = $state(40);
  /** What keeps it from playing, in words. */
  trouble = $state('');
  #context?: AudioContext;
  #master?: GainNode;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #sounding: OscillatorNode[] = [];
  /** Counts what was begun and stopped, so that what was called off while the browser woke up stays so. */
  #turn = 0;

  async play(notes: readonly Note[]): Promise<void> {
    this.stop();
    this.trouble = '';
    const turn = this.#turn;
    try {
      if (typeof AudioContext === 'undefined') throw new Error('This browser has no Web Audio');
      this.#context ??= new AudioContext();
      this.playing = 0;
      await this.#context.resume();
      if (turn === this.#turn) this.#schedule(this.#context, notes);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.stop();
      this.trouble = `The notes cannot be played here: ${(error as Error).message}.`;
    }
  }

  stop(): void {
    this.#turn++;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const oscillator of this.#sounding) oscillator.stop();
    this.#timers = [];
    this.#sounding = [];
    this.playing = undefined;
  }

  setVolume(volume: number): void {
    this.volume = volume;
    if (this.#context) this.#master?.gain.setTargetAtTime(this.#gain, this.#context.currentTime, 0.02);
  }

  dispose(): void {
    this.stop();
    void this.#context?.close();
  }

  /** Loudness is heard by ratios: half of the slider is far more than half of the air. */
  get #gain(): number {
    return LOUDEST * (this.volume / 100) ** 2;
  }

  #schedule(context: AudioContext, notes: readonly Note[]): void {
    if (!this.#master) {
      this.#master = context.createGain();
      this.#master.connect(context.destination);
    }
    this.#master.gain.value = this.#gain;
    let at = 0.05;
    notes.forEach(({ pitch, beats }, place) => {
      const seconds = beats * SECONDS_A_BEAT;
      const pitches = typeof pitch === 'number' ? [pitch] : pitch;
      if (pitches.length > 0)
        this.#sound(context, pitches.map(frequencyOf), context.currentTime + at, Math.max(SHORTEST, seconds - GAP));
      this.#after(at, () => (this.playing = place));
      at += seconds;
    });
    this.#after(at, () => this.stop());
  }

  #after(seconds: number, action: () => void): void {
    this.#timers.push(setTimeout(action, seconds * 1000));
  }

  #sound(context: AudioContext, frequencies: number[], from: number, seconds: number): void {
    const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: frequencies[0] });
    frequencies.forEach((frequency, i) => {
      const share = i / Math.max(1, frequencies.length - 1);
      if (i > 0) oscillator.frequency.linearRampToValueAtTime(frequency, from + share * seconds);
      else oscillator.frequency.setValueAtTime(frequency, from);
    });
    const envelope = new GainNode(context, { gain: 0 });
    envelope.gain.setValueAtTime(0, from);
    envelope.gain.linearRampToValueAtTime(1, from + 0.015);
    envelope.gain.setValueAtTime(1, from + seconds - 0.05);
    envelope.gain.linearRampToValueAtTime(0, from + seconds);
    oscillator.connect(envelope).connect(this.#master!);
    oscillator.start(from);
    oscillator.stop(from + seconds);
    this.#sounding.push(oscillator);
  }
}
