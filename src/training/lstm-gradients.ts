import type { Cell, Floats } from '#src/recurrent/index.ts';

import type { Engine } from './engine.ts';
import { backpropagate, normsOf, type ReadoutNetwork } from './gradient-probe.ts';

/** What becomes of the training signal in an LSTM on its way back. All run over the time steps, first to last. */
export interface LstmGradients {
  /** ‖dL/dh_t‖ */
  hidden: Float64Array;
  /** ‖dL/dc_t‖, through every path from c_t to the loss. */
  cells: Float64Array;
  /** ‖dL/dc_T ⊙ f_T ⊙ … ⊙ f_{t+1}‖: what would be left of the last step's with the forget gates alone on its way. */
  belt: Float64Array;
  /** The mean of the forget gate over the units. */
  forget: Float64Array;
}

/**
 * Measures them for one sequence and a loss at its last step. The gradients are float32, as in training; what the gates alone
 * would leave is multiplied in float64.
 * @param sequence x, [length, inputs]
 */
export function lstmGradients(
  engine: Engine,
  network: ReadoutNetwork<Extract<Cell, { kind: 'lstm' }>>,
  sequence: Floats,
): LstmGradients {
  const { units } = network;
  let forget: Floats = new Float32Array();
  let hidden: Floats = forget;
  let cells: Floats = forget;
  backpropagate(engine, network, sequence, 'last', {
    onForward: (pass) => void (forget = pass.gates().forget!),
    onBackward(gradients) {
      hidden = gradients.hidden();
      cells = gradients.cells();
    },
  });
  return {
    hidden: normsOf(hidden, units),
    cells: normsOf(cells, units),
    belt: throughGatesAlone(cells.subarray(-units), forget, units),
    forget: meansOf(forget, units),
  };
}

/** Norms of the last step's gradient, multiplied by the gates of one step after the other, from the last back. */
function throughGatesAlone(last: Floats, forget: Floats, units: number): Float64Array {
  const left = Float64Array.from(last);
  const norms = new Float64Array(forget.length / units);
  for (let t = norms.length - 1; t >= 0; t--) {
    let sum = 0;
    for (let unit = 0; unit < units; unit++) {
      sum += left[unit]! * left[unit]!;
      left[unit]! *= forget[t * units + unit]!;
    }
    norms[t] = Math.sqrt(sum);
  }
  return norms;
}

function meansOf(gate: Floats, units: number): Float64Array {
  const means = new Float64Array(gate.length / units);
  for (let at = 0; at < gate.length; at++) means[Math.floor(at / units)]! += gate[at]! / units;
  return means;
}
