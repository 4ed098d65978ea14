import type { NextStep } from '#src/sequences/next-step.ts';

import type { Trainable } from './model.ts';
import { inputTensor, lossOf } from './train.ts';
import { tf } from '#tensorflow';

/**
 * A judge of models that say what comes next: each reads the pieces of a row that begin at `starts`, side by side, and the mean
 * loss of what it says is taken once `leadIn` steps are read, so that how a model does at the very beginning does not count.
 */
export function judgeOn(
  pieces: NextStep,
  starts: readonly number[],
  leadIn: number,
): (model: Pick<Trainable, 'predict'>) => number {
  const { inputs, targets } = pieces.piecesAt(starts);
  const judged = pieces.time - leadIn;
  const wanted = targets.filter((_, step) => step % pieces.time >= leadIn) as typeof targets;
  const batch = { inputs, targets: wanted };
  return (model) =>
    tf.tidy(() => {
      const answers = model.predict(inputTensor(pieces, batch, starts.length), judged);
      return lossOf(pieces, answers, batch).dataSync()[0]!;
    });
}
