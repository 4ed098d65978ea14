import { expect, test } from 'vitest';

import type { Cell } from '#src/recurrent/index.ts';
import { createRandom } from '#src/sequences/random.ts';
import { recall } from '#src/sequences/recall.ts';
import { loadEngine } from '#src/training/engine.ts';
import { createModel } from '#src/training/model.ts';
import { inputSaliency } from '#src/training/saliency.ts';
import { inputTensor, lossOf } from '#src/training/train.ts';
import { tf } from '#tensorflow';

const engine = await loadEngine();
const task = recall({ time: 7, symbols: 3, filler: 'lookalikes', noise: 0.6 });
const SEQUENCES = 3;
const examples = task.batch(createRandom(1, 'test'), SEQUENCES);
const cells: Cell[] = [{ kind: 'simpleRnn', activation: 'tanh' }, { kind: 'lstm' }];

test.for(cells)(
  'saliency in a $kind is how fast the loss of a sequence changes with what is read at a step',
  (cell) => {
    const model = createModel(engine, task, 2, { cell, units: 6 });
    const before = tf.memory().numTensors;
    const saliency = inputSaliency(model, task, examples, SEQUENCES);
    expect(tf.memory().numTensors).toBe(before);
    expect(saliency).toHaveLength(SEQUENCES);

    /** The loss of one sequence alone, with one number of what is read moved. */
    const lossAt = (sequence: number, place: number, by: number) =>
      tf.tidy(() => {
        const size = task.time * task.inputs;
        const inputs = examples.inputs.slice(sequence * size, (sequence + 1) * size);
        inputs[place]! += by;
        const alone = { inputs, targets: examples.targets.slice(sequence, sequence + 1) };
        return lossOf(task, model.predict(inputTensor(task, alone, 1), 'last'), alone).dataSync()[0]!;
      });
    const STEP = 0.02;
    saliency.forEach((norms, sequence) => {
      expect(norms).toHaveLength(task.time);
      norms.forEach((norm, t) => {
        const slopes = Array.from({ length: task.inputs }, (_, i) => {
          const place = t * task.inputs + i;
          return (lossAt(sequence, place, STEP) - lossAt(sequence, place, -STEP)) / (2 * STEP);
        });
        expect(Math.abs(norm - Math.hypot(...slopes))).toBeLessThan(2e-3 * Math.max(1, norm));
      });
    });
    model.dispose();
  },
);
