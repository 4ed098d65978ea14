import type { Engine } from '#src/training/engine.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import type { TrainingState } from '#src/training/train.ts';

import type { Form, RunContext } from './definition.ts';

export interface RecipeCheckpoint {
  state: TrainingState;
}

interface Hooks {
  pace: Pace;
  /** Where an earlier training of the same recipe stood. */
  state?: TrainingState;
  onUpdate(updates: number, state: () => TrainingState): void;
}

/** Trains what a recipe says. */
export type Follow<Recipe, Network> = (engine: Engine, recipe: Recipe, hooks: Hooks) => Promise<Network>;

/** Networks that were trained before, by their recipes: a change by hand must not wait for the same training again. */
const remembered = new Map<string, { network: unknown; form: Form }>();
const MOST_REMEMBERED = 50;
const REPORT_EVERY = 20;

/**
 * The network that a recipe gives.
 * @param recipe plain data that says all, and is told by it from every other
 * @param loadFollow loads what trains it, and with it TensorFlow.js: called where one is to be trained, and only there
 */
export async function trainedByRecipe<Recipe extends { updates: number }, Network, Result>(
  recipe: Recipe,
  loadFollow: () => Promise<Follow<Recipe, Network>>,
  { signal, checkpoint, form, onForm, onProgress }: RunContext<Result, RecipeCheckpoint>,
): Promise<Network> {
  const key = JSON.stringify([recipe, form]);
  let known = remembered.get(key);
  if (!known) {
    const { loadEngine } = await import('#src/training/engine.ts');
    const follow = await loadFollow();
    const engine = await loadEngine(form);
    const network = await follow(engine, recipe, {
      pace: createPace(signal),
      state: checkpoint?.state,
      onUpdate(done, copy) {
        if (done === 0 || done % REPORT_EVERY) return;
        onProgress({ done, total: recipe.updates, unit: 'updates', checkpoint: { state: copy() } });
      },
    });
    known = { network, form: engine.kernels.form };
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, known);
  }
  onForm?.(known.form);
  return known.network as Network;
}
