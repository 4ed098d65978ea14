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

/** x within bounds. `pmin` and `pmax` in this order hand a NaN on. */
@inline function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, high), low);
}

/** e^x for |x| up to 87, and its value there beyond: x = k ln 2 + r, e^x = 2^k e^r. */
@inline function exp4(argument: v128): v128 {
  const x = clamp(argument, constant(2), constant(1));
  const shifted = multiplyAdd(x, constant(3), constant(4));
  const k = f32x4.sub(shifted, constant(4));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(k, constant(5))), f32x4.mul(k, constant(6)));
  let q = multiplyAdd(constant(11), r, constant(10));
  q = multiplyAdd(q, r, constant(9));
  q = multiplyAdd(q, r, constant(8));
  q = multiplyAdd(q, r, constant(7));
  const eToR = f32x4.add(multiplyAdd(q, f32x4.mul(r, r), r), one());
  const twoToK = i32x4.add(i32x4.shl(shifted, 23), one());
  return f32x4.mul(eToR, twoToK);
}

/** 1 / (1 + e^-x) */
@inline export function sigmoid4(x: v128): v128 {
  return f32x4.div(one(), f32x4.add(one(), exp4(f32x4.neg(x))));
}

/** tanh x as an odd rational function; never beyond 1. */
@inline export function tanh4(argument: v128): v128 {
  const x = clamp(argument, constant(13), constant(12));
  const square = f32x4.mul(x, x);
  let numerator = multiplyAdd(constant(17), square, constant(16));
  let denominator = multiplyAdd(constant(21), square, constant(20));
  numerator = multiplyAdd(numerator, square, constant(15));
  denominator = multiplyAdd(denominator, square, constant(19));
  numerator = multiplyAdd(numerator, square, constant(14));
  denominator = multiplyAdd(denominator, square, constant(18));
  numerator = f32x4.mul(multiplyAdd(numerator, square, one()), x);
  denominator = multiplyAdd(denominator, square, one());
  return clamp(f32x4.div(numerator, denominator), constant(22), one());
}

/** a (1 - a): the derivative of the logistic function whose value is a. */
@inline export function sigmoidSlope(a: v128): v128 {
  return f32x4.mul(a, f32x4.sub(one(), a));
}

/** 1 - a^2: the derivative of the hyperbolic tangent whose value is a. */
@inline export function tanhSlope(a: v128): v128 {
  return f32x4.sub(one(), f32x4.mul(a, a));
}
