import { describe, expect, test } from 'vitest';

import { chapterParts, keysIn } from '#src/site/chapter-parts.ts';

interface Element {
  type: string;
  name: string;
  attributes: { type: string; name: string; value: unknown }[];
  children: Element[];
}

function element(name: string, attributes: Record<string, string> = {}, ...children: Element[]): Element {
  const written = Object.entries(attributes).map(([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value }));
  return { type: 'mdxJsxFlowElement', name, attributes: written, children };
}

const attribute = ({ attributes }: Element, name: string) => attributes.find((one) => one.name === name)?.value;

function process(...children: Element[]): void {
  chapterParts()(element('root', {}, ...children), {
    fail(reason): never {
      throw new Error(reason);
    },
  });
}

describe('figures', () => {
  test('are numbered in the order of the text, however deep they stand', () => {
    const figures = ['a', 'b', 'c'].map((id) => element('Figure', { id }));
    process(figures[0]!, element('div', {}, element('p', {}, figures[1]!)), figures[2]!);
    expect(figures.map((figure) => attribute(figure, 'number'))).toEqual(['1', '2', '3']);
  });

  test('can be referred to before and after they stand in the text', () => {
    const [before, after] = [element('FigureRef', { to: 'b' }), element('FigureRef', { to: 'b' })];
    process(before, element('Figure', { id: 'a' }), element('Figure', { id: 'b' }), after);
    expect([before, after].map((one) => attribute(one, 'number'))).toEqual(['2', '2']);
  });

  test('that are not there cannot be referred to', () => {
    expect(() => process(element('FigureRef', { to: 'gone' }))).toThrow(/“gone”/);
  });

  test('need an id, each another one', () => {
    expect(() => process(element('Figure'))).toThrow(/Figure 1 needs an id/);
    const twice = () => element('Figure', { id: 'a' });
    expect(() => process(twice(), twice())).toThrow(/Figure 2 needs an id/);
  });
});

test('exercises are numbered apart from figures', () => {
  const exercises = [element('Exercise'), element('Exercise')];
  process(exercises[0]!, element('Figure', { id: 'a' }), exercises[1]!);
  expect(exercises.map((one) => attribute(one, 'number'))).toEqual(['1', '2']);
});

describe('the list of references', () => {
  test('gets every key that is cited, once, and keeps those of its own', () => {
    const list = element('References', { of: 'own' });
    process(element('Cite', { of: 'a b' }), list, element('Cite', { of: 'b  c' }));
    expect(attribute(list, 'of')).toBe('own a b c');
  });

  test('has to be there, once, where something is cited', () => {
    const cite = () => element('Cite', { of: 'a' });
    expect(() => process(cite())).toThrow(/0 times/);
    expect(() => process(cite(), element('References'), element('References'))).toThrow(/2 times/);
    expect(() => process(element('p'))).not.toThrow();
  });
});

test('keys are separated by white space', () => {
  expect(keysIn(' a-1\n b-2 ')).toEqual(['a-1', 'b-2']);
  expect(keysIn(undefined)).toEqual([]);
});
