/**
 * Experiments that train many models: each of several settings (a length, a kind of cell, both) in several runs that differ
 * only in their seeds, so that what is told is a rate and not one lucky run. A run of a setting is a part of the experiment:
 * the pool runs them side by side, all settings once, then all settings again, and so on; a stopped experiment goes on with those
 * that are missing.
 */
import { seedOfRun } from '#src/sequences/random.ts';
import { loadEngine, type Engine } from '#src/training/engine.ts';
import { createPace, type Pace } from '#src/training/pace.ts';
import type { Trial } from '#src/training/trials.ts';

import type { Definition } from './definition.ts';
import type { Schema, Values } from './parameters.ts';
import type { Tried, TrialsResult } from './rates.ts';

export interface TrialPlan<Params, Setting, T extends Trial> {
  /** What is tried, plain data, the quickest first. */
  settings(params: Params): readonly Setting[];
  runs(params: Params): number;
  /** How long a run of a setting takes if it is not solved, in any unit. */
  cost(setting: Setting, params: Params): number;
  /** One run of one setting: deterministic in its params, setting and seed. */
  tryOnce(
    setting: Setting,
    params: Params,
    context: { engine: Engine; seed: number; run: number; pace: Pace },
  ): Promise<T>;
}

/** `run` and `part` of an experiment of such trials. What was finished when it was stopped is its checkpoint. */
export function runTrials<S extends Schema, Setting, T extends Trial = Trial>(
  plan: TrialPlan<Values<S>, Setting, T>,
): Required<Pick<Definition<S, TrialsResult<Setting, T>, TrialsResult<Setting, T>>, 'run' | 'part'>> {
  return {
    async run(params, { onProgress, checkpoint, form, onForm, runParts }) {
      onForm?.((await loadEngine(form)).kernels.form);
      const settings = plan.settings(params);
      const costs = settings.map((setting) => plan.cost(setting, params));
      const total = settings.length * plan.runs(params);
      const all = costs.reduce((sum, cost) => sum + cost, 0) * plan.runs(params);
      const series = settings.map((setting, i) => ({ setting, runs: [...(checkpoint?.series[i]?.runs ?? [])] }));
      const copy = () => ({ series: series.map(({ setting, runs }) => ({ setting, runs: [...runs] })) });
      const isDone = (index: number) =>
        series[index % settings.length]!.runs.some(({ run }) => run === 1 + Math.floor(index / settings.length));

      const missing = Array.from({ length: total }, (_, index) => index).filter((index) => !isDone(index));
      await runParts<Tried<T>>(missing, (index, trial) => {
        const { runs } = series[index % settings.length]!;
        runs.push(trial);
        runs.sort((a, b) => a.run - b.run);
        const paid = series.reduce((sum, { runs }, i) => sum + runs.length * costs[i]!, 0);
        const done = series.reduce((sum, { runs }) => sum + runs.length, 0);
        onProgress({ done, total, unit: 'trainings', share: paid / all, partial: copy, checkpoint: copy() });
      });
      return { series };
    },

    async part(params, index, { seed, signal, form, onForm }) {
      const engine = await loadEngine(form);
      onForm?.(engine.kernels.form);
      const settings = plan.settings(params);
      const run = Math.floor(index / settings.length);
      const context = { engine, seed: seedOfRun(seed, run), run: run + 1, pace: createPace(signal) };
      const trial = await plan.tryOnce(settings[index % settings.length]!, params, context);
      return { ...trial, run: run + 1 };
    },
  };
}
