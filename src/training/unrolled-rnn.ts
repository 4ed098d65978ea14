import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import { createRandom } from '#src/sequences/random.ts';

import type { Pace } from './pace.ts';
import { tf } from '#tensorflow';

export type Activation = 'tanh' | 'relu' | 'identity';

/** Which readouts the loss judges: the last step's alone, or the mean of every step's. */
export type LossAt = 'last' | 'every';

/** h_t = activation(x_t W + h_{t-1} U + b), with y_t = h_t v read out of it. All float32. */
export interface UnrolledRnn {
  activation: Activation;
  /** W, [inputs, units] */
  kernel: Float32Array<ArrayBuffer>;
  /** U, [units, units] */
  recurrentKernel: Float32Array<ArrayBuffer>;
  /** b, [units] */
  bias: Float32Array<ArrayBuffer>;
  /** v, [units, 1] */
  readout: Float32Array<ArrayBuffer>;
  inputs: number;
  units: number;
}

/** x, [length, inputs], of mean 0 and variance 1. */
export interface Sequence {
  inputs: Float32Array<ArrayBuffer>;
  length: number;
}

/** Half-width of the uniform distribution of Glorot and Bengio (2010). */
const glorotLimit = (fanIn: number, fanOut: number) => Math.sqrt(6 / (fanIn + fanOut));

/** A fresh network. `recurrentScale` multiplies the recurrent kernel; at 1 its spectral radius is near 1. */
export function createUnrolledRnn(
  seed: number,
  {
    inputs,
    units,
    recurrentScale,
    activation,
  }: { inputs: number; units: number; recurrentScale: number; activation: Activation },
): UnrolledRnn {
  const glorot = (name: string, fanIn: number, fanOut: number, scale = 1) => {
    const limit = scale * glorotLimit(fanIn, fanOut);
    return createRandom(seed, name).uniformArray(fanIn * fanOut, -limit, limit);
  };
  return {
    activation,
    kernel: glorot('kernel', inputs, units),
    recurrentKernel: glorot('recurrent kernel', units, units, recurrentScale),
    bias: new Float32Array(units),
    readout: glorot('readout', units, 1),
    inputs,
    units,
  };
}

/** A random sequence. Its first steps do not depend on the length. */
export function createSequence(seed: number, length: number, inputs: number): Sequence {
  const limit = Math.sqrt(3);
  return { inputs: createRandom(seed, 'inputs').uniformArray(length * inputs, -limit, limit), length };
}

const activations: Record<Activation, (z: Tensor2D) => Tensor2D> = {
  tanh: (z) => tf.tanh(z),
  relu: (z) => tf.relu(z),
  identity: (z) => z,
};

/** How many steps one taped graph spans: a few milliseconds of work. */
const SEGMENT = 20;

/** What is known half way through {@link hiddenStateGradients}: plain data, from which it can go on. */
export interface BackpropagationState {
  /** h before each segment, [units] each; filled front to back. */
  starts: number[][];
  /** ‖dL/dh_t‖ of the steps done, last step first. */
  norms: number[];
  /** dL/dh of the last state of the next segment, as far as it comes from later steps, [units]. */
  upstream: number[];
}

interface Options {
  lossAt: LossAt;
  pace: Pace;
  /** Where an earlier call was stopped. */
  state?: BackpropagationState;
  /** Called after each segment, with the share of the work that is done. */
  onSegment?(share: number, state: BackpropagationState): void;
}

/**
 * Backpropagation through time (Werbos 1990), as TensorFlow.js does it on the unrolled graph: the Euclidean norm of
 * dL/dh_t for every step t, through every path. L is the readout itself, y_t = h_t v, of the last step or averaged over
 * all: a loss function on top of the last step's readout would multiply all these gradients by one and the same number.
 * The graph is taped in segments, from the last to the first, each one's gradient handed to the one before it; this is
 * exact, and lets the work be paused.
 * @returns norms of steps 1 to length, each summed in float64 from float32 gradients: 0 where all of them underflow, NaN
 *   or Infinity where they, or the hidden states they depend on, overflow
 */
