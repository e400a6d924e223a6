/**
 * Reads a generated GloVe file (400 MB; 100 MB with --quick) by the lab's reader on all cores, by the same on one, by a plain reader (split and
 * parseFloat) and by papaparse.
 */
import { createReadStream, createWriteStream, openAsBlob, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Papa from 'papaparse';
import { nodeParsers } from '../../src/cli/parser-threads';
import { readTextTable } from '../../src/engine/data/embeddings/glove-text';
import { selectionOf } from '../../src/engine/data/embeddings/selection';
import { gloveChunks } from '../glove-file';
import { interleave } from '../interleave';
import { noFindings, type Work } from '../work';

const dimension = 300;
const bytesPerRow = 2514;
/** Of what takes seconds each. */
const rounds = 3;

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
  name: 'split-parsefloat',
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

/** A file of that many rows. */
export async function writeGlove(path: string, rows: number): Promise<void> {
  await pipeline(Readable.from(gloveChunks(rows, dimension)), createWriteStream(path));
}

/** The lab's reader, on all cores. */
export const ourReader = ours('ours', nodeParsers());

const readers = [ourReader, ours('ours-one-thread', null), plain, papaparse];

export const parse: Work = {
  name: 'parse-glove-text',
  quick: true,
  async measure(context) {
    const rows = Math.round((context.quick ? 100e6 : 400e6) / bytesPerRow);
    const path = join(context.folder, 'glove.txt');
    context.say('parse-glove-text: writes the file');
    await writeGlove(path, rows);
    const { size } = statSync(path);
    const found = new Map<string, { words: number; sum: number }>();
    const contenders = readers.map(({ name, read }) => ({
      name,
      run: async () => {
        const start = performance.now();
        const content = await read(path);
        const ms = performance.now() - start;
        if (!found.has(name)) found.set(name, { words: content.words, sum: content.sum() });
        (globalThis as { gc?: () => void }).gc?.();
        return ms;
      },
    }));
    context.say('parse-glove-text');
    const [own, ...others] = await interleave(contenders, context.quick ? 1 : rounds);
    rmSync(path);
    const sum = found.get(ourReader.name)?.sum ?? Number.NaN;
    for (const [name, content] of found) {
      if (content.words !== rows || !(Math.abs(content.sum - sum) <= 1e-6 * rows))
        throw new Error(`${name} read something else: ${content.words} words, sum ${content.sum}`);
    }
    return {
      ...noFindings(),
      rows: others.map(({ name, medianMs, runs }) => ({
        work: 'parse-glove-text',
        backend: 'cpu',
        peer: name,
        oursMs: own.medianMs,
        peerMs: medianMs,
        ratio: medianMs / own.medianMs,
        adapter: context.processor,
        runs,
        date: context.date,
        size: `${rows} x ${dimension}, ${(size / 1e6).toFixed(0)} MB`,
      })),
    };
  },
};
