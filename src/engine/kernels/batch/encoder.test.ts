import { describe, expect, it } from 'vitest';
import type { Sentences } from '../../sentences';
import { BatchEncoder, encodeSet, largestBatch } from './encoder';
import { batchLayout } from './layout';

/** Sentences 0: 5 3 5, 1: empty, 2: 3, 3: padding and 7. */
const sentences: Sentences = {
  offsets: Uint32Array.of(0, 3, 3, 4, 6),
  ids: Uint32Array.of(5, 3, 5, 3, 0, 7),
  labels: Uint32Array.of(1, 0, 2, 1),
};
const inOrder = Uint32Array.of(0, 1, 2, 3);

function parts(target: Uint32Array, batch: ReturnType<BatchEncoder['encode']>) {
  const layout = batchLayout(batch);
  return {
    offsets: [...target.subarray(layout.offsets, layout.ids)],
    ids: [...target.subarray(layout.ids, layout.labels)],
    labels: [...target.subarray(layout.labels, layout.rows)],
    rows: [...target.subarray(layout.rows, layout.segments)],
    segments: [...target.subarray(layout.segments, layout.occurrences)],
    occurrences: [...target.subarray(layout.occurrences, layout.end)],
  };
}

describe('a batch', () => {
  it('holds its sentences and their transpose, padding left out', () => {
    const target = new Uint32Array(100).fill(99);
    const batch = new BatchEncoder(8).encode(target, 10, sentences, inOrder, 0, 4, null);
    expect(batch).toEqual({ sentences: 4, tokens: 5, distinctRows: 3, batchOffset: 10 });
    expect(parts(target, batch)).toEqual({
      offsets: [0, 3, 3, 4, 5],
      ids: [5, 3, 5, 3, 7],
      labels: [1, 0, 2, 1],
      rows: [5, 3, 7],
      segments: [0, 2, 4, 5],
      occurrences: [0, 0, 0, 2, 3],
    });
    // Nothing outside the batch is touched.
    expect(target[9]).toBe(99);
    expect(target[batchLayout(batch).end]).toBe(99);
  });

  it('of empty sentences has no tokens and no rows', () => {
    const target = new Uint32Array(20);
    const batch = new BatchEncoder(8).encode(target, 0, sentences, inOrder, 1, 2, null);
    expect(parts(target, batch)).toEqual({ offsets: [0, 0], ids: [], labels: [0], rows: [], segments: [0], occurrences: [] });
  });

  it('follows the order that it is given, and the encoder can be used again', () => {
    const target = new Uint32Array(100);
    const encoder = new BatchEncoder(8);
    encoder.encode(target, 0, sentences, inOrder, 0, 4, null);
    const batch = encoder.encode(target, 0, sentences, Uint32Array.of(2, 0), 0, 2, null);
    expect(parts(target, batch)).toMatchObject({ ids: [3, 5, 3, 5], labels: [2, 1], rows: [3, 5], occurrences: [0, 1, 1, 1] });
  });

  it('drops about the wanted share of words, the same ones each time, others in another epoch', () => {
    const many: Sentences = {
      offsets: Uint32Array.of(0, 10000),
      ids: Uint32Array.from({ length: 10000 }, (_, i) => 1 + (i % 50)),
      labels: Uint32Array.of(0),
    };
    const kept = (epoch: number) => {
      const target = new Uint32Array(50000);
      const batch = new BatchEncoder(51).encode(target, 0, many, Uint32Array.of(0), 0, 1, { threshold: 0.3 * 2 ** 32, seed: 5, epoch });
      return parts(target, batch).ids;
    };
    expect(kept(0).length / 10000).toBeCloseTo(0.7, 1);
    expect(kept(0)).toEqual(kept(0));
    expect(kept(0)).not.toEqual(kept(1));
  });

  it('refuses a word that is no row of the table', () => {
    expect(() => new BatchEncoder(7).encode(new Uint32Array(100), 0, sentences, inOrder, 0, 4, null)).toThrow(
      'word 7 of sentence 3 is no row of a table of 7',
    );
  });

  it('never needs more room than the largest batch', () => {
    for (const batchSize of [1, 2, 4, 9]) {
      const batch = new BatchEncoder(8).encode(new Uint32Array(100), 0, sentences, inOrder, 0, Math.min(batchSize, 4), null);
      expect(batchLayout(batch).end).toBeLessThanOrEqual(largestBatch(sentences, batchSize).elements);
      expect(batch.tokens).toBeLessThanOrEqual(largestBatch(sentences, batchSize).tokens);
    }
  });

  it('of a whole set follow one another', () => {
    const { data, batches } = encodeSet(sentences, 8, { sentences: 3, tokens: 100 });
    expect(batches.map((batch) => batch.sentences)).toEqual([3, 1]);
    expect(batches[1].batchOffset).toBe(batchLayout(batches[0]).end);
    expect(data.length).toBe(batchLayout(batches[1]).end);
    expect(parts(data, batches[1]).ids).toEqual([7]);
  });

  it('of a whole set have no more tokens than there is room for', () => {
    const { batches } = encodeSet(sentences, 8, { sentences: 3, tokens: 3 });
    expect(batches.map((batch) => [batch.sentences, batch.tokens])).toEqual([
      [2, 3],
      [2, 2],
    ]);
    expect(() => encodeSet(sentences, 8, { sentences: 3, tokens: 2 })).toThrow('sentence 0 has more than 2 tokens');
  });

  it('names the tokens of a row, where that is what its occurrences are', () => {
    const target = new Uint32Array(100);
    const batch = new BatchEncoder(8, 'tokens').encode(target, 0, sentences, inOrder, 0, 4, null);
    expect(parts(target, batch)).toMatchObject({ rows: [5, 3, 7], segments: [0, 2, 4, 5], occurrences: [0, 2, 1, 3, 4] });
  });

  it('names a word by its place among the distinct rows, where those are what is read', () => {
    const target = new Uint32Array(100);
    const encoder = new BatchEncoder(8, 'words');
    const expected = { ids: [0, 1, 0, 1, 2], rows: [5, 3, 7], segments: [0, 2, 4, 5], occurrences: [0, 2, 1, 3, 4] };
    expect(parts(target, encoder.encode(target, 0, sentences, inOrder, 0, 4, null))).toMatchObject(expected);
    // Places are a batch's own.
    const other = encoder.encode(target, 0, sentences, Uint32Array.of(2, 0), 0, 2, null);
    expect(parts(target, other)).toMatchObject({ ids: [0, 1, 0, 1], rows: [3, 5] });
    const { data, batches } = encodeSet(sentences, 8, { sentences: 3, tokens: 100 }, 'words');
    expect(parts(data, batches[1])).toMatchObject({ ids: [0], rows: [7] });
  });
});
