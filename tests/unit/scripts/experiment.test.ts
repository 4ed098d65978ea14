import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { engineParameter, perform, seedParameter } from '#src/experiments/definition.ts';
import { loadDefinition, slugs } from '#src/experiments/index.ts';
import vanishingGradient from '#src/experiments/vanishing-gradient.ts';
import { allowed, defaultsOf, writeValue } from '#src/experiments/parameters.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** What `npm run -s experiment -- …` runs, on the same Node. */
function experiment(...words: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 64 * 2 ** 20 };
    execFile(process.execPath, ['scripts/experiment.ts', ...words], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

// Each starts a process, which takes most of its time to load TensorFlow.js.
describe.concurrent('the command line', () => {
  test('writes the result as JSON to standard output, and everything else to standard error', async () => {
    const { code, out, err } = await experiment('vanishing-gradient', '--length', '200', '--seed', '7');
    expect(code).toBe(0);
    expect(out.endsWith('\n')).toBe(true);
    expect(out.trimEnd()).not.toContain('\n');
    const written = JSON.parse(out);
    expect(written).toMatchObject({
      slug: 'vanishing-gradient',
      seed: 7,
      params: { ...defaultsOf((await loadDefinition('vanishing-gradient')).parameters), length: 200 },
    });
    expect(written.result.median).toHaveLength(200);
    expect(written.table.rows).toHaveLength(200);
    expect(err).toContain(written.sentence);
    expect(err).toMatch(/^\d+ of 5 networks$/m);
  });

  test('takes the same words written with an equals sign, and runs what a call runs', async () => {
    const definition = await loadDefinition('vanishing-gradient');
    const words = ['--engine=typescript', '--activation=relu', '--length=20'];
    const { code, out } = await experiment('vanishing-gradient', ...words);
    expect(code).toBe(0);
    const params = { ...defaultsOf(definition.parameters), activation: 'relu', length: 20 };
    const { signal } = new AbortController();
    const outcome = await perform(definition, params, seedParameter.default, { signal, form: 'typescript' });
    expect(JSON.parse(out)).toEqual({ slug: 'vanishing-gradient', ...outcome });
  });

  test('lists the experiments', async () => {
    const { code, out, err } = await experiment('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const slug of slugs) expect(out).toContain(slug);
  });

  test.for(slugs)('lists every parameter of %s with what it takes and its default', async (slug) => {
    const { parameters, question } = await loadDefinition(slug);
    const { code, out, err } = await experiment(slug, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(question);
    const all = { ...parameters, seed: seedParameter, engine: engineParameter };
    for (const [name, parameter] of Object.entries(all)) {
      const described = out
        .slice(out.indexOf(`--${name}\n`))
        .split('\n')
        .slice(0, 3)
        .join('\n');
      expect(described).toContain(`--${name}`);
      expect(described).toContain(parameter.label);
      expect(described).toContain(allowed(parameter));
      expect(described).toContain(`default ${writeValue(parameter.default)}`);
      expect(described).toContain(parameter.help);
    }
  });

  const gradient = 'vanishing-gradient';
  test.for<[string, string[], string]>([
    [
      'a value that is too large',
      [gradient, '--length', '501'],
      '--length is “501”; allowed is a whole number from 2 to 500.',
    ],
    [
      'a value that is no option',
      [gradient, '--activation', 'sigmoid'],
      '--activation is “sigmoid”; allowed is one of tanh, relu, identity.',
    ],
    [
      'a parameter that it does not have',
      [gradient, '--size', '3'],
      `--size is no parameter; there are: ${[...Object.keys(vanishingGradient.parameters), 'seed', 'engine'].join(', ')}.`,
    ],
    ['a parameter given twice', [gradient, '--length', '3', '--length=3'], '--length is given twice.'],
    ['a parameter without a value', [gradient, '--length'], '--length needs a value.'],
    [
      'a word that is no parameter',
      [gradient, 'length', '3'],
      '“length” is not understood; parameters are written --name value.',
    ],
    ['an experiment that there is not', ['vanishing'], `“vanishing” is no experiment; there are: ${slugs.join(', ')}.`],
    [
      'the name of an object’s own for an experiment',
      ['toString'],
      `“toString” is no experiment; there are: ${slugs.join(', ')}.`,
    ],
  ])('refuses %s with a sentence and exit code 2', async ([, words, sentence]) => {
    expect(await experiment(...words)).toEqual({ code: 2, out: '', err: `${sentence}\n` });
  });

  test('without a word says how it is used, with exit code 2', async () => {
    const { code, out, err } = await experiment();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('npm run -s experiment -- <slug>');
  });
});
