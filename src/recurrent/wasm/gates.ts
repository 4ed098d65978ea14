/**
 * Gates, and how they are pinned: two float32 for each, `offset` and `scale`, of offset + scale * sigmoid(z). Learned: 0, 1.
 * Pinned: the constant, 0.
 */
import { multiplyAdd, sigmoid4 } from './functions';

/** The number at `index`, four times. */
@inline export function pin(pins: usize, index: usize): v128 {
  return v128.load32_splat(pins + index * 4);
}

/** The value of the gate whose pin is at `index`. */
@inline export function gate(z: v128, pins: usize, index: usize): v128 {
  return multiplyAdd(pin(pins, index + 1), sigmoid4(z), pin(pins, index));
}
