import type { GruGates, LstmGates } from './types.ts';

/** A gate's value is offset + scale * sigmoid(z): learned 0 and 1, pinned the constant and 0. */
export interface Pin {
  offset: number;
  scale: number;
}

/** How each gate is made. The input gate's value also has coupling * (forget gate's value). */
export interface LstmPins {
  input: Pin;
  forget: Pin;
  output: Pin;
  coupling: 0 | -1;
  linearOutput: boolean;
}

const pin = (gate: 'learned' | number): Pin =>
  gate === 'learned' ? { offset: 0, scale: 1 } : { offset: gate, scale: 0 };

export function lstmPins(gates: LstmGates = {}): LstmPins {
  const { input = 'learned', forget = 'learned', output = 'learned', outputActivation = 'tanh' } = gates;
  return {
    input: pin(input === 'coupled' ? 1 : input),
    forget: pin(forget),
    output: pin(output),
    coupling: input === 'coupled' ? -1 : 0,
    linearOutput: outputActivation === 'identity',
  };
}

export function gruPins({ update = 'learned', reset = 'learned' }: GruGates = {}): Record<'update' | 'reset', Pin> {
  return { update: pin(update), reset: pin(reset) };
}
