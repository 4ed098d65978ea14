/** npm start: builds the site if a source is newer than the last build, and serves it on this machine. */
import { buildSite, normalBase } from './build-site.ts';
import { addressOf, serveFolder } from './static-server.ts';

const FIRST_PORT = 4321;
const PORTS_TO_TRY = 20;

const base = normalBase(process.env['BASE_PATH']);

console.log('Building the site …');
if (!buildSite({ folder: 'dist', siteUrl: process.env['SITE_URL'], basePath: process.env['BASE_PATH'] })) {
  console.error('\nThe build failed: the lines above say where. Mend that and run npm start again.\n');
  process.exit(1);
}

const wanted = process.env['PORT']
  ? [Number(process.env['PORT'])]
  : Array.from({ length: PORTS_TO_TRY }, (_, i) => FIRST_PORT + i);
for (const port of wanted) {
  try {
    const server = await serveFolder('dist', base, port);
    console.log(`\nUnrolled is at ${addressOf(server, base)}   (Ctrl+C stops it)\n`);
    break;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === wanted.at(-1)) {
      console.error(
        `\nNo server could be started on port ${port}: ${(error as Error).message}. Name a free one: PORT=8080 npm start\n`,
      );
      process.exit(1);
    }
  }
}
