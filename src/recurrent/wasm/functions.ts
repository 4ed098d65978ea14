/** Elementary functions of four float32 at once. NaN stays NaN. */

/** What a vector takes in memory. Constants are loaded from there: an engine may rebuild a literal at every use. */
@inline const QUAD: usize = 16;

const CONSTANTS: usize = memory.data<f32>([
  // 0: 1
  1, 1, 1, 1,
  // 1, 2: bounds of exp's argument, inside of which 2^k stays normal
  87, 87, 87, 87, -87, -87, -87, -87,
  // 3: log2 e
  1.4426950408889634, 1.4426950408889634, 1.4426950408889634, 1.4426950408889634,
  // 4: 1.5 * 2^23: added to a small number, it leaves the nearest whole number in the low bits
  12582912, 12582912, 12582912, 12582912,
  // 5, 6: ln 2 in two parts
  0.693359375, 0.693359375, 0.693359375, 0.693359375,
  -2.12194440e-4, -2.12194440e-4, -2.12194440e-4, -2.12194440e-4,
  // 7 to 11: (e^r - 1 - r) / r^2 on |r| <= ln 2 / 2, minimax
  0.4999999403953552, 0.4999999403953552, 0.4999999403953552, 0.4999999403953552,
  0.16666515171527863, 0.16666515171527863, 0.16666515171527863, 0.16666515171527863,
  0.04166845604777336, 0.04166845604777336, 0.04166845604777336, 0.04166845604777336,
  0.00836941972374916, 0.00836941972374916, 0.00836941972374916, 0.00836941972374916,
  0.001381313893944025, 0.001381313893944025, 0.001381313893944025, 0.001381313893944025,
  // 12, 13: bounds of tanh's argument, where the quotient below is just above 1
  9.3, 9.3, 9.3, 9.3, -9.3, -9.3, -9.3, -9.3,
  // 14 to 17: numerator of tanh x / x in x^2 after its leading 1, minimax on 0 to 9
  0.13381025195121765, 0.13381025195121765, 0.13381025195121765, 0.13381025195121765,
  0.003495588432997465, 0.003495588432997465, 0.003495588432997465, 0.003495588432997465,
  2.060908627754543e-5, 2.060908627754543e-5, 2.060908627754543e-5, 2.060908627754543e-5,
  1.3354665817644218e-8, 1.3354665817644218e-8, 1.3354665817644218e-8, 1.3354665817644218e-8,
  // 18 to 21: its denominator
  0.4671434164047241, 0.4671434164047241, 0.4671434164047241, 0.4671434164047241,
  0.025876984000205994, 0.025876984000205994, 0.025876984000205994, 0.025876984000205994,
  0.00032856353209353983, 0.00032856353209353983, 0.00032856353209353983, 0.00032856353209353983,
  7.776559982630715e-7, 7.776559982630715e-7, 7.776559982630715e-7, 7.776559982630715e-7,
  // 22: -1
  -1, -1, -1, -1,
], 16);

@inline function constant(index: usize): v128 {
  return v128.load(CONSTANTS + index * QUAD);
}

/** The number 1, four times. */
@inline export function one(): v128 {
  return constant(0);
}

/** a b + c: rounded twice as SIMD128 has it, once or twice where relaxed SIMD is allowed. */
@inline export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * {@link multiplyAdd} in two halves: sum(product(a, b), b, c). A processor with two units for products and two for sums is kept
 * busiest by two products, then two sums, and so on.
 */
@inline export function product(a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? a : f32x4.mul(a, b);
}

/** The second half; with relaxed SIMD all of it. */
@inline export function sum(product: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(product, b, c) : f32x4.add(product, c);
}

/** c - a b likewise, from product(a, b). */
@inline function difference(product: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_nmadd(product, b, c) : f32x4.sub(c, product);
}

/** x within bounds. `pmin` and `pmax` in this order hand a NaN on. */
@inline function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, high), low);
}

/** What {@link sigmoid} keeps of a stretch between its loops; a stretch and this fit the innermost cache. */
@inline const STRETCH: usize = 1024;
const SHIFTED: usize = memory.data(1024, 16);

/**
 * values = 1 / (1 + e^-values), of `bytes` bytes, a multiple of 32: -x = k ln 2 + r, e^-x = 2^k e^r for |x| up to 87, and its
 * value there beyond. In three loops, of two quads a turn, whose turns do not wait for each other, so that the processor can have
 * many of them in hand.
 */
export function sigmoid(values: usize, bytes: usize): void {
  const end = values + bytes;
  for (let from = values; from < end; from += STRETCH) {
    const to = min(from + STRETCH, end);
    const offset = SHIFTED - from;
    reduce(from, to, offset);
    power(from, to);
    finish(from, to, offset);
  }
}

