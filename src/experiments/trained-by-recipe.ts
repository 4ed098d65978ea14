import { createPace } from '#src/training/pace.ts';
import type { SmallNetwork, SmallRecipe } from '#src/training/small-recipe.ts';
import type { TrainingState } from '#src/training/train.ts';

import type { Form, RunContext } from './definition.ts';

export interface RecipeCheckpoint {
  state: TrainingState;
}

/** Networks that were trained before, by their recipes: a change by hand must not wait for the same training again. */
const remembered = new Map<string, { network: SmallNetwork; form: Form }>();
const MOST_REMEMBERED = 50;
const REPORT_EVERY = 20;

/** The network that a recipe gives. TensorFlow.js is loaded where one is to be trained, and only there. */
export async function trainedByRecipe<Result>(
  recipe: SmallRecipe,
  { signal, checkpoint, form, onForm, onProgress }: RunContext<Result, RecipeCheckpoint>,
): Promise<SmallNetwork> {
  const key = JSON.stringify([recipe, form]);
  let known = remembered.get(key);
  if (!known) {
    const { loadEngine } = await import('#src/training/engine.ts');
    const { followRecipe } = await import('#src/training/small-recipe.ts');
    const engine = await loadEngine(form);
    const network = await followRecipe(engine, recipe, {
      pace: createPace(signal),
      state: checkpoint?.state,
      onUpdate(done, copy) {
        if (done % REPORT_EVERY) return;
        onProgress({ done, total: recipe.updates, unit: 'updates', checkpoint: { state: copy() } });
      },
    });
    known = { network, form: engine.kernels.form };
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, known);
  }
  onForm?.(known.form);
  return known.network;
}
