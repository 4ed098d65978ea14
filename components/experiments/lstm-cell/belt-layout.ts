/** Where everything is in the drawing of the belt: from left to right where there is room, and else from top to bottom. */
import type { ValveGate } from '#src/experiments/lstm-cell/valves.ts';

/** A box by its centre. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

/** A number of one step: each has a box. */
export type BoxName =
  'before' | 'forget' | 'kept' | 'input' | 'candidate' | 'written' | 'after' | 'squeezed' | 'output' | 'hidden';

export interface BeltLayout {
  height: number;
  /** Where the belt runs to. */
  runs: 'right' | 'down';
  belt: Box;
  boxes: Record<BoxName, Box>;
  /** A valve sits on what it holds up: the way on which that flows is turned by so many degrees from the x axis. */
  valves: Record<ValveGate, Point & { turned: 0 | 90 }>;
  /** Where what is written comes onto the belt. */
  add: Point;
  /** The ways of what is written and of what is shown, and from each gate to its valve. */
  pipes: { write: string; show: string };
  controls: Record<ValveGate, string>;
  /** From what comes in to the gates and the candidate; empty where there is no room. */
  rail: string;
  /** The numbers that come in: how many in a row, and where the first row's top left is. */
  sources: { left: number; top: number; perRow: number; width: number; rowHeight: number };
}

/** Narrower than this, in pixels, the belt runs down. */
const RUNS_DOWN = 520;
const VALVE = 15;
const SOURCES_ROW = 50;
const SOURCE_WIDTH = 60;

export function beltLayout(width: number, sources: number): BeltLayout {
  return width < RUNS_DOWN ? runningDown(width, sources) : runningRight(width, sources);
}

function runningRight(width: number, sources: number): BeltLayout {
  const scale = width / 640;
  const shrunk = Math.min(1, scale);
  const at = (x: number) => x * scale;
  const box = (x: number, y: number, w: number, height: number): Box => ({ x: at(x), y, width: w * shrunk, height });
  const gate = (x: number, y: number) => box(x, y, 102, 58);
  const number = (x: number, y: number) => box(x, y, 68, 32);
  const [onBelt, aside, below, rail] = [68, 184, 268, 318];
  const boxes = {
    before: number(42, onBelt),
    forget: gate(118, aside),
    kept: number(200, onBelt),
    input: gate(228, aside),
    written: number(314, 126),
    candidate: gate(314, below),
    after: box(404, onBelt, 78, 36),
    squeezed: number(500, 126),
    hidden: box(500, below, 78, 36),
    output: gate(588, aside),
  };
  const [forgetAt, writeAt, showAt] = [at(118), at(314), at(500)];
  const bottom = ({ y, height }: Box) => y + height / 2;
  const top = ({ y, height }: Box) => y - height / 2;
  const right = ({ x, width: w }: Box) => x + w / 2;
  const left = ({ x, width: w }: Box) => x - w / 2;
  const tick = (to: Box) => `M${to.x},${rail}V${bottom(to)}`;
  const each = Math.min(SOURCE_WIDTH, width / sources);
  return {
    height: rail + 18 + SOURCES_ROW,
    runs: 'right',
    belt: { x: width / 2, y: onBelt, width, height: 50 },
    boxes,
    valves: {
      forget: { x: forgetAt, y: onBelt, turned: 0 },
      input: { x: writeAt, y: aside, turned: 90 },
      output: { x: showAt, y: aside, turned: 90 },
    },
    add: { x: writeAt, y: onBelt },
    pipes: {
      write: `M${writeAt},${boxes.candidate.y}V${onBelt}`,
      show: `M${showAt},${onBelt}V${boxes.hidden.y}`,
    },
    controls: {
      forget: `M${forgetAt},${top(boxes.forget)}V${onBelt + VALVE}`,
      input: `M${right(boxes.input)},${aside}H${writeAt - VALVE}`,
      output: `M${left(boxes.output)},${aside}H${showAt + VALVE}`,
    },
    rail: [
      `M${boxes.forget.x},${rail}H${boxes.output.x}`,
      ...[boxes.forget, boxes.input, boxes.candidate, boxes.output].map(tick),
    ].join(''),
    sources: { left: (width - sources * each) / 2, top: rail, perRow: sources, width: each, rowHeight: SOURCES_ROW },
  };
}

function runningDown(width: number, sources: number): BeltLayout {
  const [onBelt, aside, beside] = [42, width - 54, 112];
  const box = (x: number, y: number, w: number, height: number): Box => ({ x, y, width: w, height });
  const gate = (y: number) => box(aside, y, 104, 56);
  const [forgetAt, writeAt, showAt, end] = [98, 240, 366, 418];
  const boxes = {
    before: box(onBelt, 42, 60, 30),
    forget: gate(forgetAt),
    kept: box(onBelt, 154, 60, 30),
    input: gate(170),
    written: box(beside, writeAt, 58, 30),
    candidate: gate(writeAt),
    after: box(onBelt, 304, 62, 34),
    squeezed: box(beside, showAt, 58, 30),
    hidden: box(aside, showAt, 104, 36),
    output: gate(436),
  };
  const valveAt = (beside + 29 + aside - 52) / 2;
  const gateSide = aside - 52;
  const perRow = 4;
  const top = 492;
  return {
    height: top + 24 + SOURCES_ROW * Math.ceil(sources / perRow),
    runs: 'down',
    belt: { x: onBelt, y: end / 2, width: 66, height: end },
    boxes,
    valves: {
      forget: { x: onBelt, y: forgetAt, turned: 90 },
      input: { x: valveAt, y: writeAt, turned: 0 },
      output: { x: valveAt, y: showAt, turned: 0 },
    },
    add: { x: onBelt, y: writeAt },
    pipes: { write: `M${aside},${writeAt}H${onBelt}`, show: `M${onBelt},${showAt}H${aside}` },
    controls: {
      forget: `M${gateSide},${forgetAt}H${onBelt + VALVE}`,
      input: `M${gateSide},${boxes.input.y}H${valveAt}V${writeAt - VALVE}`,
      output: `M${gateSide},${boxes.output.y}H${valveAt}V${showAt + VALVE}`,
    },
    rail: '',
    sources: { left: 0, top, perRow, width: width / perRow, rowHeight: SOURCES_ROW },
  };
}
