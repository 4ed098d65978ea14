import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A command with what it is for, as `npm test` and `npm run check` show it. */
export interface Step {
  name: string;
  command: string;
  words: string[];
  env?: Record<string, string>;
}

/** A step that runs a package's own command line with the Node that runs this. */
export function tool(name: string, packagePath: string, ...words: string[]): Step {
  return { name, command: process.execPath, words: [join('node_modules', packagePath), ...words] };
}

export const checks: Step[] = [
  tool('Format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  tool('Types: Astro', 'astro/bin/astro.mjs', 'check', '--minimumFailingSeverity', 'hint', '--noSync'),
  tool('Types: Svelte', 'svelte-check/bin/svelte-check', '--fail-on-warnings', '--output', 'human'),
  tool('Lint, and the direction of imports', 'eslint/bin/eslint.js', '--max-warnings', '0', '.'),
];

/** Runs steps one after the other, all of them, and ends the process with 1 if one failed. */
export async function runSteps(steps: Step[]): Promise<never> {
  const failed: string[] = [];
  for (const [index, step] of steps.entries()) {
    console.log(`\n── ${index + 1} of ${steps.length}: ${step.name} ──`);
    const started = performance.now();
    const code = await exitCode(step);
    console.log(`── ${step.name}: ${code === 0 ? 'passed' : 'FAILED'} (${seconds(started)}) ──`);
    if (code !== 0) failed.push(step.name);
  }
  if (failed.length > 0) console.log(`\nWhat failed: ${failed.join('; ')}. Its lines are above, under its name.`);
  console.log(`\nsteps: ${steps.length - failed.length} passed, ${failed.length} failed`);
  process.exit(failed.length > 0 ? 1 : 0);
}

function exitCode({ command, words, env }: Step): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.on('error', (error) => {
      console.error(String(error));
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
