/** The stream of numbers to note, as it is trained on and as it is held out: apart from the other materials, which are longer. */
import { createRandom } from '#src/sequences/random.ts';
import { noteAndShow } from '#src/sequences/streams.ts';
import type { Batch, Stream } from '#src/sequences/task.ts';

/** Steps that a gradient goes back, and so in a chunk. */
export const CHUNK = 30;
const HELD_OUT_STEPS = 400;

/** A stretch of a stream that no training saw. */
export function heldOutOf(stream: (time: number) => Stream, seed: number): Batch {
  return stream(HELD_OUT_STEPS).begin(createRandom(seed, 'held-out stretch'), 1)();
}

export const noteStream = noteAndShow(CHUNK);
export const heldOutNotes = (seed: number): Batch => heldOutOf(noteAndShow, seed);
