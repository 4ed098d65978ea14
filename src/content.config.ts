import { defineCollection, reference } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { z } from 'astro/zod';

import { readBibtex } from './site/references.ts';
import { quantities } from './site/symbols.ts';

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
    /** The curves in the picture that goes with links to the chapter: columns of an experiment's recorded table. */
    picture: z.object({
      of: z.string(),
      x: z.string(),
      y: z.array(z.string()).min(1),
      log: z.boolean().default(false),
      caption: z.string(),
    }),
  }),
});

/** One file a term. Its first paragraph is shown where the term is met in a text; the rest, if any, only in the glossary. */
const glossary = defineCollection({
  loader: glob({ base: './content/glossary', pattern: '*.md' }),
  schema: z.object({
    term: z.string(),
    /** Other names for the same thing. */
    also: z.array(z.string()).default([]),
    /** The quantity whose colour it has. */
    quantity: z.enum(quantities).optional(),
    /** Entries to read next. */
    see: z.array(reference('glossary')).default([]),
  }),
});

const references = defineCollection({
  loader: file('content/references.bib', {
    parser: (text) => readBibtex(text).map((work) => ({ ...work })),
  }),
  schema: z.object({
    id: z.string(),
    authors: z.array(z.object({ given: z.string(), family: z.string() })),
    year: z.number().int(),
    title: z.string(),
    language: z.string().optional(),
    container: z.string().optional(),
    details: z.string(),
    address: z.url().optional(),
    note: z.string(),
  }),
});

/** A line of Markdown, with formulas. */
const line = z.string().min(1);

const choice = z.strictObject({ text: line, right: z.boolean().default(false), why: line });

const question = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('single'),
    ask: line,
    choices: z
      .array(choice)
      .min(2)
      .refine((all) => all.filter(({ right }) => right).length === 1, 'One choice is right.'),
  }),
  z.strictObject({
    kind: z.literal('multiple'),
    ask: line,
    choices: z
      .array(choice)
      .min(2)
      .refine((all) => all.some(({ right }) => right), 'At least one choice is right.'),
  }),
  z.strictObject({
    kind: z.literal('order'),
    ask: line,
    /** In their right order. */
    items: z.array(z.strictObject({ text: line, why: line })).min(2),
  }),
  z.strictObject({
    kind: z.literal('numeric'),
    ask: line,
    answer: z.number(),
    tolerance: z.number().min(0).default(0),
    unit: z.string().optional(),
    why: line,
    mistakes: z.array(z.strictObject({ from: z.number(), to: z.number(), why: line })).default([]),
    otherwise: line,
  }),
]);

/** One file a quiz, named in the text by the file's name. */
const quizzes = defineCollection({
  loader: glob({ base: './content/quizzes', pattern: '*.yaml' }),
  schema: z.object({ questions: z.array(question).min(1) }),
});

export const collections = { chapters, glossary, references, quizzes };
