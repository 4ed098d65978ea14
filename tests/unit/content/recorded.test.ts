import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { perform, seedParameter, shownPart, type Outcome } from '#src/experiments/definition.ts';
import { loadDefinition, slugs } from '#src/experiments/index.ts';
import { defaultsOf } from '#src/experiments/parameters.ts';
import packageFile from '#package' with { type: 'json' };

type Recording = Outcome & { slug: string; versions: Record<string, string> };

const folder = new URL('../../../content/recorded/', import.meta.url);

/** The same value with the word 'number' in the place of each number. */
function shapeOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'number' ? 'number' : part)));
}

test('there is one recording for each experiment, and none for what is no experiment', () => {
  const recordings = readdirSync(folder).filter((name) => name !== 'effects.json');
  expect(recordings.sort()).toEqual(slugs.map((slug) => `${slug}.json`).sort());
});

describe.for(slugs)('the recording of %s', (slug) => {
  const recording = JSON.parse(readFileSync(new URL(`${slug}.json`, folder), 'utf8')) as Recording;

  test('was made with the present defaults, the default seed and the present versions', async () => {
    const definition = await loadDefinition(slug);
    expect(recording.slug).toBe(slug);
    expect(recording.params).toEqual(defaultsOf(definition.parameters));
    expect(recording.seed).toBe(seedParameter.default);
    expect(recording.versions).toEqual({
      unrolled: packageFile.version,
      tensorflow: packageFile.devDependencies['@tensorflow/tfjs-core'],
    });
  });

  test('says in its sentence and its table what its numbers say', async () => {
    const definition = await loadDefinition(slug);
    expect(recording.sentence).toBe(definition.tell(recording.result, recording.params));
    expect(recording.table).toEqual(definition.table(recording.result, recording.params));
  });

  // Of measured times it is only said that they are there: the claims about them are held in tests/effects.
  // No tolerance: the kernels' WebAssembly has an order of operations of its own, and so have their exp and tanh, and
  // everything else is + - * / and the square root, which every machine rounds alike.
  test('is what a run gives today, to the last digit', async () => {
    const { params, seed, form } = recording;
    const definition = await loadDefinition(slug);
    const outcome = await perform(definition, params, seed, { signal: new AbortController().signal, form });
    const today = JSON.parse(JSON.stringify(outcome)) as Outcome;
    if (definition.untimed) {
      expect(definition.untimed(today.result)).toEqual(definition.untimed(recording.result));
      expect(shapeOf(today.result)).toEqual(shapeOf(recording.result));
      expect(today.table.columns).toEqual(recording.table.columns);
      expect(today.table.rows).toHaveLength(recording.table.rows.length);
    } else {
      expect(today).toEqual(shownPart(recording));
    }
  });
});
