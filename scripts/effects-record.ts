import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import ts from 'typescript';

import packageFile from '#package' with { type: 'json' };
import type { ClaimOutcome } from '#tests/effects/claims.ts';

/** What became of the claims about one experiment, and of which code that is true. */
export interface EffectsOf {
  fingerprint: string;
  claims: ClaimOutcome[];
}

/** By experiment. */
export type Effects = Record<string, EffectsOf>;

const path = 'content/recorded/effects.json';
const folder = 'tests/effects';

/** The experiments about which claims are tested, by the names of their files. */
export const claimedSlugs = (): string[] =>
  globSync('*.test.ts', { cwd: folder })
    .map((name) => name.replace('.test.ts', ''))
    .sort();

export const readEffects = (): Effects => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Effects) : {});

/** Writes the entries of the experiments that there are, in the order of their names. */
export function writeEffects(effects: Effects): void {
  const kept = claimedSlugs().flatMap((slug) => (effects[slug] ? [[slug, effects[slug]] as const] : []));
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(kept), null, 1)}\n`);
}

/**
 * A hash of all code that a file of claims runs, its own and what it imports from the project, with the kernels' sources and
 * the version of TensorFlow.js. Comments, types and layout do not count.
 */
export function claimsFingerprint(slug: string): string {
  const files = [...reachedFrom(join(folder, `${slug}.test.ts`)), ...globSync('src/recurrent/wasm/*.ts').map(normal)];
  const hash = createHash('sha256').update(packageFile.devDependencies['@tensorflow/tfjs-core']);
  for (const file of [...new Set(files)].sort()) hash.update(`${file}\n${codeIn(file)}\n`);
  return hash.digest('hex').slice(0, 16);
}

const normal = (file: string) => normalize(file).replaceAll('\\', '/');

/** The file and all files of the project that it imports, directly or not. */
function reachedFrom(start: string, reached = new Set<string>()): Set<string> {
  const file = normal(start);
  if (reached.has(file)) return reached;
  reached.add(file);
  if (!file.endsWith('.ts')) return reached;
  for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
    const imported = placeOf(fileName, file);
    if (imported) reachedFrom(imported, reached);
  }
  return reached;
}

/** Where an import of the project leads; undefined for a package, or for what package.json maps by its own rules. */
function placeOf(imported: string, from: string): string | undefined {
  const place = imported.startsWith('.')
    ? join(dirname(from), imported)
    : /^#(src|tests|content)\//.test(imported)
      ? imported.slice(1)
      : undefined;
  return place && existsSync(place) ? place : undefined;
}

const printed = new Map<string, string>();

function codeIn(file: string): string {
  const source = readFileSync(file, 'utf8');
  if (!file.endsWith('.ts')) return source;
  const target = ts.ScriptTarget.ESNext;
  if (!printed.has(file)) {
    printed.set(file, ts.transpileModule(source, { compilerOptions: { target, removeComments: true } }).outputText);
  }
  return printed.get(file)!;
}
