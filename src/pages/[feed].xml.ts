import rss from '@astrojs/rss';
import type { APIContext } from 'astro';

import { pageAddress } from '#src/site/address.ts';
import { chaptersInOrder } from '#src/site/chapters.ts';

/** A feed names whole addresses, so there is one only where the site knows its own. */
export function getStaticPaths() {
  return import.meta.env.SITE ? [{ params: { feed: 'rss' } }] : [];
}

export async function GET({ site }: APIContext) {
  const chapters = await chaptersInOrder();
  return rss({
    title: 'Unrolled',
    description: 'An interactive tutorial on sequential data, recurrent networks and LSTMs.',
    site: new URL(pageAddress('/'), site).href,
    trailingSlash: true,
    items: chapters.map(({ path, data }) => ({
      title: data.title,
      description: data.description,
      link: new URL(pageAddress(path), site).href,
    })),
  });
}
