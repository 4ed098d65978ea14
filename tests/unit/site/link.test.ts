import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cardOf, seedParameter, type Card } from '#src/experiments/definition.ts';
import { loadDefinition, slugs } from '#src/experiments/index.ts';
import {
  allowed,
  boolean,
  choice,
  defaultsOf,
  number,
  permutation,
  text,
  writeValue,
  type Schema,
  type Values,
} from '#src/experiments/parameters.ts';
import { readLink, writeLink } from '#src/site/link.ts';
import { cardWithState, hostileText, takes } from '#tests/unit/experiments/arbitraries.ts';

const words = { label: 'Label', help: 'Help.' };
const card: Card = {
  slug: 'demo',
  title: 'Demo',
  question: 'Does it work?',
  live: true,
  parameters: {
    length: number({ ...words, min: 2, max: 500, step: 1, default: 60 }),
    scale: number({ ...words, min: 0.1, max: 3, step: 0.05, default: 1 }),
    kind: choice({
      ...words,
      options: [
        { value: 'tanh', label: 'tanh' },
        { value: 'relu', label: 'ReLU' },
      ],
      default: 'tanh',
    }),
    mixed: boolean({ ...words, default: false }),
    words: text({ ...words, maxLength: 12, default: 'dog & cat' }),
    order: permutation({ ...words, default: [0, 1, 2] }),
  },
};
const defaults: Values = defaultsOf(card.parameters);
const seed = seedParameter.default;

describe('a state that is written into a link', () => {
  test('is read out of it again, whatever it is', () => {
    fc.assert(
      fc.property(cardWithState, fc.boolean(), ({ card, params, seed }, seedGiven) => {
        const read = readLink(writeLink('', card, params, seed, seedGiven), card);
        expect(read.notes).toEqual([]);
        expect({ params: read.params, seed: read.seed }).toEqual({ params, seed });
        expect(read.seedGiven).toBe(seedGiven || seed !== seedParameter.default);
      }),
      { numRuns: 1000 },
    );
  });

  test('stands beside what else is in the address, and leaves that as it means', () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(cardWithState, pairs, ({ card, params, seed }, pairs) => {
        const others = pairs.filter(([key]) => !key.startsWith(`${card.slug}.`));
        const before = new URLSearchParams(others).toString();
        const written = writeLink(`?${before}`, card, params, seed, true);
        const kept = [...new URLSearchParams(written)].filter(([key]) => !key.startsWith(`${card.slug}.`));
        expect(kept).toEqual([...new URLSearchParams(before)]);
        expect(readLink(written, card)).toMatchObject({ params, seed, notes: [] });
      }),
    );
  });

  test('takes the place of the one that the link had before', () => {
    fc.assert(
      fc.property(cardWithState, ({ card, params, seed }) => {
        const once = writeLink('?page=2', card, params, seed, true);
        expect(writeLink(once, card, params, seed, true)).toBe(once);
        expect(writeLink(once, card, defaultsOf(card.parameters), seedParameter.default, false)).toBe('?page=2');
      }),
    );
  });

  test('says only what differs from the defaults', () => {
    fc.assert(
      fc.property(cardWithState, ({ card, params, seed }) => {
        const named = [...new URLSearchParams(writeLink('', card, params, seed, false)).keys()];
        const different = Object.entries(card.parameters)
          .filter(([name, parameter]) => writeValue(params[name]!) !== writeValue(parameter.default))
          .map(([name]) => `${card.slug}.${name}`);
        if (seed !== seedParameter.default) different.push(`${card.slug}.seed`);
        expect(named).toEqual(different);
      }),
    );
  });

  test('is empty at the defaults, and has no question mark left over', () => {
    expect(writeLink('', card, defaults, seed, false)).toBe('');
    expect(writeLink('?demo.length=7', card, defaults, seed, false)).toBe('');
  });

  test('keeps the seed once it was given, even the default one', () => {
    expect(writeLink('', card, defaults, seed, true)).toBe('?demo.seed=1');
    expect(readLink('?demo.seed=1', card)).toMatchObject({ seed: 1, seedGiven: true, notes: [] });
    expect(readLink('', card).seedGiven).toBe(false);
  });

  test('reads as a person would write it', async () => {
    const definition = cardOf(await loadDefinition('vanishing-gradient'));
    const search = '?vanishing-gradient.length=200&vanishing-gradient.seed=7';
    const { params, seed, seedGiven, notes } = readLink(search, definition);
    expect({ ...params, seed }).toEqual({ ...defaultsOf(definition.parameters), length: 200, seed: 7 });
    expect(notes).toEqual([]);
    expect(writeLink('', definition, params, seed, seedGiven)).toBe(search);
  });

  test('does not take over what belongs to another experiment', () => {
    const search = '?demo-2.length=9&demo=1&length=9&DEMO.length=9';
    expect(readLink(search, card)).toEqual({ params: defaults, seed, seedGiven: false, notes: [] });
    expect(writeLink(search, card, defaults, seed, false)).toBe(search);
  });
});

