const STEPS = [1, 2, 5, 10];

/** Round numbers from `low` to `high`, both ends where they are round: at most `most` and one of them, equally far apart. */
export function roundTicks(low: number, high: number, most: number): number[] {
  const least = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * STEPS.find((step) => step * power >= least * (1 - 1e-9))!;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
