import { describe, expect, test } from 'vitest';

import { cardOf, outcomeOf, shownPart } from '#src/experiments/definition.ts';
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
});

test('an outcome puts a result into the words and the table of its definition', () => {
  const words = {
    tell: (result: number, params: { times: number }) => `${result} times ${params.times}`,
    table: (result: number) => ({ columns: ['result'], rows: [[result]] }),
  };
  const outcome = outcomeOf(words as never, { times: 3 }, 7, 5);
  expect(outcome).toEqual({
    params: { times: 3 },
    seed: 7,
    result: 5,
    sentence: '5 times 3',
    table: { columns: ['result'], rows: [[5]] },
  });
  expect(shownPart({ ...outcome, slug: 'demo', versions: {} } as typeof outcome)).toEqual(outcome);
});
