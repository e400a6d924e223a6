import { beforeAll, describe, expect, it } from 'vitest';
import type { LoadProgress } from '../../../protocol/data';
import { matrix } from '../../matrix';
import type { Dataset, WordVectors } from '../dataset';
import { WordTable } from '../word-table';
import type { KeptFile } from './kept';
import { readKeptDataset, writeKeptDataset } from './kept-dataset';
import { readKeptVectors, writeKeptVectors } from './kept-vectors';
import { createMemoryStorage } from './memory';
import { keepLoaded, restoreDataset, restoreEmbeddings } from './storage';

const words = ['good', '<img src=x onerror=alert(1)>', 'naïve 🙂', 'constructor', '\ud800'];

function vectorsOf(rows = words.length, dimension = 3): WordVectors {
  const table = new WordTable(dimension);
  for (let i = 0; i < rows; i++) {
    const { values, at } = table.next();
    for (let k = 0; k < dimension; k++) values[at + k] = Math.sin(i * dimension + k);
    table.commit();
  }
  const names = rows === words.length ? words : Array.from({ length: rows }, (_, i) => `word${i}`);
  return {
    source: { id: 'sha256:0123456789abcdef', name: 'my <b>vectors</b>.txt' },
    format: 'GloVe text',
    words: names,
    index: new Map(names.map((word, row) => [word, row])),
    vectors: table,
    warnings: [{ message: 'Words that occur twice.', count: 2, firstLines: [3, 9] }],
    licence: null,
  };
}

function datasetOf(rows = 2500): Dataset {
  const texts = Array.from({ length: rows }, (_, i) => `Text no. ${i}\n“quoted” ${i % 7}`);
  return {
    source: { id: 'sha256:fedcba9876543210', name: 'reviews.csv' },
    format: 'CSV',
    texts,
    tokens: texts.map((text) => text.toLowerCase().split(/\s+/)),
    tokenizer: 'glove',
    tasks: [{ id: 'stars', label: 'stars', classes: ['no', 'yes'], labels: Uint32Array.from(texts, (_, i) => i % 2) }],
    ownSplit: Uint8Array.from(texts, (_, i) => i % 3),
    warnings: [],
    licence: 'CC0',
  };
}

function join(chunks: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([...chunks]));
}

/** A file that comes in pieces of `piece` bytes: inside numbers, characters and lines. */
function fileOf(bytes: Uint8Array, piece = 7): KeptFile {
  return {
    name: 'kept',
    size: bytes.length,
    stream: () => {
      let at = 0;
      return new ReadableStream({
        pull: (controller) => {
          if (at >= bytes.length) return controller.close();
          controller.enqueue(bytes.slice(at, at + piece));
          at += piece;
        },
      });
    },
  };
}

const contentOf = ({ vectors, ...rest }: WordVectors) => ({
  ...rest,
  values: Array.from({ length: vectors.rows }, (_, i) => [...vectors.row(i)]),
});

