import { withSign, type Kind } from './kind.ts';
import type { Order } from './order.ts';

/** A tune of eight bars in four, written for this site: pitches by name, and beats. */
const TUNE: readonly [string, number][] = [
  ['G4', 1],
  ['A4', 1],
  ['B4', 2],
  ['D5', 2],
  ['B4', 2],
  ['C5', 1],
  ['B4', 1],
  ['A4', 2],
  ['D4', 4],
  ['G4', 1],
  ['A4', 1],
  ['B4', 2],
  ['E5', 2],
  ['D5', 2],
  ['C5', 1],
  ['A4', 1],
  ['F♯4', 2],
  ['G4', 4],
];

const STEPS: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** The MIDI number of a note: 60 is the C in the middle of a piano, and each semitone counts one. */
function pitchOf(name: string): number {
  return 12 * (Number(name.at(-1)) + 1) + STEPS[name[0]!]! + (name.includes('♯') ? 1 : 0);
}

const pitches = TUNE.map(([name]) => pitchOf(name));

/** The steps from note to note, in semitones. */
export function intervalsOf(order: Order): number[] {
  return order.slice(1).map((item, i) => pitches[item]! - pitches[order[i]!]!);
}

const original = intervalsOf([...pitches.keys()]);

/** A tune is the pattern of its steps: it is the same tune higher or lower, but not with its notes in another order. */
export function melody(): Kind {
  return {
    name: 'melody',
    whole: 'the tune',
    one: 'note',
    many: 'notes',
    items: TUNE.map(([name, beats]) => {
      const detail = beats === 1 ? '1 beat' : `${beats} beats`;
      return { text: name, detail, said: `${name}, ${detail}`, numbers: [pitchOf(name), beats] };
    }),
    scale: {
      name: 'Intervals in their place',
      unit: `of ${original.length} intervals`,
      perPlace: 'interval from the note before (semitones)',
      caption: 'Under each note: the step from the note before, in semitones. ✗ marks a step that is not the tune’s.',
      worse: 'lower',
      digits: 0,
      from: 0,
      to: original.length,
    },
    notes: [],
    measure(order) {
      const intervals = intervalsOf(order);
      const kept = intervals.map((interval, i) => interval === original[i]);
      return {
        score: kept.filter(Boolean).length,
        marks: [
          { label: '', value: null, broken: false },
          ...intervals.map((interval, i) => ({ label: withSign(interval, 0), value: interval, broken: !kept[i] })),
        ],
      };
    },
    tell: ({ score }) =>
      score === original.length
        ? ['Every step from note to note is the one of the tune.']
        : ['Play it: with its steps, the tune is gone.'],
  };
}
