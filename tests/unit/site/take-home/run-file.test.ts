import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cardOf, perform, type Outcome } from '#src/experiments/definition.ts';
import { loadDefinition, slugs } from '#src/experiments/index.ts';
import { boolean, choice, number, permutation, text } from '#src/experiments/parameters.ts';
import { readLink } from '#src/site/link.ts';
import { recordedRun } from '#src/site/recorded.ts';
import {
  fileName,
  runFile,
  runLabel,
  settingsInWords,
  writeRunFile,
  type RunFile,
} from '#src/site/take-home/run-file.ts';
import { cardWithState } from '#tests/unit/experiments/arbitraries.ts';

const page = 'https://example.org/some/where/';
const versions = { unrolled: '1.2.3', tensorflow: '4.22.0' };

test('the address of a run leads to its parameters and its seed, whatever they are', () => {
  fc.assert(
    fc.property(cardWithState, ({ card, params, seed }) => {
      const outcome: Outcome = { params, seed, result: null, sentence: '', table: { columns: [], rows: [] } };
      const { address } = runFile(card, outcome, page, versions);
      expect(address.startsWith(page)).toBe(true);
      const read = readLink(new URL(address).search, card);
      expect({ params: read.params, seed: read.seed, notes: read.notes }).toEqual({ params, seed, notes: [] });
    }),
  );
});

describe.for(slugs)('the recorded run of %s', (slug) => {
  test('comes back out of its file, and out of the address in it, as it was', async () => {
    const card = cardOf(await loadDefinition(slug));
    const recorded = await recordedRun(slug);
    const read = JSON.parse(writeRunFile(runFile(card, recorded, page, versions))) as RunFile;
    expect(read).toMatchObject({ slug, title: card.title, seed: recorded.seed, sentence: recorded.sentence });
    expect(read.result).toEqual(recorded.result);
    expect(read.parameters).toEqual(recorded.params);
    expect(readLink(new URL(read.address).search, card)).toMatchObject({
      params: recorded.params,
      seed: recorded.seed,
    });
    expect(new URL(read.address).hash).toBe(`#${slug}`);
  });
});

test('a run that was not finished says so, a whole one does not', async () => {
  const definition = await loadDefinition('vanishing-gradient');
  const params = { ...(await recordedRun('vanishing-gradient')).params, length: 5, networks: 2 };
  const parts: Outcome[] = [];
  const whole = await perform(definition, params, 1, {
    signal: new AbortController().signal,
    onProgress: (_, outcome) => parts.push(outcome()!),
  });
  expect(runFile(definition, parts[0]!, page, versions).part).toBe(true);
  expect(runFile(definition, whole, page, versions)).not.toHaveProperty('part');
});

test('the label of a run is all of its file but the result', async () => {
  const recorded = await recordedRun('race');
  const run = runFile(cardOf(await loadDefinition('race')), recorded, page, versions);
  expect({ ...runLabel(run), result: run.result }).toEqual(run);
  expect(runLabel(run)).not.toHaveProperty('result');
});

test('a file is named after the experiment, what of it, and the seed', () => {
  const run = { slug: 'race', seed: 7 };
  expect(fileName(run, 'json')).toBe('race-seed-7.json');
  expect(fileName(run, 'png', 'Learning curves: RNN, “GRU”')).toBe('race-learning-curves-rnn-gru-seed-7.png');
  expect(fileName(run, 'svg', '../../..\\<>')).toBe('race-seed-7.svg');
});

test('settings in words have labels and units, and leave out what says nothing', () => {
  const about = { help: 'Help.' };
  const parameters = {
    length: number({ ...about, label: 'Length', unit: 'steps', min: 1, max: 9, step: 1, default: 3 }),
    cell: choice({ ...about, label: 'Cell', options: [{ value: 'lstm', label: 'LSTM' }], default: 'lstm' }),
    sorted: boolean({ ...about, label: 'Sorted', default: false }),
    own: text({ ...about, label: 'Own text', maxLength: 100, default: '' }),
    order: permutation({ ...about, label: 'Order', default: [0, 1, 2] }),
  };
  const params = { length: 4, cell: 'lstm', sorted: true, own: '', order: [0, 1, 2] };
  expect(settingsInWords({ parameters }, params, 5)).toBe('Length: 4 steps · Cell: LSTM · Sorted: yes · Seed: 5');
  const other = { ...params, own: 'x'.repeat(100), order: [2, 1, 0] };
  expect(settingsInWords({ parameters }, other, 5)).toContain(`Own text: ${'x'.repeat(60)}… · Order: 2-1-0 ·`);
});
