/**
 * TensorFlow.js's elementwise exponentials and their kin, on the cpu backend, computed by the engine's own functions: with
 * them a loss is bit for bit the same in every browser.
 */
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

import { arithmeticKernels } from './tensor-arithmetic.ts';
import { matrixKernels } from './tensor-matrix.ts';
import { cos, exp, log, sigmoid, sin, tanh } from './math.ts';
import { getKernel, registerKernel, unregisterKernel } from '#recurrent/tensorflow';
import type { Floats } from './types.ts';

type CpuBackend = KernelBackend & {
  makeTensorInfo(shape: number[], dtype: string, values: Floats): TensorInfo;
};

const elementwise =
  (input: string, f: (x: number) => number): KernelFunc =>
  ({ inputs, backend }) => {
    const x = inputs[input]!;
    const cpu = backend as CpuBackend;
    const values = (cpu.readSync(x.dataId) as Floats).slice();
    for (let i = 0; i < values.length; i++) values[i] = f(values[i]!);
    return cpu.makeTensorInfo(x.shape, 'float32', values);
  };

/** Softmax along the last axis. */
const softmax: KernelFunc = ({ inputs, backend }) => {
  const logits = inputs['logits']!;
  const cpu = backend as CpuBackend;
  const values = Float32Array.from(cpu.readSync(logits.dataId) as Floats);
  const classes = logits.shape.at(-1) ?? 1;
  for (let start = 0; start < values.length; start += classes) {
    const row = values.subarray(start, start + classes);
    const largest = row.reduce((a, b) => (a > b ? a : b));
    let sum = 0;
    for (let i = 0; i < classes; i++) sum += row[i] = exp(row[i]! - largest);
    for (let i = 0; i < classes; i++) row[i]! /= sum;
  }
  return cpu.makeTensorInfo(logits.shape, 'float32', values);
};

const kernels: Record<string, KernelFunc> = {
  Exp: elementwise('x', exp),
  Log: elementwise('x', log),
  Log1p: elementwise('x', (x) => log(1 + x)),
  Sin: elementwise('x', sin),
  Cos: elementwise('x', cos),
  Sigmoid: elementwise('x', sigmoid),
  Tanh: elementwise('x', tanh),
  Softmax: softmax,
};

/** Registers these kernels, in the place of any that are there. */
export function registerOwnMath(): void {
  for (const [kernelName, kernelFunc] of Object.entries({ ...kernels, ...arithmeticKernels(), ...matrixKernels() })) {
    if (getKernel(kernelName, 'cpu')) unregisterKernel(kernelName, 'cpu');
    registerKernel({ kernelName, backendName: 'cpu', kernelFunc });
  }
}
