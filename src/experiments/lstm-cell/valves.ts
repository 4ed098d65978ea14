/**
 * Valves on the gates of a cell, one for each gate and time step, as a text that fits a link: `f110_i-01` holds the forget gate
 * open at steps 1 and 2 and shut at step 3, and the input gate shut at step 2 and open at step 3; all others are released.
 */
import type { LstmGates } from '#src/recurrent/index.ts';

/** The gates that a valve can hold, in the order in which the belt meets them, as formulas and links call them. */
export const valveLetters = { forget: 'f', input: 'i', output: 'o' } as const;
export type ValveGate = keyof typeof valveLetters;
export const valveGates = Object.keys(valveLetters) as ValveGate[];

/** A released gate follows its weights. */
export type Valve = 'released' | 'shut' | 'open';
export const valveSettings: readonly Valve[] = ['released', 'shut', 'open'];

/** For each gate its valve at each step. */
export type Valves = Record<ValveGate, readonly Valve[]>;

const signs: Record<Valve, string> = { released: '-', shut: '0', open: '1' };

/** What the engine holds a gate at. */
export const pinOf = { released: 'learned', shut: 0, open: 1 } as const satisfies Record<Valve, LstmGates['forget']>;

/** So long is the text where every valve of so many steps is held. */
export const longestValves = (steps: number) => valveGates.length * (steps + 2) - 1;

/** Valves that are all alike, but for those of some gates. */
export function valvesOf(steps: number, make: (gate: ValveGate, step: number) => Valve): Valves {
  const row = (gate: ValveGate) => Array.from({ length: steps }, (_, step) => make(gate, step));
  return { forget: row('forget'), input: row('input'), output: row('output') };
}

/**
 * Reads what {@link writeValves} writes, and whatever says the same in another order.
 * @returns also what of the text could not be used, as it is written there
 */
export function readValves(written: string, steps: number): { valves: Valves; refused: string[] } {
  const settings = new Map<ValveGate, string>();
  const refused: string[] = [];
  for (const entry of written.split('_').filter((entry) => entry !== '')) {
    const gate = valveGates.find((name) => valveLetters[name] === entry[0]);
    const row = entry.slice(1);
    if (gate && !settings.has(gate) && row.length <= steps && /^[-01]+$/.test(row)) settings.set(gate, row);
    else refused.push(entry);
  }
  const valves = valvesOf(steps, (gate, step) => {
    const sign = settings.get(gate)?.[step];
    return valveSettings.find((valve) => signs[valve] === sign) ?? 'released';
  });
  return { valves, refused };
}

/** Gates of which nothing is held are left out, and released valves at the end of a row as well. */
export function writeValves(valves: Valves): string {
  return valveGates
    .map((gate) => valveLetters[gate] + valves[gate].map((valve) => signs[valve]).join(''))
    .map((row) => row.replace(/-+$/, ''))
    .filter((row) => row.length > 1)
    .join('_');
}

/** The valves with that of one gate at one step (from 0) set, or at every step where none is named. */
export function withValve(valves: Valves, gate: ValveGate, valve: Valve, step?: number): Valves {
  return { ...valves, [gate]: valves[gate].map((was, t) => (step === undefined || t === step ? valve : was)) };
}

/** How many are held. */
export function heldIn(valves: Valves): number {
  return valveGates.flatMap((gate) => valves[gate]).filter((valve) => valve !== 'released').length;
}

/** What a click makes of a valve. */
export function nextValve(valve: Valve): Valve {
  return { released: 'open', open: 'shut', shut: 'released' }[valve] as Valve;
}
