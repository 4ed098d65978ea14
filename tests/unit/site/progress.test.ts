import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isDone, mergeProgress, nothingYet, parseProgress, ProgressStore, writeProgress } from '#src/site/progress.ts';

/** A name that a chapter, an experiment or a quiz can have: never one of the few that objects have by themselves. */
const name = fc.stringMatching(/^[a-z/#-]{1,20}$/).filter((text) => !(text in {}) && text !== 'prototype');
const version = fc.stringMatching(/^[0-9a-f]{8}$/);
const marks = fc.dictionary(name, version, { noNullPrototype: true });
const anyProgress = fc.record(
  { version: fc.constant(1 as const), read: marks, run: marks, passed: marks, place: name },
  { requiredKeys: ['version', 'read', 'run', 'passed'] },
);

/** A storage that holds one text; `full` makes it refuse. */
function storageWith(text: string | null = null, full = false) {
  const kept = { text };
  const storage = {
    getItem: () => kept.text,
    setItem(_key: string, value: string) {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      kept.text = value;
    },
    removeItem: () => void (kept.text = null),
  };
  return { kept, storage };
}

describe('progress as text', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(anyProgress, (progress) => {
        expect(parseProgress(writeProgress(progress))).toEqual(progress);
      }),
    );
  });

  test('that is something else is refused in words, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        let parsed: unknown;
        try {
          parsed = parseProgress(text);
        } catch (error) {
          expect((error as Error).message).toMatch(/^This is no progress file/);
          return;
        }
        expect(JSON.parse(text)).toEqual(parsed);
      }),
    );
  });

  test('with a name that is no name, or marks beyond number, is refused', () => {
    const bad = { ...nothingYet(), read: { '<img src=x>': '00000000' } };
    expect(() => parseProgress(JSON.stringify(bad))).toThrow('This is no progress file of this site');
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`s${i}`, '00000000']));
    expect(() => parseProgress(JSON.stringify({ ...nothingYet(), run: many }))).toThrow('at most 1000');
  });
});

test('a mark counts for the version that it is about, and for no other', () => {
  const progress = { ...nothingYet(), read: { '/a/#b': '0123abcd' } };
  expect(isDone(progress, 'read', '/a/#b', '0123abcd')).toBe(true);
  expect(isDone(progress, 'read', '/a/#b', 'ffffffff')).toBe(false);
  expect(isDone(progress, 'read', 'constructor', 'ffffffff')).toBe(false);
});

test('merging keeps every mark, the newer of two about the same thing', () => {
  fc.assert(
    fc.property(anyProgress, anyProgress, (older, newer) => {
      const merged = mergeProgress(older, newer);
      for (const deed of ['read', 'run', 'passed'] as const) {
        expect(merged[deed]).toEqual({ ...older[deed], ...newer[deed] });
      }
      expect(merged.place).toBe(newer.place ?? older.place);
    }),
  );
});

describe('the store', () => {
  test('keeps marks for the next page, and takes in what another page has kept', () => {
    const { storage } = storageWith();
    const one = new ProgressStore(() => storage);
    const other = new ProgressStore(() => storage);
    expect(one.mark('read', '/a/#b', '00000001')).toBe(true);
    expect(one.mark('read', '/a/#b', '00000001')).toBe(false);
    other.mark('run', 'history', '00000002');
    expect(new ProgressStore(() => storage).progress).toEqual({
      ...nothingYet(),
      read: { '/a/#b': '00000001' },
      run: { history: '00000002' },
    });
  });

  test('works without storage, and says that nothing is kept', () => {
    const store = new ProgressStore(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    expect(store.mark('read', '/a/#b', '00000001')).toBe(true);
    expect(isDone(store.progress, 'read', '/a/#b', '00000001')).toBe(true);
    expect(store.trouble).toContain('forgotten when you leave');
  });

  test('works where storage is full, and says so', () => {
    const { storage } = storageWith(null, true);
    const store = new ProgressStore(() => storage);
    expect(store.trouble).toBe('');
    store.mark('passed', 'basic-rnn', '00000001');
    expect(store.progress.passed).toEqual({ 'basic-rnn': '00000001' });
    expect(store.trouble).toContain('full or blocked');
  });

  test('is not upset by what somebody else has left there', () => {
    const { storage } = storageWith('{"version":2}');
    expect(new ProgressStore(() => storage).progress).toEqual(nothingYet());
  });

  test('changes nothing where a file to import is no progress', () => {
    const { storage, kept } = storageWith();
    const store = new ProgressStore(() => storage);
    store.mark('run', 'shuffle', '00000001');
    const before = kept.text;
    expect(() => store.import('[]')).toThrow('This is no progress file');
    expect(kept.text).toBe(before);
  });

  test('erases everything', () => {
    const { storage, kept } = storageWith();
    const store = new ProgressStore(() => storage);
    store.mark('run', 'shuffle', '00000001');
    store.setPlace('/a/#b');
    store.erase();
    expect(kept.text).toBeNull();
    expect(store.progress).toEqual(nothingYet());
  });
});
