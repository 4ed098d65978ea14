/**
 * npm run effects: tries every claim of the text with every seed, and writes what came of it to content/recorded/effects.json.
 * `npm run effects -- history order-matters` tries those experiments' claims only.
 */
import { runSteps, tool } from './steps.ts';

const files = process.argv.slice(2).map((slug) => `tests/effects/${slug}.test.ts`);
const vitest = tool(
  'Claims, with every seed',
  'vitest/vitest.mjs',
  'run',
  '--project',
  'effects',
  '--reporter=default',
  '--reporter=./tests/effects/reporter.ts',
  ...files,
);
await runSteps([{ ...vitest, env: { ALL_SEEDS: '1' } }]);
