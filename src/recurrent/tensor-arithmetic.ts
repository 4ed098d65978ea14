/**
 * TensorFlow.js's + - * / on the cpu backend for the shapes that a readout and a loss have. Its own kernels work out the place
 * of every number anew where shapes differ, which costs a small model more than all else; the numbers are the same, bit for bit.
 */
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

import { getKernel } from '#recurrent/tensorflow';
import type { Floats } from './types.ts';

type CpuBackend = KernelBackend & {
  makeTensorInfo(shape: number[], dtype: string, values: Floats): TensorInfo;
};

/** Number `i` of the result is made of the operand's number `floor(i / repeat) % size`. */
interface Walk {
  repeat: number;
  size: number;
}

const product = (shape: readonly number[]) => shape.reduce((size, side) => size * side, 1);

/** The larger of two shapes, where it may be the result's. */
function outer(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  const [long, short] = product(a) >= product(b) ? [a, b] : [b, a];
  return long.length >= short.length ? long : undefined;
}

/** How an operand is walked through; undefined where it is repeated in some other way than this. */
function walkOf(shape: readonly number[], whole: readonly number[]): Walk | undefined {
  const sides = [...whole.map(() => 1), ...shape].slice(-whole.length);
  const first = sides.findIndex((side) => side !== 1);
  if (first === -1) return { repeat: 1, size: 1 };
  const last = sides.findLastIndex((side) => side !== 1);
  for (let axis = first; axis <= last; axis++) if (sides[axis] !== whole[axis]) return undefined;
  return { repeat: product(whole.slice(last + 1)), size: product(sides) };
}

/** f of every pair of numbers; what it is not made for is left to the kernel that is there. */
function arithmetic(name: string, f: (a: number, b: number) => number): KernelFunc {
  const general = getKernel(name, 'cpu').kernelFunc;
  return (params) => {
    const { a, b } = params.inputs as unknown as { a: TensorInfo; b: TensorInfo };
    const shape = outer(a.shape, b.shape);
    const [x, y] = [a, b].map((operand) => shape && operand.dtype === 'float32' && walkOf(operand.shape, shape));
    if (!shape || !x || !y) return general(params);
    const cpu = params.backend as CpuBackend;
    const [from, by] = [cpu.readSync(a.dataId) as Floats, cpu.readSync(b.dataId) as Floats];
    const values = new Float32Array(product(shape));
    for (let i = 0, xi = 0, yi = 0, xr = 0, yr = 0; i < values.length; i++) {
      values[i] = f(from[xi]!, by[yi]!);
      if (++xr === x.repeat) {
        xr = 0;
        if (++xi === x.size) xi = 0;
      }
      if (++yr === y.repeat) {
        yr = 0;
        if (++yi === y.size) yi = 0;
      }
    }
    return cpu.makeTensorInfo([...shape], 'float32', values);
  };
}

/** To be asked for when TensorFlow.js's own kernels are there. */
export const arithmeticKernels = (): Record<string, KernelFunc> => ({
  Add: arithmetic('Add', (a, b) => a + b),
  Sub: arithmetic('Sub', (a, b) => a - b),
  Multiply: arithmetic('Multiply', (a, b) => a * b),
  RealDiv: arithmetic('RealDiv', (a, b) => a / b),
});
