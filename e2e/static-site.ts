import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

export function contentType(file: string): string {
  return types[extname(file)] ?? 'application/octet-stream';
}

/** A static host as plain as they come: `dist/` under a path, and nothing anywhere else. */
export async function serveUnder(path: string) {
  const asked: string[] = [];
  let edition = 0;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    const inside = pathname.startsWith(path) ? normalize(pathname.slice(path.length)) : null;
    try {
      if (inside === null || inside.startsWith('..')) throw new Error('outside');
      const file = join('dist', inside === '' || inside === '.' ? 'index.html' : inside);
      const stored = await readFile(file);
      const content = inside === 'sw.js' && edition > 0 ? Buffer.concat([stored, Buffer.from(`\n// edition ${edition}\n`)]) : stored;
      response.writeHead(200, { 'content-type': contentType(file) }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${path}`,
    asked,
    /** From now on another version of the page lies there: its service worker differs in a byte. */
    publish() {
      edition++;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
