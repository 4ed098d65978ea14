import { describe, expect, test } from 'vitest';

import { cardOf, define, perform, shownPart, type Definition, type RunContext } from '#src/experiments/definition.ts';
import { isAllowed, number } from '#src/experiments/parameters.ts';
import { isSlug, loadDefinition, slugs } from '#src/experiments/index.ts';

describe('the list of experiments', () => {
  test('knows its own slugs and no others', () => {
    expect(slugs.length).toBeGreaterThan(0);
    for (const slug of slugs) expect(isSlug(slug)).toBe(true);
    for (const name of ['', 'constructor', '__proto__', 'toString', 'Vanishing-gradient'])
      expect(isSlug(name)).toBe(false);
  });

  test.for(slugs)('has under %s the definition of that name, with words for the page', async (slug) => {
    const definition = await loadDefinition(slug);
    expect(definition.slug).toBe(slug);
    expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(definition.title.trim()).not.toBe('');
    expect(definition.question).toMatch(/^[A-Z].*\?$/);
    const card = cardOf(definition);
    expect(JSON.parse(JSON.stringify(card))).toEqual(card);
  });

  test.for(slugs)('has for %s presets that its parameters take, each under a name of its own', async (slug) => {
    const { parameters, presets = [] } = await loadDefinition(slug);
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
    for (const { name, help, values } of presets) {
      expect(name.trim()).not.toBe('');
      expect(help).toMatch(/\.$/);
      expect(Object.keys(values).length).toBeGreaterThan(0);
      for (const [parameter, value] of Object.entries(values)) {
        expect(isAllowed(parameters[parameter]!, value), `${name}: ${parameter}`).toBe(true);
      }
    }
  });
});

const parameters = { times: number({ label: 'Times', help: 'Times.', min: 0, max: 9, step: 1, default: 3 }) };

function fake(run: (params: { times: number }, context: RunContext<number, string>) => Promise<number>): Definition {
  return define<typeof parameters, number, string>({
    slug: 'demo',
    title: 'Demo',
    question: 'Demo?',
    live: true,
    parameters,
    run,
    part: async (_, index) => 10 ** index,
    tell: (result, { times }) => `${result} times ${times}`,
    table: (result) => ({ columns: ['result'], rows: [[result]] }),
  }) as unknown as Definition;
}
const { signal } = new AbortController();

describe('a run that is performed', () => {
  test('puts its result into the words and the table of its definition', async () => {
    const outcome = await perform(
      fake(async () => 5),
      { times: 3 },
      7,
      { signal },
    );
    expect(outcome).toEqual({
      params: { times: 3 },
      seed: 7,
      result: 5,
      sentence: '5 times 3',
      table: { columns: ['result'], rows: [[5]] },
    });
  });

  test('says which form of the kernels ran, where one did', async () => {
    const definition = fake(async (_, { form, onForm }) => {
      onForm?.(form ?? 'simd128');
      return 5;
    });
    expect((await perform(definition, { times: 3 }, 7, { signal, form: 'typescript' })).form).toBe('typescript');
    expect((await perform(definition, { times: 3 }, 7, { signal })).form).toBe('simd128');
  });

  test('tells its progress, and puts a part of the result into words when it is asked to', async () => {
    const definition = fake(async (_, { onProgress, checkpoint }) => {
      onProgress({ done: 1, total: 2, unit: 'halves' });
      onProgress({ done: 2, total: 2, unit: 'halves', partial: () => 4, checkpoint: `${checkpoint}!` });
      return 5;
    });
    const told: unknown[] = [];
    await perform(definition, { times: 3 }, 7, {
      signal,
      checkpoint: 'here',
      onProgress: (progress, outcome) => told.push(progress, outcome()?.sentence),
    });
    expect(told).toEqual([
      { done: 1, total: 2, unit: 'halves' },
      undefined,
      { done: 2, total: 2, unit: 'halves', checkpoint: 'here!' },
      '4 times 3',
    ]);
  });

  test('runs its parts here, one after the other, or elsewhere, all at once, with the same result', async () => {
    const definition = fake(async (_, { runParts }) => {
      let sum = 0;
      await runParts<number>([0, 1, 2], (_, part) => (sum += part));
      return sum;
    });
    const asked: number[] = [];
    const runPart = async (index: number) => {
      asked.push(index);
      return 10 ** index;
    };
    expect((await perform(definition, { times: 3 }, 7, { signal })).result).toBe(111);
    expect((await perform(definition, { times: 3 }, 7, { signal, runPart })).result).toBe(111);
    expect(asked).toEqual([0, 1, 2]);
  });

  test('rejects as the run does', async () => {
    const reason = new Error('Stopped.');
    const definition = fake(async (_, { signal }) => {
      signal.throwIfAborted();
      return 5;
    });
    const { signal } = { signal: AbortSignal.abort(reason) };
    await expect(perform(definition, { times: 3 }, 7, { signal })).rejects.toBe(reason);
  });

  test('is recorded with particulars that the page does not get', async () => {
    const outcome = await perform(
      fake(async () => 5),
      { times: 3 },
      7,
      { signal },
    );
    expect(shownPart({ ...outcome, slug: 'demo', versions: {} } as typeof outcome)).toEqual(outcome);
  });
});
