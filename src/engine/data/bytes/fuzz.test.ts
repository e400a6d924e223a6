/** Mutated gzip and zip files, with tables and data sets in them: unpacked and read, or refused by a LabError, in bounded time and memory. */
import { gzipSync } from 'node:zlib';
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { previewDatasetFiles, readDatasetFiles } from '../datasets/registry';
import { recognizeEmbeddings } from '../embeddings/registry';
import { bytesOf, writeGloveText } from '../testing/embeddings-writers';
import { fuzz } from '../testing/fuzz';
import { openInputs } from './open';

const long = process.env.LONG === '1';
const mutations = long ? 100_000 : 1000;
const all = { limit: Number.POSITIVE_INFINITY, keeps: () => true };

async function zip(files: Record<string, string>, level: number): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, level });
  for (const [name, content] of Object.entries(files)) await writer.add(name, new TextReader(content));
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}

const words = ['the', 'of', '<b>to</b>', 'New York', 'été', '😀', '__proto__'];
const table = writeGloveText({ words, rows: words.map((_, row) => [row, -row / 8, row / 3]) });
const set = `text,label\n${Array.from({ length: 40 }, (_, i) => `"sentence ${i}, é😀",${'xyz'[i % 3]}\n`).join('')}`;
const lines = Array.from({ length: 20 }, (_, i) => JSON.stringify({ text: `sentence ${i}`, label: 'xy'[i % 2] })).join('\n');
const one = (name: string, bytes: Uint8Array) => ({ name, files: [{ name, bytes }] });

async function cases() {
  return [
    one('table.txt.gz', gzipSync(table)),
    one('set.csv.gz', gzipSync(set)),
    one('set.jsonl.gz.gz', gzipSync(gzipSync(lines))),
    one('stored.zip', await zip({ 'table.txt': new TextDecoder().decode(table), 'README.md': 'about' }, 0)),
    one('set.zip', await zip({ 'set/set.csv': set }, 6)),
    one('splits.zip', await zip({ 'train.csv': set, 'test.csv': set }, 6)),
    { name: 'packed by another hand', files: [{ name: 'a.gz', bytes: bytesOf(gzipSync(table.slice(0, 40)), gzipSync(table.slice(40))) }] },
  ];
}

it(
  `unpacks or refuses ${mutations} mutated archives`,
  async () => {
    const report = await fuzz({
      cases: await cases(),
      mutations,
      seed: 20_250_311,
      read: async (given) => {
        const inputs = given.map(({ name, bytes }) => new File([new Uint8Array(bytes)], name));
        const isTable = given.some(({ name }) => /table|stored|^a\./.test(name));
        const files = await openInputs(inputs, () => Promise.reject(new Error('nothing is fetched')), 'bad-dataset');
        if (isTable) {
          const { format, files: found } = await recognizeEmbeddings(files);
          await format.read(found, { keep: { kind: 'all' }, tensor: null }, all);
        } else {
          const { guess } = await previewDatasetFiles(files);
          await readDatasetFiles(files, guess);
        }
      },
    });
    if (long) console.info(report);
    expect(report.read).toBeGreaterThan(mutations / 50);
    expect(report.refused).toBeGreaterThan(mutations / 20);
  },
  long ? 3_600_000 : 60_000,
);

it('gives back whatever was packed, byte by byte', async () => {
  const unpacked = async (bytes: Uint8Array, name: string) => {
    const [file] = await openInputs(
      [new File([new Uint8Array(bytes)], name)],
      () => Promise.reject(new Error('nothing is fetched')),
      'bad-dataset',
    );
    return new Uint8Array(await new Response(file.stream()).arrayBuffer());
  };
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2000 }), fc.integer({ min: 0, max: 9 }), async (text, level) => {
      // A letter first: what is inside must not itself begin like an archive.
      const content = `a${text}`;
      const expected = new TextEncoder().encode(content);
      expect(await unpacked(gzipSync(expected, { level }), 'a.gz')).toEqual(expected);
      expect(await unpacked(gzipSync(gzipSync(expected)), 'a.gz.gz')).toEqual(expected);
      expect(await unpacked(await zip({ 'a.txt': content }, level), 'a.zip')).toEqual(expected);
    }),
    { numRuns: 100 },
  );
}, 30_000);
