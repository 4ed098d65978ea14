/** The pages of a made-up shop that a visitor clicks, and the page that each can only be reached from, if any. */
export const VISIT: readonly { page: string; needs?: string }[] = [
  { page: 'home' },
  { page: 'search' },
  { page: 'shoes', needs: 'search' },
  { page: 'reviews', needs: 'shoes' },
  { page: 'basket', needs: 'shoes' },
  { page: 'address', needs: 'basket' },
  { page: 'payment', needs: 'address' },
  { page: 'order', needs: 'payment' },
];

export const GOAL = 'order';

/** The rules in words, for the page. */
export const RULES = VISIT.filter(({ needs }) => needs).map(({ page, needs }) => `${page} needs ${needs}`);
