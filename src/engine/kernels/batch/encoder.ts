import type { StepValues } from '../../device/device';
import { drawKey, mix } from '../../random';
import type { Sentences } from '../../sentences';
import type { BatchRows } from '../shared/rows';
import { batchLayout } from './layout';

/** Row of padding: never averaged, never trained. */
const paddingId = 0;

export interface WordDropout {
  /** Drop where 32 random bits are below this: p 2^32. */
  threshold: number;
  seed: number;
  /** Draws anew each epoch. */
  epoch: number;
}

/** Where a batch lies, and how large it is: a part of its `StepValues`. */
export type EncodedBatch = Pick<StepValues, 'sentences' | 'tokens' | 'distinctRows' | 'batchOffset'>;

/**
 * Writes batches as `kernels/batch/layout.ts` lays them out. Distinct rows are found by a stamp map over the vocabulary, O(tokens)
 * without a sort.
 */
export class BatchEncoder {
  private readonly stamps: Uint32Array;
  private readonly distinctOf: Uint32Array;
  private stamp = 0;

  /**
   * @param rows V
   * @param reads what the network takes of a batch: of sentences, an occurrence of a row is its sentence, else its token; of words, a token's id is
   * its word's place among the distinct rows
   */
  constructor(
    rows: number,
    private readonly reads: BatchRows = 'sentences',
  ) {
    this.stamps = new Uint32Array(rows);
    this.distinctOf = new Uint32Array(rows);
  }

  /**
   * Encodes sentences `order[from .. to)` at `offset` of `target`.
   *
   * @throws RangeError where an id is no row of the table: on the GPU such a read would give 0 without a word.
   */
  encode(
    target: Uint32Array,
    offset: number,
    sentences: Sentences,
    order: Uint32Array,
    from: number,
    to: number,
    wordDropout: WordDropout | null,
  ): EncodedBatch {
    const count = to - from;
    const ids = offset + count + 1;
    this.stamp++;
    const key = wordDropout === null ? 0 : drawKey(wordDropout.seed, wordDropout.epoch);
    const threshold = wordDropout?.threshold ?? 0;
    let tokens = 0;
    let distinctRows = 0;
    target[offset] = 0;
    for (let s = 0; s < count; s++) {
      const sentence = order[from + s];
      for (let t = sentences.offsets[sentence]; t < sentences.offsets[sentence + 1]; t++) {
        const id = sentences.ids[t];
        if (id === paddingId || (threshold > 0 && mix((t + key) >>> 0) < threshold)) {
          continue;
        }
        if (id >= this.stamps.length) {
          throw new RangeError(`word ${id} of sentence ${sentence} is no row of a table of ${this.stamps.length}`);
        }
        target[ids + tokens++] = id;
        if (this.stamps[id] !== this.stamp) {
          this.stamps[id] = this.stamp;
          this.distinctOf[id] = distinctRows++;
        }
      }
      target[offset + s + 1] = tokens;
    }
    const batch = { sentences: count, tokens, distinctRows, batchOffset: offset };
    const layout = batchLayout(batch);
    for (let s = 0; s < count; s++) {
      target[layout.labels + s] = sentences.labels[order[from + s]];
    }
    this.encodeOccurrences(target, batch);
    return batch;
  }

  /** The transposed CSR matrix: for each distinct row, the sentences in which it occurs, or the tokens. */
  private encodeOccurrences(target: Uint32Array, batch: EncodedBatch): void {
    const { offsets, ids, rows, segments, occurrences } = batchLayout(batch);
    // Counts first, one place to the right, so that the running sum turns them into starts.
    target.fill(0, segments, segments + batch.distinctRows + 1);
    for (let t = 0; t < batch.tokens; t++) {
      const id = target[ids + t];
      target[rows + this.distinctOf[id]] = id;
      target[segments + this.distinctOf[id] + 1]++;
    }
    for (let i = 0; i < batch.distinctRows; i++) {
      target[segments + i + 1] += target[segments + i];
    }
    // Each start moves on as its row fills, and so becomes the next row's start; shifting back restores them.
    for (let s = 0; s < batch.sentences; s++) {
      for (let t = target[offsets + s]; t < target[offsets + s + 1]; t++) {
        const place = segments + this.distinctOf[target[ids + t]];
        target[occurrences + target[place]++] = this.reads === 'sentences' ? s : t;
      }
    }
    target.copyWithin(segments + 1, segments, segments + batch.distinctRows);
    target[segments] = 0;
    if (this.reads !== 'words') return;
    for (let t = ids; t < ids + batch.tokens; t++) target[t] = this.distinctOf[target[t]];
  }
}

/** The largest possible batch of `batchSize` of these sentences: its tokens, and the elements that it takes. */
export function largestBatch(sentences: Sentences, batchSize: number): { tokens: number; elements: number } {
  const lengths = Array.from({ length: sentences.labels.length }, (_, s) => sentences.offsets[s + 1] - sentences.offsets[s]);
  const longest = lengths.sort((a, b) => b - a).slice(0, batchSize);
  const tokens = longest.reduce((sum, length) => sum + length, 0);
  return { tokens, elements: batchLayout({ sentences: longest.length, tokens, distinctRows: tokens, batchOffset: 0 }).end };
}

/**
 * A whole set in consecutive batches, without dropout: for evaluation. A batch has at most `capacity.sentences` sentences and `capacity.tokens` tokens.
 *
 * @throws RangeError where a single sentence has more tokens than that
 */
export function encodeSet(
  sentences: Sentences,
  rows: number,
  capacity: { sentences: number; tokens: number },
  reads: BatchRows = 'sentences',
): { data: Uint32Array; batches: EncodedBatch[] } {
  const encoder = new BatchEncoder(rows, reads);
  const total = sentences.labels.length;
  const { offsets } = sentences;
  const order = Uint32Array.from({ length: total }, (_, s) => s);
  const ranges: { from: number; to: number }[] = [];
  for (let from = 0; from < total; ) {
    let to = from;
    while (to < total && to - from < capacity.sentences && offsets[to + 1] - offsets[from] <= capacity.tokens) to++;
    if (to === from) throw new RangeError(`sentence ${from} has more than ${capacity.tokens} tokens`);
    ranges.push({ from, to });
    from = to;
  }
  // Two rows of numbers a token and two a distinct row at most, three a sentence, and two ends a batch.
  const data = new Uint32Array(4 * sentences.ids.length + 3 * total + 2 * ranges.length);
  const batches: EncodedBatch[] = [];
  let offset = 0;
  for (const { from, to } of ranges) {
    const batch = encoder.encode(data, offset, sentences, order, from, to, null);
    batches.push(batch);
    offset = batchLayout(batch).end;
  }
  return { data: data.slice(0, offset), batches };
}
