import { LATCHED, NOTE_BLIND } from '#src/sequences/streams.ts';

import { byShareRight, bySquareError, type Judged, type TrialsResult } from './rates.ts';

/** What is removed from the LSTM and what it is tried on, for the picture, too: plain data, without a model. */

export const variants = ['full', 'noForget', 'noInput', 'noOutput', 'coupled', 'noOutputActivation'] as const;
export type Variant = (typeof variants)[number];

/** To follow "the LSTM". */
export const variantNames: Record<Variant, string> = {
  full: 'whole',
  noForget: 'without forget gate',
  noInput: 'without input gate',
  noOutput: 'without output gate',
  coupled: 'with one gate for both, i = 1 − f',
  noOutputActivation: 'without output activation',
};

export interface Course {
  /** To follow "solves". */
  name: string;
  /** What is asked, in a few words. */
  asks: string;
  /** The score at which it counts as solved: a share of right answers, or a mean square error. */
  solvedAt: number;
  /** The score of whoever knows the task and has not read, and how it is had. */
  blind: number;
  blindly: string;
  judged: Judged;
}

export const courses = {
  parity: {
    name: 'parity',
    asks: 'an even or odd number of ticks since the last reset?',
    solvedAt: 0.99,
    blind: 0.5,
    blindly: 'what guessing gets',
    judged: byShareRight,
  },
  latch: {
    name: 'the latch',
    asks: 'which symbol came with the last mark?',
    solvedAt: 0.99,
    blind: 1 / LATCHED,
    blindly: 'what guessing gets',
    judged: byShareRight,
  },
  note: {
    name: 'note and show',
    asks: 'the number noted last, when asked, and 0 else',
    solvedAt: NOTE_BLIND / 10,
    blind: NOTE_BLIND,
    blindly: 'what always answering 0 gets',
    judged: bySquareError,
  },
} as const satisfies Record<string, Course>;

export type CourseName = keyof typeof courses;
export const courseNames = Object.keys(courses) as CourseName[];

export interface AblationSetting {
  course: CourseName;
  variant: Variant;
}

export type AblationResult = TrialsResult<AblationSetting>;

/** The finished runs of one variant on one task. */
export function runsOn({ series }: AblationResult, variant: Variant, course: CourseName) {
  return series.find(({ setting }) => setting.variant === variant && setting.course === course)?.runs ?? [];
}
