import type { Numbers } from './types.ts';

/** An array of zeros, of the same kind of numbers. */
export function zerosLike(like: Numbers, length: number): Numbers {
  return like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

/** out += a b. a: [rows, inner], b: [inner, columns], out: [rows, columns]. */
export function addProduct(out: Numbers, a: Numbers, b: Numbers, rows: number, inner: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[row * inner + k]!;
      for (let column = 0; column < columns; column++) {
        out[row * columns + column]! += factor * b[k * columns + column]!;
      }
    }
  }
}

/** out += aᵀ b. a: [inner, rows], b: [inner, columns], out: [rows, columns]. */
export function addTransposedProduct(
  out: Numbers,
  a: Numbers,
  b: Numbers,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let k = 0; k < inner; k++) {
    for (let row = 0; row < rows; row++) {
      const factor = a[k * rows + row]!;
      for (let column = 0; column < columns; column++) {
        out[row * columns + column]! += factor * b[k * columns + column]!;
      }
    }
  }
}

/** out += a bᵀ. a: [rows, inner], b: [columns, inner], out: [rows, columns]. */
export function addProductTransposed(
  out: Numbers,
  a: Numbers,
  b: Numbers,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[row * inner + k]! * b[column * inner + k]!;
      out[row * columns + column]! += sum;
    }
  }
}

/** out += the sum of a's rows. a: [rows, columns], out: [columns]. */
export function addRowSum(out: Numbers, a: Numbers, rows: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) out[column]! += a[row * columns + column]!;
  }
}

/** out = the row vector, once per row. */
export function fillRows(out: Numbers, row: Numbers): void {
  for (let start = 0; start < out.length; start += row.length) out.set(row, start);
}

/** Part `index` of an array that is cut into parts of `length`; no copy. */
export function part(whole: Numbers, index: number, length: number): Numbers {
  return whole.subarray(index * length, (index + 1) * length);
}
