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

const files = (name: string) => `./node_modules/@fontsource-variable/${name}`;

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
      name: 'Source Serif 4',
      cssVariable: '--font-text',
      fallbacks: ['Georgia', 'serif'],
      options: {
        variants: [
          {
            weight: '200 900',
            style: 'normal',
            src: [files('source-serif-4/files/source-serif-4-latin-wght-normal.woff2')],
          },
          {
            weight: '200 900',
            style: 'italic',
            src: [files('source-serif-4/files/source-serif-4-latin-wght-italic.woff2')],
          },
        ],
      },
    },
    {
      provider: fontProviders.local(),
      name: 'Inter',
      cssVariable: '--font-ui',
      fallbacks: ['Arial', 'sans-serif'],
      options: {
        variants: [{ weight: '100 900', style: 'normal', src: [files('inter/files/inter-latin-wght-normal.woff2')] }],
      },
    },
    {
      provider: fontProviders.local(),
      name: 'JetBrains Mono',
      cssVariable: '--font-mono',
      fallbacks: ['monospace'],
      options: {
        variants: [
          {
            weight: '100 800',
            style: 'normal',
            src: [files('jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2')],
          },
        ],
      },
    },
    {
      provider: fontProviders.local(),
      name: 'STIX Two Math',
      cssVariable: '--font-math',
      fallbacks: ['Cambria Math', 'math'],
      optimizedFallbacks: false,
      options: { variants: [{ weight: '400', style: 'normal', src: ['./src/fonts/stix-two-math-subset.woff2'] }] },
    },
  ],
});
