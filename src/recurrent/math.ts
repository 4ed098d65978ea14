/**
 * The engine's own elementary functions. `Math.exp`, `Math.log`, `Math.sin` and `Math.cos` may differ in the last bit from
 * one JavaScript engine to the next; these use only +, -, *, / and the bits of a float64, which may not. Each is within
 * a few units in the last place of the true value.
 */

const LN2 = 0.6931471805599453;
/** ln 2 in two parts: the first has so few bits that its product with a whole number up to 2^11 is exact. */
const LN2_HIGH = 6.93147180369123816e-1;
const LN2_LOW = 1.9082149292705877e-10;

/** A float64 and its bits: the high word (sign, exponent, 20 bits of the fraction) is word 1 on every little-endian machine. */
const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** 2^power for a whole power from -1022 to 1023. */
function powerOfTwo(power: number): number {
  words[0] = 0;
  words[1] = (power + 1023) << 20;
  return float[0]!;
}

/** The sum of coefficients[i] x^i, by Horner's rule. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

/** 1/start!, then every `step`-th inverse factorial, with alternating signs where `sign` is -1. */
function inverseFactorials(start: number, step: number, count: number, sign: 1 | -1): number[] {
  const terms: number[] = [];
  let factorial = 1;
  for (let n = 1; terms.length < count; n++) {
    if (n > 1) factorial *= n - 1;
    if (n - 1 >= start && (n - 1 - start) % step === 0) terms.push(sign ** terms.length / factorial);
  }
  return terms;
}

const EXP_TERMS = inverseFactorials(0, 1, 15, 1);
const SIN_TERMS = inverseFactorials(1, 2, 10, -1);
const COS_TERMS = inverseFactorials(0, 2, 10, -1);

/** e^x: x = k ln 2 + r with |r| at most ln 2 / 2, so that e^x = 2^k e^r, and e^r is a short Taylor series. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (Number.isNaN(x)) return NaN;
  const k = Math.floor(x / LN2 + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const half = k >> 1;
  return polynomial(r, EXP_TERMS) * powerOfTwo(half) * powerOfTwo(k - half);
}

/** 2/(2i + 1): ln m = sum of these times s^(2i + 1), with s = (m - 1)/(m + 1). */
const LOG_TERMS = Array.from({ length: 12 }, (_, i) => 2 / (2 * i + 1));

/** The natural logarithm: x = 2^k m with m between sqrt(1/2) and sqrt(2), and a series for ln m. NaN for x below 0. */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x === Infinity) return Infinity;
  if (x < 2.2250738585072014e-308) return log(x * 2 ** 54) - 54 * LN2;
  float[0] = x;
  let k = (words[1]! >>> 20) - 1023;
  words[1] = (words[1]! & 0xfffff) | 0x3ff00000;
  let m = float[0];
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  const s = (m - 1) / (m + 1);
  return k * LN2_HIGH + (s * polynomial(s * s, LOG_TERMS) + k * LN2_LOW);
}

/** π/2 in three parts, the first two of 33 bits each, so that their products with a whole number up to 2^20 are exact. */
const HALF_PI = [1.57079632673412561417, 6.0771005063039659766e-11, 2.02226624879595063154e-21] as const;

/** x less the nearest multiple of π/2, and which multiple that was, modulo 4. Holds for |x| up to a million. */
function quarterTurns(x: number): { remainder: number; quarter: number } {
  const turns = Math.floor(x / (HALF_PI[0] + HALF_PI[1]) + 0.5);
  const remainder = x - turns * HALF_PI[0] - turns * HALF_PI[1] - turns * HALF_PI[2];
  return { remainder, quarter: turns - 4 * Math.floor(turns / 4) };
}

const sinOfRemainder = (r: number) => r * polynomial(r * r, SIN_TERMS);
const cosOfRemainder = (r: number) => polynomial(r * r, COS_TERMS);

/** The sine of x radians. @throws RangeError where |x| is above a million, for which it is not made */
export function sin(x: number): number {
  if (Math.abs(x) > 1e6) throw new RangeError(`sin of ${x}: at most a million radians, either side of 0`);
  const { remainder, quarter } = quarterTurns(x);
  const value = quarter % 2 === 0 ? sinOfRemainder(remainder) : cosOfRemainder(remainder);
  return quarter < 2 ? value : -value;
}

/** The cosine of x radians. @throws RangeError where |x| is above a million, for which it is not made */
export function cos(x: number): number {
  if (Math.abs(x) > 1e6) throw new RangeError(`cos of ${x}: at most a million radians, either side of 0`);
  const { remainder, quarter } = quarterTurns(x);
  const value = quarter % 2 === 0 ? cosOfRemainder(remainder) : sinOfRemainder(remainder);
  return quarter === 1 || quarter === 2 ? -value : value;
}

/** The hyperbolic tangent: by Lambert's continued fraction near 0, where the quotient of exponentials would cancel. */
export function tanh(x: number): number {
  if (x > 20) return 1;
  if (x < -20) return -1;
  if (x < 0.5 && x > -0.5) {
    const square = x * x;
    return x / (1 + square / (3 + square / (5 + square / (7 + square / (9 + square / (11 + square / 13))))));
  }
  return 1 - 2 / (exp(2 * x) + 1);
}

/** The logistic function, 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}
