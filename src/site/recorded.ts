import { readFile } from 'node:fs/promises';

import type { Outcome } from '#src/experiments/definition.ts';

/** The recorded run of an experiment at its defaults, as the site is built with it. @throws Error where there is none */
export async function recordedRun(slug: string): Promise<Outcome & { slug: string }> {
  return JSON.parse(await readFile(`content/recorded/${slug}.json`, 'utf8')) as Outcome & { slug: string };
}
