/**
 * A quantile of numbers, between the two nearest where it falls between them; Infinity where either of those is infinite.
 * @param share 0 for the least, 0.5 for the median, 1 for the largest
 */
export function quantile(values: Iterable<number>, share: number): number {
  return quantileOfSorted(
    [...values].sort((a, b) => a - b),
    share,
  );
}

/** The same of values that are sorted already, least first. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below === above ? below : below + (above - below) * (place % 1);
}
