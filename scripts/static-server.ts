import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import sirv from 'sirv';

/**
 * Serves a built site the way a static host does: folders by their index.html, everything else by 404.html.
 * @param base the path under which it lives, with slashes at both ends
 * @param port 0 for any free one
 */
export async function serveFolder(folder: string, base: string, port: number, host = '127.0.0.1'): Promise<Server> {
  const files = sirv(folder, { etag: true, dev: true });
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const notFound = async () => {
      const page = await readFile(join(folder, '404.html')).catch(() => 'Not found');
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
    };
    if (!path.startsWith(base)) {
      void notFound();
      return;
    }
    request.url = path.slice(base.length - 1);
    files(request, response, notFound);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

export function addressOf(server: Server, base: string): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address}:${port}${base}`;
}
