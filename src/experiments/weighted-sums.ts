/** What a unit is made of: every number that comes in, times its weight, and a bias, added up. */
export interface WeightedSums {
  /** source times weight, [sources][units] */
  products: number[][];
  /** The products of each unit and its bias, [units]. */
  sums: number[];
}

/**
 * The sums that go into a layer's activations, one product at a time.
 * @param sources what comes in, [sources]
 * @param weights [sources][units]
 * @param bias [units]
 */
export function weightedSums(
  sources: readonly number[],
  weights: readonly (readonly number[])[],
  bias: readonly number[],
): WeightedSums {
  const products = weights.map((row, source) => row.map((weight) => sources[source]! * weight));
  const sums = bias.map((b, unit) => products.reduce((sum, row) => sum + row[unit]!, b));
  return { products, sums };
}