describe('a kept table', () => {
  it.each([1, 7, 4096])('is read back as it was, in pieces of %i bytes', async (piece) => {
    const { chunks, sizeBytes } = writeKeptVectors(vectorsOf());
    const bytes = join(chunks);
    expect(bytes.length).toBe(sizeBytes);
    expect(contentOf(await readKeptVectors(fileOf(bytes, piece)))).toEqual(contentOf(vectorsOf()));
  });

  it('goes block by block, in pieces of at most 4 MiB', async () => {
    const table = vectorsOf(12_000, 200);
    const pieces = [...writeKeptVectors(table).chunks];
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(4 * 2 ** 20);
    const back = await readKeptVectors(fileOf(join(pieces), 2 ** 20 + 3));
    expect([...back.vectors.row(11_999)]).toEqual([...table.vectors.row(11_999)]);
  });

  it('that lies in one block is cut as well', () => {
    const over = { ...vectorsOf(), words: ['a'], vectors: WordTable.over(matrix(1, 3_000_000, new Float32Array(3_000_000))) };
    const pieces = [...writeKeptVectors(over).chunks];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(4 * 2 ** 20);
  });

  it.each([
    ['too short', (bytes: Uint8Array) => bytes.slice(0, 5), 'it is too short'],
    ['another file', (bytes: Uint8Array) => bytes.fill(65, 0, 4), 'it begins with something else'],
    ['a cut header', (bytes: Uint8Array) => bytes.slice(0, 40), 'its header has no end'],
    ['a broken header', (bytes: Uint8Array) => bytes.fill(65, 8, 12), 'its header is not what it should be'],
    ['cut values', (bytes: Uint8Array) => bytes.slice(0, -4), 'bytes where its header says'],
    ['a value that is none', (bytes: Uint8Array) => bytes.fill(0xff, -4), 'a value is not a finite number'],
  ])('is refused with %s', async (_, damage, what) => {
    const bytes = damage(join(writeKeptVectors(vectorsOf()).chunks));
    await expect(readKeptVectors(fileOf(bytes))).rejects.toMatchObject({
      code: 'bad-embeddings',
      message: expect.stringContaining(what),
      remedy: expect.stringContaining('Forget it'),
    });
  });

  it('can be cancelled', async () => {
    const bytes = join(writeKeptVectors(vectorsOf()).chunks);
    await expect(readKeptVectors(fileOf(bytes), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a kept data set', () => {
  it.each([5, 100_000])('is read back as it was, in pieces of %i bytes', async (piece) => {
    const { chunks, sizeBytes } = await writeKeptDataset(datasetOf(), 'Keeping');
    const bytes = join(chunks);
    expect(bytes.length).toBe(sizeBytes);
    expect(await readKeptDataset(fileOf(bytes, piece))).toEqual(datasetOf());
  });

  let lines: string[];
  beforeAll(async () => {
    const { chunks } = await writeKeptDataset(datasetOf(3), 'Keeping');
    lines = new TextDecoder().decode(join(chunks)).trimEnd().split('\n');
  });
  it.each([
    ['nothing', () => [], 'it breaks off'],
    ['no JSON', () => ['{'], 'its head is not what it should be'],
    ['another version', () => [lines[0].replace('"version":1', '"version":2')], 'its head is not what it should be'],
    ['its sentences missing', () => lines.slice(0, 1), 'it breaks off'],
    ['a token that is none', () => [lines[0], lines[1].replace('"tokens":[[0', '"tokens":[[99')], 'its parts do not fit together'],
    ['a class that is none', () => [lines[0], lines[1].replace('"labels":[[0', '"labels":[[7')], 'its parts do not fit together'],
    ['a split that is none', () => [lines[0], lines[1].replace('"split":[0', '"split":[5')], 'a part is not what it should be'],
  ])('is refused with %s', async (_, damaged, what) => {
    const bytes = new TextEncoder().encode(damaged().join('\n'));
    await expect(readKeptDataset(fileOf(bytes))).rejects.toMatchObject({
      code: 'bad-dataset',
      message: expect.stringContaining(what),
    });
  });
});

describe('what was loaded', () => {
  const loaded = () => ({ vectors: vectorsOf(), dataset: datasetOf(100) });

  it('is counted in words that fit one', async () => {
    const storage = createMemoryStorage(1e6);
    const data = { vectors: vectorsOf(1, 1), dataset: datasetOf(1) };
    await keepLoaded(storage, 'embeddings', data);
    await keepLoaded(storage, 'dataset', data);
    expect((await storage.report()).saved.map(({ summary }) => summary)).toEqual(['1 word of 1 number', '1 sentence, 2 classes']);
  });

  it('is kept, listed, restored and forgotten', async () => {
    const storage = createMemoryStorage(1e6);
    const data = loaded();
    await keepLoaded(storage, 'embeddings', data);
    await keepLoaded(storage, 'dataset', data);
    const { saved, usedBytes, quotaBytes } = await storage.report();
    expect(saved.map(({ kind, summary }) => [kind, summary])).toEqual([
      ['embeddings', '5 words of 3 numbers'],
      ['dataset', '100 sentences, 2 classes'],
    ]);
    expect(usedBytes).toBe(saved[0].sizeBytes + saved[1].sizeBytes);
    expect(quotaBytes).toBe(1e6);
    expect(contentOf(await restoreEmbeddings(storage, data.vectors.source.id))).toEqual(contentOf(data.vectors));
    expect(await restoreDataset(storage, data.dataset.source.id)).toEqual(data.dataset);
    await storage.forget(data.vectors.source.id);
    await expect(restoreEmbeddings(storage, data.vectors.source.id)).rejects.toMatchObject({ code: 'no-data' });
    await expect(restoreDataset(null, 'sha256:0')).rejects.toMatchObject({ code: 'no-data' });
  });

  it.each(['embeddings', 'dataset'] as const)('%s say how far they are kept, in bytes of all bytes, up to the last', async (kind) => {
    const storage = createMemoryStorage();
    const progress: LoadProgress[] = [];
    await keepLoaded(storage, kind, { vectors: vectorsOf(12_000, 200), dataset: datasetOf() }, { onProgress: (one) => progress.push(one) });
    const [{ sizeBytes, source }] = (await storage.report()).saved;
    const counted = progress.filter(({ totalBytes }) => totalBytes !== null);
    expect(counted[0]).toEqual({ stage: `Keeping ${source.name} in this browser`, doneBytes: 0, totalBytes: sizeBytes });
    expect(counted.length).toBeGreaterThan(3);
    expect(counted.at(-1)?.doneBytes).toBe(sizeBytes);
    const done = counted.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  it('can be left unkept on the way: nothing of it stays, and what was kept before does', async () => {
    const storage = createMemoryStorage();
    const data = { vectors: vectorsOf(12_000, 200), dataset: datasetOf(100) };
    await keepLoaded(storage, 'dataset', data);
    const control = new AbortController();
    const kept = keepLoaded(storage, 'embeddings', data, {
      signal: control.signal,
      onProgress: ({ doneBytes }) => doneBytes > 4e6 && control.abort(),
    });
    await expect(kept).rejects.toMatchObject({
      code: 'cancelled',
      message: 'my <b>vectors</b>.txt is loaded, and is not kept: the next visit will not find it.',
    });
    expect((await storage.report()).saved.map(({ kind }) => kind)).toEqual(['dataset']);
  });

  it('says the sizes where the quota is too small, and what was kept before stays', async () => {
    const data = loaded();
    const storage = createMemoryStorage(600);
    await keepLoaded(storage, 'embeddings', data);
    await expect(keepLoaded(storage, 'dataset', data)).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(/reviews\.csv takes .* MB, and the browser has .* MB left/),
    });
    expect((await storage.report()).saved.map(({ kind }) => kind)).toEqual(['embeddings']);
  });

  it('says why the browser could not write it', async () => {
    const storage = { ...createMemoryStorage(), save: () => Promise.reject(new DOMException('the disk is gone', 'InvalidStateError')) };
    await expect(keepLoaded(storage, 'embeddings', loaded())).rejects.toMatchObject({
      code: 'unexpected',
      message: 'The browser could not write my <b>vectors</b>.txt: the disk is gone',
    });
  });
});
