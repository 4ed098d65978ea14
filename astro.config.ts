import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import svelte from '@astrojs/svelte';
import type { AstroIntegration } from 'astro';
import { defineConfig, fontProviders } from 'astro/config';

import { hostHeaders } from './scripts/host-headers.ts';
import { offline } from './scripts/offline.ts';
import { oneStyleSheet } from './scripts/one-style-sheet.ts';
import { searchIndex } from './scripts/search-index.ts';
import { chapterParts } from './src/site/chapter-parts.ts';
import { codeTheme, tokensToClasses } from './src/site/code.ts';
import { rehypePlugins, remarkPlugins } from './src/site/markdown.ts';

const site = process.env['SITE_URL'] || undefined;
const base = process.env['BASE_PATH'] || '/';

/** The hash by which the content policy lets in what stands inline in every page: see src/layouts/Base.astro. */
function hashOf(path: string): `sha256-${string}` {
  const inline = readFileSync(new URL(path, import.meta.url), 'utf8').trim();
  return `sha256-${createHash('sha256').update(inline).digest('base64')}`;
}

/** What experiments come to life by. */
const clientTouch: AstroIntegration = {
  name: 'client-touch',
  hooks: {
    'astro:config:setup': ({ addClientDirective }) =>
      addClientDirective({ name: 'touch', entrypoint: './src/site/client-touch.ts' }),
  },
};

/**
 * Of these a page has all its text, but for a few words: src/layouts/Head.astro has them fetched first, and where they are late
 * all the same they come with the next page, for all lines would break anew. The others come when they come.
 */
const early = ['serif-normal', 'sans-normal'];

/** A file of src/fonts: a part of a font, under a name of its own, as its licence asks. */
const part = (file: string, style: 'normal' | 'italic' = 'normal', weight = '400 700') => ({
  weight,
  style,
  display: early.includes(file) ? ('optional' as const) : ('swap' as const),
  src: [`./src/fonts/${file}.woff2`] as [string],
});

export default defineConfig({
  ...(site && { site }),
  base,
  trailingSlash: 'always',
  compressHTML: true,
  build: { assets: 'assets', inlineStylesheets: 'never' },
  integrations: [
    mdx(),
    svelte(),
    clientTouch,
    oneStyleSheet(),
    hostHeaders(),
    searchIndex(),
    ...(site ? [sitemap({ filter: (page) => !/\/(embed|source)\//.test(page) })] : []),
    // Last: it lists what the others have written.
    offline(),
  ],
  markdown: {
    processor: unified({ remarkPlugins: [...remarkPlugins, chapterParts], rehypePlugins }),
    shikiConfig: { theme: codeTheme, transformers: [tokensToClasses] },
  },
  security: {
    csp: {
      directives: [
        "default-src 'none'",
        "connect-src 'self'",
        "font-src 'self'",
        "frame-src 'self'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
      ],
      scriptDirective: {
        resources: ["'self'", "'wasm-unsafe-eval'"],
        hashes: [hashOf('./src/site/theme.inline.js'), hashOf('./src/site/embed.inline.js')],
      },
      styleDirective: { resources: ["'self'"] },
    },
  },
  // One chunk an experiment: a worker loads TensorFlow.js when an experiment that needs it is first run.
  vite: {
    worker: { format: 'es' },
    define: { 'import.meta.env.OFFLINE': JSON.stringify(process.env['OFFLINE'] ?? 'on') },
  },
  fonts: [
    {
      provider: fontProviders.local(),
      name: 'Unrolled Serif',
      cssVariable: '--font-text',
      fallbacks: ['Georgia', 'serif'],
      options: { variants: [part('serif-normal'), part('serif-italic', 'italic')] },
    },
    {
      provider: fontProviders.local(),
      name: 'Unrolled Sans',
      cssVariable: '--font-ui',
      fallbacks: ['Arial', 'sans-serif'],
      options: { variants: [part('sans-normal')] },
    },
    {
      provider: fontProviders.local(),
      name: 'Unrolled Mono',
      cssVariable: '--font-mono',
      fallbacks: ['monospace'],
      options: { variants: [part('mono-normal')] },
    },
    {
      provider: fontProviders.local(),
      name: 'Unrolled Math',
      cssVariable: '--font-math',
      fallbacks: ['Cambria Math', 'math'],
      optimizedFallbacks: false,
      options: { variants: [part('math-normal', 'normal', '400')] },
    },
  ],
});
