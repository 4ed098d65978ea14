import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';

import type { Cell, Floats, Kernels, Pass } from '#src/recurrent/index.ts';
import { patternEnds } from '#src/sequences/placed-pattern.ts';
import type { Task } from '#src/sequences/task.ts';

import type { Engine } from './engine.ts';
import { trainableOf, variableOf, type Model, type Trainable } from './model.ts';
import { tf } from '#tensorflow';

const CELL: Cell = { kind: 'simpleRnn', activation: 'tanh' };

/** 1 where a sequence's answer is asked for, and 0 at its other steps: of x, [batch, time, symbols]. */
function askedAt(x: Tensor3D): (batch: number, step: number) => number {
  const ends = patternEnds(x.dataSync(), x.shape[1]);
  return (batch, step) => (ends[batch] === step ? 1 : 0);
}

/** The model, asked at the step at which each sequence's pattern has come, and at no other: one answer a sequence. */
export function askedAtPattern(model: Model): Trainable {
  return {
    ...model,
    predict: (x) =>
      tf.tidy(() => {
        const [batch, time] = x.shape;
        const asked = askedAt(x);
        const mask = Float32Array.from({ length: batch * time }, (_, i) => asked(Math.floor(i / time), i % time));
        return tf.sum(tf.mul(model.predict(x, 'every'), tf.tensor3d(mask, [batch, time, 1])), 1);
      }),
  };
}

/**
 * The same network with weights of its own at each time step, its readout too: what unrolling gives where nothing is shared. Every
 * step begins with a copy of the model's present weights, so that both start as one. Its variables are kernel, [time, inputs,
 * units], recurrent kernel, [time, units, units], bias, [time, units], and the readout's kernel, [time, units, outputs], and
 * bias, [time, 1, outputs]. It is asked as {@link askedAtPattern} asks.
 */
export function createPerPositionModel({ kernels }: Engine, { time }: Pick<Task, 'time'>, model: Model): Trainable {
  const copies = model.variables.map((variable) => {
    const values = variable.dataSync() as Floats;
    const all = new Float32Array(time * values.length);
    for (let t = 0; t < time; t++) all.set(values, t * values.length);
    return all;
  });
  const { units } = model;
  const [inputs, outputs] = [copies[0]!.length / (time * units), copies[4]!.length / time];
  const shapes = [[inputs, units], [units, units], [units], [units, outputs], [1, outputs]];
  const variables = copies.map((values, i) => variableOf(values, [time, ...shapes[i]!]));
  const [kernel, recurrentKernel, bias, readout, readoutBias] = variables as unknown as Tensor[];

  return trainableOf(variables, (x) =>
    tf.tidy(() => {
      const [batch] = x.shape;
      const asked = askedAt(x);
      const mask = Float32Array.from({ length: time * batch }, (_, i) => asked(i % batch, Math.floor(i / batch)));
      const states = ownLayers(kernels, x, kernel!, recurrentKernel!, bias!);
      const answers = tf.add(tf.matMul(states, readout as Tensor3D), readoutBias!);
      return tf.sum(tf.mul(answers, tf.tensor3d(mask, [time, batch, 1])), 0);
    }),
  );
}

/**
 * Reads the sequences by a layer of its own at each step, made of passes of one step by the recurrent kernels.
 * @returns h_1 to h_time, [time, batch, units]
 */
function ownLayers(kernels: Kernels, x: Tensor3D, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor): Tensor3D {
  const [batch, time, inputs] = x.shape;
  const units = bias.shape[1]!;
  const sizes = { time: 1, batch, inputs, units };
  const steps = stepsOf(x);
  const part = (values: Floats, t: number) =>
    values.slice((t * values.length) / time, ((t + 1) * values.length) / time);

  const layer = tf.customGrad((...given) => {
    const [W, U, b] = (given as Tensor[]).slice(0, 3).map((tensor) => tensor.dataSync() as Floats);
    const hidden = new Float32Array(time * batch * units);
    const pass = (t: number): Pass =>
      kernels.run({
        cell: CELL,
        sizes,
        input: steps[t]!,
        weights: { kernel: part(W!, t), recurrentKernel: part(U!, t), bias: part(b!, t) },
        initialHidden: t === 0 ? undefined : part(hidden, t - 1),
      });
    for (let t = 0; t < time; t++) {
      const one = pass(t);
      hidden.set(one.lastHidden(), t * batch * units);
      one.release();
    }

    // Each step is read again on the way back: what is only asked then keeps nothing.
    const gradFunc = (dy: Tensor) => {
      const asked = dy.dataSync() as Floats;
      const [dW, dU, db] = [W!, U!, b!].map((values) => new Float32Array(values.length));
      let later = new Float32Array(batch * units);
      for (let t = time - 1; t >= 0; t--) {
        const one = pass(t);
        const own = part(asked, t);
        const gradients = one.backward({ lastHidden: own.map((value, i) => value + later[i]!) }, { withInput: false });
        const weights = gradients.weights();
        dW!.set(weights.kernel, t * weights.kernel.length);
        dU!.set(weights.recurrentKernel, t * weights.recurrentKernel.length);
        db!.set(weights.bias, t * weights.bias.length);
        later = gradients.initialHidden();
        one.release();
      }
      return [tf.tensor(dW!, kernel.shape), tf.tensor(dU!, recurrentKernel.shape), tf.tensor(db!, bias.shape)];
    };
    return { value: tf.tensor3d(hidden, [time, batch, units]), gradFunc };
  });
  return layer(kernel, recurrentKernel, bias) as Tensor3D;
}

/** The inputs of each step, [batch, inputs]. */
function stepsOf(x: Tensor3D): Floats[] {
  const [batch, time, inputs] = x.shape;
  const values = x.dataSync() as Floats;
  return Array.from({ length: time }, (_, t) => {
    const step = new Float32Array(batch * inputs);
    for (let b = 0; b < batch; b++) {
      const from = (b * time + t) * inputs;
      step.set(values.subarray(from, from + inputs), b * inputs);
    }
    return step;
  });
}
