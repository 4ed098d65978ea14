/**
 * The gated recurrent unit (reset after the product) over a whole sequence; ../gru.ts says in plain words what is computed.
 * Four blocks of columns: x's share of the candidate, update, reset, h's share of the candidate. The first takes nothing
 * from h and the last nothing from x, so neither is multiplied where it would meet zeros.
 */
import { gate, gateSlope } from './gates';
import { multiplyAdd, one, tanh, tanhSlope } from './functions';
import { addTransposedProduct, multiply } from './matrix';

/** Where each gate's pin is. */
@inline const UPDATE: usize = 0;
@inline const RESET: usize = 2;

/**
 * Fills in the hidden states in `joined`, [time + 1] of `quads` quads: h, then 1 and x. gates: [time] of 4 * unitQuads
 * quads: candidate, update, reset, h's share.
 */
export function gruForward(
  joined: usize, gates: usize, weights: usize, pins: usize, pinned: bool,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  const panels = unitQuads / 2;
  const panelBytes = quads * 128;
  for (let t: usize = 0; t < time; t++) {
    const before = joined + t * stepBytes;
    const h = before + stepBytes;
    const z = gates + t * 4 * stateBytes;
    multiply(z, before + stateBytes, weights + unitQuads * 128, batch, quadBytes, quads - unitQuads, panels, panelBytes, false);
    multiply(z + stateBytes, before, weights + panels * panelBytes, batch, quadBytes, quads, 2 * panels, panelBytes, false);
    multiply(z + 3 * stateBytes, before, weights + 3 * panels * panelBytes, batch, quadBytes, unitQuads + 1, panels, panelBytes, false);
    const update = z + stateBytes, reset = update + stateBytes, recalled = reset + stateBytes;
    if (pinned) {
      gate(update, stateBytes, pins, UPDATE, true);
      gate(reset, stateBytes, pins, RESET, true);
    } else {
      gate(update, 2 * stateBytes, pins, UPDATE, false);
    }
    for (let n: usize = 0; n < stateBytes; n += 16) {
      v128.store(z + n, multiplyAdd(v128.load(reset + n), v128.load(recalled + n), v128.load(z + n)));
    }
    tanh(z, z, stateBytes);
    for (let n: usize = 0; n < stateBytes; n += 16) {
      const candidate = v128.load(z + n);
      v128.store(h + n, multiplyAdd(v128.load(update + n), f32x4.sub(v128.load(before + n), candidate), candidate));
    }
  }
}

/**
 * dh: [time + 1] of unitQuads quads; on entry the loss's own gradients, on return the total ones. dz: the gradients of the
 * four blocks of `together` steps, scratch: those are added to dWeights, panels as the weights', in one product. transposed:
 * panels of 16 * unitQuads rows. dInput: [time] of 2 * inputPanels quads, the gradient of (1, x); not made where inputPanels
 * is 0.
 */
export function gruBackward(
  joined: usize, gates: usize, dh: usize, dz: usize, dWeights: usize, transposed: usize,
  dInput: usize, inputPanels: usize, together: usize, pins: usize, pinned: bool,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  const panels = unitQuads / 2;
  const panelBytes = quads * 128;
  const transposedBytes = 4 * unitQuads * 128;
  const back = 0 - stepBytes, on = 4 * stateBytes;
  let waiting: usize = 0;
  for (let t = time; t > 0; t--) {
    const before = joined + (t - 1) * stepBytes;
    const dhNow = dh + t * stateBytes;
    const dhBefore = dhNow - stateBytes;
    const dzNow = dz + waiting * on;
    stepBackward(gates + (t - 1) * on, before, dhNow, dzNow, stateBytes, pins, pinned);
    multiply(dhBefore, dzNow + stateBytes, transposed + unitQuads * 128, batch, quadBytes, 3 * unitQuads, panels, transposedBytes, true);
    multiply(dInput + 2 * inputPanels * (t - 1) * quadBytes, dzNow, transposed + panels * transposedBytes, batch, quadBytes, 3 * unitQuads, inputPanels, transposedBytes, false);
    if (++waiting == together || t == 1) {
      const last = before + (waiting - 1) * stepBytes;
      addTransposedProduct(dWeights + unitQuads * 128, last + stateBytes, dz, batch, quadBytes, quads - unitQuads, panels, panelBytes, waiting, back, on);
      addTransposedProduct(dWeights + panels * panelBytes, last, dz + stateBytes, batch, quadBytes, quads, 2 * panels, panelBytes, waiting, back, on);
      addTransposedProduct(dWeights + 3 * panels * panelBytes, last, dz + 3 * stateBytes, batch, quadBytes, unitQuads + 1, panels, panelBytes, waiting, back, on);
      waiting = 0;
    }
  }
}

/** From the gradient of h_t those of the four blocks, and what h_{t-1} gets through the update gate. */
@inline function stepBackward(
  gates: usize, before: usize, dh: usize, dz: usize, stateBytes: usize, pins: usize, pinned: bool,
): void {
  for (let n: usize = 0; n < stateBytes; n += 16) {
    const at = gates + n, to = dz + n, dhBefore = dh + n - stateBytes;
    const candidate = v128.load(at), update = v128.load(at + stateBytes), reset = v128.load(at + 2 * stateBytes);
    const hidden = v128.load(dh + n);
    const dCandidate = f32x4.mul(f32x4.mul(hidden, f32x4.sub(one(), update)), tanhSlope(candidate));
    const dUpdate = f32x4.mul(hidden, f32x4.sub(v128.load(before + n), candidate));
    const dReset = f32x4.mul(dCandidate, v128.load(at + 3 * stateBytes));
    v128.store(to, dCandidate);
    v128.store(to + stateBytes, f32x4.mul(dUpdate, gateSlope(update, pins, UPDATE, pinned)));
    v128.store(to + 2 * stateBytes, f32x4.mul(dReset, gateSlope(reset, pins, RESET, pinned)));
    v128.store(to + 3 * stateBytes, f32x4.mul(dCandidate, reset));
    v128.store(dhBefore, multiplyAdd(hidden, update, v128.load(dhBefore)));
  }
}
