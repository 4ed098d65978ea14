/**
 * npm run lighthouse: Lighthouse, as a phone on a simulated slow connection, on every page that people read: five times each, and
 * the median counts. The site is served compressed, as hosts do. What comes out goes into tests/bench/lighthouse.json and
 * docs/lighthouse.md. LIGHTHOUSE_RUNS=1 makes it shorter; words are the paths of the pages to measure: `npm run lighthouse -- lstm/`.
 * Lighthouse itself is fetched by npm when it is first needed: it is larger than everything else here.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { readPagesIn, testSites } from '#tests/site/sites.ts';

import { provideBrowser } from './browser.ts';
import { buildSite } from './build-site.ts';
import { addressOf } from './static-server.ts';
import { writeFormatted } from './write-formatted.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const RUNS = Number(process.env['LIGHTHOUSE_RUNS'] ?? 5);
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** What is asked of each category, out of 100. */
const ASKED = { performance: 99, accessibility: 100, 'best-practices': 100, seo: 100 };
const LARGEST_PAINT_MS = 1500;

/** The part of a report that is used. */
interface Report {
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; numericValue?: number; displayValue?: string }>;
}

/** Medians of a page. */
export interface PageMeasured {
  path: string;
  scores: Record<(typeof CATEGORIES)[number], number>;
  largestPaintMs: number;
  blockedMs: number;
  layoutShift: number;
  kilobytes: number;
  requests: number;
  /** Audits that cost a score something, in any of the runs. */
  lacking: string[];
}

export interface LighthouseRecord {
  command: string;
  date: string;
  lighthouse: string;
  machine: string;
  runs: number;
  pages: PageMeasured[];
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Answers as a host does: compressed, what has its content in its name for good, everything else to be asked for again. */
function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? '/', 'http://host').pathname.replace(/\/$/, '/index.html');
  try {
    const content = readFileSync(join(folder, path));
    const compress = extname(path) !== '.woff2';
    response.writeHead(200, {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(compress && { 'Content-Encoding': 'gzip' }),
    });
    response.end(compress ? gzipSync(content) : content);
  } catch {
    response.writeHead(404).end();
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Runs Lighthouse in a process of its own, so that the server here answers meanwhile only if it is another: see `serve`. */
function measure(address: string, file: string): Report {
  const words = ['--yes', LIGHTHOUSE, address, '--quiet', '--output=json', `--output-path=${file}`];
  const flags = '--chrome-flags=--headless=new --no-sandbox --disable-background-networking';
  const env = { ...process.env, CHROME_PATH: provideBrowser() };
  const ran = spawnSync('npx', [...words, `--only-categories=${CATEGORIES.join(',')}`, flags], {
    stdio: 'inherit',
    env,
  });
  if (ran.status !== 0) throw new Error(`Lighthouse failed on ${address}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function lackingIn({ categories, audits }: Report): string[] {
  const weighed = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
  return weighed
    .map(({ id }) => ({ id, ...audits[id]! }))
    .filter(({ score }) => score !== null && score < 0.995)
    .map(({ id, title, displayValue }) => `${id}: ${title}${displayValue ? ` (${displayValue})` : ''}`);
}

function summary(path: string, reports: readonly Report[]): PageMeasured {
  const number = (id: string) => median(reports.map(({ audits }) => audits[id]?.numericValue ?? 0));
  const scores = CATEGORIES.map((name) => [
    name,
    Math.round(100 * median(reports.map(({ categories }) => categories[name]!.score))),
  ]);
  // An audit counts that the run in the middle lacks: others are noise.
  const byPerformance = [...reports].sort(
    (a, b) => a.categories['performance']!.score - b.categories['performance']!.score,
  );
  const requests = reports.map(({ audits }) => {
    const { details } = audits['network-requests'] as unknown as { details?: { items: { transferSize: number }[] } };
    return details?.items ?? [];
  });
  return {
    path: `/${path}`,
    scores: Object.fromEntries(scores) as PageMeasured['scores'],
    largestPaintMs: Math.round(number('largest-contentful-paint')),
    blockedMs: Math.round(number('total-blocking-time')),
    layoutShift: Math.round(1000 * number('cumulative-layout-shift')) / 1000,
    kilobytes: Math.round(
      median(requests.map((all) => all.reduce((sum, { transferSize }) => sum + transferSize, 0))) / 1000,
    ),
    requests: median(requests.map((all) => all.length)),
    lacking: lackingIn(byPerformance[byPerformance.length >> 1]!),
  };
}

const isShort = ({ scores, largestPaintMs, layoutShift }: PageMeasured) =>
  CATEGORIES.some((name) => scores[name] < ASKED[name]) || largestPaintMs >= LARGEST_PAINT_MS || layoutShift > 0;

function pageOf({ command, date, lighthouse, machine, runs, pages }: LighthouseRecord): string {
  const rows = pages.map(({ path, scores, largestPaintMs, blockedMs, layoutShift, kilobytes, requests }) =>
    [
      `\`${path}\``,
      ...CATEGORIES.map((name) => scores[name]),
      largestPaintMs,
      layoutShift,
      blockedMs,
      kilobytes,
      requests,
    ].join(' | '),
  );
  const short = pages.filter(isShort).map(({ path, lacking }) => `- \`${path}\`: ${lacking.join('; ')}`);
  return `# Lighthouse

\`${command}\`, ${date}: ${lighthouse}, a phone on a simulated slow connection, on ${machine}; medians of ${runs} runs of each page. Asked
are 99 for performance, 100 for the others, the largest paint within ${LARGEST_PAINT_MS / 1000} seconds and no layout shift.

| page | ${CATEGORIES.join(' | ')} | largest paint, ms | layout shift | blocked, ms | kB | requests |
| --- | ${CATEGORIES.map(() => '---').join(' | ')} | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}

${short.length > 0 ? `## What falls short, with the audits that say why\n\n${short.join('\n')}` : 'Nothing falls short.'}
`;
}

/** In a process of its own, since this one waits for Lighthouse. */
if (process.argv[2] === 'serve') {
  const server = createServer((request, response) => answer(testSites.root.folder, request, response));
  server.listen(0, '127.0.0.1', () => process.send?.(addressOf(server, '/')));
} else {
  await main(process.argv.slice(2));
}

async function main(wanted: string[]): Promise<void> {
  const { fork } = await import('node:child_process');
  if (!buildSite(testSites.root)) process.exit(1);
  const server = fork(process.argv[1]!, ['serve']);
  const home = await new Promise<string>((resolve) => server.once('message', (address) => resolve(String(address))));
  const paths = readPagesIn(testSites.root.folder).filter(
    (path) => wanted.length === 0 || wanted.includes(path || '/'),
  );
  const file = join(mkdtempSync(join(tmpdir(), 'lighthouse-')), 'report.json');
  const pages: PageMeasured[] = [];
  for (const path of paths) {
    const reports = Array.from({ length: RUNS }, () => measure(home + path, file));
    pages.push(summary(path, reports));
    console.log(pages.at(-1), `load ${loadavg()[0]!.toFixed(1)}`);
  }
  server.kill();
  const record: LighthouseRecord = {
    command: 'npm run lighthouse',
    date: new Date().toISOString().slice(0, 10),
    lighthouse: LIGHTHOUSE,
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
    runs: RUNS,
    pages,
  };
  if (wanted.length > 0) return;
  await writeFormatted('tests/bench/lighthouse.json', JSON.stringify(record));
  await writeFormatted('docs/lighthouse.md', pageOf(record));
  console.log('Wrote tests/bench/lighthouse.json and docs/lighthouse.md.');
}
