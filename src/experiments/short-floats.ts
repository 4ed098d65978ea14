/** float32 numbers with no more digits than it takes to tell each from its neighbours. */
export function shortFloats(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => {
    const short = [6, 7, 8].map((digits) => Number(value.toPrecision(digits)));
    return short.find((number) => Math.fround(number) === value) ?? Number(value.toPrecision(9));
  });
}
