import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WordVectors } from '../data/dataset';
import { recognizeEmbeddings } from '../data/embeddings/registry';
import { fileOf } from '../data/testing';
import { matrix } from '../matrix';
import { rowOf, word2vecBinary, word2vecText } from './word2vec';
import { word2vecWords } from './word2vec-words';

/** As the Data room reads it: recognized by content, all words kept. */
async function readBack(bytes: Uint8Array): Promise<WordVectors> {
  const { format, files } = await recognizeEmbeddings([fileOf(bytes, { name: 'vectors', chunkBytes: 61 })]);
  return format.read(files, { keep: { kind: 'all' }, tensor: null }, { limit: Number.POSITIVE_INFINITY, keeps: () => true });
}

const rowsOf = ({ words, vectors }: WordVectors) => words.map((_, i) => [...vectors.row(i)]);

/**
 * As gensim reads it (`gensim/models/keyedvectors.py`, `_word2vec_read_text` and `_word2vec_read_binary`): text is cut at each space, a binary word ends
 * at the first one.
 */
function readAsGensim(bytes: Uint8Array, binary: boolean): { words: string[]; rows: number[][] } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const headEnd = bytes.indexOf(10);
  const [count, dimension] = decoder.decode(bytes.subarray(0, headEnd)).split(' ').map(Number);
  const words: string[] = [];
  const rows: number[][] = [];
  if (!binary) {
    for (const line of decoder
      .decode(bytes.subarray(headEnd + 1))
      .trimEnd()
      .split('\n')) {
      const [word, ...numbers] = line.split(' ');
      words.push(word);
      rows.push(numbers.map((number) => Math.fround(Number(number))));
    }
  } else {
    const view = new DataView(bytes.buffer);
    for (let at = headEnd + 1, row = 0; row < count; row++) {
      const space = bytes.indexOf(32, at);
      words.push(decoder.decode(bytes.subarray(at, space)).replace(/^\n+/, ''));
      rows.push(Array.from({ length: dimension }, (_, j) => view.getFloat32(space + 1 + 4 * j, true)));
      at = space + 1 + 4 * dimension;
    }
  }
  if (words.length !== count || rows.some((row) => row.length !== dimension)) throw new Error('not what the header says');
  return { words, rows };
}

const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const tables = fc.integer({ min: 1, max: 5 }).chain((dimension) =>
  fc.record({
    words: fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 6 }), { minLength: 1, maxLength: 12 }),
    values: fc.array(float, { minLength: 12 * dimension, maxLength: 12 * dimension }),
    dimension: fc.constant(dimension),
  }),
);

describe('word2vec files', () => {
  it('come back from the Data room’s readers, and from gensim’s rules, whatever the words are', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ words, values, dimension }) => {
        const names = word2vecWords(words);
        // The sign of zero is not kept in text.
        const numbers = Float32Array.from(values, (value) => value + 0);
        const row = (i: number) => numbers.slice(i * dimension, (i + 1) * dimension);
        const expected = { words: names, rows: names.map((_, i) => [...row(i)]) };
        for (const [binary, bytes] of [
          [false, word2vecText(names, row, dimension)],
          [true, word2vecBinary(names, row, dimension)],
        ] as const) {
          const back = await readBack(bytes);
          expect({ words: back.words, rows: rowsOf(back) }).toEqual(expected);
          expect(back.warnings).toEqual([]);
          expect(readAsGensim(bytes, binary)).toEqual(expected);
        }
      }),
    );
  });

  it.each([
    [
      ['new york', 'new_york', 'new\tyork'],
      ['new_york_', 'new_york', 'new_york__'],
    ],
    [
      ['', '_', 'fine'],
      ['__', '_', 'fine'],
    ],
    [
      ['a\u2028b', '\u0085', '\u0000'],
      ['a_b', '_', '__'],
    ],
    [
      ['\ud800', '\ufffd', 'constructor', '__proto__'],
      ['\ufffd_', '\ufffd', 'constructor', '__proto__'],
    ],
  ])('give %j the names %j', (words, names) => {
    expect(word2vecWords(words)).toEqual(names);
  });
});

describe('rowOf', () => {
  it('decodes nothing of a table, and multiplies factors out', () => {
    expect(rowOf({ kind: 'table', table: matrix(2, 2, Float32Array.of(1, 2, 3, 4)) }, 1)).toEqual(Float32Array.of(3, 4));
    const a = matrix(2, 2, Float32Array.of(1, 0, 2, 3));
    const b = matrix(2, 3, Float32Array.of(1, 2, 3, 10, 20, 30));
    expect(rowOf({ kind: 'factors', a, b }, 1)).toEqual(Float32Array.of(32, 64, 96));
  });
});
