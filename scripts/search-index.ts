import { globSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parseFrontmatter } from '@astrojs/markdown-remark';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';

/** What a page says only to those who use it, and what stands in it a second time. */
const leftOut = [
  '[data-pagefind-ignore]',
  '.needs-script',
  '.visually-hidden',
  '.note',
  'details',
  'noscript',
  '.instead-of-script',
  '.for-paper',
  'math',
  'svg',
  'table',
];

/** Faces for the search that Pagefind brings and this site does not use. */
const unused = 'pagefind-{ui,modular-ui,component-ui,highlight}.*';

interface Entry {
  url: string;
  term: string;
  text: string;
}

/** The glossary, each entry a place of its own. */
function glossaryEntries(): Entry[] {
  return globSync('content/glossary/*.md').map((path) => {
    const { frontmatter, content } = parseFrontmatter(readFileSync(path, 'utf8'));
    const { term, also = [] } = frontmatter as { term: string; also?: string[] };
    const text = content.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[*$_`\\]/g, '');
    return { url: `/glossary/#${basename(path, '.md')}`, term, text: `${[term, ...also].join(', ')}. ${text.trim()}` };
  });
}

/** Writes the index of the built pages that src/site/search.ts asks, into the folder `pagefind` beside them. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const { index } = await createIndex({ excludeSelectors: leftOut });
        if (!index) throw new Error('The search index could not be started.');
        const { page_count: pages, errors } = await index.addDirectory({ path: folder });
        const records = glossaryEntries().map(({ url, term, text }) =>
          index.addCustomRecord({ url, content: text, language: 'en', meta: { title: term, page: 'Glossary' } }),
        );
        const added = await Promise.all(records);
        const outputPath = join(folder, 'pagefind');
        const written = await index.writeFiles({ outputPath });
        await close();
        const wrong = [...errors, ...added.flatMap((record) => record.errors), ...written.errors];
        if (wrong.length > 0) throw new Error(`The search index could not be written: ${wrong.join('; ')}`);
        for (const path of globSync(unused, { cwd: outputPath })) rmSync(join(outputPath, path));
        logger.info(`${pages} pages can be searched.`);
      },
    },
  };
}
