/** Rows of numbers, one after the other. */
export interface Rows {
  values: ArrayLike<number>;
  /** Numbers in a row. */
  width: number;
}

/** A linear readout of several outputs: y = x w + c, all in float64. */
export interface LinearReadout {
  /** w, a column for each output, [width] each */
  weights: Float64Array[];
  /** c, [outputs] */
  offsets: Float64Array;
}

/**
 * Ridge regression (Hoerl and Kennard 1970) in closed form: of all linear readouts the one with the least mean square error
 * plus `penalty` times its squared weights, w = (XᵀX / n + penalty I)⁻¹ XᵀY / n, where X and Y are taken from their means. By
 * the Cholesky factor of the matrix, which a penalty above 0 makes positive definite.
 * @param targets a column of n numbers for each output
 * @throws RangeError unless penalty is above 0 and rows and targets are as many
 */
export function fitReadout(x: Rows, targets: readonly ArrayLike<number>[], penalty: number): LinearReadout {
  const rows = x.values.length / x.width;
  if (!(penalty > 0)) throw new RangeError(`penalty is ${penalty}; it must be above 0`);
  if (!(rows >= 1) || targets.some(({ length }) => length !== rows)) {
    throw new RangeError(`${rows} rows, and targets of ${targets.map(({ length }) => length).join(', ')}`);
  }
  const means = columnMeans(x, rows);
  const factor = cholesky(covariance(x, rows, means, penalty));
  const offsets = new Float64Array(targets.length);
  const weights = targets.map((target, output) => {
    const mean = meanOf(target);
    const w = solve(factor, covarianceWith(x, rows, means, target, mean));
    offsets[output] = w.reduce((offset, weight, i) => offset - weight * means[i]!, mean);
    return w;
  });
  return { weights, offsets };
}

/** What the readout says of each row, for one of its outputs. */
export function readOut({ weights, offsets }: LinearReadout, output: number, { values, width }: Rows): Float64Array {
  const w = weights[output]!;
  return Float64Array.from({ length: values.length / width }, (_, row) => {
    let said = offsets[output]!;
    for (let i = 0; i < width; i++) said += w[i]! * values[row * width + i]!;
    return said;
  });
}

/**
 * R², the share of the targets' variance that was told: 1 - Σ(y - ŷ)² / Σ(y - ȳ)². 1 is all, 0 is as good as saying the mean;
 * below 0 is worse than that.
 */
export function shareTold(targets: ArrayLike<number>, said: ArrayLike<number>): number {
  const mean = meanOf(targets);
  let [missed, whole] = [0, 0];
  for (let i = 0; i < targets.length; i++) {
    missed += (targets[i]! - said[i]!) ** 2;
    whole += (targets[i]! - mean) ** 2;
  }
  return 1 - missed / whole;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function columnMeans({ values, width }: Rows, rows: number): Float64Array {
  const means = new Float64Array(width);
  for (let at = 0; at < values.length; at++) means[at % width]! += values[at]! / rows;
  return means;
}

/** The lower half of XᵀX / n + penalty I, row by row. */
function covariance({ values, width }: Rows, rows: number, means: Float64Array, penalty: number): Float64Array[] {
  const matrix = Array.from({ length: width }, (_, i) => new Float64Array(i + 1));
  const row = new Float64Array(width);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < width; i++) row[i] = values[r * width + i]! - means[i]!;
    for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) matrix[i]![j]! += (row[i]! * row[j]!) / rows;
  }
  for (let i = 0; i < width; i++) matrix[i]![i]! += penalty;
  return matrix;
}

function covarianceWith(
  { values, width }: Rows,
  rows: number,
  means: Float64Array,
  target: ArrayLike<number>,
  mean: number,
): Float64Array {
  const vector = new Float64Array(width);
  for (let r = 0; r < rows; r++) {
    const away = (target[r]! - mean) / rows;
    for (let i = 0; i < width; i++) vector[i]! += (values[r * width + i]! - means[i]!) * away;
  }
  return vector;
}

/** L of the symmetric matrix L Lᵀ, in its place. */
function cholesky(matrix: Float64Array[]): Float64Array[] {
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      const other = matrix[j]!;
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * other[k]!;
      row[j] = i === j ? Math.sqrt(sum) : sum / other[j]!;
    }
  });
  return matrix;
}

/** x of L Lᵀ x = y: forwards, then backwards. */
function solve(factor: readonly Float64Array[], y: Float64Array): Float64Array {
  const x = y.slice();
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i]![k]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= factor[k]![i]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  return x;
}
