import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const chapters = defineCollection({
  loader: glob({
    base: './content/chapters',
    pattern: '*.mdx',
    // 2-basic-rnn.mdx lives at /basic-rnn/
    generateId: ({ entry }) => entry.replace(/^\d+-/, '').replace(/\.mdx$/, ''),
  }),
  schema: z.object({
    number: z.number().int(),
    title: z.string(),
    /** The title where there is little room: the header. */
    short: z.string(),
    /** The question that the chapter opens with. */
    question: z.string(),
    /** One or two sentences for search engines and the home page. */
    description: z.string(),
  }),
});

export const collections = { chapters };
