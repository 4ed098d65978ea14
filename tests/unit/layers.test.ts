import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const eslint = new ESLint({ cwd: root });

/** The rules that refuse a file, one for each of its faults. */
async function refusals(filePath: string, source: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(source, { filePath: `${root}${filePath}` });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const uses = (from: string) => `import { thing } from '${from}';\n\nexport const use = thing;\n`;
const inSvelte = (source: string) => `<script lang="ts">\n${source}</script>\n\n<p>{use}</p>\n`;
const inAstro = (source: string) => `---\n${source.replace('export ', '')}---\n\n<p>{use}</p>\n`;
const written = (file: string, source: string) =>
  file.endsWith('.svelte')
    ? inSvelte(source.replace('export ', ''))
    : file.endsWith('.astro')
      ? inAstro(source)
      : source;

describe('the linter', () => {
  test.for([
    ['src/pages/new.astro', '#components/page/Link.astro'],
    ['src/pages/new.astro', '#content/recorded/vanishing-gradient.json'],
    ['components/page/New.svelte', '#components/experiment/Frame.svelte'],
    ['components/experiments/New.svelte', '#components/plots/LogSteps.svelte'],
    ['components/experiments/New.svelte', '#src/experiments/definition.ts'],
    ['components/experiments/New.svelte', '#content/recorded/vanishing-gradient.json'],
    ['components/experiment/new.svelte.ts', '#src/runtime/client.ts'],
    ['components/experiment/new.ts', '#src/site/link.ts'],
    ['components/controls/New.svelte', '#src/experiments/parameters.ts'],
    ['components/plots/new.ts', './log-axis.ts'],
    ['components/plots/New.svelte', 'd3-shape'],
    ['src/site/new.ts', '#src/experiments/definition.ts'],
    ['src/runtime/new.ts', '#src/experiments/index.ts'],
    ['src/experiments/new.ts', '#src/training/pace.ts'],
    ['src/experiments/new.ts', '#src/sequences/random.ts'],
    ['src/training/new.ts', '#src/sequences/random.ts'],
    ['src/training/new.ts', '#src/recurrent/index.ts'],
    ['src/training/new.ts', '#tensorflow'],
    ['src/training/new.ts', '@tensorflow/tfjs-core'],
    ['src/recurrent/new.ts', '@tensorflow/tfjs-core'],
    ['src/sequences/new.ts', 'pure-rand/generator/xoroshiro128plus'],
    ['tests/unit/new.test.ts', '@tensorflow/tfjs'],
  ])('lets %s import %s', async ([file, from]) => {
    expect(await refusals(file!, written(file!, uses(from!)))).toEqual([]);
  });

  test.for([
    ['components/experiment/New.svelte', '#content/recorded/vanishing-gradient.json'],
    ['components/experiments/New.svelte', '#content/chapters/2-basic-rnn.mdx'],
    ['components/plots/New.svelte', '#src/experiments/vanishing-gradient.ts'],
    ['components/plots/new.ts', '#src/experiments/parameters.ts'],
    ['components/plots/new.ts', '#components/controls/slider-scale.ts'],
    ['components/controls/New.svelte', '#components/experiment/Frame.svelte'],
    ['components/controls/New.svelte', '#src/runtime/client.ts'],
    ['components/experiment/New.svelte', '#components/experiments/VanishingGradient.svelte'],
    ['components/experiment/new.ts', '#src/training/pace.ts'],
    ['components/experiments/New.astro', '#src/training/pace.ts'],
    ['components/experiments/New.svelte', '#components/page/Link.astro'],
    ['components/page/new.ts', '#src/pages/index.astro'],
    ['src/site/new.ts', '#src/runtime/client.ts'],
    ['src/site/new.ts', '#components/controls/slider-scale.ts'],
    ['src/runtime/new.ts', '#src/site/link.ts'],
    ['src/runtime/new.ts', '#src/training/pace.ts'],
    ['src/experiments/new.ts', '#src/runtime/protocol.ts'],
    ['src/experiments/new.ts', '#src/site/csv.ts'],
    ['src/experiments/new.ts', '#components/plots/log-axis.ts'],
    ['src/experiments/new.ts', 'svelte'],
    ['src/experiments/new.ts', 'svelte/reactivity'],
    ['src/experiments/new.ts', 'astro:content'],
    ['src/training/new.ts', '#src/experiments/definition.ts'],
    ['src/training/new.ts', 'svelte'],
    ['src/sequences/new.ts', '#src/training/pace.ts'],
    ['src/sequences/new.ts', '#src/experiments/words.ts'],
    ['src/recurrent/new.ts', '#src/training/pace.ts'],
    ['src/sequences/new.ts', '@tensorflow/tfjs'],
    ['src/sequences/new.ts', '@tensorflow/tfjs-core'],
    ['src/experiments/new.ts', '@tensorflow/tfjs-core'],
    ['src/runtime/new.ts', '@tensorflow/tfjs'],
    ['components/plots/New.svelte', '@tensorflow/tfjs-core'],
    ['src/experiments/new.ts', '../training/pace.ts'],
    ['src/training/deep/new.ts', '../../sequences/random.ts'],
    ['components/plots/New.svelte', '../controls/slider-scale.ts'],
  ])('does not let %s import %s', async ([file, from]) => {
    expect(await refusals(file!, written(file!, uses(from!)))).toEqual(['no-restricted-imports']);
  });

  test.for(['src/sequences/new.ts', 'src/experiments/new.ts', 'src/runtime/new.ts', 'components/plots/New.svelte'])(
    'does not let %s have TensorFlow.js by its other name',
    async (file) => {
      expect(await refusals(file, written(file, uses('#tensorflow')))).not.toEqual([]);
    },
  );

  test.for([
    ['src/sequences/new.ts', '@tensorflow/tfjs-core'],
    ['components/plots/new.ts', '#src/experiments/index.ts'],
    ['src/experiments/new.ts', '../runtime/client.ts'],
  ])('does not let %s import %s later, when it runs', async ([file, from]) => {
    expect(await refusals(file!, `export const use = await import('${from}');\n`)).not.toEqual([]);
  });

  test('does not let a folder be left by way of itself', async () => {
    expect(await refusals('src/experiments/new.ts', uses('./../runtime/client.ts'))).not.toEqual([]);
  });

  test('does not let a file hand on what it may not import', async () => {
    const handsOn = `export { thing } from '#src/runtime/client.ts';\nexport * from '#src/site/link.ts';\n`;
    expect(await refusals('src/experiments/new.ts', handsOn)).toEqual([
      'no-restricted-imports',
      'no-restricted-imports',
    ]);
  });

  test('does not let a type be imported from where a value may not be', async () => {
    const source = `import type { Job } from '#src/runtime/protocol.ts';\n\nexport type Use = Job;\n`;
    expect(await refusals('src/experiments/new.ts', source)).toEqual(['no-restricted-imports']);
  });

  const startsWorker = `export const use = new Worker('worker.js');\n`;
  test.for(['src/runtime/serve.ts', 'src/site/new.ts', 'components/experiment/new.ts', 'components/page/New.svelte'])(
    'does not let %s start a worker',
    async (file) => {
      expect(await refusals(file, written(file, startsWorker))).toEqual(['no-restricted-syntax']);
    },
  );

  test('lets one file start workers', async () => {
    expect(await refusals('src/runtime/client.ts', startsWorker)).toEqual([]);
  });

  test.for([
    'src/sequences/new.ts',
    'src/training/new.ts',
    'components/plots/New.svelte',
    'src/pages/new.astro',
    'scripts/new.ts',
  ])('does not let %s draw what no seed decides', async (file) => {
    expect(await refusals(file, written(file, 'export const use = Math.random();\n'))).toEqual([
      'no-restricted-properties',
    ]);
  });

  test.for(['src/sequences', 'src/recurrent', 'src/training', 'src/experiments'])(
    'lets %s know no page',
    async (folder) => {
      for (const use of ['document.title', 'window.name', 'navigator.language', 'localStorage.length']) {
        expect(await refusals(`${folder}/new.ts`, `export const use = ${use};\n`), use).toEqual([
          'no-restricted-globals',
        ]);
      }
      expect(await refusals(`${folder}/new.ts`, `export const use = performance.now();\n`)).toEqual([]);
    },
  );

  test('lets the page be known above', async () => {
    for (const file of ['src/site/new.ts', 'components/experiment/new.ts']) {
      expect(await refusals(file, `export const use = document.title;\n`)).toEqual([]);
    }
  });
});