export async function hiddenStateGradients(
  network: UnrolledRnn,
  sequence: Sequence,
  { lossAt, pace, state, onSegment }: Options,
): Promise<Float64Array> {
  const segments = Math.ceil(sequence.length / SEGMENT);
  const zeros = Array<number>(network.units).fill(0);
  const starts = [...(state?.starts ?? [zeros])];
  const norms = [...(state?.norms ?? [])];
  let upstream = state?.upstream ?? zeros;
  const segmentsBack = () => Math.ceil(norms.length / SEGMENT);
  const report = () => {
    const share = (starts.length - 1 + segmentsBack()) / (2 * segments - 1);
    onSegment?.(share, { starts: [...starts], norms: [...norms], upstream });
  };

  while (starts.length < segments) {
    await pace();
    starts.push(forwardThroughSegment(network, sequence, starts.length - 1, starts.at(-1)!));
    report();
  }
  while (segmentsBack() < segments) {
    await pace();
    const segment = segments - 1 - segmentsBack();
    const gradients = backwardThroughSegment(network, sequence, segment, starts[segment]!, upstream, lossAt);
    norms.push(...gradients.atSteps.map(norm).reverse());
    upstream = Array.from(gradients.atStart);
    report();
  }
  return Float64Array.from(norms).reverse();
}

/** The hidden state after a segment, [units], from the one before it. */
function forwardThroughSegment(network: UnrolledRnn, sequence: Sequence, segment: number, start: number[]): number[] {
  const last = tf.tidy(() => {
    const steps = stepsOf(sequence, segment);
    const noNudges = steps.map(() => undefined);
    return unroll(network, sequence, steps, tf.tensor2d([start]), noNudges).at(-1)!;
  });
  const values = Array.from(last.dataSync());
  last.dispose();
  return values;
}

/**
 * dL/dh of every step of a segment, and of the state before it. A zero "nudge" added to each h_t stands for it: the
 * gradient for the nudge is the gradient for h_t through everything that comes after.
 */
function backwardThroughSegment(
  network: UnrolledRnn,
  sequence: Sequence,
  segment: number,
  start: number[],
  upstream: number[],
  lossAt: LossAt,
): { atStart: Float32Array; atSteps: Float32Array[] } {
  const steps = stepsOf(sequence, segment);
  const lossOf = (before: Tensor, ...nudges: Tensor[]): Scalar => {
    const states = unroll(network, sequence, steps, before as Tensor2D, nudges as Tensor2D[]);
    const laterLoss: Scalar = tf.sum(tf.mul(states.at(-1)!, tf.tensor2d([upstream])));
    return states.reduce((loss, h, i) => {
      const weight = lossAt === 'every' ? 1 / sequence.length : steps[i] === sequence.length - 1 ? 1 : 0;
      return weight ? tf.add(loss, tf.mul(weight, readOut(network, h))) : loss;
    }, laterLoss);
  };
  return tf.tidy(() => {
    const nudges = steps.map(() => tf.zeros([1, network.units]));
    const gradients = tf.grads(lossOf)([tf.tensor2d([start]), ...nudges]);
    const [atStart, ...atSteps] = gradients.map((gradient) => gradient.dataSync() as Float32Array);
    return { atStart: atStart!, atSteps };
  });
}

/** The time steps of a segment, counted from 0. */
function stepsOf(sequence: Sequence, segment: number): number[] {
  const first = segment * SEGMENT;
  return Array.from({ length: Math.min(SEGMENT, sequence.length - first) }, (_, i) => first + i);
}

/** The hidden states of the given steps, [1, units] each, one cell after the other with the same weights. */
function unroll(
  { kernel, recurrentKernel, bias, inputs, units, activation }: UnrolledRnn,
  sequence: Sequence,
  steps: number[],
  before: Tensor2D,
  nudges: (Tensor2D | undefined)[],
): Tensor2D[] {
  const W = tf.tensor2d(kernel, [inputs, units]);
  const U = tf.tensor2d(recurrentKernel, [units, units]);
  const b = tf.tensor1d(bias);
  let h = before;
  return steps.map((t, i) => {
    const x = tf.tensor2d(sequence.inputs.subarray(t * inputs, (t + 1) * inputs), [1, inputs]);
    const z: Tensor2D = tf.add(tf.add(tf.matMul(x, W), tf.matMul(h, U)), b);
    h = activations[activation](z);
    const nudge = nudges[i];
    if (nudge) h = tf.add(h, nudge);
    return h;
  });
}

/** y = h v */
function readOut({ readout, units }: UnrolledRnn, h: Tensor2D): Scalar {
  return tf.sum(tf.matMul(h, tf.tensor2d(readout, [units, 1])));
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
