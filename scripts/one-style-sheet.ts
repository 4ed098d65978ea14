import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { AstroIntegration } from 'astro';

const link = /<link rel="stylesheet" href="([^"]+)">/g;

/**
 * Puts the style sheets of each built page into one, in their order: a dozen requests would hold up the first paint on a slow
 * line. Pages with the same ones share it. Inline they would be quicker still, and then the content policy of a page would have
 * to name each by its hash, which Astro does not do for those of an MDX page.
 */
export function oneStyleSheet(): AstroIntegration {
  let base = '/';
  return {
    name: 'one-style-sheet',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir);
        const joined = globSync('**/*.html', { cwd: folder }).flatMap((page) =>
          joinSheets(join(folder, page), folder, base),
        );
        const scripts = globSync('assets/*.js', { cwd: folder }).map((name) =>
          readFileSync(join(folder, name), 'utf8'),
        );
        for (const sheet of new Set(joined)) {
          // What a script loads later it still asks for by its own name.
          if (!scripts.some((script) => script.includes(sheet))) rmSync(join(folder, sheet));
        }
      },
    },
  };
}

/** @returns the sheets that the page no longer asks for */
function joinSheets(page: string, folder: string, base: string): string[] {
  const html = readFileSync(page, 'utf8');
  const sheets = [...html.matchAll(link)].map(([, address]) => address!.slice(base.length));
  if (sheets.length === 0) return [];
  const css = sheets.map((sheet) => readFileSync(join(folder, sheet), 'utf8')).join('\n');
  const name = `assets/page.${createHash('sha256').update(css).digest('hex').slice(0, 8)}.css`;
  writeFileSync(join(folder, name), css);
  let first = true;
  const joined = html.replace(link, () => {
    const instead = first ? `<link rel="stylesheet" href="${base}${name}">` : '';
    first = false;
    return instead;
  });
  writeFileSync(page, joined);
  return sheets;
}
