/** Round step numbers from 1 to `length` for an axis of time steps, always the first and the last. */
export function stepTicks(length: number, most: number): number[] {
  const steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500];
  const step = steps.find((step) => length / step <= most) ?? length;
  const inner = Array.from({ length: Math.floor(length / step) }, (_, i) => (i + 1) * step);
  const clear = inner.filter((tick) => tick - 1 >= step * 0.6 && length - tick >= step * 0.6);
  return [...new Set([1, ...clear, length])];
}
