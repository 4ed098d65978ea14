import type { Kind } from './kind.ts';
import { GOAL, VISIT } from './rules.ts';

/** A click works once the click that it needs has worked; the visit has reached its goal once the order works. */
export function trail(): Kind {
  return {
    name: 'trail',
    whole: 'the visit',
    one: 'click',
    many: 'clicks',
    items: VISIT.map(({ page }) => ({ text: page })),
    scale: {
      name: 'Clicks that work',
      unit: `of ${VISIT.length} clicks`,
      perPlace: 'what comes of the click',
      caption: 'Under each click: what comes of it, by the rules of a made-up shop.',
      worse: 'lower',
      digits: 0,
      from: 0,
      to: VISIT.length,
    },
    notes: [],
    measure(order) {
      const worked = new Set<string>();
      const marks = order.map((item) => {
        const { page, needs } = VISIT[item]!;
        const works = needs === undefined || worked.has(needs);
        if (works) worked.add(page);
        return { label: works ? 'works' : `no ${needs} yet`, value: null, broken: !works };
      });
      return { score: worked.size, marks, goal: worked.has(GOAL) };
    },
    tell: ({ goal }) => [goal ? 'The order is placed.' : 'The order is never placed: its goal is lost.'],
  };
}
