import { existsSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { guarantees } from '#src/site/guarantees.ts';

describe.for(guarantees.flatMap(({ rows }) => rows))('“$what”', ({ test: path }) => {
  test('names a test that there is', () => {
    expect(existsSync(path), path).toBe(true);
  });
});
