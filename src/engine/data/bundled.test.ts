import { beforeAll, describe, expect, it } from 'vitest';
import type { LoadProgress } from '../../protocol/data';
import type { LabError } from '../errors';
import { type FetchBundled, loadBundled, parseBundledSentences, parseBundledVectors } from './bundled';
import { sentencesFile, vectorsMagic } from './bundled-format';
import type { Dataset, WordVectors } from './dataset';
import { prepareData } from './prepare';
import { reportDataset } from './report';
import { splitDataset } from './split';
import { expectFailure, fetchFromDisk } from './testing';

const shares = { train: 0.7, validation: 0.15, test: 0.15 };
let vectors: WordVectors;
let dataset: Dataset;

beforeAll(async () => {
  ({ vectors, dataset } = await loadBundled(fetchFromDisk));
});

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe('the bundled word vectors', () => {
  it('are the most frequent 10,000 in order, and the words of the sentences', () => {
    expect(vectors.words.slice(0, 5)).toEqual(['the', ',', '.', 'of', 'to']);
    expect(vectors.words.length).toBe(11_885);
    expect(vectors.vectors.columns).toBe(100);
    // A word of the package that isn't here; a plain object would find something all the same.
    expect(vectors.index.get('constructor')).toBeUndefined();
    for (const missing of ['i', 'a', "n't", "'s", '7']) expect(vectors.index.has(missing)).toBe(false);
    expect(vectors.source.id).toBe('bundled:glove-6b-100d');
    expect(vectors.licence).toContain('Public Domain');
  });

  it('hold GloVe 6B', () => {
    const head = [-0.038194, -0.24487, 0.72812, -0.39961, 0.083172, 0.043953, -0.39141, 0.3344];
    expect([...vectors.vectors.row(0).slice(0, 8)]).toEqual(head.map(Math.fround));
  });

  it('have the norms that NumPy finds in the package itself', () => {
    const [{ values }] = vectors.vectors.blocks();
    expect(norm(values.subarray(0, 2000 * 100))).toBeCloseTo(259.357385, 5);
    expect(norm(values.subarray(0, 10_000 * 100))).toBeCloseTo(552.612245, 5);
  });
});

describe('the bundled sentences', () => {
  it('are 3,000, of two tasks', () => {
    const report = reportDataset(dataset, vectors);
    expect(report.sentences).toBe(3000);
    expect(report.tasks.map(({ id, classes }) => ({ id, classes }))).toEqual([
      {
        id: 'sentiment',
        classes: [
          { name: 'negative', count: 1500 },
          { name: 'positive', count: 1500 },
        ],
      },
      { id: 'source', classes: ['amazon', 'imdb', 'yelp'].map((name) => ({ name, count: 1000 })) },
    ]);
    // 17 texts stand there twice.
    expect(report.duplicateTexts).toBe(34);
    expect(1 - report.coveredTokens).toBeCloseTo(0.074, 3);
    expect(report.ownSplit).toBeNull();
    expect(dataset.licence).toContain('CC BY 4.0');
  });

  it.each(['sentiment', 'source'])('split 2,100 : 450 : 450 for %s, with equal classes and no text in two splits', (id) => {
    const task = dataset.tasks.find((each) => each.id === id) ?? expect.unreachable();
    for (const seed of [1, 2, 3]) {
      const split = splitDataset(dataset, task, shares, seed);
      for (const [part, total] of [2100, 450, 450].entries()) {
        for (let c = 0; c < task.classes.length; c++) {
          const count = split.filter((p, row) => p === part && task.labels[row] === c).length;
          expect(Math.abs(count - total / task.classes.length)).toBeLessThanOrEqual(1);
        }
      }
      const texts = [0, 1, 2].map((part) => new Set(dataset.texts.filter((_, row) => split[row] === part)));
      expect(texts[0].size + texts[1].size + texts[2].size).toBe(3000 - 17);
    }
  });

  it('make a vocabulary of a little over 5,000 words', () => {
    const data = prepareData(vectors, dataset, 'sentiment', shares, 1);
    expect(data.table.rows).toBeGreaterThan(5100);
    expect(data.table.rows).toBeLessThan(5160);
    expect(data.words.slice(0, 5)).toEqual(['the', ',', '.', 'of', 'to']);
    expect(data.index.get("n't")).toBeGreaterThan(4900);
    expect(data.train.labels).toHaveLength(2100);
    expect(data.train.ids.length + data.validation.ids.length + data.test.ids.length).toBe(42_131);
    expect(data.train.ids).not.toContain(0);
    expect(data.train.ids).not.toContain(1);
    expect(data.test.ids).toContain(1);
    // What is uncovered in the training split has a row of its own and is no unknown word.
    const again = prepareData(vectors, dataset, 'sentiment', shares, 1);
    expect(again.words).toEqual(data.words);
    expect(again.table.values.every((value, i) => value === data.table.values[i])).toBe(true);
    expect(again.test).toEqual(data.test);
  });
});

