import { describe, expect, test } from 'vitest';

import { claimedSlugs, claimsFingerprint, readEffects } from '#scripts/effects-record.ts';
import { slugs } from '#src/experiments/index.ts';

const effects = readEffects();

test('claims are tested about experiments that there are, and all of them are on record', () => {
  expect(slugs).toEqual(expect.arrayContaining(claimedSlugs()));
  expect(Object.keys(effects).sort()).toEqual(claimedSlugs());
});

describe.for(claimedSlugs())('what is on record about %s', (slug) => {
  test('is of the present code: run npm run effects -- with its name', () => {
    expect(effects[slug]?.fingerprint).toBe(claimsFingerprint(slug));
  });

  test('was tried with at least ten seeds, and holds with as many as it has to', () => {
    expect(effects[slug]?.claims.length).toBeGreaterThan(0);
    for (const { says, tried, held, needed, missed } of effects[slug]!.claims) {
      expect(tried, says).toBeGreaterThanOrEqual(10);
      expect(held, says).toBeGreaterThanOrEqual(needed);
      expect(needed, says).toBeGreaterThan(tried / 2);
      expect(missed.length, says).toBe(tried - held);
    }
  });
});
