/** A loop that does nothing but multiply and add in registers: what this processor reaches at 128 bits. */

@inline function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Twelve sums, four lanes, a multiplication and an addition each. */
export const operationsPerTurn: i32 = 12 * 4 * 2;

export function peak(turns: i32): f32 {
  const x = f32x4.splat(0.999), y = f32x4.splat(0.001);
  let a = f32x4.splat(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
  for (let turn = 0; turn < turns; turn++) {
    a = multiplyAdd(a, x, y); b = multiplyAdd(b, x, y); c = multiplyAdd(c, x, y); d = multiplyAdd(d, x, y);
    e = multiplyAdd(e, x, y); f = multiplyAdd(f, x, y); g = multiplyAdd(g, x, y); h = multiplyAdd(h, x, y);
    i = multiplyAdd(i, x, y); j = multiplyAdd(j, x, y); k = multiplyAdd(k, x, y); l = multiplyAdd(l, x, y);
  }
  const first = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, f));
  const second = f32x4.add(f32x4.add(f32x4.add(g, h), f32x4.add(i, j)), f32x4.add(k, l));
  return f32x4.extract_lane(f32x4.add(first, second), 0);
}
