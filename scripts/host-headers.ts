import { writeFile } from 'node:fs/promises';

import type { AstroIntegration } from 'astro';

/** What a policy in the page cannot say, as headers. */
const everywhere = [
  "Content-Security-Policy: frame-ancestors 'none'",
  'X-Frame-Options: DENY',
  'X-Content-Type-Options: nosniff',
  'Referrer-Policy: strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy: same-origin',
  'Permissions-Policy: camera=(), geolocation=(), microphone=()',
];

/** The names of these files change with what is in them. */
const hashed = ['Cache-Control: public, max-age=31536000, immutable'];

const rule = (path: string, headers: string[]) => [path, ...headers.map((header) => `  ${header}`)].join('\n');

/** Writes `_headers`, which Netlify and Cloudflare Pages read, beside the built pages. */
export function hostHeaders(): AstroIntegration {
  let base = '/';
  return {
    name: 'host-headers',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/*$/, '/');
      },
      'astro:build:done': async ({ dir }) => {
        const rules = [rule(`${base}*`, everywhere), rule(`${base}assets/*`, hashed)];
        await writeFile(new URL('_headers', dir), `${rules.join('\n\n')}\n`);
      },
    },
  };
}