/** Puts -r in the place of x, and k, shifted, `offset` bytes away. */
@inline function reduce(from: usize, to: usize, offset: usize): void {
  const high = constant(1), low = constant(2), log2e = constant(3), shift = constant(4), ln2High = constant(5), ln2Low = constant(6);
  for (let at = from; at < to; at += 2 * QUAD) {
    let x = clamp(v128.load(at), low, high), y = clamp(v128.load(at, QUAD), low, high);
    let a = product(x, log2e), b = product(y, log2e);
    a = difference(a, log2e, shift); b = difference(b, log2e, shift);
    v128.store(at + offset, a); v128.store(at + offset, b, QUAD);
    a = f32x4.sub(a, shift); b = f32x4.sub(b, shift);
    x = f32x4.add(x, f32x4.mul(a, ln2High)); y = f32x4.add(y, f32x4.mul(b, ln2High));
    x = f32x4.add(x, f32x4.mul(a, ln2Low)); y = f32x4.add(y, f32x4.mul(b, ln2Low));
    v128.store(at, x); v128.store(at, y, QUAD);
  }
}

/** Puts e^r in the place of -r. */
@inline function power(from: usize, to: usize): void {
  const one = constant(0), p2 = constant(7), p3 = constant(8), p4 = constant(9), p5 = constant(10), p6 = constant(11);
  for (let at = from; at < to; at += 2 * QUAD) {
    const r = v128.load(at), s = v128.load(at, QUAD);
    let p = product(p6, r), q = product(p6, s);
    p = difference(p, r, p5); q = difference(q, s, p5);
    p = product(p, r); q = product(q, s);
    p = difference(p, r, p4); q = difference(q, s, p4);
    p = product(p, r); q = product(q, s);
    p = difference(p, r, p3); q = difference(q, s, p3);
    p = product(p, r); q = product(q, s);
    p = difference(p, r, p2); q = difference(q, s, p2);
    p = f32x4.mul(p, f32x4.mul(r, r)); q = f32x4.mul(q, f32x4.mul(s, s));
    p = f32x4.sub(p, r); q = f32x4.sub(q, s);
    v128.store(at, f32x4.add(p, one)); v128.store(at, f32x4.add(q, one), QUAD);
  }
}

/** Makes the result of e^r and what else {@link reduce} left. */
@inline function finish(from: usize, to: usize, offset: usize): void {
  const one = constant(0);
  for (let at = from; at < to; at += QUAD) {
    const twoToK = i32x4.add(i32x4.shl(v128.load(at + offset), 23), one);
    v128.store(at, f32x4.div(one, f32x4.add(one, f32x4.mul(v128.load(at), twoToK))));
  }
}

/** result = tanh values, of `bytes` bytes, a multiple of 32, as an odd rational function; never beyond 1. Two quads a turn. */
export function tanh(result: usize, values: usize, bytes: usize): void {
  const one = constant(0), high = constant(12), low = constant(13), minusOne = constant(22);
  const n1 = constant(14), n2 = constant(15), n3 = constant(16), n4 = constant(17);
  const d1 = constant(18), d2 = constant(19), d3 = constant(20), d4 = constant(21);
  for (let at: usize = 0; at < bytes; at += 2 * QUAD) {
    const x = clamp(v128.load(values + at), low, high), y = clamp(v128.load(values + at, QUAD), low, high);
    const s = f32x4.mul(x, x), t = f32x4.mul(y, y);
    let n = product(n4, s), d = product(d4, s), m = product(n4, t), e = product(d4, t);
    n = sum(n, s, n3); d = sum(d, s, d3); m = sum(m, t, n3); e = sum(e, t, d3);
    n = product(n, s); d = product(d, s); m = product(m, t); e = product(e, t);
    n = sum(n, s, n2); d = sum(d, s, d2); m = sum(m, t, n2); e = sum(e, t, d2);
    n = product(n, s); d = product(d, s); m = product(m, t); e = product(e, t);
    n = sum(n, s, n1); d = sum(d, s, d1); m = sum(m, t, n1); e = sum(e, t, d1);
    n = product(n, s); d = product(d, s); m = product(m, t); e = product(e, t);
    n = sum(n, s, one); d = sum(d, s, one); m = sum(m, t, one); e = sum(e, t, one);
    n = f32x4.div(f32x4.mul(n, x), d); m = f32x4.div(f32x4.mul(m, y), e);
    v128.store(result + at, clamp(n, minusOne, one)); v128.store(result + at, clamp(m, minusOne, one), QUAD);
  }
}

/** 1 - a^2: the derivative of the hyperbolic tangent whose value is a. */
@inline export function tanhSlope(a: v128): v128 {
  return f32x4.sub(one(), f32x4.mul(a, a));
}
