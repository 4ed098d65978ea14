import type { GridPlace } from '#components/controls/number-grid.ts';
import type { EditPlace } from '#src/experiments/hand-edits.ts';

/**
 * What a place in the cell's grid is called where changes are written down: its rows are the inputs, the hidden state of the
 * step before, and the biases; its columns what comes in, and the units.
 * @param step the time step that is shown, counted from 1
 */
export function editPlaceOf({ row, column }: GridPlace, step: number, inputs: number, units: number): EditPlace {
  if (row === inputs + units) return { array: 'b', at: [column] };
  const isInput = row < inputs;
  const source = isInput ? row + 1 : row - inputs + 1;
  if (column === 0) return isInput ? { array: 'x', at: [step, source] } : { array: 'h', at: [source] };
  return { array: isInput ? 'W' : 'U', at: [source, column] };
}

/**
 * The same where the columns are not units but the gates of one unit: their arrays have the gate's letter behind their name.
 * @param letters of the gates, from the second column on
 * @param unit counted from 0
 */
export function editPlaceInGates(
  { row, column }: GridPlace,
  step: number,
  inputs: number,
  units: number,
  { letters, unit }: { letters: readonly string[]; unit: number },
): EditPlace {
  if (column === 0) return editPlaceOf({ row, column }, step, inputs, units);
  const { array, at } = editPlaceOf({ row, column: unit + 1 }, step, inputs, units);
  return { array: array + letters[column - 1]!, at };
}
