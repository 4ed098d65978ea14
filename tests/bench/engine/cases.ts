/** A training step to be timed: a recurrent layer over 2 inputs, a dense layer on its last hidden state, mean square error, Adam. */
export interface Case {
  cell: 'lstm' | 'simpleRnn' | 'gru';
  time: number;
  batch: number;
  units: number;
}

export const INPUTS = 2;

const sizes = (cell: Case['cell'], list: readonly [number, number, number][]): Case[] =>
  list.map(([time, batch, units]) => ({ cell, time, batch, units }));

export const cases: readonly Case[] = [
  ...sizes('lstm', [
    [20, 16, 16],
    [50, 32, 32],
    [100, 32, 32],
    [100, 64, 64],
    [100, 32, 128],
    [100, 1, 32],
    [200, 32, 32],
    [400, 32, 32],
  ]),
  ...sizes('simpleRnn', [
    [100, 32, 32],
    [100, 32, 128],
    [400, 32, 32],
  ]),
  ...sizes('gru', [[100, 32, 32]]),
];

/** Lengths over which the time of a step is to grow in proportion. */
export const lengths: readonly Case[] = sizes(
  'lstm',
  [50, 100, 200, 400, 700, 1000].map((time) => [time, 32, 32]),
);

/**
 * What is timed inside JavaScript: tf.layers on two backends; our layers through TensorFlow.js in each form; and, as 'bare',
 * our kernels without TensorFlow.js.
 */
export const peers = [
  'tf.layers cpu',
  'tf.layers wasm',
  'typescript',
  'simd128',
  'relaxed-simd',
  'simd128 bare',
  'relaxed-simd bare',
] as const;

export type Peer = (typeof peers)[number];

export const nameOf = ({ cell, time, batch, units }: Case): string => `${cell} ${time},${batch},${units}`;
