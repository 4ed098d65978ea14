import { existsSync } from 'node:fs';

import { expect, test } from 'vitest';

import { CHECKED, principles } from '#src/site/wcag.ts';

const criteria = principles.flatMap((principle) => principle.criteria);

/** Every success criterion of WCAG 2.2 at levels A and AA, by its number: guideline, then those of its criteria that are not AAA. */
const numbers = {
  '1.1': [1],
  '1.2': [1, 2, 3, 4, 5],
  '1.3': [1, 2, 3, 4, 5],
  '1.4': [1, 2, 3, 4, 5, 10, 11, 12, 13],
  '2.1': [1, 2, 4],
  '2.2': [1, 2],
  '2.3': [1],
  '2.4': [1, 2, 3, 4, 5, 6, 7, 11],
  '2.5': [1, 2, 3, 4, 7, 8],
  '3.1': [1, 2],
  '3.2': [1, 2, 3, 4, 6],
  '3.3': [1, 2, 3, 4, 7, 8],
  '4.1': [2, 3],
};

test('every criterion of levels A and AA is there once, in order, and no other', () => {
  const all = Object.entries(numbers).flatMap(([guideline, last]) => last.map((number) => `${guideline}.${number}`));
  expect(criteria.map(({ number }) => number)).toEqual(all);
  const levels = (level: string) => criteria.filter((criterion) => criterion.level === level).length;
  expect([levels('A'), levels('AA')]).toEqual([31, 24]);
});

test('each test that is named is there, and what is met by something has a test or was looked at', () => {
  const named = criteria.flatMap(({ tests = [] }) => tests);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
  const unknown = criteria.filter(({ how, tests, looked }) => !how.startsWith('There is nothing') && !tests && !looked);
  expect(unknown).toEqual([]);
  expect(new Date(CHECKED).getTime()).not.toBeNaN();
});
