import { LabError } from '../errors';
import { type Matrix, matrix } from '../matrix';
import { mix, Random, streamSeed, streams } from '../random';
import type { Dataset, WordVectors } from './dataset';

/** Tokens of a sentence that are read; those behind are left out. */
export const maximumTokens = 256;
export const paddingId = 0;
export const unknownId = 1;
/** The first word's row. */
export const firstWordId = 2;
/** Standard deviation of the rows that have no pretrained vector. */
const unknownDeviation = 0.1;

export interface Vocabulary {
  /** Words of rows 2, 3, ... */
  words: string[];
  /** Row by word. */
  index: Map<string, number>;
  /** V x d, V = words.length + 2. */
  table: Matrix;
}

/**
 * The vocabulary of an experiment and its pretrained table: padding (zeros), unknown, every word of the whole corpus that has a vector, in
 * the pretrained table's order, then the training split's words without one, in the order in which they come up.
 *
 * The corpus's own words are in it whatever their split: their vectors are known without a label. The rows without a pretrained vector, the
 * unknown row among them, are normal with standard deviation 0.1.
 *
 * @param split 0 for the sentences of the training split
 * @throws LabError `no-data` where no word of the corpus has a vector
 */
export function buildVocabulary(vectors: WordVectors, dataset: Dataset, split: Uint8Array, seed: number): Vocabulary {
  const covered = new Set<number>();
  const uncovered = new Set<string>();
  for (const [sentence, tokens] of dataset.tokens.entries()) {
    // What is behind the cut is never looked up: a row for it would flatter every rate.
    for (const token of tokens.slice(0, maximumTokens)) {
      const row = vectors.index.get(token);
      if (row !== undefined) covered.add(row);
      else if (split[sentence] === 0) uncovered.add(token);
    }
  }
  if (covered.size === 0) {
    throw new LabError(
      'no-data',
      `None of the words of ${dataset.source.name} has a vector in ${vectors.source.name}.`,
      'Load word vectors of the same language, or cut the texts by another tokenizer: capital letters, for one, count in a table.',
    );
  }
  const rows = Uint32Array.from(covered).sort();
  const dimension = vectors.vectors.columns;
  const words = [...Array.from(rows, (row) => vectors.words[row]), ...uncovered];
  const table = matrix(words.length + firstWordId, dimension);
  const rowAt = (id: number) => table.values.subarray(id * dimension, (id + 1) * dimension);
  fillNormal(rowAt(unknownId), seed, '');
  for (const [i, row] of rows.entries()) {
    rowAt(firstWordId + i).set(vectors.vectors.row(row));
  }
  for (let i = rows.length; i < words.length; i++) fillNormal(rowAt(firstWordId + i), seed, words[i]);
  return { words, index: new Map(words.map((word, i) => [word, firstWordId + i])), table };
}

/**
 * A row that depends on the seed and the word and on nothing else: not on the word's place, nor on the words beside it. Its numbers are the
 * sequence of `Random` from the seed mix(streamSeed(seed, unknownWords) + hash), hash being the word's 32-bit FNV-1a over UTF-16 code units;
 * the unknown row's word is ''.
 */
function fillNormal(row: Float32Array, seed: number, word: string): void {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  const random = new Random(mix((streamSeed(seed, streams.unknownWords) + hash) >>> 0));
  for (let i = 0; i < row.length; i++) row[i] = unknownDeviation * random.normal();
}
