/** npm run check: format, types, lint. */
import { checks, runSteps, tool } from './steps.ts';

await runSteps([tool('Content types', 'astro/bin/astro.mjs', 'sync'), ...checks]);
