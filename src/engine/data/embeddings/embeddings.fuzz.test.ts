/** Mutated files of every format: recognized, looked into and read, or refused by a LabError, in bounded time and memory. */
import { expect, it } from 'vitest';
import { fileOf } from '../testing';
import * as write from '../testing/embeddings-writers';
import { type FuzzCase, fuzz } from '../testing/fuzz';
import { recognizeEmbeddings } from './registry';

const long = process.env.LONG === '1';
const mutations = long ? 100_000 : 1000;
const seed = 20_240_117;

const words = ['the', 'of', '<img src=x onerror=alert(1)>', 'New York', 'été', '2000', '😀', 'constructor', '__proto__', 'and', 'to', 'a'];
const rows = words.map((_, row) => Array.from({ length: 5 }, (_, column) => (row - 4) / 8 + column));
const table = { words, rows };
const lines = { name: 'words.txt', bytes: write.writeWords(words) };

const single = (name: string, bytes: Uint8Array): FuzzCase => ({ name, files: [{ name, bytes }] });
const pair = (name: string, bytes: Uint8Array, vocabulary = lines): FuzzCase => ({ name, files: [{ name, bytes }, vocabulary] });

const cases: FuzzCase[] = [
  single('GloVe text', write.writeGloveText(table)),
  single('word2vec text', write.writeWord2vecText(table)),
  single('word2vec binary', write.writeWord2vecBinary(table)),
  single('word2vec binary without line feeds', write.writeWord2vecBinary(table, { newline: false })),
  single('fastText', write.writeFasttext(table)),
  pair('npy f4', write.writeNpy(table)),
  pair('npy f8, Fortran order', write.writeNpy(table, { type: 'f8', fortran: true, version: 2 })),
  pair('npy f2, big-endian', write.writeNpy(table, { type: 'f2', bigEndian: true }), {
    name: 'vocab.json',
    bytes: write.writeVocabJson(words),
  }),
  pair('safetensors F32', write.writeSafetensors({ embedding: table, other: { rows: [[1, 2]] } })),
  pair('safetensors BF16', write.writeSafetensors({ e: { rows, type: 'BF16' } }), {
    name: 'tokenizer.json',
    bytes: write.writeTokenizerJson(words),
  }),
  pair('safetensors F16', write.writeSafetensors({ e: { rows, type: 'F16' } }), {
    name: 'tokenizer.json',
    bytes: write.writeTokenizerJson(words, { list: true }),
  }),
  pair('Projector TSV', write.writeTensorsTsv(table), {
    name: 'metadata.tsv',
    bytes: write.bytesOf('word\tcount\n', words.map((word, i) => `${word}\t${i}\n`).join('')),
  }),
];

it(
  `survives ${mutations} mutated files`,
  async () => {
    const report = await fuzz({
      cases,
      mutations,
      seed,
      read: async (files) => {
        const {
          format,
          files: found,
          head,
        } = await recognizeEmbeddings(files.map(({ name, bytes }) => fileOf(bytes, { name, chunkBytes: 97 })));
        const preview = await format.preview(found, head);
        const choice = { keep: { kind: 'all' as const }, tensor: preview.tensors[0]?.name ?? null };
        const { words: kept, vectors } = await format.read(found, choice, { limit: Number.POSITIVE_INFINITY, keeps: () => true });
        expect(kept.length).toBe(vectors.rows);
        expect(new Set(kept).size).toBe(kept.length);
        for (const { values } of vectors.blocks()) expect(values.every(Number.isFinite)).toBe(true);
      },
    });
    if (long) console.log(report);
    // Mutations that only ever break the files, or never, would find nothing.
    expect(report.read).toBeGreaterThan(mutations / 20);
    expect(report.refused).toBeGreaterThan(mutations / 20);
  },
  long ? 1_800_000 : 30_000,
);
