/**
 * TensorFlow.js's products and sums of matrices on the cpu backend, [rows, columns] and float32, as a readout and a loss have
 * them. Its own kernels find the place of every number by all its strides; the numbers are the same, bit for bit.
 */
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

import { getKernel } from '#recurrent/tensorflow';
import type { Floats } from './types.ts';

type CpuBackend = KernelBackend & {
  makeTensorInfo(shape: number[], dtype: string, values: Floats): TensorInfo;
};

/** Products are summed in float64 over so many at a time, and these sums in float32: TensorFlow.js's own habit. */
const BLOCK = 48;

const isMatrix = ({ shape, dtype }: TensorInfo) => shape.length === 2 && dtype === 'float32';

const multiply: () => KernelFunc = () => {
  const general = getKernel('BatchMatMul', 'cpu').kernelFunc;
  return (params) => {
    const { a, b } = params.inputs as unknown as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = params.attrs as unknown as { transposeA: boolean; transposeB: boolean };
    if (!isMatrix(a) || !isMatrix(b)) return general(params);
    const cpu = params.backend as CpuBackend;
    const [from, by] = [cpu.readSync(a.dataId) as Floats, cpu.readSync(b.dataId) as Floats];
    const [rows, inner] = transposeA ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
    const columns = b.shape[transposeB ? 0 : 1]!;
    const step = transposeA ? rows : 1;
    const result = new Float32Array(rows * columns);
    const sums = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      for (let start = 0; start < inner; start += BLOCK) {
        const end = Math.min(start + BLOCK, inner);
        const first = transposeA ? row : row * inner;
        sums.fill(0);
        // A single column is its own transpose.
        if (transposeB || columns === 1) addDots(sums, from, by, first, step, inner, start, end);
        else addRows(sums, from, by, first, step, start, end);
        for (let column = 0; column < columns; column++) result[row * columns + column]! += sums[column]!;
      }
    }
    return cpu.makeTensorInfo([rows, columns], 'float32', result);
  };
};

/** Adds to each sum the products of a row of the one and that column of the other, whose rows lie one after the other. */
function addRows(sums: Float64Array, a: Floats, b: Floats, first: number, step: number, start: number, end: number) {
  const columns = sums.length;
  for (let k = start; k < end; k++) {
    const value = a[first + k * step]!;
    for (let column = 0; column < columns; column++) sums[column]! += value * b[k * columns + column]!;
  }
}

/** The same where the other's columns lie one after the other. */
function addDots(
  sums: Float64Array,
  a: Floats,
  b: Floats,
  first: number,
  step: number,
  inner: number,
  start: number,
  end: number,
) {
  for (let column = 0; column < sums.length; column++) {
    let sum = 0;
    for (let k = start; k < end; k++) sum += a[first + k * step]! * b[column * inner + k]!;
    sums[column] = sum;
  }
}

/** The sum of each column, without turning the matrix around first. */
const sum: () => KernelFunc = () => {
  const general = getKernel('Sum', 'cpu').kernelFunc;
  return (params) => {
    const x = params.inputs['x']!;
    const { axis, keepDims } = params.attrs as unknown as { axis: number | number[]; keepDims?: boolean };
    const overRows = Array.isArray(axis) ? axis.length === 1 && axis[0] === 0 : axis === 0;
    if (!isMatrix(x) || !overRows || keepDims) return general(params);
    const cpu = params.backend as CpuBackend;
    const values = cpu.readSync(x.dataId) as Floats;
    const columns = x.shape[1]!;
    const sums = new Float64Array(columns);
    for (let start = 0; start < values.length; start += columns) {
      for (let column = 0; column < columns; column++) sums[column]! += values[start + column]!;
    }
    return cpu.makeTensorInfo([columns], 'float32', Float32Array.from(sums));
  };
};

/** To be asked for when TensorFlow.js's own kernels are there. */
export const matrixKernels = (): Record<string, KernelFunc> => ({ BatchMatMul: multiply(), Sum: sum() });