describe('loadBundled', () => {
  /** The files on disk, with one of them answered otherwise. */
  const instead =
    (wanted: RegExp, answer: (whole: Uint8Array<ArrayBuffer>) => Response): FetchBundled =>
    async (path, signal) => {
      const response = await fetchFromDisk(path, signal);
      return wanted.test(path) ? answer(new Uint8Array(await new Response(response.body).arrayBuffer())) : response;
    };

  it('reports progress over both files', async () => {
    const seen: LoadProgress[] = [];
    let clock = 0;
    const now = () => {
      clock += 60;
      return clock;
    };
    await loadBundled(fetchFromDisk, { onProgress: (progress) => seen.push(progress), now });
    const total = seen[0].totalBytes ?? 0;
    expect(total).toBeGreaterThan(5_000_000);
    expect(seen.at(-1)).toEqual({ stage: 'Loading the bundled word vectors and sentences', doneBytes: total, totalBytes: total });
    for (let i = 1; i < seen.length; i++) expect(seen[i].doneBytes).toBeGreaterThanOrEqual(seen[i - 1].doneBytes);
  });

  it('says what is missing', async () => {
    await expectFailure(
      loadBundled(async () => new Response('', { status: 404 })),
      'unreachable',
      'The bundled data could not be loaded: manifest.json was answered with status 404.',
    );
    await expectFailure(
      loadBundled(async () => new Response('<!doctype html>')),
      'unreachable',
      'The bundled data are missing: manifest.json is not what it should be.',
    );
    await expectFailure(
      loadBundled(() => Promise.reject(new TypeError('Failed to fetch'))),
      'unreachable',
      'The bundled data could not be loaded: manifest.json: Failed to fetch.',
    );
  });

  it('says what is damaged', async () => {
    const flipped = (whole: Uint8Array<ArrayBuffer>) => {
      whole[whole.length - 10] ^= 1;
      return new Response(whole);
    };
    await expectFailure(
      loadBundled(instead(/bin$/, flipped)),
      'bad-embeddings',
      /^The bundled data are damaged: the bytes of glove\S+ are not/,
    );
    await expectFailure(loadBundled(instead(/uci/, flipped)), 'bad-dataset', /^The bundled data are damaged: the bytes of uci\S+ are not/);
    await expectFailure(
      loadBundled(instead(/bin$/, (whole) => new Response(whole.subarray(0, 1000)))),
      'unreachable',
      /glove\S+: 1000 of its \d+ bytes came\.$/,
    );
    await expectFailure(
      loadBundled(instead(/uci/, (whole) => new Response(new Uint8Array(whole.length + 1)))),
      'unreachable',
      /uci\S+: more than its \d+ bytes came\.$/,
    );
  });

  it('can be cancelled', async () => {
    await expectFailure(loadBundled(fetchFromDisk, { signal: AbortSignal.abort() }), 'cancelled', 'The load was cancelled.');
    const controller = new AbortController();
    const breaking: FetchBundled = async (path, signal) => {
      if (path.endsWith('.bin')) controller.abort();
      return fetchFromDisk(path, signal);
    };
    await expectFailure(loadBundled(breaking, { signal: controller.signal }), 'cancelled', 'The load was cancelled.');
  });
});

describe('parseBundledVectors', () => {
  const build = ({ magic = vectorsMagic, header = '', values = [1, 2, 3, 4] }) => {
    const padded = header.padEnd(Math.ceil(header.length / 4) * 4);
    const buffer = new ArrayBuffer(8 + padded.length + 4 * values.length);
    const bytes = new Uint8Array(buffer);
    bytes.set(new TextEncoder().encode(magic));
    new DataView(buffer).setUint32(4, padded.length, true);
    bytes.set(new TextEncoder().encode(padded), 8);
    new Float32Array(buffer, 8 + padded.length).set(values);
    return buffer;
  };
  const header = (words: string[], dimension = 2) => JSON.stringify({ words, dimension, frequentWords: 1 });

  it('reads what is whole', () => {
    const table = parseBundledVectors(build({ header: header(['a', 'b']) }));
    expect(table.words).toEqual(['a', 'b']);
    expect([...table.vectors.row(0), ...table.vectors.row(1)]).toEqual([1, 2, 3, 4]);
  });

  it.each([
    [new ArrayBuffer(3), 'the file is too short'],
    [build({ magic: 'NOPE', header: header(['a', 'b']) }), 'the file begins with something else'],
    [build({ header: header(['a', 'b']) }).slice(0, 20), 'the header has no end'],
    [build({ header: '{"words": []}' }), 'the header is not what it should be'],
    [build({ header: 'x' }), 'the header is not what it should be'],
    [build({ header: header(['a', 'b', 'c']) }), 'the file has 80 bytes where its header says 88'],
    [build({ header: header(['a', 'a']) }), 'a word occurs twice'],
    [build({ header: header(['a', 'b']), values: [1, 2, Number.NaN, 4] }), 'a value is not a finite number'],
  ])('refuses damage %#', (buffer, what) => {
    expect(() => parseBundledVectors(buffer)).toThrowError(
      expect.objectContaining<Partial<LabError>>({ code: 'bad-embeddings', message: `The bundled word vectors are damaged: ${what}.` }),
    );
  });
});

describe('parseBundledSentences', () => {
  it('refuses what is not as the format says', () => {
    const right = { text: 'good', sentiment: 'positive', source: 'yelp' };
    expect(sentencesFile.safeParse({ sentences: [right] }).success).toBe(true);
    for (const wrong of [{ ...right, sentiment: 'neutral' }, { ...right, text: '' }, { text: 'good' }]) {
      expect(() => parseBundledSentences(JSON.stringify({ sentences: [wrong] }))).toThrowError('The bundled sentences are damaged');
    }
    expect(() => parseBundledSentences('')).toThrowError('The bundled sentences are damaged');
  });
});
