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

/** A font of src/fonts, from the upright file on: parts of fonts, under names of their own, as their licences ask. */
function face(name: string, cssVariable: `--${string}`, fallbacks: string[], ...[upright, italic]: [string, string?]) {
  const weight = upright.startsWith('math') ? '400' : '400 700';
  const variant = (file: string, style: 'normal' | 'italic') => ({
    weight,
    style,
    display: early.includes(file) ? ('optional' as const) : ('swap' as const),
    src: [`./src/fonts/${file}.woff2`] as [string],
  });
  return {
    provider: fontProviders.local(),
    name,
    cssVariable,
    fallbacks,
    options: {
      variants: [variant(upright, 'normal'), ...(italic ? [variant(italic, 'italic')] : [])] as [
        ReturnType<typeof variant>,
      ],
    },
  };
}

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
    face('Unrolled Serif', '--font-text', ['Georgia', 'serif'], 'serif-normal', 'serif-italic'),
    face('Unrolled Sans', '--font-ui', ['Arial', 'sans-serif'], 'sans-normal'),
    face('Unrolled Mono', '--font-mono', ['monospace'], 'mono-normal'),
    { ...face('Unrolled Math', '--font-math', ['Cambria Math', 'math'], 'math-normal'), optimizedFallbacks: false },
  ],
});
