/** What a visitor loads of the built page: which chunk asks for which, and what they weigh. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const staticImports = /(?:\bfrom|\bimport)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g;
const dynamicImports = /\bimport\(\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]\s*\)/g;
const workers = /new URL\(\s*["'`]([^"'`]+\.js)["'`]\s*,\s*import\.meta\.url/g;
const scripts = /<script\b[^>]*\bsrc="([^"]+)"/g;
const preloads = /<link\b[^>]*rel="modulepreload"[^>]*href="([^"]+)"/g;

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, address]) => address);

export interface Chunk {
  /** Its file name without the hash, which changes with every build. */
  name: string;
  path: string;
  text: string;
  gzipBytes: number;
  imports: string[];
  lazyImports: string[];
  workers: string[];
}

export class BuiltPage {
  private readonly chunks = new Map<string, Chunk>();
  readonly html: string;

  constructor(private readonly folder: string) {
    this.html = readFileSync(join(folder, 'index.html'), 'utf8');
  }

  /** Those that index.html starts. */
  get entries(): string[] {
    return found(this.html, scripts).map((address) => join(this.folder, address));
  }

  /** Those that it asks for ahead. */
  get preloaded(): string[] {
    return found(this.html, preloads).map((address) => join(this.folder, address));
  }

  chunk(path: string): Chunk {
    const known = this.chunks.get(path);
    if (known) return known;
    const text = readFileSync(path, 'utf8');
    const beside = (address: string) => join(dirname(path), address);
    const chunk: Chunk = {
      name: basename(path).replace(/-[\w-]{8}\.js$/, ''),
      path,
      text,
      gzipBytes: gzipSync(text, { level: 9 }).length,
      imports: found(text, staticImports).map(beside).filter(existsSync),
      lazyImports: found(text, dynamicImports).map(beside).filter(existsSync),
      // A worker's address is made by Vite: beside the chunk, or from the page's folder.
      workers: found(text, workers)
        .map((address) => join(this.folder, 'assets', basename(address)))
        .filter(existsSync),
    };
    this.chunks.set(path, chunk);
    return chunk;
  }

  /** These and all that they can't start without; with `lazily` also what they may ask for later. */
  reached(from: readonly string[], lazily = false): Chunk[] {
    const reached = new Set<string>();
    const visit = (path: string) => {
      if (reached.has(path)) return;
      reached.add(path);
      const { imports, lazyImports } = this.chunk(path);
      for (const next of lazily ? [...imports, ...lazyImports] : imports) visit(next);
    };
    for (const path of from) visit(path);
    return [...reached].map((path) => this.chunk(path));
  }
}
