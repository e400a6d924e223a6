import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { loadBundled } from '../../data/bundled';
import type { WordVectors } from '../../data/dataset';
import { WordTable } from '../../data/word-table';
import { matrix } from '../../matrix';
import { Random } from '../../random';

/** For tests only: random word vectors with columns of falling size. */
export function randomVectors(words: readonly string[], dimension: number, seed: number): WordVectors {
  const random = new Random(seed);
  const values = Float32Array.from({ length: words.length * dimension }, (_, at) => random.normal() / (1 + 0.2 * (at % dimension)));
  return {
    source: { id: `test:${seed}`, name: `test ${seed}` },
    format: 'test',
    words: [...words],
    index: new Map(words.map((word, i) => [word, i])),
    vectors: WordTable.over(matrix(words.length, dimension, values)),
    warnings: [],
    licence: null,
  };
}

/** For tests only: the bundled table. */
export async function bundledVectors(): Promise<WordVectors> {
  const fetchFile = async (path: string) => ({
    ok: true,
    status: 200,
    body: Readable.toWeb(createReadStream(`public/bundled/${path}`)) as ReadableStream<Uint8Array>,
  });
  return (await loadBundled(fetchFile, { onProgress: () => {} })).vectors;
}
