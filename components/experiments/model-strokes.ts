import type { ModelName } from '#src/experiments/race-trials.ts';

/** How the three kinds of memory are told apart without their colours. */
export const strokes = { rnn: 'dotted', gru: 'dashed', lstm: 'solid' } as const satisfies Record<ModelName, string>;
