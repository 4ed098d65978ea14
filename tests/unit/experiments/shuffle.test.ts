import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { perform, type Definition, type Outcome, type PerformOptions } from '#src/experiments/definition.ts';
import { defaultsOf, type Values } from '#src/experiments/parameters.ts';
import shuffle, { bagOf, isWorse, kindOf, middleOf, shufflesOf, type ShuffleResult } from '#src/experiments/shuffle.ts';
import { sharedPlaces } from '#src/experiments/shuffle/dna.ts';
import { kindNames, type KindName } from '#src/experiments/shuffle/kind.ts';
import { originalOrder, swapped, writeOrder } from '#src/experiments/shuffle/order.ts';

import { allowedValue } from './arbitraries.ts';

const definition = shuffle as unknown as Definition;
const { parameters } = shuffle;
type Params = Values<typeof parameters>;
type ShuffleOutcome = Outcome<ShuffleResult, Params>;
const defaults = defaultsOf(parameters);
const { signal } = new AbortController();

async function run(params: Partial<Params>, seed = 1, options: Partial<PerformOptions> = {}): Promise<ShuffleOutcome> {
  return (await perform(definition, { ...defaults, ...params }, seed, { signal, ...options })) as ShuffleOutcome;
}

/** An order of a kind's items with two of them, by what they are called, in each other's place. */
function exchanged(kind: KindName, a: string, b: string): string {
  const items = kindOf(kind, defaults).items.map(({ text }) => text);
  return writeOrder(swapped(originalOrder(items.length), items.indexOf(a), items.indexOf(b)));
}

