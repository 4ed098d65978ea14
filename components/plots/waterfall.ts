/** A number that is added to those before it. */
export interface Fall {
  label: string;
  /** Where it comes from, as in "0.50 × 1.20". */
  detail?: string;
  value: number;
  /** A quantity's colour: the name of a custom property without its dashes. */
  tone: string;
  /** True where it stands out. */
  lit?: boolean;
  /** True where its bar begins at 0: the sum itself, and what is made of it. */
  afresh?: boolean;
}

/** Where each bar begins and ends: at the end of the one before, or at 0. */
export function fallingBars(falls: readonly Fall[]): { from: number; to: number }[] {
  let sum = 0;
  return falls.map(({ value, afresh }) => {
    const from = afresh ? 0 : sum;
    sum = from + value;
    return { from, to: sum };
  });
}
