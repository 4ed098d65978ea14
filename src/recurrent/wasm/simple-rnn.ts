/** The simple recurrent cell over a whole sequence; ../simple-rnn.ts says in plain words what is computed. */
import { one, tanh4, tanhSlope } from './functions';
import { addTransposedProduct, multiply } from './matrix';

/** 0: tanh, 1: relu, 2: identity */
@inline function activate(z: v128, activation: i32): v128 {
  if (activation == 0) return tanh4(z);
  if (activation == 1) return f32x4.pmax(z, f32x4.splat(0));
  return z;
}

/** The activation's derivative where its value is h. */
@inline function slope(h: v128, activation: i32): v128 {
  if (activation == 0) return tanhSlope(h);
  if (activation == 1) return v128.and(one(), f32x4.gt(h, f32x4.splat(0)));
  return one();
}

/** Fills in the hidden states in `joined`, [time + 1] of `quads` quads, those of h first. weights: panels of 4 * quads rows. */
export function simpleRnnForward(
  joined: usize, weights: usize, time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize, activation: i32,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  for (let t: usize = 0; t < time; t++) {
    const before = joined + t * stepBytes;
    const h = before + stepBytes;
    multiply(h, before, weights, batch, quadBytes, quads, unitQuads / 2, quads * 128, false);
    for (let i: usize = 0; i < stateBytes; i += 16) v128.store(h + i, activate(v128.load(h + i), activation));
  }
}

/**
 * dh: [time + 1] of unitQuads quads; on entry the loss's own gradients, on return the total ones. dz: one step's
 * gradient of z, scratch. dWeights: panels as the weights', added to. transposed: panels of 4 * unitQuads rows. dInput:
 * [time] of 2 * inputPanels quads, the gradient of (1, x); not made where inputPanels is 0.
 */
export function simpleRnnBackward(
  joined: usize, dh: usize, dz: usize, dWeights: usize, transposed: usize, dInput: usize, inputPanels: usize,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize, activation: i32,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  const panelBytes = unitQuads * 128;
  for (let t = time; t > 0; t--) {
    const before = joined + (t - 1) * stepBytes;
    const h = before + stepBytes;
    const dhNow = dh + t * stateBytes;
    for (let i: usize = 0; i < stateBytes; i += 16) {
      v128.store(dz + i, f32x4.mul(v128.load(dhNow + i), slope(v128.load(h + i), activation)));
    }
    addTransposedProduct(dWeights, before, dz, batch, quadBytes, quads, unitQuads / 2, quads * 128);
    multiply(dhNow - stateBytes, dz, transposed, batch, quadBytes, unitQuads, unitQuads / 2, panelBytes, true);
    multiply(dInput + 2 * inputPanels * (t - 1) * quadBytes, dz, transposed + unitQuads / 2 * panelBytes, batch, quadBytes, unitQuads, inputPanels, panelBytes, false);
  }
}
