import { writeFile } from 'node:fs/promises';

import type { AstroIntegration } from 'astro';

/** What a policy in the page cannot say, as headers. */
const everywhere = [
  'X-Content-Type-Options: nosniff',
  'Referrer-Policy: strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy: same-origin',
  'Permissions-Policy: camera=(), geolocation=(), microphone=()',
];

/** Only an experiment that stands alone, under /embed/, may be shown in other people's pages. */
const notInFrames = ["Content-Security-Policy: frame-ancestors 'none'", 'X-Frame-Options: DENY'];

/** The service worker is what tells a browser that there is another build. */
const fresh = ['Cache-Control: no-cache'];

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
      'astro:build:done': async ({ dir, pages }) => {
        // A host adds up the headers of all rules that match, so that none can be taken back for /embed/.
        const paths = [...new Set(pages.map(({ pathname }) => pathname.split('/')[0]!))].filter(
          (path) => path !== 'embed',
        );
        const rules = [
          rule(`${base}*`, everywhere),
          rule(`${base}assets/*`, hashed),
          rule(`${base}sw.js`, fresh),
          ...paths.sort().map((path) => rule(`${base}${path && `${path}*`}`, notInFrames)),
        ];
        await writeFile(new URL('_headers', dir), `${rules.join('\n\n')}\n`);
      },
    },
  };
}
