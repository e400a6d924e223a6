/** What the tests of this folder share. */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { FailureCode, Place } from '../../../protocol/failure';
import { LabError } from '../../errors';
import { matrix } from '../../matrix';
import type { FetchBundled } from '../bundled';
import type { SourceFile } from '../bytes/source-file';
import type { Dataset, WordVectors } from '../dataset';
import { tokenize } from '../tokenizer';
import { WordTable } from '../word-table';

/** A file of the given content, whose stream hands it out in chunks of `chunkBytes`. */
export function fileOf(content: string | Uint8Array, { name = 'file.txt', chunkBytes = 7 } = {}): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    stream: () => {
      let at = 0;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at >= bytes.length) return controller.close();
          controller.enqueue(bytes.subarray(at, at + chunkBytes));
          at += chunkBytes;
        },
      });
    },
  };
}

/** The LabError that a promise rejects with; fails where it doesn't. */
export async function failureOf(work: Promise<unknown>): Promise<LabError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof LabError) return error;
  throw new Error(`expected a LabError, got ${error === null ? 'success' : String(error)}`);
}

/** Expects a rejection with this code, this message, this place, and something to do about it. */
export async function expectFailure(work: Promise<unknown>, code: FailureCode, message: string | RegExp, place?: Place): Promise<void> {
  const error = await failureOf(work);
  if (typeof message === 'string') expect(error.message).toBe(message);
  else expect(error.message).toMatch(message);
  expect(error.code).toBe(code);
  expect(error.remedy).not.toBe('');
  if (place) expect(error.place).toEqual(place);
}

/** The bundled data as `npm test` prepares them, read from disk. */
export const fetchFromDisk: FetchBundled = async (path) => {
  const file = new URL(`../../../../public/bundled/${path}`, import.meta.url);
  return new Response(await readFile(file));
};

/** A data set of texts and class numbers, with one task, `task`. */
export function datasetOf(texts: string[], labels: number[], ownSplit: number[] | null = null): Dataset {
  const classes = Array.from({ length: Math.max(0, ...labels) + 1 }, (_, c) => `class ${c}`);
  return {
    source: { id: 'sha256:0', name: 'set' },
    format: 'CSV',
    texts,
    tokenizer: 'glove',
    tokens: texts.map(tokenize),
    tasks: [{ id: 'task', label: 'Task', classes, labels: Uint32Array.from(labels) }],
    ownSplit: ownSplit && Uint8Array.from(ownSplit),
    warnings: [],
    licence: null,
  };
}

/** A table of word vectors: word by word, in order. */
export function vectorsOf(rows: Record<string, number[]>): WordVectors {
  const words = Object.keys(rows);
  const values = Object.values(rows);
  return {
    source: { id: 'sha256:1', name: 'table' },
    format: 'GloVe text',
    words,
    index: new Map(words.map((word, row) => [word, row])),
    vectors: WordTable.over(matrix(words.length, values[0].length, Float32Array.from(values.flat()))),
    warnings: [],
    licence: null,
  };
}
