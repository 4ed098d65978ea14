/**
 * The gated recurrent unit (reset after the product) over a whole sequence; ../gru.ts says in plain words what is computed.
 * Four blocks of columns: x's share of the candidate, update, reset, h's share of the candidate. The first takes nothing
 * from h and the last nothing from x, so neither is multiplied where it would meet zeros.
 */
import { gate, pin } from './gates';
import { multiplyAdd, one, sigmoidSlope, tanh4, tanhSlope } from './functions';
import { addTransposedProduct, multiply } from './matrix';

/** Where each gate's pin is. */
@inline const UPDATE: usize = 0;
@inline const RESET: usize = 2;

/**
 * Fills in the hidden states in `joined`, [time + 1] of `quads` quads: h, then 1 and x. gates: [time] of 4 * unitQuads
 * quads: candidate, update, reset, h's share.
 */
export function gruForward(
  joined: usize, gates: usize, weights: usize, pins: usize,
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
    for (let n: usize = 0; n < stateBytes; n += 16) {
      const atCandidate = z + n, atUpdate = atCandidate + stateBytes, atReset = atUpdate + stateBytes;
      const update = gate(v128.load(atUpdate), pins, UPDATE);
      const reset = gate(v128.load(atReset), pins, RESET);
      const candidate = tanh4(multiplyAdd(reset, v128.load(atReset + stateBytes), v128.load(atCandidate)));
      v128.store(atCandidate, candidate);
      v128.store(atUpdate, update);
      v128.store(atReset, reset);
      v128.store(h + n, multiplyAdd(update, f32x4.sub(v128.load(before + n), candidate), candidate));
    }
  }
}

/**
 * dh: [time + 1] of unitQuads quads; on entry the loss's own gradients, on return the total ones. dz: one step's gradient
 * of the four blocks, scratch. dWeights: panels as the weights', added to. transposed: panels of 16 * unitQuads rows.
 * dInput: [time] of 2 * inputPanels quads, the gradient of (1, x); not made where inputPanels is 0.
 */
export function gruBackward(
  joined: usize, gates: usize, dh: usize, dz: usize, dWeights: usize, transposed: usize,
  dInput: usize, inputPanels: usize, pins: usize,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  const panels = unitQuads / 2;
  const panelBytes = quads * 128;
  const transposedBytes = 4 * unitQuads * 128;
  for (let t = time; t > 0; t--) {
    const before = joined + (t - 1) * stepBytes;
    const a = gates + (t - 1) * 4 * stateBytes;
    const dhNow = dh + t * stateBytes;
    const dhBefore = dhNow - stateBytes;
    for (let n: usize = 0; n < stateBytes; n += 16) {
      const at = a + n, to = dz + n;
      const candidate = v128.load(at), update = v128.load(at + stateBytes), reset = v128.load(at + 2 * stateBytes);
      const hidden = v128.load(dhNow + n);
      const dCandidate = f32x4.mul(f32x4.mul(hidden, f32x4.sub(one(), update)), tanhSlope(candidate));
      const dUpdate = f32x4.mul(hidden, f32x4.sub(v128.load(before + n), candidate));
      const dReset = f32x4.mul(dCandidate, v128.load(at + 3 * stateBytes));
      v128.store(to, dCandidate);
      v128.store(to + stateBytes, f32x4.mul(dUpdate, f32x4.mul(sigmoidSlope(update), pin(pins, UPDATE + 1))));
      v128.store(to + 2 * stateBytes, f32x4.mul(dReset, f32x4.mul(sigmoidSlope(reset), pin(pins, RESET + 1))));
      v128.store(to + 3 * stateBytes, f32x4.mul(dCandidate, reset));
      v128.store(dhBefore + n, multiplyAdd(hidden, update, v128.load(dhBefore + n)));
    }
    addTransposedProduct(dWeights + unitQuads * 128, before + stateBytes, dz, batch, quadBytes, quads - unitQuads, panels, panelBytes);
    addTransposedProduct(dWeights + panels * panelBytes, before, dz + stateBytes, batch, quadBytes, quads, 2 * panels, panelBytes);
    addTransposedProduct(dWeights + 3 * panels * panelBytes, before, dz + 3 * stateBytes, batch, quadBytes, unitQuads + 1, panels, panelBytes);
    multiply(dhBefore, dz + stateBytes, transposed + unitQuads * 128, batch, quadBytes, 3 * unitQuads, panels, transposedBytes, true);
    multiply(dInput + 2 * inputPanels * (t - 1) * quadBytes, dz, transposed + panels * transposedBytes, batch, quadBytes, 3 * unitQuads, inputPanels, transposedBytes, false);
  }
}
