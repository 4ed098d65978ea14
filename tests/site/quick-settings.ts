import type { Definition } from '#src/experiments/definition.ts';
import type { Slug } from '#src/experiments/index.ts';
import type { Value } from '#src/experiments/parameters.ts';

/** Parameters by which a run takes longer, whatever it runs: as little of each as there can be makes one short. */
const WORK = ['updates', 'runs', 'rounds', 'networks', 'models'];

/** What else makes a run short; none where the defaults take a second or two. */
const others: Partial<Record<Slug, Record<string, Value>>> = {
  history: { longest: 3 },
  'order-matters': {},
};

/** Settings with which a run takes about a second; none, which are the defaults, for an experiment that answers live. */
export function quickSettings({ slug, live, parameters }: Definition): Record<string, Value> {
  const listed = others[slug as Slug];
  if (live || listed) return listed ?? {};
  const work = WORK.flatMap((name) => {
    const parameter = parameters[name];
    return parameter?.kind === 'number' ? [[name, parameter.min] as const] : [];
  });
  return Object.fromEntries(work);
}

/** Settings with as little work in them as there can be. */
export function smallestSettings({ parameters }: Definition): Record<string, Value> {
  const numbers = Object.entries(parameters).flatMap(([name, parameter]) =>
    parameter.kind === 'number' && !parameter.forPicture ? [[name, parameter.min] as const] : [],
  );
  return Object.fromEntries(numbers);
}
