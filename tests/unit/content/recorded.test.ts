import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { perform, seedParameter, shownPart, type Outcome } from '#src/experiments/definition.ts';
import { loadDefinition, slugs } from '#src/experiments/index.ts';
import { defaultsOf } from '#src/experiments/parameters.ts';
import packageFile from '#package' with { type: 'json' };

type Recording = Outcome & { slug: string; versions: Record<string, string> };

const folder = new URL('../../../content/recorded/', import.meta.url);

test('there is one recording for each experiment, and none for what is no experiment', () => {
  expect(readdirSync(folder).sort()).toEqual(slugs.map((slug) => `${slug}.json`).sort());
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

  // No tolerance: the kernels' WebAssembly has an order of operations of its own, and so have their exp and tanh, and
  // everything else is + - * / and the square root, which every machine rounds alike.
  test('is what a run gives today, to the last digit', async () => {
    const { params, seed, form } = recording;
    const outcome = await perform(await loadDefinition(slug), params, seed, {
      signal: new AbortController().signal,
      form,
    });
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(shownPart(recording));
  });
});
