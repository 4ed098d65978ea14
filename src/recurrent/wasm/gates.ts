/**
 * How gates are pinned, in `pins`, eight float32: two for each gate, `offset` and `scale`, of offset + scale * sigmoid(z).
 * Learned: 0, 1. Pinned: the constant, 0.
 */
import { multiplyAdd, one, sigmoid } from './functions';

/** The number at `index`, four times. */
@inline export function pin(pins: usize, index: usize): v128 {
  return v128.load32_splat(pins + index * 4);
}

/** values = offset + scale * sigmoid(values), of `bytes` bytes, with the pin at `index`; without `pinned` the gate is learned. */
export function gate(values: usize, bytes: usize, pins: usize, index: usize, pinned: bool): void {
  sigmoid(values, bytes);
  if (!pinned) return;
  const offset = pin(pins, index), scale = pin(pins, index + 1);
  for (let at = values, end = values + bytes; at < end; at += 16) {
    v128.store(at, multiplyAdd(scale, v128.load(at), offset));
  }
}

/** The derivative of a gate whose value is a. */
@inline export function gateSlope(a: v128, pins: usize, index: usize, pinned: bool): v128 {
  const slope = f32x4.mul(a, f32x4.sub(one(), a));
  return pinned ? f32x4.mul(slope, pin(pins, index + 1)) : slope;
}
