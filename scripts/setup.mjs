/**
 * Installs what package-lock.json names and compiles the WebAssembly, if that has not been done yet. Runs before every npm
 * script, on whatever Node the machine has (20 or later) and without any package; the scripts themselves then run on the newer
 * Node that is installed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const NODE_FOR_SCRIPTS = 24;

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed`;
const scriptNode = `${root}node_modules/.bin/node${process.platform === 'win32' ? '.cmd' : ''}`;

function fail(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

function nodeVersionForScripts() {
  if (!existsSync(scriptNode)) return 0;
  const asked = spawnSync(scriptNode, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return Number(/^v(\d+)/.exec(asked.stdout ?? '')?.[1] ?? 0);
}

function npm(...words) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli ? [process.execPath, [cli]] : ['npm', []];
  execFileSync(command, [...first, ...words], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: !cli });
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  fail(`This is Node ${process.versions.node}. Install Node ${OLDEST_NODE} or later, from nodejs.org, and try again.`);
}

const wanted = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex');
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';

if (installed !== wanted) {
  console.error('Setting up: installing the packages (once; about a minute) …');
  try {
    npm('ci', '--no-fund', '--no-audit', '--loglevel=error', '--include=dev');
  } catch {
    fail(
      'Installing the packages failed. Read the lines above; check the network connection, then run the command again.',
    );
  }
  if (nodeVersionForScripts() < NODE_FOR_SCRIPTS) {
    try {
      npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error');
    } catch {
      // The check below says what to do.
    }
  }
  if (nodeVersionForScripts() < NODE_FOR_SCRIPTS) {
    fail(
      `The package “node”, which brings Node ${NODE_FOR_SCRIPTS} for the scripts, did not install. Allow its install script ` +
        `(npm config set ignore-scripts false) and run the command again.`,
    );
  }
  writeFileSync(stamp, wanted);
  console.error('Setting up: done.');
}

try {
  const { buildWasm } = await import('./build-wasm.mjs');
  if (await buildWasm()) console.error('Setting up: compiled the WebAssembly kernels.');
} catch (error) {
  fail(`The WebAssembly kernels (src/recurrent/wasm) could not be compiled: ${error.message}`);
}
