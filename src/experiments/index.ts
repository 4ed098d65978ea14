import type { Definition } from './definition.ts';

/** Every experiment by its slug, loaded when it is first asked for. */
export const experiments = {
  bottleneck: async () => (await import('./bottleneck.ts')).default,
  cost: async () => (await import('./cost.ts')).default,
  distractors: async () => (await import('./distractors.ts')).default,
  exploding: async () => (await import('./exploding.ts')).default,
  'fading-memory': async () => (await import('./fading-memory.ts')).default,
  'gate-ablation': async () => (await import('./gate-ablation.ts')).default,
  'gates-at-work': async () => (await import('./gates-at-work.ts')).default,
  'gradient-highway': async () => (await import('./gradient-highway.ts')).default,
  history: async () => (await import('./history.ts')).default,
  'lstm-cell': async () => (await import('./lstm-cell.ts')).default,
  'memory-readout': async () => (await import('./memory-readout.ts')).default,
  'one-way': async () => (await import('./one-way.ts')).default,
  'order-matters': async () => (await import('./order-matters.ts')).default,
  race: async () => (await import('./race.ts')).default,
  'rnn-cell': async () => (await import('./rnn-cell.ts')).default,
  'sequential-cost': async () => (await import('./sequential-cost.ts')).default,
  shuffle: async () => (await import('./shuffle.ts')).default,
  'train-rnn': async () => (await import('./train-rnn.ts')).default,
  unroll: async () => (await import('./unroll.ts')).default,
  'vanishing-gradient': async () => (await import('./vanishing-gradient.ts')).default,
} satisfies Record<string, () => Promise<unknown>>;

export type Slug = keyof typeof experiments;

export const slugs = Object.keys(experiments) as Slug[];

export function isSlug(name: string): name is Slug {
  return Object.hasOwn(experiments, name);
}

export async function loadDefinition(slug: Slug): Promise<Definition> {
  return (await experiments[slug]()) as unknown as Definition;
}
