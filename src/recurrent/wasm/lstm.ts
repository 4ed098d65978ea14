/** Long short-term memory over a whole sequence; ../lstm.ts says in plain words what is computed. */
import { gate, gateSlope, pin } from './gates';
import { multiplyAdd, one, tanh, tanhSlope } from './functions';
import { addTransposedProduct, multiply } from './matrix';

/** Where each gate's pin is, and the share of f that the input gate is given: coupled, -1. */
@inline const INPUT: usize = 0;
@inline const FORGET: usize = 2;
@inline const OUTPUT: usize = 4;
@inline const COUPLING: usize = 6;

/**
 * Fills in the hidden states in `joined`, [time + 1] of `quads` quads, those of h first, the cell states,
 * [time + 1] of unitQuads quads, what of them is shown, [time] of unitQuads quads: their tanh, unless that is left out and
 * `shown` 0, and the gates, [time] of 4 * unitQuads quads: i, f, candidate, o. Without `pinned`, all gates are learned.
 */
export function lstmForward(
  joined: usize, gates: usize, cells: usize, shown: usize, weights: usize, pins: usize, pinned: bool,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  for (let t: usize = 0; t < time; t++) {
    const before = joined + t * stepBytes;
    const h = before + stepBytes;
    const i = gates + t * 4 * stateBytes, f = i + stateBytes, candidate = f + stateBytes, o = candidate + stateBytes;
    const c = cells + (t + 1) * stateBytes;
    multiply(i, before, weights, batch, quadBytes, quads, 2 * unitQuads, quads * 128, false);

    if (pinned) {
      gate(i, stateBytes, pins, INPUT, true);
      gate(f, stateBytes, pins, FORGET, true);
      couple(i, f, stateBytes, pin(pins, COUPLING));
    } else {
      gate(i, 2 * stateBytes, pins, INPUT, false);
    }
    tanh(candidate, candidate, stateBytes);
    gate(o, stateBytes, pins, OUTPUT, pinned);
    for (let n: usize = 0; n < stateBytes; n += 16) {
      const written = f32x4.mul(v128.load(i + n), v128.load(candidate + n));
      v128.store(c + n, multiplyAdd(v128.load(f + n), v128.load(c + n - stateBytes), written));
    }
    let visible = c;
    if (shown) {
      visible = shown + t * stateBytes;
      tanh(visible, c, stateBytes);
    }
    for (let n: usize = 0; n < stateBytes; n += 16) {
      v128.store(h + n, f32x4.mul(v128.load(o + n), v128.load(visible + n)));
    }
  }
}

/** i += coupling * f */
function couple(i: usize, f: usize, bytes: usize, coupling: v128): void {
  for (let n: usize = 0; n < bytes; n += 16) v128.store(i + n, multiplyAdd(coupling, v128.load(f + n), v128.load(i + n)));
}

/**
 * dh, dc: [time + 1] of unitQuads quads; on entry the loss's own gradients of h and of the last c, on return the total
 * ones. dz: the gradients of z of `together` steps, scratch: those are added to dWeights, panels as the weights', in one
 * product. transposed: panels of 16 * unitQuads rows. dInput: [time] of 2 * inputPanels quads, the gradient of (1, x); not
 * made where inputPanels is 0.
 */
export function lstmBackward(
  joined: usize, gates: usize, cells: usize, shown: usize, dh: usize, dc: usize, dz: usize, dWeights: usize, transposed: usize,
  dInput: usize, inputPanels: usize, together: usize, pins: usize, pinned: bool,
  time: usize, batch: usize, quadBytes: usize, unitQuads: usize, quads: usize,
): void {
  const stepBytes = quads * quadBytes;
  const stateBytes = unitQuads * quadBytes;
  const panelBytes = 4 * unitQuads * 128;
  let waiting: usize = 0;
  for (let t = time; t > 0; t--) {
    const before = joined + (t - 1) * stepBytes;
    const dhNow = dh + t * stateBytes;
    const dzNow = dz + waiting * 4 * stateBytes;
    const a = gates + (t - 1) * 4 * stateBytes, c = cells + t * stateBytes, dcNow = dc + t * stateBytes;
    const visible = shown ? shown + (t - 1) * stateBytes : c;
    stepBackward(a, c, visible, shown != 0, dhNow, dcNow, dzNow, stateBytes, pins, pinned);
    multiply(dhNow - stateBytes, dzNow, transposed, batch, quadBytes, 4 * unitQuads, unitQuads / 2, panelBytes, true);
    multiply(dInput + 2 * inputPanels * (t - 1) * quadBytes, dzNow, transposed + unitQuads / 2 * panelBytes, batch, quadBytes, 4 * unitQuads, inputPanels, panelBytes, false);
    if (++waiting == together || t == 1) {
      const last = before + (waiting - 1) * stepBytes;
      addTransposedProduct(dWeights, last, dz, batch, quadBytes, quads, 2 * unitQuads, quads * 128, waiting, 0 - stepBytes, 4 * stateBytes);
      waiting = 0;
    }
  }
}

/** From the gradients of h_t and c_t those of z_t, and of c_{t-1}. */
@inline function stepBackward(
  gates: usize, c: usize, shown: usize, bent: bool, dh: usize, dc: usize, dz: usize, stateBytes: usize, pins: usize, pinned: bool,
): void {
  for (let n: usize = 0; n < stateBytes; n += 16) {
    const atI = gates + n, atF = atI + stateBytes, atG = atF + stateBytes, atO = atG + stateBytes;
    const i = v128.load(atI), f = v128.load(atF), g = v128.load(atG), o = v128.load(atO);
    const hidden = v128.load(dh + n);
    const visible = v128.load(shown + n);
    const slope = bent ? tanhSlope(visible) : one();
    const dCell = multiplyAdd(f32x4.mul(hidden, o), slope, v128.load(dc + n));
    const dO = f32x4.mul(hidden, visible);
    const dI = f32x4.mul(dCell, g);
    const dG = f32x4.mul(dCell, i);
    let dF = f32x4.mul(dCell, v128.load(c + n - stateBytes));
    if (pinned) dF = multiplyAdd(pin(pins, COUPLING), dI, dF);
    v128.store(dc + n, dCell);
    v128.store(dc + n - stateBytes, f32x4.mul(dCell, f));
    const to = dz + n;
    v128.store(to, f32x4.mul(dI, gateSlope(i, pins, INPUT, pinned)));
    v128.store(to + stateBytes, f32x4.mul(dF, gateSlope(f, pins, FORGET, pinned)));
    v128.store(to + 2 * stateBytes, f32x4.mul(dG, tanhSlope(g)));
    v128.store(to + 3 * stateBytes, f32x4.mul(dO, gateSlope(o, pins, OUTPUT, pinned)));
  }
}
