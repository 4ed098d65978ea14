import { quantities, type Quantity, type Reading } from '#src/experiments/gate-readings.ts';
import { quantile } from '#src/experiments/quantile.ts';
import type { HeatGrid, HeatScale, HeatValues } from '#components/plots/heat.ts';

/** A block of the picture: one quantity of all units over the steps in sight. */
export interface Block {
  quantity: Quantity;
  tone: string;
  scale: HeatScale;
  values: HeatValues;
  grid: HeatGrid;
}

const tones: Record<Quantity, string> = {
  input: 'input-gate',
  forget: 'forget-gate',
  output: 'output-gate',
  cell: 'cell',
  hidden: 'hidden',
};

const GATE: HeatScale = { kind: 'sequential', low: 0, high: 1 };
const TITLE = 19;
/** The few cell states beyond this share of them are as strong as those at it: else all others would be pale. */
const REACHED = 0.97;

interface Room {
  left: number;
  top: number;
  cellWidth: number;
  cellHeight: number;
}

/** The blocks, one below the other. @param order units from top to bottom @param from the first step in sight, from 0 */
export function blocksOf(
  reading: Reading,
  order: readonly number[],
  [from, to]: readonly [number, number],
  { left, top, cellWidth, cellHeight }: Room,
): Block[] {
  const reach =
    quantile(
      reading.cell.flatMap((row) => row.map(Math.abs)),
      REACHED,
    ) || 1;
  return quantities.map((quantity, i) => ({
    quantity,
    tone: tones[quantity],
    scale:
      quantity === 'cell'
        ? { kind: 'diverging', reach }
        : quantity === 'hidden'
          ? { kind: 'diverging', reach: 1 }
          : GATE,
    values: order.map((unit) => reading[quantity][unit]!.slice(from, to)),
    grid: { left, top: top + TITLE + i * (TITLE + order.length * cellHeight + 3), cellWidth, cellHeight, gap: 0 },
  }));
}

/** The steps in sight: the page of so many that has the step in it. @param step from 1 @returns from 0, the end not included */
export function pageOf(step: number, size: number, length: number): [number, number] {
  const from = Math.floor((step - 1) / size) * size;
  return [from, Math.min(length, from + size)];
}
