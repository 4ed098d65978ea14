import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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
    const notFound = () => {
      request.url = '/404.html';
      response.statusCode = 404;
      files(request, response, () => void response.end('Not found'));
    };
    if (!path.startsWith(base)) return notFound();
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
