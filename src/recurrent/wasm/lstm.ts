/** Long short-term memory over a whole sequence; ../lstm.ts says in plain words what is computed. */
import { gate, pin } from './gates';
import { multiplyAdd, one, sigmoidSlope, tanh4, tanhSlope } from './functions';
import { addTransposedProduct, multiply } from './matrix';

/** Where each gate's pin is, and the share of f that the input gate is given: coupled, -1. */
@inline const INPUT: usize = 0;
@inline const FORGET: usize = 2;
@inline const OUTPUT: usize = 4;
@inline const COUPLING: usize = 6;

/**
 * Fills in the hidden states in `joined`, [time + 1] of `quads` quads, those of h first, the cell states,
 * [time + 1] of unitQuads quads, and the gates, [time] of 4 * unitQuads quads: i, f, candidate, o.
 */
export function lstmForward(
  joined: usize, gates: usize, cells: usize, weights: usize, pins: usize,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize, linearOutput: bool,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  for (let t: usize = 0; t < time; t++) {
    const before = joined + t * stepBytes;
    const h = before + stepBytes;
    const z = gates + t * 4 * stateBytes;
    const c = cells + (t + 1) * stateBytes;
    multiply(z, before, weights, batch, quadBytes, quads, 2 * unitQuads, quads * 128, false);
    for (let n: usize = 0; n < stateBytes; n += 16) {
      const atI = z + n, atF = atI + stateBytes, atG = atF + stateBytes, atO = atG + stateBytes;
      const f = gate(v128.load(atF), pins, FORGET);
      const i = multiplyAdd(pin(pins, COUPLING), f, gate(v128.load(atI), pins, INPUT));
      const g = tanh4(v128.load(atG));
      const o = gate(v128.load(atO), pins, OUTPUT);
      const cell = multiplyAdd(f, v128.load(c + n - stateBytes), f32x4.mul(i, g));
      v128.store(atI, i);
      v128.store(atF, f);
      v128.store(atG, g);
      v128.store(atO, o);
      v128.store(c + n, cell);
      v128.store(h + n, f32x4.mul(o, linearOutput ? cell : tanh4(cell)));
    }
  }
}

/**
 * dh, dc: [time + 1] of unitQuads quads; on entry the loss's own gradients of h and of the last c, on return the total
 * ones. dz: one step's gradient of z, scratch. dWeights: panels as the weights', added to. transposed: panels of
 * 16 * unitQuads rows. dInput: [time] of 2 * inputPanels quads, the gradient of (1, x); not made where inputPanels is 0.
 */
export function lstmBackward(
  joined: usize, gates: usize, cells: usize, dh: usize, dc: usize, dz: usize, dWeights: usize, transposed: usize,
  dInput: usize, inputPanels: usize, pins: usize,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize, linearOutput: bool,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  const panelBytes = 4 * unitQuads * 128;
  for (let t = time; t > 0; t--) {
    const before = joined + (t - 1) * stepBytes;
    const a = gates + (t - 1) * 4 * stateBytes;
    const c = cells + t * stateBytes;
    const dhNow = dh + t * stateBytes;
    const dcNow = dc + t * stateBytes;
    for (let n: usize = 0; n < stateBytes; n += 16) {
      const atI = a + n, atF = atI + stateBytes, atG = atF + stateBytes, atO = atG + stateBytes;
      const i = v128.load(atI), f = v128.load(atF), g = v128.load(atG), o = v128.load(atO);
      const cell = v128.load(c + n);
      const shown = linearOutput ? cell : tanh4(cell);
      const hidden = v128.load(dhNow + n);
      const shownSlope = linearOutput ? one() : tanhSlope(shown);
      const dCell = multiplyAdd(f32x4.mul(hidden, o), shownSlope, v128.load(dcNow + n));
      const dO = f32x4.mul(hidden, shown);
      const dI = f32x4.mul(dCell, g);
      const dG = f32x4.mul(dCell, i);
      const dF = multiplyAdd(pin(pins, COUPLING), dI, f32x4.mul(dCell, v128.load(c + n - stateBytes)));
      v128.store(dcNow + n, dCell);
      v128.store(dcNow + n - stateBytes, f32x4.mul(dCell, f));
      const to = dz + n;
      v128.store(to, f32x4.mul(dI, f32x4.mul(sigmoidSlope(i), pin(pins, INPUT + 1))));
      v128.store(to + stateBytes, f32x4.mul(dF, f32x4.mul(sigmoidSlope(f), pin(pins, FORGET + 1))));
      v128.store(to + 2 * stateBytes, f32x4.mul(dG, tanhSlope(g)));
      v128.store(to + 3 * stateBytes, f32x4.mul(dO, f32x4.mul(sigmoidSlope(o), pin(pins, OUTPUT + 1))));
    }
    addTransposedProduct(dWeights, before, dz, batch, quadBytes, quads, 2 * unitQuads, quads * 128);
    multiply(dhNow - stateBytes, dz, transposed, batch, quadBytes, 4 * unitQuads, unitQuads / 2, panelBytes, true);
    multiply(dInput + 2 * inputPanels * (t - 1) * quadBytes, dz, transposed + unitQuads / 2 * panelBytes, batch, quadBytes, 4 * unitQuads, inputPanels, panelBytes, false);
  }
}
