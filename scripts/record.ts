/** npm run record [-- slug …]: runs experiments at their defaults and writes what came out to content/recorded. */
import { writeFileSync } from 'node:fs';

import { perform, seedParameter } from '#src/experiments/definition.ts';
import { isSlug, loadDefinition, slugs } from '#src/experiments/index.ts';
import { defaultsOf } from '#src/experiments/parameters.ts';
import packageFile from '#package' with { type: 'json' };

const asked = process.argv.slice(2);
for (const name of asked) {
  if (!isSlug(name)) {
    console.error(`“${name}” is no experiment; there are: ${slugs.join(', ')}.`);
    process.exit(2);
  }
}

for (const slug of slugs.filter((slug) => asked.length === 0 || asked.includes(slug))) {
  const definition = await loadDefinition(slug);
  const params = defaultsOf(definition.parameters);
  const seed = seedParameter.default;
  const started = performance.now();
  const outcome = await perform(definition, params, seed, { signal: new AbortController().signal });
  const versions = { unrolled: packageFile.version, tensorflow: packageFile.devDependencies['@tensorflow/tfjs-core'] };
  writeFileSync(`content/recorded/${slug}.json`, JSON.stringify({ slug, versions, ...outcome }) + '\n');
  console.log(`${slug}: ${((performance.now() - started) / 1000).toFixed(1)} s. ${outcome.sentence}`);
}