describe('a value that cannot be used', () => {
  test.for([
    ['is out of range', 'demo.length=501', 'length', '501'],
    ['is huge', 'demo.length=1e308', 'length', '1e308'],
    ['is more than a number can hold', 'demo.length=1e999', 'length', '1e999'],
    ['is below the range', 'demo.scale=0.05', 'scale', '0.05'],
    ['lies between two steps', 'demo.scale=0.12', 'scale', '0.12'],
    ['is no whole number', 'demo.length=60.5', 'length', '60.5'],
    ['is no number', 'demo.length=long', 'length', 'long'],
    ['is NaN', 'demo.length=NaN', 'length', 'NaN'],
    ['is empty', 'demo.length=', 'length', ''],
    ['is left out', 'demo.length', 'length', ''],
    ['is no option', 'demo.kind=sigmoid', 'kind', 'sigmoid'],
    ['is no boolean', 'demo.mixed=1', 'mixed', '1'],
    ['is no order', 'demo.order=0-0-1', 'order', '0-0-1'],
    ['is too long', 'demo.words=1234567890123', 'words', '1234567890123'],
    ['is no seed', 'demo.seed=-1', 'seed', '-1'],
    ['is a seed that is too large', 'demo.seed=1000000000', 'seed', '1000000000'],
  ] as const)('because it %s gives way to the default, with a note that says so', ([, query, name, written]) => {
    const { params, seed: read, seedGiven, notes } = readLink(`?${query}`, card);
    expect({ params, read, seedGiven }).toEqual({ params: defaults, read: seed, seedGiven: false });
    const parameter = ({ ...card.parameters, seed: seedParameter } as Schema)[name]!;
    expect(notes).toEqual([
      `The link asks for ${name} “${written}”; allowed is ${allowed(parameter)}. The default, ${writeValue(parameter.default)}, is used.`,
    ]);
  });

  test('because it is named twice gives way to the default, even where both say the same', () => {
    for (const search of ['?demo.length=7&demo.length=8', '?demo.length=7&demo.length=7&x=1']) {
      const { params, notes } = readLink(search, card);
      expect(params).toEqual(defaults);
      expect(notes).toEqual(['The link names length 2 times. The default, 60, is used.']);
    }
  });

  test('does not take the others with it', () => {
    const { params, seed, notes } = readLink('?demo.length=x&demo.scale=1.5&demo.kind=relu&demo.seed=7', card);
    expect(params).toEqual({ ...defaults, scale: 1.5, kind: 'relu' });
    expect(seed).toBe(7);
    expect(notes).toHaveLength(1);
  });

  test('stays out of the link from then on', () => {
    const search = '?demo.length=x&demo.unknown=1&demo.scale=1.5';
    const { params, seed, seedGiven } = readLink(search, card);
    expect(writeLink(search, card, params, seed, seedGiven)).toBe('?demo.scale=1.5');
  });
});

