/**
 * Reads a generated GloVe file (1 GB; 64 MB with --quick) by the lab's reader, by a plain reader (split and parseFloat) and by papaparse,
 * in turn, in one process. Prints a table, and writes the figures to bench/results.json.
 */
import { createReadStream, createWriteStream, mkdtempSync, openAsBlob, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Papa from 'papaparse';
import { nodeParsers } from '../src/cli/parser-threads';
import { readTextTable } from '../src/engine/data/embeddings/glove-text';
import { selectionOf } from '../src/engine/data/embeddings/selection';
import { gloveChunks } from './glove-file';
import { processor, writeResults } from './results';

const quick = process.argv.includes('--quick');
const dimension = 300;
/** About 2.5 kB a row. */
const rows = Math.round((quick ? 64e6 : 1e9) / 2514);
const rounds = quick ? 3 : 2;

/** What was read: its words, and the sum of all values, which is taken outside the measured time. */
interface Content {
  words: number;
  sum(): number;
}

interface Reader {
  name: string;
  read(path: string): Promise<Content>;
}

const all = selectionOf({ kind: 'all' }, { tokens: [] });

function ours(name: string, parsers: ReturnType<typeof nodeParsers>): Reader {
  return {
    name,
    async read(path) {
      const blob = await openAsBlob(path);
      const file = {
        name: 'glove.txt',
        size: blob.size,
        stream: () => Readable.toWeb(createReadStream(path, { highWaterMark: 2 ** 18 })) as ReadableStream<Uint8Array>,
      };
      const { words, vectors } = await readTextTable(file, all, { parsers });
      return { words: words.length, sum: () => sumOf([...vectors.blocks()].map(({ values }) => values)) };
    },
  };
}

function sumOf(runs: readonly Float32Array[]): number {
  let sum = 0;
  for (const values of runs) for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** Words, their index, and the values: what every reader has to have in the end. */
class PlainTable {
  readonly index = new Map<string, number>();
  private readonly rows: Float32Array[] = [];

  add(fields: readonly string[]): void {
    if (fields.length < 2) return;
    const values = new Float32Array(fields.length - 1);
    for (let i = 1; i < fields.length; i++) values[i - 1] = Number.parseFloat(fields[i]);
    this.index.set(fields[0], this.rows.length);
    this.rows.push(values);
  }

  result(): Content {
    return { words: this.index.size, sum: () => sumOf(this.rows) };
  }
}

const plain: Reader = {
  name: 'split and parseFloat',
  async read(path) {
    const table = new PlainTable();
    let rest = '';
    for await (const text of createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 20 })) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) table.add(line.split(' '));
    }
    if (rest !== '') table.add(rest.split(' '));
    return table.result();
  },
};

const papaparse: Reader = {
  name: 'papaparse',
  async read(path) {
    const table = new PlainTable();
    await new Promise<void>((resolve, reject) => {
      Papa.parse<string[]>(createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 20 }), {
        delimiter: ' ',
        newline: '\n',
        fastMode: true,
        chunk: ({ data }) => {
          for (const fields of data) table.add(fields);
        },
        complete: () => resolve(),
        error: reject,
      });
    });
    return table.result();
  },
};

const readers = [ours('ours, all cores', nodeParsers()), ours('ours, one thread', null), plain, papaparse];

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lowrank-bench-'));
  try {
    const path = join(folder, 'glove.txt');
    await pipeline(Readable.from(gloveChunks(rows, dimension)), createWriteStream(path));
    const { size } = statSync(path);
    const best = new Map<string, number>();
    const found = new Map<string, { words: number; sum: number }>();
    for (let round = 0; round < rounds; round++) {
      for (const { name, read } of readers) {
        const start = performance.now();
        const content = await read(path);
        best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, performance.now() - start));
        found.set(name, { words: content.words, sum: content.sum() });
        (globalThis as { gc?: () => void }).gc?.();
      }
    }
    const first = found.get(readers[0].name);
    for (const [name, { words, sum }] of found) {
      if (words !== rows || Math.abs(sum - (first?.sum ?? 0)) > 1e-6 * rows)
        throw new Error(`${name} read something else: ${words} words, sum ${sum}`);
    }
    const oursMs = best.get(readers[0].name) ?? Number.NaN;
    console.log(`${rows} x ${dimension}, ${(size / 1e6).toFixed(0)} MB; ${processor}; best of ${rounds}, in turn`);
    console.table(
      readers.map(({ name }) => {
        const ms = best.get(name) ?? Number.NaN;
        return {
          reader: name,
          ms: Math.round(ms),
          'MB/s': Math.round(size / 1e3 / ms),
          'our speed over it': Number((ms / oursMs).toFixed(2)),
        };
      }),
    );
    const results = readers.slice(1).map(({ name }) => {
      const peerMs = best.get(name) ?? Number.NaN;
      return { backend: 'cpu' as const, peer: name, oursMs, peerMs, ratio: peerMs / oursMs, adapter: processor };
    });
    writeResults('parse-glove-text', results);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main();
