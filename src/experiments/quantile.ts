/**
 * A quantile of numbers, between the two nearest where it falls between them; Infinity where either of those is infinite.
 * @param share 0 for the least, 0.5 for the median, 1 for the largest
 */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below === above ? below : below + (above - below) * (place % 1);
}