/** Holds what an outcome says in words and in its table against its numbers. */
function expectConsistent({ params, seed, result, sentence, table }: ShuffleOutcome): void {
  const { items, order, marks, shuffles, scale, score, original, kinds, bag, notes } = result;
  expect(result.kind).toBe(params.kind);
  expect(items.length).toBeGreaterThanOrEqual(2);
  expect([...order].sort((a, b) => a - b)).toEqual(originalOrder(items.length));
  expect(marks).toHaveLength(items.length);
  expect(shuffles).toHaveLength(100);
  expect(bag.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
  expect(result.sameBag).toBe(true);
  for (const value of [score, original.score, ...shuffles]) {
    expect(value).toBeGreaterThanOrEqual(scale.from);
    if (scale.to !== undefined) expect(value).toBeLessThanOrEqual(scale.to);
  }
  expect(kinds.map(({ kind }) => kind)).toEqual(kindNames.slice(0, kinds.length));
  for (const { kind, original: first, middle, worse } of kinds) {
    if (kind !== params.kind) continue;
    expect(first).toBe(original.score);
    expect(middle).toBe(middleOf(shuffles));
    expect(worse).toBe(shuffles.filter((value) => isWorse(scale, value, original.score)).length);
  }

  expect(table.columns).toHaveLength(4);
  expect(table.rows).toHaveLength(items.length);
  table.rows.forEach((row, place) => {
    const item = items[order[place]!]!;
    expect(row.slice(0, 3)).toEqual([place + 1, item.said ?? item.text, order[place]! + 1]);
  });

  for (const note of notes) expect(sentence).toContain(note);
  expect(sentence).toContain(`${scale.name}: ${score.toFixed(scale.digits)}`);
  if (order.some((item, place) => item !== place)) {
    expect(sentence).toContain(original.score.toFixed(scale.digits));
    expect(sentence.includes('nothing is worse than before')).toBe(!isWorse(scale, score, original.score));
  } else {
    expect(score).toBe(original.score);
    expect(sentence).toContain(middleOf(shuffles).toFixed(scale.digits));
  }
  expect(sentence).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(JSON.parse(JSON.stringify({ params, result, sentence, table, seed }))).toEqual({
    params,
    result: JSON.parse(JSON.stringify(result)) as unknown,
    sentence,
    table,
    seed,
  });
}

describe('a run of shuffle', () => {
  test('says what it measured, for whatever the parameters take', async () => {
    const written = fc.oneof(
      allowedValue(parameters.order) as fc.Arbitrary<string>,
      fc.integer({ min: 0, max: 101 }).map((number) => `shuffle-${number}`),
      fc.constantFrom('', 'reversed', '1-0', '1-0-2-3-4-5-6-7'),
    );
    const state = fc.record({
      kind: fc.constantFrom(...kindNames),
      order: written,
      sentence: allowedValue(parameters.sentence) as fc.Arbitrary<string>,
      dna: fc.oneof(
        allowedValue(parameters.dna) as fc.Arbitrary<string>,
        fc.string({ unit: fc.constantFrom('A', 'C', 'G', 'T', 'u', ' '), maxLength: 45 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(state, fc.nat(999_999_999), async (params, seed) => expectConsistent(await run(params, seed))),
      { numRuns: 60 },
    );
  });

  test.for(kindNames)('gives the same for the same seed, and for %s other shuffles for another', async (kind) => {
    const once = await run({ kind, order: 'shuffle-7' }, 5);
    expect(await run({ kind, order: 'shuffle-7' }, 5)).toEqual(once);
    const other = await run({ kind, order: 'shuffle-7' }, 6);
    expect(other.result.order).not.toEqual(once.result.order);
    expect(other.result.original).toEqual(once.result.original);
  });

  test('goes on from any checkpoint to the very result of a run that was not stopped', async () => {
    const checkpoints: unknown[] = [];
    const partial: (Outcome | undefined)[] = [];
    const whole = await run({ kind: 'dna', order: 'reversed' }, 3, {
      onProgress: (progress, outcome) => {
        checkpoints.push(structuredClone(progress.checkpoint));
        partial.push(outcome());
      },
    });
    expect(checkpoints).toHaveLength(7);
    for (const outcome of partial) expectConsistent(outcome as ShuffleOutcome);
    for (const checkpoint of checkpoints) {
      expect(await run({ kind: 'dna', order: 'reversed' }, 3, { checkpoint })).toEqual(whole);
    }
  });

  test('stops when it is told to', async () => {
    const reason = new Error('Stopped.');
    await expect(run({}, 1, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('shows the shuffle that is asked for, which is one of the hundred it is compared with', async () => {
    for (const number of [1, 42, 100]) {
      const { result } = await run({ kind: 'melody', order: `shuffle-${number}` });
      expect(result.shuffle).toBe(number);
      expect(result.score).toBe(result.shuffles[number - 1]);
    }
  });

  test('refuses an order that does not fit, says so and keeps the original', async () => {
    const { result, sentence } = await run({ order: '3-0-2-1' });
    expect(result.order).toEqual(originalOrder(10));
    expect(sentence).toContain('The order “3-0-2-1” does not fit these 10 words');
    const long = await run({ order: `${'1-'.repeat(70)}1` });
    expect(long.result.notes[0]!.length).toBeLessThan(150);
  });
});

describe('the bag', () => {
  test.for(kindNames)('of %s is the same in every order, and the score of the original comes back with it', (kind) => {
    const { items, measure } = kindOf(kind, defaults);
    const original = originalOrder(items.length);
    const [bag, score] = [bagOf(items, original), measure(original).score];
    fc.assert(
      fc.property(fc.shuffledSubarray(original, { minLength: items.length }), (order) => {
        expect(bagOf(items, order)).toEqual(bag);
        measure(order);
        expect(measure(original).score).toBe(score);
      }),
    );
  });

  test('counts what is there, sorted', () => {
    const items = ['b', 'a', 'b'].map((text) => ({ text }));
    expect(bagOf(items, [2, 1, 0])).toEqual([
      { item: 1, count: 1 },
      { item: 0, count: 2 },
    ]);
  });
});

describe('the hundred shuffles', () => {
  test('are orders of the items, none of which reads like the original where another can be', () => {
    const items = ['a', 'a', 'b'].map((text) => ({ text }));
    for (const order of shufflesOf(items, 4)) {
      expect([...order].sort()).toEqual([0, 1, 2]);
      expect(order.map((item) => items[item]!.text).join('')).not.toBe('aab');
    }
    const same = ['a', 'a', 'a'].map((text) => ({ text }));
    expect(shufflesOf(same, 4)).toHaveLength(100);
  });

  test('take every order about as often', () => {
    const items = ['a', 'b', 'c'].map((text) => ({ text }));
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 60; seed++) {
      for (const order of shufflesOf(items, seed)) counts.set(order.join(''), (counts.get(order.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(5);
    // 6,000 draws of five orders: 1,200 each, and 31 to either side is one standard deviation.
    for (const count of counts.values()) expect(Math.abs(count - 1200)).toBeLessThan(5 * 31);
  });
});

test('the middle of an even and of an odd number of values', () => {
  expect(middleOf([3, 1, 2])).toBe(2);
  expect(middleOf([4, 1, 3, 2])).toBe(2.5);
});

describe('the score of', () => {
  test('a tune is the number of its steps that are in their place', async () => {
    const { result } = await run({ kind: 'melody' });
    expect(result.score).toBe(17);
    // Two notes that do not stand side by side, of other pitches than their neighbours: four steps change.
    const swap = await run({ kind: 'melody', order: writeOrder(swapped(originalOrder(18), 3, 8)) });
    expect(swap.result.score).toBe(13);
    expect(swap.result.marks.filter(({ broken }) => broken)).toHaveLength(4);
    // Eight bars of four beats.
    expect(result.items.reduce((sum, { numbers }) => sum + numbers![1]!, 0)).toBe(32);
  });

  test('a day is the mean change from hour to hour, and is blind to its direction', async () => {
    const { result } = await run({ kind: 'temperatures' });
    const degrees = result.items.map(({ numbers }) => numbers![0]!);
    expect(degrees).toHaveLength(24);
    const changes = degrees.slice(1).map((value, i) => Math.abs(value - degrees[i]!));
    expect(result.score).toBeCloseTo(changes.reduce((sum, change) => sum + change, 0) / 23, 10);
    expect(result.marks.filter(({ broken }) => broken)).toEqual([]);
    const backwards = await run({ kind: 'temperatures', order: 'reversed' });
    expect(backwards.result.score).toBeCloseTo(result.score, 10);
    expect(backwards.sentence).toContain('cannot tell a day from a day that runs backwards');
  });

  test('a visit is the number of clicks that work, and its goal needs all that comes before it', async () => {
    const visit = await run({ kind: 'trail' });
    expect(visit.result).toMatchObject({ score: 8, goal: true });
    const early = await run({ kind: 'trail', order: exchanged('trail', 'basket', 'address') });
    expect(early.result).toMatchObject({ score: 5, goal: false });
    expect(early.result.marks.map(({ label }) => label)).toContain('no basket yet');
    // Reading the reviews after the basket breaks nothing.
    const later = await run({ kind: 'trail', order: exchanged('trail', 'reviews', 'basket') });
    expect(later.result).toMatchObject({ score: 8, goal: true });
    expect(later.sentence).toContain('nothing is worse than before');
  });

  test('a throw is the length of the path through its frames', async () => {
    const { result } = await run({ kind: 'frames' });
    expect(result.marks.filter(({ broken }) => broken)).toEqual([]);
    const places = result.items.map(({ numbers }) => numbers as [number, number]);
    const path = places.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - places[i]![0], y - places[i]![1]), 0);
    expect(result.score).toBeCloseTo(path, 10);
    expect((await run({ kind: 'frames', order: 'reversed' })).sentence).toContain('the same path');
  });

  test('a strand is the share of amino acids that are in their place', async () => {
    const { result, sentence } = await run({ kind: 'dna' });
    expect(result).toMatchObject({ score: 100, translation: { protein: 'MVHLTPEEK', stopped: true } });
    expect(sentence).toContain('M-V-H-L-T-P-E-E-K');
    // The last two bases of the seventh codon: GAG becomes GGA, and one amino acid of nine is another.
    const point = await run({ kind: 'dna', order: writeOrder(swapped(originalOrder(30), 19, 20)) });
    expect(point.result.score).toBeCloseTo(100 * (8 / 9), 10);
    expect(point.result.marks.filter(({ broken }) => broken)).toHaveLength(3);
  });

  test('two proteins is the share of the longer one’s places', () => {
    expect(sharedPlaces('MVH', 'MVH')).toBe(1);
    expect(sharedPlaces('MVH', '')).toBe(0);
    expect(sharedPlaces('MV', 'MVHL')).toBe(0.5);
    expect(sharedPlaces('', '')).toBe(1);
  });

  test('a line of words is the model’s mean surprise, and its marks are the words’ own', async () => {
    for (const kind of ['sentence', 'code'] as const) {
      const { result } = await run({ kind, order: 'reversed' });
      const words = result.marks.reduce((sum, { value }) => sum + value!, 0);
      const end = result.score * (result.items.length + 1) - words;
      expect(end).toBeGreaterThan(0);
      for (const { value, label } of result.marks) expect(label).toBe(value!.toFixed(1));
    }
  });
});

describe('the reader’s own', () => {
  test('sentence is used, as it is written, and read without its case and its marks', async () => {
    const { result } = await run({ sentence: '  The dog, the CAT!  ' });
    expect(result.items.map(({ text }) => text)).toEqual(['The', 'dog,', 'the', 'CAT!']);
    expect(result.notes).toEqual([]);
    expect((await run({ sentence: 'the dog the cat' })).result.score).toBe(result.score);
  });

  test('sentence is cut after sixteen words, and the site’s stands in for less than two', async () => {
    const long = await run({ sentence: 'a '.repeat(20) });
    expect(long.result.items).toHaveLength(16);
    expect(long.sentence).toContain('Only the first 16 words are used.');
    for (const sentence of ['', '   ', 'alone']) {
      const short = await run({ sentence });
      expect(short.result.items).toHaveLength(10);
      expect(short.sentence).toContain('at least two words');
    }
  });

  test('DNA is used, U as T and lower case too, and other letters are left out with a note', async () => {
    const { result, sentence } = await run({ kind: 'dna', dna: 'aug gcu nn taa' });
    expect(result.items.map(({ text }) => text).join('')).toBe('ATGGCTTAA');
    expect(sentence).toContain('2 letters that are not A, C, G or T left out.');
    expect(sentence).toContain('M-A');
  });

  test('DNA without an ATG makes no protein, before or after, and says so', async () => {
    const { result, sentence } = await run({ kind: 'dna', dna: 'CCCCCCCC', order: 'reversed' });
    expect(result.score).toBe(100);
    expect(sentence).toContain('There is no ATG in it');
    const made = await run({ kind: 'dna', dna: 'GTACCC', order: '2-1-0-3-4-5' });
    expect(made.result.score).toBe(0);
    expect(made.sentence).toContain('It is read as M-P; before it was nothing.');
  });

  test('DNA that runs off its end says what is left', async () => {
    const { sentence } = await run({ kind: 'dna', dna: 'ATGAAAAC' });
    expect(sentence).toContain('No stop codon follows in step');
    expect(sentence).toContain('Two bases are left over, too few for a codon.');
  });
});
