import { perform, seedParameter, shownPart, type Definition, type Outcome } from '#src/experiments/definition.ts';
import { loadDefinition, type Slug } from '#src/experiments/index.ts';
import { defaultsOf, isAllowed, sameValue, writeValue, type Value } from '#src/experiments/parameters.ts';
import { recordedRun } from '#src/site/recorded.ts';

import { quickSettings } from './quick-settings.ts';

/** What a run with settings that take a moment gives. */
export interface Expected {
  definition: Definition;
  outcome: Outcome;
}

/** At the defaults it is the recorded run; with other settings it is computed here. */
export async function expectedOf(slug: Slug): Promise<Expected> {
  const definition = await loadDefinition(slug);
  const settings = quickSettings(definition);
  for (const [name, value] of Object.entries(settings)) {
    if (!isAllowed(definition.parameters[name]!, value)) throw new Error(`${name} does not take ${writeValue(value)}`);
  }
  const params = { ...defaultsOf(definition.parameters), ...settings };
  const { signal } = new AbortController();
  const outcome =
    Object.keys(settings).length > 0
      ? await perform(definition, params, seedParameter.default, { signal })
      : shownPart(await recordedRun(slug));
  return { definition, outcome };
}

/** The query that opens an experiment with these parameters. */
export function queryOf(definition: Definition, params: Record<string, Value>): Record<string, string> {
  const { slug, parameters } = definition;
  const given = Object.entries(parameters).filter(([name, { default: usual }]) => !sameValue(params[name]!, usual));
  return Object.fromEntries(given.map(([name]) => [`${slug}.${name}`, writeValue(params[name]!)]));
}
