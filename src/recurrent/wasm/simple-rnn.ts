/** The simple recurrent cell over a whole sequence; ../simple-rnn.ts says in plain words what is computed. */
import { one, tanh, tanhSlope } from './functions';
import { addTransposedProduct, multiply } from './matrix';

/** values = activation(values), of `bytes` bytes. 0: tanh, 1: relu, 2: identity */
@inline function activate(values: usize, bytes: usize, activation: i32): void {
  if (activation == 0) tanh(values, values, bytes);
  if (activation != 1) return;
  for (let at = values, end = values + bytes; at < end; at += 16) v128.store(at, f32x4.pmax(v128.load(at), f32x4.splat(0)));
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
    activate(h, stateBytes, activation);
  }
}

/**
 * dh: [time + 1] of unitQuads quads; on entry the loss's own gradients, on return the total ones. dz: the gradients of z of
 * `together` steps, scratch: those are added to dWeights, panels as the weights', in one product. transposed: panels of
 * 4 * unitQuads rows. dInput: [time] of 2 * inputPanels quads, the gradient of (1, x); not made where inputPanels is 0.
 */
export function simpleRnnBackward(
  joined: usize, dh: usize, dz: usize, dWeights: usize, transposed: usize,
  dInput: usize, inputPanels: usize, together: usize,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize, activation: i32,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  const panelBytes = unitQuads * 128;
  let waiting: usize = 0;
  for (let t = time; t > 0; t--) {
    const before = joined + (t - 1) * stepBytes;
    const h = before + stepBytes;
    const dhNow = dh + t * stateBytes;
    const dzNow = dz + waiting * stateBytes;
    for (let i: usize = 0; i < stateBytes; i += 16) {
      v128.store(dzNow + i, f32x4.mul(v128.load(dhNow + i), slope(v128.load(h + i), activation)));
    }
    multiply(dhNow - stateBytes, dzNow, transposed, batch, quadBytes, unitQuads, unitQuads / 2, panelBytes, true);
    multiply(dInput + 2 * inputPanels * (t - 1) * quadBytes, dzNow, transposed + unitQuads / 2 * panelBytes, batch, quadBytes, unitQuads, inputPanels, panelBytes, false);
    if (++waiting == together || t == 1) {
      const last = before + (waiting - 1) * stepBytes;
      addTransposedProduct(dWeights, last, dz, batch, quadBytes, quads, unitQuads / 2, quads * 128, waiting, 0 - stepBytes, stateBytes);
      waiting = 0;
    }
  }
}
