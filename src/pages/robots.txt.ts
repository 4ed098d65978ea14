import type { APIContext } from 'astro';

import { pageAddress } from '#src/site/address.ts';

export function GET({ site }: APIContext) {
  const sitemap = site ? [`Sitemap: ${new URL(pageAddress('/sitemap-index.xml'), site).href}`] : [];
  return new Response(['User-agent: *', 'Allow: /', ...sitemap, ''].join('\n'));
}
