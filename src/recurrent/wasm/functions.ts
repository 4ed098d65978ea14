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

/** c - a b, rounded likewise. */
@inline function negativeMultiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/** x within bounds. `pmin` and `pmax` in this order hand a NaN on. */
@inline function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, high), low);
}

/** What {@link sigmoid} keeps of a stretch between its two loops; a stretch and this fit the innermost cache. */
@inline const STRETCH: usize = 1024;
const SHIFTED: usize = memory.data(1024, 16);

/**
 * values = 1 / (1 + e^-values), of `bytes` bytes: -x = k ln 2 + r, e^-x = 2^k e^r for |x| up to 87, and its value there beyond.
 * In two loops whose turns do not wait for each other, so that the processor can have many of them in hand.
 */
export function sigmoid(values: usize, bytes: usize): void {
  const end = values + bytes;
  for (let from = values; from < end; from += STRETCH) {
    const to = min(from + STRETCH, end);
    const offset = SHIFTED - from;
    reduce(from, to, offset);
    finish(from, to, offset);
  }
}

/** Puts -r in the place of x, and k, shifted, `offset` bytes away. */
@inline function reduce(from: usize, to: usize, offset: usize): void {
  const high = constant(1), low = constant(2), log2e = constant(3), shift = constant(4), ln2High = constant(5), ln2Low = constant(6);
  for (let at = from; at < to; at += 16) {
    const x = clamp(v128.load(at), low, high);
    const shifted = negativeMultiplyAdd(x, log2e, shift);
    const k = f32x4.sub(shifted, shift);
    v128.store(at, f32x4.add(f32x4.add(x, f32x4.mul(k, ln2High)), f32x4.mul(k, ln2Low)));
    v128.store(at + offset, shifted);
  }
}

/** Makes the result of what {@link reduce} left. */
@inline function finish(from: usize, to: usize, offset: usize): void {
  const one = constant(0), p2 = constant(7), p3 = constant(8), p4 = constant(9), p5 = constant(10), p6 = constant(11);
  for (let at = from; at < to; at += 16) {
    const minusR = v128.load(at);
    let q = negativeMultiplyAdd(p6, minusR, p5);
    q = negativeMultiplyAdd(q, minusR, p4);
    q = negativeMultiplyAdd(q, minusR, p3);
    q = negativeMultiplyAdd(q, minusR, p2);
    const eToR = f32x4.add(f32x4.sub(f32x4.mul(q, f32x4.mul(minusR, minusR)), minusR), one);
    const twoToK = i32x4.add(i32x4.shl(v128.load(at + offset), 23), one);
    v128.store(at, f32x4.div(one, f32x4.add(one, f32x4.mul(eToR, twoToK))));
  }
}

/** result = tanh values, of `bytes` bytes, as an odd rational function; never beyond 1. */
export function tanh(result: usize, values: usize, bytes: usize): void {
  const one = constant(0), high = constant(12), low = constant(13), minusOne = constant(22);
  const n1 = constant(14), n2 = constant(15), n3 = constant(16), n4 = constant(17);
  const d1 = constant(18), d2 = constant(19), d3 = constant(20), d4 = constant(21);
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = clamp(v128.load(values + at), low, high);
    const square = f32x4.mul(x, x);
    let numerator = multiplyAdd(n4, square, n3);
    let denominator = multiplyAdd(d4, square, d3);
    numerator = multiplyAdd(numerator, square, n2);
    denominator = multiplyAdd(denominator, square, d2);
    numerator = multiplyAdd(numerator, square, n1);
    denominator = multiplyAdd(denominator, square, d1);
    numerator = f32x4.mul(multiplyAdd(numerator, square, one), x);
    denominator = multiplyAdd(denominator, square, one);
    v128.store(result + at, clamp(f32x4.div(numerator, denominator), minusOne, one));
  }
}

/** 1 - a^2: the derivative of the hyperbolic tangent whose value is a. */
@inline export function tanhSlope(a: v128): v128 {
  return f32x4.sub(one(), f32x4.mul(a, a));
}
