import { basename } from 'node:path';

import type { Reporter, TestModule } from 'vitest/node';

import { claimsFingerprint, readEffects, writeEffects } from '#scripts/effects-record.ts';

import type { ClaimOutcome } from './claims.ts';

/** Writes what became of every claim to content/recorded/effects.json, an entry for each file that was run. */
export default class EffectsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const effects = readEffects();
    for (const module of modules) {
      const slug = basename(module.moduleId).replace('.test.ts', '');
      const claims = [...module.children.allTests()].map((test) => test.meta().claim);
      // A file that has failed keeps its entry, and with it the fingerprint of what was last found.
      if (module.state() !== 'passed') continue;
      effects[slug] = {
        fingerprint: claimsFingerprint(slug),
        claims: claims.filter((claim): claim is ClaimOutcome => claim !== undefined),
      };
    }
    writeEffects(effects);
  }
}
