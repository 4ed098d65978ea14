/** Optimiser steps over `length` float32, a multiple of 4; ../optimizer.ts says in plain words what is computed. */
import { multiplyAdd } from './functions';

/** The sum of squares, in float64. */
export function squaredNorm(values: usize, length: usize): f64 {
  let even = f64x2.splat(0), odd = even;
  for (let at = values, end = values + length * 4; at < end; at += 16) {
    const four = v128.load(at);
    const low = f64x2.promote_low_f32x4(four);
    const high = f64x2.promote_low_f32x4(i8x16.shuffle(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const sums = f64x2.add(even, odd);
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** One step of Adam. `scale` multiplies the gradients; keep is beta, take 1 - beta, correction 1 - beta^step, of either moment. */
export function adam(
  values: usize, gradients: usize, first: usize, second: usize, length: usize, scale: f32,
  learningRate: f32, keep1: f32, take1: f32, keep2: f32, take2: f32, correction1: f32, correction2: f32, epsilon: f32,
): void {
  const scales = f32x4.splat(scale), rate = f32x4.splat(-learningRate), least = f32x4.splat(epsilon);
  const keeps1 = f32x4.splat(keep1), takes1 = f32x4.splat(take1), corrections1 = f32x4.splat(correction1);
  const keeps2 = f32x4.splat(keep2), takes2 = f32x4.splat(take2), corrections2 = f32x4.splat(correction2);
  for (let at: usize = 0, end = length * 4; at < end; at += 16) {
    const gradient = f32x4.mul(v128.load(gradients + at), scales);
    const mean = multiplyAdd(keeps1, v128.load(first + at), f32x4.mul(takes1, gradient));
    const square = multiplyAdd(keeps2, v128.load(second + at), f32x4.mul(takes2, f32x4.mul(gradient, gradient)));
    v128.store(first + at, mean);
    v128.store(second + at, square);
    const root = f32x4.sqrt(f32x4.div(square, corrections2));
    const step = f32x4.div(f32x4.div(mean, corrections1), f32x4.add(root, least));
    v128.store(values + at, multiplyAdd(rate, step, v128.load(values + at)));
  }
}

/** One step of gradient descent with momentum: velocity = keep * velocity + gradient. */
export function momentum(
  values: usize, gradients: usize, velocity: usize, length: usize, scale: f32, learningRate: f32, keep: f32,
): void {
  for (let at: usize = 0, end = length * 4; at < end; at += 16) {
    const gradient = f32x4.mul(v128.load(gradients + at), f32x4.splat(scale));
    const speed = multiplyAdd(f32x4.splat(keep), v128.load(velocity + at), gradient);
    v128.store(velocity + at, speed);
    v128.store(values + at, multiplyAdd(f32x4.splat(-learningRate), speed, v128.load(values + at)));
  }
}
