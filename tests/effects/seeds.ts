/** The seeds of every effect test: a claim of the text has to hold for each of them, or say for how many. */
export const seeds = Array.from({ length: 20 }, (_, index) => 1001 + index);
