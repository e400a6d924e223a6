import type { Embedding } from '../compression/method';
import { firstWordId } from '../data/vocabulary';
import { modelCard } from './card';
import { word2vecExamples } from './examples/word2vec';
import type { ExportFormat } from './format';
import { vectorWidth } from './stored';
import { word2vecWords } from './word2vec-words';

/** A row of the table that the network looks words up in, decoded where it was coded, multiplied out where it was factorized: d numbers. */
export function rowOf(embedding: Embedding, row: number): Float32Array<ArrayBuffer> {
  if (embedding.kind === 'table') {
    const { columns, values } = embedding.table;
    return values.slice(row * columns, (row + 1) * columns);
  }
  const { a, b } = embedding;
  const sums = new Float64Array(b.columns);
  for (let k = 0; k < a.columns; k++) {
    const factor = a.values[row * a.columns + k];
    for (let j = 0; j < sums.length; j++) sums[j] += factor * b.values[k * b.columns + j];
  }
  return Float32Array.from(sums);
}

/** word2vec's text format: a line `words dimension`, then each word and its numbers, in the fewest digits that give the same float32. */
export function word2vecText(words: readonly string[], rows: (word: number) => Float32Array, dimension: number): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [encoder.encode(`${words.length} ${dimension}\n`)];
  for (const [i, word] of words.entries()) parts.push(encoder.encode(`${word} ${Array.from(rows(i), shortest).join(' ')}\n`));
  return joined(parts);
}

/** word2vec's binary format, as gensim writes it: the same line, then each word, a space and its little-endian float32. */
export function word2vecBinary(words: readonly string[], rows: (word: number) => Float32Array, dimension: number): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [encoder.encode(`${words.length} ${dimension}\n`)];
  for (const [i, word] of words.entries()) {
    const values = rows(i);
    parts.push(encoder.encode(`${word} `), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return joined(parts);
}

/** The compressed or reconstructed word vectors alone (https://code.google.com/archive/p/word2vec), which gensim and the Data room open. */
export const word2vec: ExportFormat = {
  id: 'word2vec',
  label: 'word2vec',
  help: 'The word vectors alone, decoded and multiplied out, as word2vec text and binary: gensim opens them, and so does the Data room. As large as the table is.',
  write: async (model) => {
    const { embedding } = model.state;
    const columns = vectorWidth(embedding);
    const words = word2vecWords(model.words);
    const row = (word: number) => rowOf(embedding, word + firstWordId);
    const files = [
      { path: 'vectors.txt', holds: 'The word vectors as word2vec text.' },
      { path: 'vectors.bin', holds: 'The same as word2vec binary.' },
    ];
    return [
      { path: files[0].path, bytes: word2vecText(words, row, columns) },
      { path: files[1].path, bytes: word2vecBinary(words, row, columns) },
      modelCard(model, files, word2vecExamples),
    ];
  },
  examples: () => [...word2vecExamples],
};

/** The fewest digits of which the nearest float32 is the same number; nine always are enough. */
function shortest(value: number): string {
  for (const digits of [7, 8]) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
