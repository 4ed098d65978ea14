/**
 * Compiles src/recurrent/wasm to WebAssembly, into src/recurrent/generated, where that is not up to date with its sources.
 * Plain JavaScript, so that it runs under any Node that is supported: `node scripts/build-wasm.mjs`.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = 'src/recurrent/wasm';
const generated = 'src/recurrent/generated';

/**
 * Level 0 on purpose: above it the optimiser nests products into sums and so undoes the order in which wasm/matrix.ts has them,
 * on which the speed depends. These passes only tidy up.
 */
const passes = 'precompute,optimize-instructions,remove-unused-brs,merge-blocks,coalesce-locals,vacuum';
const common = `--optimizeLevel 0 --runPasses ${passes} --runtime minimal --noAssert --use abort= --enable simd`.split(
  ' ',
);

const forms = {
  'recurrent.wasm': common,
  'recurrent-relaxed.wasm': [...common, '--enable', 'relaxed-simd'],
};

/** A digest of everything that the result depends on. */
async function fingerprint() {
  const hash = createHash('sha256');
  const names = (await readdir(join(root, sources))).filter((name) => name.endsWith('.ts')).sort();
  const files = names.map((name) => join(root, sources, name));
  files.push(fileURLToPath(import.meta.url), join(root, 'node_modules/assemblyscript/package.json'));
  for (const file of files) hash.update(await readFile(file)).update('\0');
  return hash.digest('hex');
}

async function compile(output, options) {
  const { main } = await import('assemblyscript/asc');
  const { error, stderr } = await main([`${sources}/index.ts`, '--baseDir', root, '--outFile', output, ...options]);
  if (error) throw new Error(`${output} was not compiled: ${error.message}\n${stderr}`);
}

/** @returns {Promise<boolean>} whether anything had to be compiled */
export async function buildWasm() {
  const stamp = join(root, generated, 'fingerprint.txt');
  const wanted = await fingerprint();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return false;
  await mkdir(join(root, generated), { recursive: true });
  for (const [name, options] of Object.entries(forms)) await compile(`${generated}/${name}`, options);
  await writeFile(stamp, wanted);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const compiled = await buildWasm();
  console.log(compiled ? `Compiled ${Object.keys(forms).join(' and ')}.` : 'The WebAssembly is up to date.');
}
