/** What is written in any format is read again: the same words, and the same numbers to the last bit of a float32. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../testing';
import type { TestTable } from '../testing/embeddings-writers';
import * as write from '../testing/embeddings-writers';
import { fasttextBinary } from './fasttext-binary';
import type { EmbeddingsFormat } from './format';
import { npy } from './npy';
import { projectorTsv } from './projector-tsv';
import { safetensors } from './safetensors';
import { word2vecBinary } from './word2vec-binary';

const all = { limit: Number.POSITIVE_INFINITY, keeps: () => true };
const choice = { keep: { kind: 'all' as const }, tensor: null };
const word = fc.string({ unit: fc.constantFrom(...'abc1.é’😀\u00a0<>&"\\'), minLength: 1, maxLength: 6 });
// NumPy's f8 is rounded; from a float32 it comes back exactly.
const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
/** The values that binary16 and bfloat16 both hold: 8 significant bits, exponents of the smaller. Subnormal halves among them. */
const short = fc
  .tuple(fc.integer({ min: -255, max: 255 }), fc.integer({ min: -24, max: 8 }))
  .map(([digits, exponent]) => digits * 2 ** exponent);

const tables = (value: fc.Arbitrary<number>): fc.Arbitrary<TestTable> =>
  fc
    .integer({ min: 2, max: 6 })
    .chain((dimension) =>
      fc.uniqueArray(fc.tuple(word, fc.array(value, { minLength: dimension, maxLength: dimension })), {
        selector: ([text]) => text,
        minLength: 1,
        maxLength: 20,
      }),
    )
    .map((rows) => ({ words: rows.map(([text]) => text), rows: rows.map(([, row]) => row) }));

type Vocabulary = (words: readonly string[]) => Uint8Array;
const vocabularies: Record<string, Vocabulary> = {
  lines: write.writeWords,
  'CRLF lines': (words) => write.writeWords(words, '\r\n'),
  'vocab.json': write.writeVocabJson,
  'tokenizer.json': write.writeTokenizerJson,
  'tokenizer.json with a list': (words) => write.writeTokenizerJson(words, { list: true }),
  'metadata.tsv': (words) => write.bytesOf('count\tword\n', words.map((text, i) => `${i}\t${text}\n`).join('')),
};

async function comesBack(
  format: EmbeddingsFormat,
  value: fc.Arbitrary<number>,
  bytes: (table: TestTable) => Uint8Array,
  vocabulary: Vocabulary | null = null,
) {
  await fc.assert(
    fc.asyncProperty(tables(value), fc.integer({ min: 1, max: 200 }), async (table, chunkBytes) => {
      const content = bytes(table);
      const files = {
        vectors: fileOf(content, { name: 'table', chunkBytes }),
        vocabulary: vocabulary && fileOf(vocabulary(table.words), { name: 'words', chunkBytes }),
      };
      expect(format.recognizes(content.subarray(0, 65_536))).toBe(true);
      const preview = await format.preview(files, content.subarray(0, 65_536));
      expect(preview).toMatchObject({ words: { count: table.words.length, exact: true }, dimension: table.rows[0].length });
      expect(preview.sample).toEqual(table.words.slice(0, 12));
      const read = await format.read(files, choice, all);
      expect(read.format).toBe(format.label);
      expect(read.words).toEqual(table.words);
      for (const [i, row] of table.rows.entries()) expect(read.vectors.row(i)).toEqual(Float32Array.from(row));
      // Of the rows that are looked at, those of which every second word is kept.
      const some = { limit: 7, keeps: (text: string) => table.words.indexOf(text) % 2 === 0 };
      const part = await format.read(files, choice, some);
      const expected = table.words.slice(0, 7).filter(some.keeps);
      expect(part.words).toEqual(expected);
      for (const [i, text] of expected.entries())
        expect(part.vectors.row(i)).toEqual(Float32Array.from(table.rows[table.words.indexOf(text)]));
      expect(part.source).toEqual(read.source);
    }),
    { numRuns: 25 },
  );
}

describe('what was written is read again', () => {
  it('word2vec binary, with and without a line feed behind each row', async () => {
    await comesBack(word2vecBinary, float32, write.writeWord2vecBinary);
    await comesBack(word2vecBinary, float32, (table) => write.writeWord2vecBinary(table, { newline: false }));
  });

  it('fastText .bin', () => comesBack(fasttextBinary, float32, write.writeFasttext));

  for (const [type, value] of [
    ['f2', short],
    ['f4', float32],
    ['f8', float32],
  ] as const) {
    it.each([false, true])(`NumPy ${type}, big-endian: %s, in both orders and all versions`, async (bigEndian) => {
      for (const fortran of [false, true]) {
        const version = fortran ? 1 : 2;
        await comesBack(npy, value, (table) => write.writeNpy(table, { type, bigEndian, fortran, version }), vocabularies.lines);
      }
    });
  }

  it.each(['F16', 'BF16', 'F32'] as const)('safetensors %s', async (type) => {
    await comesBack(
      safetensors,
      type === 'F32' ? float32 : short,
      ({ rows }) => write.writeSafetensors({ e: { rows, type } }),
      vocabularies.lines,
    );
  });

  it('Embedding Projector TSV', async () => {
    // As text, a negative zero has lost its sign.
    const value = float32.map((number) => number + 0);
    await comesBack(projectorTsv, value, write.writeTensorsTsv, vocabularies.lines);
    await comesBack(projectorTsv, value, (table) => write.writeTensorsTsv(table, '\r\n'), vocabularies['metadata.tsv']);
  });

  it.each(Object.keys(vocabularies))('a vocabulary of %s', (kind) => comesBack(npy, float32, write.writeNpy, vocabularies[kind]));
});

describe('a matrix of several blocks', () => {
  // 2,100 rows of 600 numbers: more than one block of the table, and pieces of columns that end inside rows.
  const rows = Array.from({ length: 2100 }, (_, row) => Array.from({ length: 600 }, (_, column) => row - column / 8));
  const words = rows.map((_, row) => `w${row}`);

  it.each([false, true])('is read whole and in part, column by column: %s', async (fortran) => {
    const files = {
      vectors: fileOf(write.writeNpy({ rows }, { fortran }), { chunkBytes: 65_536 }),
      vocabulary: fileOf(write.writeWords(words), { chunkBytes: 65_536 }),
    };
    const whole = await npy.read(files, choice, all);
    for (const row of [0, 1746, 1747, 1748, 2099]) expect(whole.vectors.row(row)).toEqual(Float32Array.from(rows[row]));
    const part = await npy.read(files, choice, { limit: 2000, keeps: (text) => text.endsWith('9') });
    expect(part.words.length).toBe(200);
    for (const i of [0, 1, 199]) expect(part.vectors.row(i)).toEqual(Float32Array.from(rows[10 * i + 9]));
  });
});
