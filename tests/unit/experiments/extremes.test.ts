import { describe, expect, test } from 'vitest';

import { perform } from '#src/experiments/definition.ts';
import { loadDefinition, slugs } from '#src/experiments/index.ts';
import { defaultsOf, isAllowed, writeValue, type Parameter, type Value } from '#src/experiments/parameters.ts';
import { smallestSettings } from '#tests/site/quick-settings.ts';

/** So long a run is let go on, so that one that takes minutes has its beginning tried. */
const MOST_MS = 80;

/** The values at the ends of what a parameter takes. */
function extremesOf(parameter: Parameter): readonly Value[] {
  switch (parameter.kind) {
    case 'number':
      return [parameter.min, parameter.max];
    case 'choice':
      return parameter.options.map(({ value }) => value);
    case 'boolean':
      return [false, true];
    case 'text':
      return ['', 'ä'.repeat(parameter.maxLength)];
    case 'permutation':
      return [parameter.default, parameter.default.toReversed()];
    case 'setting':
      return [parameter.default];
  }
}

describe.for(slugs)('%s', (slug) => {
  test('runs, or begins to, with each parameter at its extremes', { timeout: 300_000 }, async () => {
    const definition = await loadDefinition(slug);
    const base = { ...defaultsOf(definition.parameters), ...smallestSettings(definition) };
    for (const [name, parameter] of Object.entries(definition.parameters)) {
      for (const value of extremesOf(parameter)) {
        const where = `${slug}, ${name} ${writeValue(value)}`;
        expect(isAllowed(parameter, value), where).toBe(true);
        const signal = AbortSignal.timeout(MOST_MS);
        try {
          const { sentence, table } = await perform(definition, { ...base, [name]: value }, 3, { signal });
          expect(sentence, where).not.toMatch(/undefined|NaN|\[object/);
          for (const row of table.rows) expect(row, where).toHaveLength(table.columns.length);
        } catch (error) {
          if (!signal.aborted || (error as Error).name !== 'TimeoutError') throw new Error(where, { cause: error });
        }
      }
    }
  });
});