describe('a name that is none', () => {
  test('is left out, with one note each', () => {
    const { params, notes } = readLink('?demo.size=1&demo.size=2&demo.=3&demo.Length=4', card);
    expect(params).toEqual(defaults);
    expect(notes).toEqual([
      '“size” is no parameter of this experiment and was left out.',
      '“” is no parameter of this experiment and was left out.',
      '“Length” is no parameter of this experiment and was left out.',
    ]);
  });

  test.for(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'may be %s and does no harm',
    (name) => {
      const { params, notes } = readLink(`?demo.${name}=1&demo.length=7`, card);
      expect(params).toEqual({ ...defaults, length: 7 });
      expect(Object.getPrototypeOf(params)).toBe(Object.prototype);
      expect(Object.hasOwn(params as object, name)).toBe(false);
      expect(({} as Record<string, unknown>)['length']).toBeUndefined();
      expect(notes).toEqual([`“${name}” is no parameter of this experiment and was left out.`]);
      expect(writeLink(`?demo.${name}=1`, card, params, seed, false)).toBe('?demo.length=7');
    },
  );
});

describe('a hostile link', async () => {
  const cards = [card, ...(await Promise.all(slugs.map(async (slug) => cardOf(await loadDefinition(slug)))))];

  /** What might stand in the address of an experiment. */
  const searchOf = ({ slug, parameters }: Card) => {
    const names = fc.oneof(
      fc.constantFrom(...Object.keys(parameters), 'seed', '__proto__', 'constructor', '', 'x'),
      hostileText,
    );
    const query = fc.array(fc.tuple(names, hostileText), { maxLength: 8 }).map((pairs) => {
      const named = pairs.map(([name, value]): [string, string] => [`${slug}.${name}`, value]);
      return `?${new URLSearchParams(named)}`;
    });
    const first = Object.keys(parameters)[0];
    return fc.oneof(
      query,
      hostileText,
      hostileText.map((text) => `?${slug}.${first}=${text}`),
    );
  };
  const search = searchOf(card);
  const anyCard = fc
    .constantFrom(...cards)
    .chain((card) => fc.record({ card: fc.constant(card), search: searchOf(card) }));

  test('never throws, and always gives values that are allowed', () => {
    fc.assert(
      fc.property(anyCard, ({ card, search }) => {
        const read = readLink(search, card);
        expect(Object.keys(read.params as object)).toEqual(Object.keys(card.parameters));
        for (const [name, parameter] of Object.entries(card.parameters)) {
          const value = (read.params as Record<string, unknown>)[name];
          expect(takes(parameter, value), `${name}: ${String(value)}`).toBe(true);
        }
        expect(takes(seedParameter, read.seed), `seed: ${read.seed}`).toBe(true);
        const written = writeLink(search, card, read.params, read.seed, read.seedGiven);
        expect(readLink(written, card)).toEqual({ ...read, notes: [] });
      }),
      { numRuns: 10_000 },
    );
  });

  test('is told of in notes that are short and plain', () => {
    const longestFact = Math.max(...Object.values(card.parameters).map((parameter) => allowed(parameter).length));
    fc.assert(
      fc.property(search, (search) => {
        for (const note of readLink(search, card).notes) {
          expect(note.length).toBeLessThan(longestFact + 200);
          expect(note, 'no control characters, and no halves of characters').not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}/u);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('has characters beyond the basic plane, and the note shows them whole', () => {
    const [note] = readLink(`?demo.length=a${'😀'.repeat(40)}`, card).notes;
    expect(note!.isWellFormed()).toBe(true);
    expect(note).toContain('😀');
  });

  test('of a megabyte gives short notes', () => {
    const { notes } = readLink(`?demo.length=${'9'.repeat(1e6)}&demo.${'y'.repeat(1e6)}=1`, card);
    expect(notes).toHaveLength(2);
    for (const note of notes) expect(note.length).toBeLessThan(200);
  });
});

describe('the engine', () => {
  test('is named by the link for the whole page, and stays in it', () => {
    const { form, params, notes } = readLink('?engine=typescript&demo.length=7', card);
    expect({ form, notes }).toEqual({ form: 'typescript', notes: [] });
    expect(writeLink('?engine=typescript', card, params, seed, false)).toBe('?engine=typescript&demo.length=7');
    expect(readLink('', card).form).toBeUndefined();
  });

  test.for(['?engine=gpu', '?engine=', '?engine=typescript&engine=simd128', '?engine=constructor'])(
    'in %s is none, with a note that says so',
    (search) => {
      const { form, notes } = readLink(search, card);
      expect(form).toBeUndefined();
      expect(notes).toEqual([expect.stringContaining('engine')]);
    },
  );
});
