import type { APIContext } from 'astro';

import { loadDefinition, slugs, type Slug } from '#src/experiments/index.ts';
import { pageAddress } from '#src/site/address.ts';
import { embedMarkup } from '#src/site/embed.ts';

/** What an experiment is to a page that embeds it, as oembed.com has it. Whole addresses: only where the site knows its own. */
export function getStaticPaths() {
  return import.meta.env.SITE ? slugs.map((slug) => ({ params: { slug } })) : [];
}

export async function GET({ site, params }: APIContext) {
  const slug = params['slug'] as Slug;
  const { title } = await loadDefinition(slug);
  const address = new URL(pageAddress(`/embed/${slug}/`), site).href;
  return Response.json({
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'Unrolled',
    provider_url: new URL(pageAddress('/'), site).href,
    html: embedMarkup(address, title),
    width: 960,
    height: 720,
  });
}
