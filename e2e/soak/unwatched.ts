import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { launchOptions } from '../../scripts/lib/browser.mjs';
import { contentType } from '../static-site';
import { visit } from './visitor';

const longestRoundMs = 600_000;

/**
 * The built page in a browser that no tool is attached to, used by a script within it. A browser that is driven from outside keeps records of what it does
 * for whoever drives it, and its heaps are cut up by them: of the same rounds its process grew by 23 MB in half an hour.
 */
export class Unwatched {
  private constructor(
    private readonly browser: ChildProcess,
    private readonly told: EventEmitter,
    readonly close: () => Promise<void>,
  ) {}

  static async open(backend: string): Promise<Unwatched> {
    const told = new EventEmitter();
    const server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (request.method === 'POST') {
        told.emit('round', pathname === '/broken' ? (await request.toArray()).join('') : null);
        response.writeHead(204).end();
        return;
      }
      try {
        const file = pathname === '/' ? 'index.html' : normalize(pathname).replace(/^[/\\]+/, '');
        if (file.startsWith('..')) throw new Error('outside');
        const stored = file === 'visitor.js' ? `(${visit})(${backend === 'webgpu'});` : await readFile(join('dist', file));
        const content =
          file === 'index.html' ? String(stored).replace('</body>', '<script type="module" src="/visitor.js"></script></body>') : stored;
        response.writeHead(200, { 'content-type': contentType(file) }).end(content);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const profile = mkdtempSync(join(tmpdir(), 'lowrank-soak-'));
    const { executablePath, args = [] } = await launchOptions();
    const browser = spawn(
      executablePath ?? 'chromium',
      [
        ...['--headless=new', '--no-first-run', '--no-sandbox', '--window-size=1440,900', '--js-flags=--expose-gc'],
        ...[`--user-data-dir=${profile}`, ...args, `http://127.0.0.1:${port}/?backend=${backend}`],
      ],
      { stdio: 'ignore' },
    );
    return new Unwatched(browser, told, async () => {
      const ended = new Promise((resolve) => browser.once('exit', resolve));
      browser.kill();
      await ended;
      server.closeAllConnections();
      server.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  /** Waits for the end of the round that is going on. */
  async round(): Promise<void> {
    const [broken] = await once(this.told, 'round', { signal: AbortSignal.timeout(longestRoundMs) });
    if (broken !== null) throw new Error(`The visitor could not go on: ${broken}`);
  }

  /**
   * What the page's process wrote itself and is in memory. What is mapped from files is not counted: it is shared out among all browsers that run, and grew by
   * 20 MB in the moment in which another one ended. Of Linux alone.
   */
  processMB(): number {
    const { pid } = this.browser;
    const renderers = pid === undefined ? [] : descendants(pid).filter((id) => readOr(`/proc/${id}/cmdline`).includes('--type=renderer'));
    // The largest is the page's.
    return Math.max(...renderers.map((id) => ownMB(readOr(`/proc/${id}/smaps_rollup`))));
  }
}

/** @param rollup of `/proc/ID/smaps_rollup` */
function ownMB(rollup: string): number {
  const of = (kind: string) => Number(new RegExp(`^Pss_${kind}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0);
  return ((of('Anon') + of('Shmem')) * 1024) / 1e6;
}

/** All processes that came from this one. */
function descendants(ancestor: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name): [number, number] => [Number(name), Number(/^PPid:\s+(\d+)/m.exec(readOr(`/proc/${name}/status`))?.[1])]);
  const found = [ancestor];
  for (const one of found) found.push(...parents.filter(([, parent]) => parent === one).map(([id]) => id));
  return found;
}

/** A process may end while it is read. */
function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
