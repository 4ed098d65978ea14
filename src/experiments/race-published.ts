import type { TaskName } from './race-trials.ts';

/** A result of the literature, and in what the race differs from it. */
export interface Published {
  /** Who, when and what, to be followed by what they found. */
  work: string;
  found: string;
  /** Sequences that their LSTM had seen when the task was solved. */
  sequences: number;
  /** What is different here, each the end of a list. */
  differs: readonly string[];
}

const EVERYWHERE = [
  'Theirs has no forget gate, which was invented three years later; ours has one, and its start is yours to choose.',
  'They learn from one sequence at a time by plain gradient steps; here an update looks at 16 sequences, and Adam takes the step.',
] as const;

const WORK = 'Hochreiter and Schmidhuber (1997), who introduced the LSTM';

export const published: Record<TaskName, Published> = {
  recall: {
    work: `${WORK}, “noise-free” sequences with a lag of 100 steps`,
    found: 'backpropagation through time solved it in none of its trials, the LSTM in all of them',
    sequences: 5040,
    differs: [
      'They recall one of two symbols, and always the same symbols stand between, in the same order; here it is one of eight, and eight others come in between at random.',
      'They ask for the next symbol at every step; here only the last step counts.',
      ...EVERYWHERE,
    ],
  },
  adding: {
    work: `${WORK}, the adding problem at 100 steps`,
    found: 'the LSTM got all but 1 of 2,560 new sequences right',
    sequences: 74_000,
    differs: [
      'Their numbers lie between −1 and 1, both marked ones in the first half; here they lie between 0 and 1, one in each half (as Arjovsky and others set it in 2016).',
      'A sequence of theirs is right if its error is below 0.04 on a scaled sum; here the mean square error of the sum has to fall to 0.01.',
      'Their network has 93 weights, and others have failed to repeat their 74,000.',
      ...EVERYWHERE,
    ],
  },
  order: {
    work: `${WORK}, temporal order with two symbols at 100 to 110 steps`,
    found: 'the LSTM learned to tell all four orders apart',
    sequences: 31_390,
    differs: [
      'Here all sequences have one length, and the places of the two symbols are scaled with it.',
      ...EVERYWHERE,
    ],
  },
};
