import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it, vi } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readme = await readFile(`${root}src/recurrent/README.md`, 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp('```' + language + '\n(.*?)```', 'gs'))].map(([, text]) => text!);

const examples = blocks('ts');
const outputs = blocks('text');

afterEach(() => vi.restoreAllMocks());

describe('an example of the README', () => {
  it('has its output below it', () => {
    expect(examples.length).toBe(2);
    expect(outputs.length).toBe(examples.length);
  });

  it.each(examples.map((example, i) => [i + 1, example, outputs[i]!] as const))(
    'number %i prints what is said there',
    async (number, example, output) => {
      const folder = `${root}.cache/readme`;
      await mkdir(folder, { recursive: true });
      const file = `${folder}/example-${number}.ts`;
      await writeFile(file, example.replaceAll("from './", `from '#src/recurrent/`));
      const lines: string[] = [];
      vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
      await import(/* @vite-ignore */ file);
      expect(`${lines.join('\n')}\n`).toBe(output);
    },
  );
});
